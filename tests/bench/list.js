// Measures a long list from within its page, in the app's own web view and in Chromium. Run once, at the lock screen.

const now = () => performance.now();
const frame = () => new Promise(requestAnimationFrame);
/** The time at which the current page content was painted: that of a message queued after the frame. */
const painted = async () => {
  await frame();
  const { port1, port2 } = new MessageChannel();
  return new Promise((go) => {
    port1.onmessage = () => go(now());
    port2.postMessage(null);
  });
};
const list = () => document.querySelector("main ul");

/** In milliseconds. */
const seen = {
  /** From the core's answer to `unlock` until rows are painted. */
  firstRows: [],
  /** From a keystroke until the page contains the result, and until it is painted. */
  keys: [],
  paintedKeys: [],
  /** The part of `keys` that the core and the call to it took. */
  waits: [],
};

/** The times between frames; calls `move` in each frame. */
async function gaps(frames, move) {
  const gaps = [];
  let before = await frame();
  for (let at = 0; at < frames; at += 1) {
    move();
    const time = await frame();
    gaps.push(time - before);
    before = time;
  }
  return gaps;
}

window.bench = {
  seen,
  /** Measures frames while the list scrolls up and down by `step` pixels per frame. */
  scroll(step, frames) {
    const main = document.querySelector("main");
    let way = step;
    return gaps(frames, () => {
      const next = main.scrollTop + way;
      if (next < 0 || next > main.scrollHeight - main.clientHeight) way = -way;
      main.scrollTop += way;
    });
  },
  idle: (frames) => gaps(frames, () => {}),
};

let [unlocked, waited] = [0, 0];
async function watch(command, send) {
  const asked = now();
  const answer = await send();
  if (command === "unlock") unlocked = now();
  if (command === "view") waited = now() - asked;
  return answer;
}
if (window.toCore) {
  const send = window.toCore;
  window.toCore = (call) => watch(call.cmd, () => send(call));
} else {
  const send = window.fetch;
  window.fetch = (address, ...rest) => watch(`${address}`.split("/").pop(), () => send(address, ...rest));
}

let pressed = 0;
addEventListener("keydown", (event) => (pressed = event.timeStamp), { capture: true });
new MutationObserver(async (changes) => {
  if (unlocked && list()?.children.length) {
    const since = unlocked;
    [unlocked, pressed] = [0, 0];
    seen.firstRows.push((await painted()) - since);
  } else if (pressed && changes.some(({ target }) => list()?.contains(target))) {
    const since = pressed;
    pressed = 0;
    seen.keys.push(now() - since);
    seen.waits.push(waited);
    seen.paintedKeys.push((await painted()) - since);
  }
}).observe(document.body, { subtree: true, childList: true, characterData: true });
