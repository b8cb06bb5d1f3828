//! Reads the QR codes in the collected pictures, compared with zxing-cpp and zbarimg on the same files; then films of them, and memory.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use trousseau_scan::QrCode;
use trousseau_tests_support::virtualenv;

use crate::report::{Comparison, Line, Section, Series};
use crate::statistics::{median, quantile};
use crate::{films, memory};

#[path = "../../crates/scan/tests/support/cpu.rs"]
pub mod cpu;
#[path = "../../crates/scan/tests/support/fixtures.rs"]
mod fixtures;
#[path = "../../crates/scan/tests/support/manifest.rs"]
mod manifest;

/// Ours and the two peers, in this order everywhere.
const READERS: [&str; 3] = ["Trousseau", "zxing_cpp", "zbarimg"];
/// A quick run reads one of this many pictures.
const QUICK_STEP: usize = 10;

/// A line of `peers.py`.
#[derive(Deserialize)]
struct Answer {
    file: String,
    reader: String,
    texts: Vec<String>,
    ms: f64,
}

/// The results of one reader for all pictures.
#[derive(Default)]
struct Score {
    /// Whether each scored picture was read.
    read: Vec<bool>,
    /// The number of pictures without a code in which it found one.
    false_reads: u32,
    /// CPU time per picture in milliseconds.
    ms: Vec<f64>,
}

/// The unread pictures, and the times; empty if the pictures are missing.
pub fn measure(quick: bool) -> Vec<Section> {
    let Some(folder) = fixtures::fixtures("qr/pictures") else {
        return Vec::new();
    };
    let lines = fs::read_to_string(folder.join("MANIFEST.tsv")).expect("the manifest exists");
    let pictures = manifest::parse(&lines).expect("every line has its JSON");
    let pictures: Vec<_> = pictures
        .into_iter()
        .filter(|picture| picture.label != "undecoded")
        .step_by(if quick { QUICK_STEP } else { 1 })
        .collect();
    let peers = peers(&folder, pictures.iter().map(|picture| picture.file));
    let mut scores: [Score; 3] = Default::default();
    for picture in &pictures {
        let bytes = fs::read(folder.join(picture.file)).expect("every picture exists");
        let (codes, time) = cpu::timed(|| trousseau_scan::read_picture(&bytes));
        let codes = codes.unwrap_or_default().into_iter();
        let texts = codes.filter_map(QrCode::into_whole).collect();
        let ours = (texts, time.as_secs_f64() * 1000.0);
        let peer = |reader: &str| {
            let answer = &peers[&(picture.file.to_owned(), reader.to_owned())];
            (answer.texts.clone(), answer.ms)
        };
        let answers = [ours, peer(READERS[1]), peer(READERS[2])];
        for (score, (texts, ms)) in scores.iter_mut().zip(answers) {
            let read = picture.is_read(&texts);
            if picture.label == "negative" {
                score.false_reads += u32::from(read);
            } else {
                score.read.push(read);
            }
            score.ms.push(ms);
        }
    }
    vec![
        unread(&scores),
        times(&scores),
        films::measure(&folder, quick),
        memory::measure(&folder),
    ]
}

/// Runs both peers on all files; the answers by file and reader.
fn peers<'a>(
    folder: &Path,
    files: impl Iterator<Item = &'a str>,
) -> BTreeMap<(String, String), Answer> {
    let python = virtualenv("peers", include_str!("peers-requirements.txt")).join("python");
    let script = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/bench/peers.py"));
    let mut child = Command::new(python)
        .arg(script)
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python starts");
    let names: Vec<&str> = files.collect();
    let mut input = child.stdin.take().expect("the pipe was requested");
    input
        .write_all(names.join("\n").as_bytes())
        .expect("the script reads its input");
    drop(input);
    let output = child.wait_with_output().expect("the script ends");
    assert!(
        output.status.success(),
        "peers.py ended with {}",
        output.status
    );
    let lines = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    lines
        .lines()
        .map(|line| {
            let answer: Answer = serde_json::from_str(line).expect("a line of JSON");
            ((answer.file.clone(), answer.reader.clone()), answer)
        })
        .collect()
}

/// The unread pictures of each reader, so that a ratio below 1 is better, as in all other sections.
fn unread([ours, zxing, zbar]: &[Score; 3]) -> Section {
    let left = |read: &[bool]| read.iter().filter(|read| !**read).count() as f64;
    let both: Vec<bool> = zxing
        .read
        .iter()
        .zip(&zbar.read)
        .map(|(one, other)| *one || *other)
        .collect();
    let value = left(&ours.read);
    let line = |what: &str, name, read: &[bool], aim| Line {
        what: what.to_owned(),
        value,
        comparison: Comparison::Peer {
            name,
            value: left(read),
            aim,
        },
    };
    Section {
        title: "Unread pictures",
        how: format!(
            "{} of the collected pictures, each with a code; a picture counts as read if one text is correct. \
             Both together: the pictures that at least one of the two reads. False reads: among {} pictures without a code.",
            ours.read.len(),
            ours.ms.len() - ours.read.len()
        ),
        unit: "files",
        series: Vec::new(),
        limit: None,
        lines: vec![
            line("unread", "zxing-cpp", &zxing.read, None),
            line("unread", "zbarimg", &zbar.read, None),
            line("unread", "both together", &both, Some(1.0)),
            Line {
                what: "false reads".into(),
                value: f64::from(ours.false_reads),
                comparison: Comparison::Limit(1.0),
            },
        ],
    }
}

fn times(scores: &[Score; 3]) -> Section {
    let [ours, zxing, zbar] = scores.each_ref().map(|score| &*score.ms);
    let line = |what: &str, of: fn(&[f64]) -> f64, name, peer: &[f64]| Line {
        what: what.to_owned(),
        value: of(ours),
        comparison: Comparison::Peer {
            name,
            value: of(peer),
            aim: None,
        },
    };
    let p95 = |values: &[f64]| quantile(values, 0.95);
    Section {
        title: "Time for a picture",
        how: "CPU time of one thread to decode the file and read it, in all passes, including pictures without a code. zbarimg is a \
              new process for each picture, and its start is included."
            .into(),
        unit: "ms",
        series: READERS
            .into_iter()
            .zip(scores)
            .map(|(name, score)| Series {
                name: name.to_owned(),
                values: score.ms.clone(),
            })
            .collect(),
        limit: None,
        lines: vec![
            line("a picture, median", median, "zxing-cpp", zxing),
            line("a picture, median", median, "zbarimg", zbar),
            line("a picture, p95", p95, "zxing-cpp", zxing),
            line("a picture, p95", p95, "zbarimg", zbar),
        ],
    }
}
