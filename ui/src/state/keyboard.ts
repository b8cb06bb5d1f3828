/** As much of the window as a keyboard on the screen covers, in pixels; a page that is zoomed in has no such measure. */
export function covered(windowHeight: number, view: { height: number; offsetTop: number; scale: number }): number {
  if (view.scale > 1.01) return 0;
  return Math.max(0, Math.round(windowHeight - view.height - view.offsetTop));
}

/**
 * Keeps what is typed into, and the button below it, above the keyboard. Where the system lays its keyboard over the
 * page (iOS, Android without a frame), only the visual viewport tells; elsewhere the whole page is lower.
 */
export function followKeyboard(): void {
  const view = window.visualViewport;
  if (!view) return;
  let before = window.innerHeight;
  const measure = () => {
    const height = covered(window.innerHeight, view);
    document.documentElement.style.setProperty('--keyboard', `${height}px`);
    const field = document.activeElement;
    const isLower = height > 0 || window.innerHeight < before;
    before = window.innerHeight;
    if (isLower && field?.matches('input, textarea')) field.scrollIntoView({ block: 'nearest' });
  };
  view.addEventListener('resize', measure);
  view.addEventListener('scroll', measure);
}
