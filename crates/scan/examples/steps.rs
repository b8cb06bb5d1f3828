//! Measures what each pass contributes: `cargo run --release -p trousseau-scan --example steps -- FOLDER`.
//!
//! Runs each pass of `src/pipeline.rs` alone on each picture of `FOLDER/MANIFEST.tsv` (see `rates.rs`). The results show what
//! any selection of passes reads and costs. A family is a folder of pictures. Prints a line for each pass, then a
//! cross-validation: each family is read by the passes that the other families select, see
//! [`Measurements::select_passes`]. The output calls a pass a step, and the robust reader "grid".

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use trousseau_scan::bench::{ALWAYS_COUNT, PASS_COUNT, pass_long_side, pass_name, with_picture};

#[path = "../tests/support/cpu.rs"]
mod cpu;
#[path = "../tests/support/manifest.rs"]
mod manifest;
#[path = "../tests/support/texts.rs"]
mod texts;

/// The result of one pass on one picture.
#[derive(Clone, Copy)]
struct PassResult {
    /// Whether it read any text.
    any: bool,
    /// Whether it read an expected text.
    right: bool,
    /// The time for reading.
    ms: f64,
    /// The time for shrinking the picture, which is done once for all passes of the same size.
    shrink_ms: f64,
}

/// The results of all passes on one picture.
struct PictureResults {
    family: String,
    /// Without a code: only its time counts.
    negative: bool,
    results: [PassResult; PASS_COUNT],
}

/// Which passes are run.
type Selection = [bool; PASS_COUNT];

struct Measurements(Vec<PictureResults>);

impl PictureResults {
    /// Whether these passes, run like in `read_picture`, read an expected text, and their milliseconds.
    fn run(&self, selection: &Selection) -> (bool, f64) {
        let (mut ms, mut sizes) = (0.0, Vec::new());
        let (mut any, mut right) = (false, false);
        for pass in (0..PASS_COUNT).filter(|pass| selection[*pass]) {
            if any && pass >= ALWAYS_COUNT {
                break;
            }
            let result = &self.results[pass];
            ms += result.ms;
            if !sizes.contains(&pass_long_side(pass)) {
                sizes.push(pass_long_side(pass));
                ms += result.shrink_ms;
            }
            any |= result.any;
            right |= result.right;
        }
        (right && !self.negative, ms)
    }
}

impl Measurements {
    fn families(&self) -> BTreeSet<&str> {
        let scored = self.0.iter().filter(|picture| !picture.negative);
        scored.map(|picture| picture.family.as_str()).collect()
    }

    /// The number of pictures that are read and the milliseconds for all, among the pictures with `counts(picture)`.
    fn run(&self, selection: &Selection, counts: impl Fn(&PictureResults) -> bool) -> (usize, f64) {
        let runs = self.0.iter().filter(|picture| counts(picture));
        runs.map(|picture| picture.run(selection))
            .fold((0, 0.0), |(read, all), (right, ms)| {
                (read + usize::from(right), all + ms)
            })
    }

