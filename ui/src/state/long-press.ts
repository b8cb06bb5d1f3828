/** How long a finger rests on its place, and how far it may stray, to ask for what can be done there. */
const HOLD_MS = 500;
const STRAY_PX = 10;
const CLICK_MS = 100;

/**
 * A finger that rests on something in the element, a second mouse button or the menu key calls `act` with it; it answers
 * whether that is anything to it. The click that may come when the finger is lifted is not passed on: nothing else was asked
 * for.
 */
export const longPress = (act: (on: Element) => boolean) => (element: HTMLElement) => {
  const ended = new AbortController();
  const { signal } = ended;
  let [timer, acted] = [0, false];
  let from = { x: 0, y: 0 };

  function stop() {
    clearTimeout(timer);
    timer = 0;
  }
  function lifted() {
    stop();
    // Its click has come by then, if one comes.
    setTimeout(() => (acted = false), CLICK_MS);
  }

  element.addEventListener(
    'pointerdown',
    ({ target, pointerType, isPrimary, clientX: x, clientY: y }) => {
      stop();
      acted = false;
      if (pointerType === 'mouse' || !isPrimary) return;
      from = { x, y };
      timer = window.setTimeout(() => {
        timer = 0;
        acted = act(target as Element);
      }, HOLD_MS);
    },
    { signal },
  );
  element.addEventListener(
    'pointermove',
    ({ clientX, clientY }) => {
      if (Math.hypot(clientX - from.x, clientY - from.y) > STRAY_PX) stop();
    },
    { signal },
  );
  element.addEventListener('pointerup', lifted, { signal });
  // The list scrolls.
  element.addEventListener('pointercancel', lifted, { signal });
  element.addEventListener(
    'contextmenu',
    (event) => {
      const byFinger = timer !== 0;
      stop();
      // The finger may have been quicker.
      if (!acted && !act(event.target as Element)) return;
      event.preventDefault();
      acted ||= byFinger;
    },
    { signal },
  );
  // What opened below the finger gets its click.
  window.addEventListener(
    'click',
    (event) => {
      if (!acted) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal, capture: true },
  );
  return () => {
    ended.abort();
    stop();
  };
};
