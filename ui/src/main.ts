import { mount } from 'svelte';
import App from './App.svelte';
import { screens } from './screens/index.svelte';
import { issuerIcons } from './state/icons.svelte';
import { start } from './state/start';
import './fonts.css';
import './tokens.css';
import './base.css';

/** Until the first screen is painted, which other threads do, on as few cores. */
const FIRST_SCREEN_MS = 400;

// It would be asked for only when the first text is laid out.
void document.fonts.load('1rem "Inter Variable"');

const target = document.getElementById('app');
if (target) {
  void start().then(() => {
    mount(App, { target });
    setTimeout(() => void issuerIcons.load().then(() => screens.loadAll()), FIRST_SCREEN_MS);
  });
}
