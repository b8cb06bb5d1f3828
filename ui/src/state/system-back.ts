import { nav } from './navigation.svelte';

declare global {
  interface Window {
    /** Android's activity calls this for its "back". Returns whether something was closed; if not, the system leaves the app. */
    oneStepBack: () => boolean;
  }
}

/** Makes the system's "back" close the topmost screen. The page's history is not used. */
export function answerSystemBack(): void {
  window.oneStepBack = () => nav.back();
}
