//! A list of ten thousand entries: how soon it is there, how it answers to keys and to scrolling, what it holds in memory.
//! In the app's own web view, and in Chromium over the same core.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, from_value, json};
use tempfile::TempDir;
use trousseau_tests_support::App;

use crate::numbers::{median, quantile};
use crate::processes::Tree;
use crate::report::{Beside, Line, Section, Series};
use crate::start::{PASSPHRASE, write_vault};
use crate::vault::{COUNTS, MOST};

const FIRST_ROWS_MS: f64 = 150.0;
const KEY_MS: f64 = 16.0;
const GAP_MS: f64 = 50.0;
/// Beside an empty list.
const MEMORY: f64 = 1.3;
/// Until nothing moves any more.
const REST: Duration = Duration::from_secs(2);
/// `ui/tests/bench/list.bench.ts` does the same with it.
const SCRIPT: &str = include_str!("list.js");
/// Typed letter by letter, and taken back: each key finds other places in the names.
const WORDS: [&str; 3] = ["dupont", "12", "service"];
const BACKSPACE: &str = "\u{e003}";

/// How often everything is done.
#[derive(Clone, Copy, Serialize)]
struct Amount {
    /// Times that it is locked and unlocked.
    unlocks: usize,
    /// Times that the words are typed.
    rounds: usize,
    /// Frames that are watched.
    frames: usize,
    /// Pixels from one to the next: a finger, and a fling.
    steps: [u32; 2],
}

/// What `list.js` saw, in milliseconds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    first_rows: Vec<f64>,
    keys: Vec<f64>,
    painted_keys: Vec<f64>,
    waits: Vec<f64>,
    /// Between two frames: while it scrolls, and with nothing to do.
    scrolling: Vec<f64>,
    idle: Vec<f64>,
}

/// Both, and the memory of the app.
pub fn measure(binary: &Path, bridge: &Path, quick: bool) -> Vec<Section> {
    let amount = Amount {
        unlocks: if quick { 2 } else { 7 },
        rounds: if quick { 1 } else { 4 },
        frames: if quick { 60 } else { 240 },
        steps: [40, 130],
    };
    let folders: BTreeMap<usize, TempDir> = COUNTS
        .map(|count| {
            let folder = TempDir::with_prefix("trousseau-data-").expect("there is room");
            write_vault(folder.path(), count);
            (count, folder)
        })
        .into();
    let (mut seen, mut memory) = (BTreeMap::new(), BTreeMap::new());
    memory.insert(0, in_web_view(binary, 0, None).1);
    for count in COUNTS {
        let (watched, mebibytes) = in_web_view(binary, count, Some(amount));
        seen.extend(watched.map(|watched| (count, watched)));
        memory.insert(count, mebibytes);
    }
    let mut sections = vec![section("A long list in the app's web view", amount, seen)];
    let seen = in_chromium(bridge, &folders, amount);
    sections.push(section("A long list in Chromium", amount, seen));
    sections.push(held(&memory));
    sections
}

/// Opens an app with so many entries; answers its memory, and what the page saw of so much to do.
fn in_web_view(binary: &Path, count: usize, amount: Option<Amount>) -> (Option<Seen>, f64) {
    let mut app = App::start(binary);
    write_vault(app.data(), count);
    app.restart();
    app.script(SCRIPT, &[]);
    app.unlock(PASSPHRASE);
    sleep(REST);
    let mebibytes = Tree::below(app.driver().process()).memory_mib();
    let seen = amount.map(|amount| {
        let done = |what: &str, count| {
            app.until("the page has seen it", || {
                let seen = app.script(&format!("return window.bench.seen.{what}.length"), &[]);
                (seen == json!(count)).then_some(())
            });
        };
        done("firstRows", 1);
        for unlock in 1..amount.unlocks {
            app.tap("button", "Verrouiller");
            app.unlock(PASSPHRASE);
            done("firstRows", unlock + 1);
            sleep(REST / 4);
        }
        let field = app.find("textbox", "Rechercher");
        let mut pressed = 0;
        for word in WORDS.repeat(amount.rounds) {
            let letters = word.chars().map(String::from);
            let back = word.chars().map(|_| BACKSPACE.to_owned());
            for key in letters.chain(back) {
                let sent = app.driver().send_keys(&field, &key);
                sent.unwrap_or_else(|refusal| panic!("{key}: {}", refusal.message));
                pressed += 1;
                done("paintedKeys", pressed);
            }
        }
        let run = |call: &str| app.script(&format!("return window.bench.{call}"), &[]);
        let mut seen = run("seen");
        let gaps = |call: String| {
            let gaps = run(&call);
            gaps.as_array().cloned().unwrap_or_default()
        };
        let scrolling = amount
            .steps
            .map(|step| gaps(format!("scroll({step}, {})", amount.frames)));
        seen["scrolling"] = Value::Array(scrolling.concat());
        seen["idle"] = Value::Array(gaps(format!("idle({})", amount.frames)));
        from_value(seen).expect("as list.js makes it")
    });
    (seen, mebibytes)
}

