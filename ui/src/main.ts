import { mount } from 'svelte';
import App from './App.svelte';
import { screens } from './screens/index.svelte';
import { issuerIcons } from './state/icons.svelte';
import { start } from './state/start';
import './fonts.css';
import './tokens.css';
import './base.css';

const target = document.getElementById('app');
if (target) {
  void start().then(() => {
    mount(App, { target });
    // Once the first screen is painted.
    requestAnimationFrame(() => setTimeout(() => void issuerIcons.load().then(() => screens.loadAll())));
  });
}