    /// The best passes for the pictures with `counts(picture)`, by backward elimination: removes passes one by one while no
    /// fewer pictures are read in no more time, always the one whose removal saves the most time. Ignores the search for
    /// further codes (`read_remaining`).
    fn select_passes(&self, counts: impl Fn(&PictureResults) -> bool + Copy) -> Selection {
        let mut selection = [true; PASS_COUNT];
        loop {
            let (read, ms) = self.run(&selection, counts);
            let without = (0..PASS_COUNT).filter(|pass| selection[*pass]).map(|pass| {
                let mut fewer = selection;
                fewer[pass] = false;
                (self.run(&fewer, counts), fewer)
            });
            let best = without
                .filter(|((fewer_read, fewer_ms), _)| *fewer_read >= read && *fewer_ms <= ms)
                .min_by(|((_, one), _), ((_, other), _)| one.total_cmp(other));
            match best {
                Some((_, fewer)) => selection = fewer,
                None => return selection,
            }
        }
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn measure(folder: &Path) -> Result<Measurements, Box<dyn Error>> {
    let lines = fs::read_to_string(folder.join("MANIFEST.tsv"))?;
    let mut pictures = Vec::new();
    for picture in manifest::parse(&lines)? {
        if picture.label == "undecoded" {
            continue;
        }
        let bytes = fs::read(folder.join(picture.file))?;
        let results = with_picture(&bytes, |runner| {
            let mut shrink_times = BTreeMap::new();
            std::array::from_fn(|pass| {
                let ((), shrinking) = cpu::timed(|| runner.shrink(pass));
                let (codes, reading) = cpu::timed(|| runner.read(pass));
                let texts = texts::texts(codes);
                PassResult {
                    any: !texts.is_empty(),
                    right: picture.is_read(&texts),
                    ms: milliseconds(reading),
                    // A size that exists already costs what it cost the first time.
                    shrink_ms: *shrink_times
                        .entry(pass_long_side(pass))
                        .or_insert(milliseconds(shrinking)),
                }
            })
        })?;
        let family = picture
            .file
            .split_once('/')
            .map_or("", |(family, _)| family);
        pictures.push(PictureResults {
            family: family.to_owned(),
            negative: picture.label == "negative",
            results,
        });
    }
    Ok(Measurements(pictures))
}

/// The quantile `share`, by nearest rank.
fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (share * values.len() as f64).ceil() as usize;
    values
        .get(rank.saturating_sub(1))
        .copied()
        .unwrap_or(f64::NAN)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("usage: steps FOLDER")?;
    let measurements = measure(Path::new(&folder))?;
    let scored = || measurements.0.iter().filter(|picture| !picture.negative);
    let families = measurements.families();
    let selections: Vec<(&str, Selection)> = families
        .iter()
        .map(|family| {
            (
                *family,
                measurements.select_passes(|picture| picture.family != *family),
            )
        })
        .collect();
    let all = [true; PASS_COUNT];
    let (read, ms) = measurements.run(&all, |_| true);
    let count = measurements.0.len() as f64;

    let mut out = io::stdout().lock();
    writeln!(
        out,
        "step | reads (families) | new (families) | lost without it (families) | ms a picture without it | \
         chosen without one family | CPU median (p95)"
    )?;
    for pass in 0..PASS_COUNT {
        let mut without = all;
        without[pass] = false;
        let tally = |is: &dyn Fn(&PictureResults) -> bool| {
            let pictures: Vec<_> = scored().filter(|picture| is(picture)).collect();
            let families: BTreeSet<_> = pictures.iter().map(|picture| &picture.family).collect();
            format!("{} ({})", pictures.len(), families.len())
        };
        let reads = tally(&|picture| picture.results[pass].right);
        let new = tally(&|picture| {
            picture.results[pass].right
                && !picture.results[..pass].iter().any(|result| result.right)
        });
        let is_lost = |picture: &PictureResults| picture.run(&all).0 && !picture.run(&without).0;
        let (_, ms_without) = measurements.run(&without, |_| true);
        let chosen = selections
            .iter()
            .filter(|(_, selection)| selection[pass])
            .count();
        let times: Vec<f64> = measurements
            .0
            .iter()
            .map(|picture| picture.results[pass].ms)
            .collect();
        writeln!(
            out,
            "{} | {reads} | {new} | {} | {:+.1} | {chosen} of {} | {:.1} ({:.1})",
            pass_name(pass),
            tally(&is_lost),
            (ms_without - ms) / count,
            families.len(),
            quantile(times.clone(), 0.5),
            quantile(times, 0.95)
        )?;
        for picture in scored().filter(|picture| is_lost(picture)) {
            writeln!(out, "    lost: one of {}", picture.family)?;
        }
    }
    let held_out: usize = selections
        .iter()
        .map(|(family, selection)| {
            measurements
                .run(selection, |picture| picture.family == *family)
                .0
        })
        .sum();
    writeln!(
        out,
        "all steps: {read} of {}, {:.1} ms a picture",
        scored().count(),
        ms / count
    )?;
    writeln!(
        out,
        "every family by the steps that the others choose: {held_out}"
    )?;
    for (family, selection) in &selections {
        let removed: Vec<String> = (0..PASS_COUNT)
            .filter(|pass| !selection[*pass])
            .map(pass_name)
            .collect();
        writeln!(
            out,
            "    without {family}, taken away: {}",
            removed.join("; ")
        )?;
    }
    Ok(())
}
