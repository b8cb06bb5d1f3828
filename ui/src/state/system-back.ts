import { nav } from './navigation.svelte';

declare global {
  interface Window {
    /** One step back in the app, as Android's activity asks for it. Answers whether something was closed: else the system leaves the app. */
    oneStepBack: () => boolean;
  }
}

/** The system's own "back" (a phone's gesture) is a step back in the app: no entry of the page's history stands for it. */
export function answerSystemBack(): void {
  window.oneStepBack = () => nav.back();
}
