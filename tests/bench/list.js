// What a long list takes, seen from its page: in the app's own web view and in Chromium alike. Run once, at the lock screen.

const now = () => performance.now();
const frame = () => new Promise(requestAnimationFrame);
/** When the frame that shows what the page holds now was made: a message that waits behind the painting. */
const painted = async () => {
  await frame();
  const { port1, port2 } = new MessageChannel();
  return new Promise((go) => {
    port1.onmessage = () => go(now());
    port2.postMessage(null);
  });
};
const list = () => document.querySelector("main ul");

const bench = {
  /** From the core's answer to the unlocking until rows are painted. */
  firstRows: [],
  /** From a pressed key until the list of that search is in the page, and until it is painted. */
  keys: [],
  paintedKeys: [],

  /** Times between frames while the list scrolls by so many pixels each, to and fro. */
  async scroll(step, frames) {
    const main = document.querySelector("main");
    const [gaps, height] = [[], main.scrollHeight - main.clientHeight];
    let [before, way] = [await frame(), step];
    for (let at = 0; at < frames; at += 1) {
      const next = main.scrollTop + way;
      if (next < 0 || next > height) way = -way;
      main.scrollTop += way;
      const time = await frame();
      gaps.push(time - before);
      before = time;
    }
    return gaps;
  },

  seen: () => ({ firstRows: bench.firstRows, keys: bench.keys, paintedKeys: bench.paintedKeys }),

  /** The same with nothing to do. */
  async idle(frames) {
    const gaps = [];
    let before = await frame();
    for (let at = 0; at < frames; at += 1) {
      const time = await frame();
      gaps.push(time - before);
      before = time;
    }
    return gaps;
  },
};

let unlocked = 0;
const answered = (command, answer) => {
  if (command !== "unlock") return answer;
  unlocked = now();
  return answer;
};
if (window.toCore) {
  const send = window.toCore;
  window.toCore = async (call) => answered(call.cmd, await send(call));
} else {
  const send = window.fetch;
  window.fetch = async (address, ...rest) => answered(`${address}`.split("/").pop(), await send(address, ...rest));
}

let pressed = 0;
addEventListener("keydown", (event) => (pressed = event.timeStamp), { capture: true });
new MutationObserver(async (changes) => {
  if (unlocked && list()?.children.length) {
    const since = unlocked;
    unlocked = 0;
    pressed = 0;
    bench.firstRows.push((await painted()) - since);
  } else if (pressed && changes.some(({ target }) => list()?.contains(target))) {
    const since = pressed;
    pressed = 0;
    bench.keys.push(now() - since);
    bench.paintedKeys.push((await painted()) - since);
  }
}).observe(document.body, { subtree: true, childList: true, characterData: true });

window.bench = bench;
