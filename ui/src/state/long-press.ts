/** A long press takes this long, and moves at most this far. */
const HOLD_MS = 500;
const STRAY_PX = 10;
const CLICK_MS = 100;

/**
 * A long press, the second mouse button or the menu key calls `act` with the target. `act` returns whether it did
 * something; if so, the click that may follow when the finger is lifted is suppressed.
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
    // If a click follows, it has happened by then.
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
  // The list started to scroll.
  element.addEventListener('pointercancel', lifted, { signal });
  element.addEventListener(
    'contextmenu',
    (event) => {
      const byFinger = timer !== 0;
      stop();
      // The long press may have been first.
      if (!acted && !act(event.target as Element)) return;
      event.preventDefault();
      acted ||= byFinger;
    },
    { signal },
  );
  // The click may hit what opened below the finger.
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
