//! From the start of the process to the lock screen, and the memory there, beside an empty Tauri window.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use trousseau_tests_support::{Display, Running};
use trousseau_vault::{Argon2Params, Credential, Passphrase, argon2id, create};

use crate::numbers::median;
use crate::processes::Tree;
use crate::report::{Beside, Line, Section, Series};
use crate::screen::Screen;
use crate::vault::{ENTRIES, entries};

/// Opens what [`write_vault`] writes.
pub const PASSPHRASE: &str = "bateau lampe orage tilleul";
const AIM: f64 = 1.25;
const PATIENCE: Duration = Duration::from_secs(60);
/// Nothing moves for so long before the start counts as over and the memory is read.
const REST: Duration = Duration::from_secs(3);

/// Puts a vault of so many entries under [`PASSPHRASE`] into an app's folder.
pub fn write_vault(folder: &Path, count: usize) {
    let credential = Credential::Passphrase(Passphrase::new(PASSPHRASE));
    let json = entries(count).to_json();
    let (_, sealed) = create(&[credential], Argon2Params::DEFAULT, &json, &argon2id)
        .expect("there is memory and randomness for it");
    fs::write(folder.join("vault.trousseau"), sealed).expect("the folder is ours");
}

/// What one start showed.
struct Started {
    milliseconds: f64,
    mebibytes: f64,
}

/// Starts both in turn.
pub fn measure(app: &Path, empty: &Path, quick: bool) -> [Section; 2] {
    let runs = if quick { 2 } else { 9 };
    let data = TempDir::with_prefix("trousseau-data-").expect("there is room for a folder");
    write_vault(data.path(), ENTRIES);
    let display = Display::start();
    let mut seen = [Vec::new(), Vec::new()];
    // The first of each fills the caches and is dropped.
    for run in 0..=runs {
        for turn in [run % 2, 1 - run % 2] {
            let started = start(&display, [app, empty][turn], data.path());
            if run > 0 {
                seen[turn].push(started);
            }
        }
    }
    let column = |pick: fn(&Started) -> f64| {
        let [ours, peer] = &seen;
        [ours, peer].map(|runs| runs.iter().map(pick).collect::<Vec<_>>())
    };
    let turns = format!("{runs} starts of each in turn; medians.");
    [
        section(
            "Start to lock screen",
            format!(
                "From the start of the process until nine tenths of what comes to stand on the display do: the lock screen of \
                 a vault of {ENTRIES} entries, or the empty window's page. Seen from outside, every 8 ms. {turns}"
            ),
            "ms",
            "start to lock screen",
            column(|run| run.milliseconds),
        ),
        section(
            "Resident memory",
            format!(
                "Proportional set size of the app and its web and network processes, once nothing has moved for {} s. {turns}",
                REST.as_secs()
            ),
            "MiB",
            "memory at the lock screen",
            column(|run| run.mebibytes),
        ),
    ]
}

fn section(
    title: &'static str,
    how: String,
    unit: &'static str,
    what: &str,
    [ours, peer]: [Vec<f64>; 2],
) -> Section {
    let line = Line {
        what: what.to_owned(),
        value: median(&ours),
        beside: Beside::Peer {
            name: "empty window",
            value: median(&peer),
            aim: Some(AIM),
        },
    };
    let series = |name: &str, values| Series {
        name: name.to_owned(),
        values,
    };
    Section {
        title,
        how,
        unit,
        series: vec![series("Trousseau", ours), series("empty window", peer)],
        limit: None,
        lines: vec![line],
    }
}

/// Starts a program, waits for its screen and its rest, and ends it.
fn start(display: &Display, binary: &Path, data: &Path) -> Started {
    let screen = Screen::connect(display);
    let mut command = Running::command(binary);
    command
        .envs(display.variables())
        .env("TROUSSEAU_DATA_DIR", data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let begin = Instant::now();
    let program = Running::start(&mut command).expect("it was built");
    let shown = screen.watch(begin, REST, PATIENCE);
    let tree = Tree::of(program.id());
    assert_eq!(
        tree.len(),
        3,
        "the app, its web process, its network process"
    );
    Started {
        milliseconds: shown.as_secs_f64() * 1e3,
        mebibytes: tree.memory_mib(),
    }
}
