//! A list of ten thousand entries: time until it is shown, response to keystrokes and scrolling, memory.
//! Measured in the app's own web view, and in Chromium with the same core.

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

use crate::processes::Tree;
use crate::report::{Comparison, Line, Section, Series};
use crate::start::{PASSPHRASE, write_vault};
use crate::statistics::{median, quantile};
use crate::vault::{COUNTS, MOST};

const FIRST_ROWS_MS: f64 = 150.0;
const KEY_MS: f64 = 16.0;
const GAP_MS: f64 = 50.0;
/// Maximum ratio to an empty list.
const MEMORY_RATIO: f64 = 1.3;
/// Time until the page no longer changes.
const REST: Duration = Duration::from_secs(2);
/// `ui/tests/bench/list.bench.ts` uses the same script.
const SCRIPT: &str = include_str!("list.js");
/// Typed letter by letter and deleted again; each keystroke changes the result.
const WORDS: [&str; 3] = ["dupont", "12", "service"];
const BACKSPACE: &str = "\u{e003}";

/// The number of repetitions.
#[derive(Clone, Copy, Serialize)]
struct Repetitions {
    /// How often the vault is locked and unlocked.
    unlocks: usize,
    /// How often the words are typed.
    rounds: usize,
    /// How many frames are measured.
    frames: usize,
    /// Pixels scrolled per frame: by a finger, and by a fling.
    steps: [u32; 2],
}

/// The measurements of `list.js`, in milliseconds.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Measurements {
    first_rows: Vec<f64>,
    keys: Vec<f64>,
    painted_keys: Vec<f64>,
    waits: Vec<f64>,
    /// Time between two frames: while the list scrolls, and when idle.
    scrolling: Vec<f64>,
    idle: Vec<f64>,
}

/// Measures in the web view and in Chromium, and the app's memory.
pub fn measure(binary: &Path, bridge: &Path, quick: bool) -> Vec<Section> {
    let amount = Repetitions {
        unlocks: if quick { 2 } else { 7 },
        rounds: if quick { 1 } else { 4 },
        frames: if quick { 60 } else { 240 },
        steps: [40, 130],
    };
    let folders: BTreeMap<usize, TempDir> = COUNTS
        .map(|count| {
            let folder =
                TempDir::with_prefix("trousseau-data-").expect("a temporary file can be created");
            write_vault(folder.path(), count);
            (count, folder)
        })
        .into();
    let (mut seen, mut memory) = (BTreeMap::new(), BTreeMap::new());
    memory.insert(0, in_web_view(binary, 0, None).1);
    for count in COUNTS {
        let (measured, mebibytes) = in_web_view(binary, count, Some(amount));
        seen.extend(measured.map(|measured| (count, measured)));
        memory.insert(count, mebibytes);
    }
    let mut sections = vec![section("A long list in the app's web view", amount, seen)];
    let seen = in_chromium(bridge, &folders, amount);
    sections.push(section("A long list in Chromium", amount, seen));
    sections.push(memory_section(&memory));
    sections
}

/// Opens an app with `count` entries. Returns the measurements of the page, and the app's memory in MiB.
fn in_web_view(
    binary: &Path,
    count: usize,
    amount: Option<Repetitions>,
) -> (Option<Measurements>, f64) {
    let mut app = App::start(binary);
    write_vault(app.data(), count);
    app.restart();
    app.script(SCRIPT, &[]);
    app.unlock(PASSPHRASE);
    sleep(REST);
    let mebibytes = Tree::below(app.driver().process()).memory_mib();
    let seen = amount.map(|amount| {
        let done = |what: &str, count| {
            app.wait_until("the measurement in the page", || {
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
                sent.unwrap_or_else(|failure| panic!("{key}: {}", failure.message));
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
        from_value(seen).expect("list.js returns this structure")
    });
    (seen, mebibytes)
}

/// Measures the same in Chromium, with Playwright.
fn in_chromium(
    bridge: &Path,
    folders: &BTreeMap<usize, TempDir>,
    amount: Repetitions,
) -> BTreeMap<usize, Measurements> {
    let answers = tempfile::NamedTempFile::new().expect("a temporary file can be created");
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
    let status = status.expect("npx is installed");
    assert!(status.success(), "Playwright ended with {status}");
    let text = fs::read(answers.path()).expect("Playwright wrote it");
    serde_json::from_slice(&text).expect("list.bench.ts writes this structure")
}

fn section(
    title: &'static str,
    amount: Repetitions,
    seen: BTreeMap<usize, Measurements>,
) -> Section {
    let mut section = Section {
        title,
        how: format!(
            "With the core of a release build. First rows: from the core's answer to `unlock` to the message after the animation \
             frame that shows rows; {} times. Keystroke: from the event until the page contains the result, and until it is \
             painted. The time in the page is that time without the core and the call to it, which in Chromium \
             goes over a replacement for Tauri's. Typed: the letters of {} and as many backspaces, {} times. Frames: {} while the list scrolls by {} and as many \
             while it scrolls by {} pixels per frame, and as many when idle.",
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
                comparison: limit.map_or(Comparison::Nothing, Comparison::Limit),
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
            "keystroke: time in the page, p95",
            quantile(&work, 0.95),
            Some(KEY_MS),
        );
        line(
            "keystroke: the core's answer, median",
            median(&seen.waits),
            None,
        );
        line("keystroke to list, p95", quantile(&seen.keys, 0.95), None);
        line(
            "keystroke to painted list, p95",
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
        line("idle frame, longest", quantile(&seen.idle, 1.0), None);
        for (what, values) in [
            ("keystroke to list", seen.keys),
            ("scrolling", seen.scrolling),
        ] {
            let name = format!("{what}, {count} entries");
            section.series.push(Series { name, values });
        }
    }
    section
}

fn memory_section(memory: &BTreeMap<usize, f64>) -> Section {
    let lines = COUNTS.map(|count| Line {
        what: format!("memory with {count} entries"),
        value: memory[&count],
        comparison: Comparison::Peer {
            name: "empty list",
            value: memory[&0],
            aim: Some(MEMORY_RATIO),
        },
    });
    Section {
        title: "Memory with an open list",
        how: format!(
            "Proportional set size of the app and its web and network processes, {} s after the list was shown, under \
             WebDriver; up to {MOST} entries.",
            REST.as_secs()
        ),
        unit: "MiB",
        series: Vec::new(),
        limit: None,
        lines: lines.into(),
    }
}
