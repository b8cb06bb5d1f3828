//! Time from the start of the process to the lock screen, and the memory there, compared with an empty Tauri window.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use trousseau_tests_support::{Display, Running};
use trousseau_vault::{Argon2Params, Credential, Passphrase, argon2id, create};

use crate::processes::Tree;
use crate::report::{Comparison, Line, Section, Series};
use crate::screen::Screen;
use crate::statistics::median;
use crate::vault::{ENTRIES, entries};

/// The passphrase of the vaults that [`write_vault`] writes.
pub const PASSPHRASE: &str = "bateau lampe orage tilleul";
const AIM: f64 = 1.25;
const TIMEOUT: Duration = Duration::from_secs(60);
/// The start counts as finished, and the memory is read, when the screen has not changed for this time.
const REST: Duration = Duration::from_secs(3);

/// Writes a vault with `count` entries and [`PASSPHRASE`] into an app's folder.
pub fn write_vault(folder: &Path, count: usize) {
    let credential = Credential::Passphrase(Passphrase::new(PASSPHRASE));
    let json = entries(count).to_json();
    let (_, sealed) = create(&[credential], Argon2Params::DEFAULT, &json, &argon2id)
        .expect("there is enough memory and randomness");
    fs::write(folder.join("vault.trousseau"), sealed).expect("the folder is writable");
}

/// The measurements of one start.
struct Started {
    milliseconds: f64,
    mebibytes: f64,
}

/// Starts both alternately.
pub fn measure(app: &Path, empty: &Path, quick: bool) -> [Section; 2] {
    let runs = if quick { 2 } else { 9 };
    let data = TempDir::with_prefix("trousseau-data-").expect("a temporary folder can be created");
    write_vault(data.path(), ENTRIES);
    let display = Display::start();
    let mut seen = [Vec::new(), Vec::new()];
    // The first start of each fills the caches and is ignored.
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
    let turns = format!("{runs} alternating starts of each; medians.");
    [
        section(
            "Start to lock screen",
            format!(
                "From the start of the process until the display shows nine tenths of its final content: the lock screen of \
                 a vault with {ENTRIES} entries, or the page of the empty window. Sampled from outside every 8 ms. {turns}"
            ),
            "ms",
            "start to lock screen",
            column(|run| run.milliseconds),
        ),
        section(
            "Resident memory",
            format!(
                "Proportional set size of the app and its web and network processes, when nothing has changed for {} s. {turns}",
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
        comparison: Comparison::Peer {
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

/// Starts a program, waits until its screen no longer changes, and ends the program.
fn start(display: &Display, binary: &Path, data: &Path) -> Started {
    let screen = Screen::connect(display);
    let mut command = Running::command(binary);
    command
        .envs(display.environment())
        .env("TROUSSEAU_DATA_DIR", data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let begin = Instant::now();
    let program = Running::start(&mut command).expect("the program was built");
    let shown = screen.watch(begin, REST, TIMEOUT);
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
