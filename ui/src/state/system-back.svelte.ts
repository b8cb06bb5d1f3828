import type { Navigation } from './navigation.svelte';

/**
 * The system's own "back" (a phone's gesture) goes one step back in the app.
 *
 * One history entry stands for "something can be closed"; it is put back as long as that is so.
 */
export function followSystemBack(nav: Navigation): () => void {
  let standing = false;
  const stand = () => {
    if (standing || nav.depth === 0) return;
    history.pushState(null, '');
    standing = true;
  };
  const popped = () => {
    standing = false;
    nav.back();
    stand();
  };
  window.addEventListener('popstate', popped);
  const end = $effect.root(() => {
    $effect(stand);
  });
  return () => {
    end();
    window.removeEventListener('popstate', popped);
  };
}
