import { mount } from 'svelte';
import App from './App.svelte';
import { screens } from './screens/index.svelte';
import { issuerIcons } from './state/icons.svelte';
import { start } from './state/start';
import './fonts.css';
import './tokens.css';
import './base.css';

const AFTER_FIRST_MS = 400;

// It would be asked for only when the first text is laid out.
void document.fonts.load('1rem "Inter Variable"');

const target = document.getElementById('app');
if (target) {
  void start().then(() => {
    mount(App, { target });
    // Once the first screen is painted: on two cores the painting itself is on others than this thread.
    setTimeout(() => void issuerIcons.load().then(() => screens.loadAll()), AFTER_FIRST_MS);
  });
}
