//! Time from touching a key to the painted code, in the app's own web view.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};
use trousseau_tests_support::App;

use crate::report::{Comparison, Line, Section, Series};
use crate::start::{PASSPHRASE, write_vault};
use crate::statistics::quantile;
use crate::vault::ENTRIES;

/// Two frames at 60 per second.
const LIMIT_MS: f64 = 32.0;
/// The number of keys that are touched in turn; each touch closes the previous row.
const KEYS: usize = 5;
/// A typical number of entries.
const FEW: usize = 12;
/// Time until the list no longer changes.
const REST: Duration = Duration::from_secs(2);
/// Longer than a touch takes, so that reading its time does not slow it down.
const PAUSE: Duration = Duration::from_millis(120);

/// Appends the time of each touch to `window.touches`: from the click until the frame with the code in the
/// touched row is painted (an animation frame, then a message that is queued after it).
const WATCH: &str = r#"
window.touches = [];
let touched = null;
const after = new MessageChannel();
after.port1.onmessage = ({ data }) => window.touches.push(performance.now() - data);
addEventListener("click", (event) => {
  const key = event.target.closest("[data-testid=row] [aria-expanded=false]");
  if (key && event.isTrusted) touched = { row: key.closest("[data-testid=row]"), at: event.timeStamp };
}, { capture: true });
new MutationObserver(() => {
  const code = touched?.row.querySelector("[data-testid=code]")?.textContent ?? "";
  if (code.replace(/\D/g, "").length !== 6) return;
  const { at } = touched;
  touched = null;
  requestAnimationFrame(() => after.port2.postMessage(at));
}).observe(document.body, { subtree: true, childList: true, characterData: true });
"#;

/// The same frame and message without new content: the time that the machine itself needs at this moment.
const IDLE: &str = r#"
const at = performance.now();
const { port1, port2 } = new MessageChannel();
requestAnimationFrame(() => port2.postMessage(null));
return new Promise((go) => (port1.onmessage = () => go(performance.now() - at)));
"#;

/// Touches keys with a small and with a large vault.
pub fn measure(binary: &Path, quick: bool) -> Section {
    let touches = if quick { 15 } else { 100 };
    let mut section = Section {
        title: "Key touched to code painted",
        how: format!(
            "The release binary in its web view on a virtual display, with a list that no longer changes; {touches} touches of {KEYS} keys in \
             turn through WebDriver. From the click to the message after the animation frame that shows the code; after \
             each touch, the same frame and message without new content. The web view's clock counts whole milliseconds."
        ),
        unit: "ms",
        series: Vec::new(),
        limit: Some(LIMIT_MS),
        lines: Vec::new(),
    };
    for count in [FEW, ENTRIES] {
        let name = format!("{count} entries");
        let [values, idle] = touch(binary, count, touches);
        for (which, share) in [("median", 0.5), ("p95", 0.95), ("longest", 1.0)] {
            section.lines.push(Line {
                what: format!("key to painted code, {name}, {which}"),
                value: quantile(&values, share),
                comparison: match share {
                    0.95 => Comparison::Limit(LIMIT_MS),
                    _ => Comparison::Nothing,
                },
            });
        }
        section.lines.push(Line {
            what: format!("an idle frame, {name}, p95"),
            value: quantile(&idle, 0.95),
            comparison: Comparison::Nothing,
        });
        let empty = format!("an idle frame, {name}");
        for (name, values) in [(name, values), (empty, idle)] {
            section.series.push(Series { name, values });
        }
    }
    section
}

/// The times of the touches, and of an idle frame after each, in milliseconds.
fn touch(binary: &Path, count: usize, touches: usize) -> [Vec<f64>; 2] {
    let mut app = App::start(binary);
    write_vault(app.data(), count);
    app.restart();
    app.unlock(PASSPHRASE);
    let keys = app.wait_until("keys of many entries", || {
        let keys = app.find_all("button", "Clé ");
        (keys.len() > KEYS).then_some(keys)
    });
    sleep(REST);
    app.script(WATCH, &[]);
    let mut idle = Vec::with_capacity(touches);
    for touch in 0..touches {
        app.driver()
            .click(&keys[touch % KEYS])
            .unwrap_or_else(|failure| panic!("key {touch}: {}", failure.message));
        sleep(PAUSE);
        app.wait_until("the code of the touched key", || {
            let seen = app.script("return window.touches.length", &[]);
            (seen == json!(touch + 1)).then_some(())
        });
        idle.extend(app.script(IDLE, &[]).as_f64());
    }
    let times = app.script("return window.touches", &[]);
    let times = times.as_array().map(Vec::as_slice).unwrap_or_default();
    [times.iter().filter_map(Value::as_f64).collect(), idle]
}
