import { mount } from 'svelte';
import App from './App.svelte';
import { start } from './state/start';
import './fonts.css';
import './tokens.css';
import './base.css';

const target = document.getElementById('app');
if (target) void start().then(() => mount(App, { target }));
