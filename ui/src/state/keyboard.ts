/** How much of the window an on-screen keyboard covers, in pixels; 0 if the page is zoomed in, where it cannot be known. */
export function covered(windowHeight: number, view: { height: number; offsetTop: number; scale: number }): number {
  if (view.scale > 1.01) return 0;
  return Math.max(0, Math.round(windowHeight - view.height - view.offsetTop));
}

/**
 * Keeps the focused field, and the button below it, above the on-screen keyboard. On iOS and edge-to-edge Android the
 * keyboard covers the page, and only the visual viewport shows it; elsewhere the page itself gets smaller.
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