/// The same in Chromium, by Playwright.
fn in_chromium(
    bridge: &Path,
    folders: &BTreeMap<usize, TempDir>,
    amount: Amount,
) -> BTreeMap<usize, Seen> {
    let answers = tempfile::NamedTempFile::new().expect("there is room");
    let folders: BTreeMap<_, _> = folders
        .iter()
        .map(|(count, folder)| (count, folder.path()))
        .collect();
    let plan = json!({
        "script": SCRIPT,
        "passphrase": PASSPHRASE,
        "folders": folders,
        "words": WORDS,
        "amount": amount,
        "answers": answers.path(),
    });
    let ui = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui");
    let status = Command::new("npx")
        .args([
            "playwright",
            "test",
            "--config",
            "tests/bench/playwright.config.ts",
        ])
        .current_dir(ui)
        .env("TROUSSEAU_BRIDGE", bridge)
        .env("TROUSSEAU_BENCH", plan.to_string())
        .status();
    let status = status.expect("npx is there");
    assert!(status.success(), "Playwright ended with {status}");
    let text = fs::read(answers.path()).expect("Playwright wrote it");
    serde_json::from_slice(&text).expect("as list.bench.ts makes it")
}

fn section(title: &'static str, amount: Amount, seen: BTreeMap<usize, Seen>) -> Section {
    let mut section = Section {
        title,
        how: format!(
            "With the core of a release. First rows: from the core's answer to the unlocking to the message behind the animation \
             frame that shows rows; {} times. A key: from the event to the list of that search in the page, and until it is \
             painted; what the page does is that time less what the core and the way to it take, which in Chromium is a \
             stand-in for Tauri's; the letters of {} and as many backspaces, {} times. Frames: {} while the list scrolls {} and as many \
             while it scrolls {} pixels a frame, and as many with nothing to do.",
            amount.unlocks,
            WORDS.join(", "),
            amount.rounds,
            amount.frames,
            amount.steps[0],
            amount.steps[1],
        ),
        unit: "ms",
        series: Vec::new(),
        limit: Some(KEY_MS),
        lines: Vec::new(),
    };
    for (count, seen) in seen {
        let mut line = |what: &str, value, limit: Option<f64>| {
            section.lines.push(Line {
                what: format!("{what}, {count}"),
                value,
                beside: limit.map_or(Beside::Nothing, Beside::Limit),
            });
        };
        line(
            "first rows, median",
            median(&seen.first_rows),
            Some(FIRST_ROWS_MS),
        );
        line(
            "first rows, longest",
            quantile(&seen.first_rows, 1.0),
            Some(FIRST_ROWS_MS),
        );
        let parts = seen.keys.iter().zip(&seen.waits);
        let work: Vec<f64> = parts.map(|(key, wait)| key - wait).collect();
        line(
            "key: what the page does, 95 of 100",
            quantile(&work, 0.95),
            Some(KEY_MS),
        );
        line("key: the core's answer, median", median(&seen.waits), None);
        line("key to list, 95 of 100", quantile(&seen.keys, 0.95), None);
        line(
            "key to painted list, 95 of 100",
            quantile(&seen.painted_keys, 0.95),
            None,
        );
        line(
            "frame while scrolling, median",
            median(&seen.scrolling),
            None,
        );
        line(
            "frame while scrolling, longest",
            quantile(&seen.scrolling, 1.0),
            Some(GAP_MS),
        );
        line("empty frame, longest", quantile(&seen.idle, 1.0), None);
        for (what, values) in [("key to list", seen.keys), ("scrolling", seen.scrolling)] {
            let name = format!("{what}, {count} entries");
            section.series.push(Series { name, values });
        }
    }
    section
}

fn held(memory: &BTreeMap<usize, f64>) -> Section {
    let lines = COUNTS.map(|count| Line {
        what: format!("memory with {count} entries"),
        value: memory[&count],
        beside: Beside::Peer {
            name: "empty list",
            value: memory[&0],
            aim: Some(MEMORY),
        },
    });
    Section {
        title: "Memory with an open list",
        how: format!(
            "Proportional set size of the app and its web and network processes, {} s after the list was there, under \
             WebDriver; up to {MOST} entries.",
            REST.as_secs()
        ),
        unit: "MiB",
        series: Vec::new(),
        limit: None,
        lines: lines.into(),
    }
}
