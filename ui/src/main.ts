import { mount } from 'svelte';
import App from './App.svelte';
import { screens } from './screens/index.svelte';
import { bootstrap } from './state/bootstrap';
import { issuerIcons } from './state/icons.svelte';
import './fonts.css';
import './tokens.css';
import './base.css';

// Starts the download before the first text needs the font.
void document.fonts.load('1rem "Inter Variable"');

const target = document.getElementById('app');
if (target) {
  void bootstrap().then(() => {
    mount(App, { target });
    // Two frames later the first screen is painted.
    requestAnimationFrame(() => requestAnimationFrame(() => void issuerIcons.load().then(() => screens.loadAll())));
  });
}
