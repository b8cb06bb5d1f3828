import { mount } from 'svelte';
import App from './App.svelte';
import { screens } from './screens/index.svelte';
import { bootstrap } from './state/bootstrap';
import { issuerIcons } from './state/icons.svelte';
import './fonts.css';
import './tokens.css';
import './base.css';

// It would be asked for only when the first text is laid out.
void document.fonts.load('1rem "Inter Variable"');

const target = document.getElementById('app');
if (target) {
  void bootstrap().then(() => {
    mount(App, { target });
    // The first frame is asked for with the first screen, the second once that is painted.
    requestAnimationFrame(() => requestAnimationFrame(() => void issuerIcons.load().then(() => screens.loadAll())));
  });
}
