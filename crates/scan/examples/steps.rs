//! What each pass earns, by the pictures of a folder: `cargo run --release -p trousseau-scan --example steps -- FOLDER`.
//!
//! Each pass of `src/pipeline.rs` reads each picture of `FOLDER/MANIFEST.tsv` (see `rates.rs`) alone, and from that follows
//! what any choice of steps reads and costs. A family is a folder of pictures. Printed is a line a pass, and then what is
//! left when every family is read by the steps that all the other families choose: see [`Measurements::choice`].

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

/// What one pass makes of one picture.
#[derive(Clone, Copy)]
struct PassResult {
    any: bool,
    right: bool,
    /// For reading.
    ms: f64,
    /// For shrinking the picture before that, which is done once for all steps of the same size.
    shrink_ms: f64,
}

/// A picture under every pass.
struct PictureResults {
    family: String,
    /// Without a code: it counts for the time alone.
    negative: bool,
    results: [PassResult; PASS_COUNT],
}

/// Which steps are run.
type Choice = [bool; PASS_COUNT];

struct Measurements(Vec<PictureResults>);

impl PictureResults {
    /// Whether these steps, run as `read_picture` runs them, read a right text, and their milliseconds.
    fn run(&self, choice: &Choice) -> (bool, f64) {
        let (mut ms, mut sizes) = (0.0, Vec::new());
        let (mut any, mut right) = (false, false);
        for pass in (0..PASS_COUNT).filter(|pass| choice[*pass]) {
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

    /// Pictures that are read and milliseconds for all, of those that `counts` lets count.
    fn run(&self, choice: &Choice, counts: impl Fn(&PictureResults) -> bool) -> (usize, f64) {
        let runs = self.0.iter().filter(|picture| counts(picture));
        runs.map(|picture| picture.run(choice))
            .fold((0, 0.0), |(read, all), (right, ms)| {
                (read + usize::from(right), all + ms)
            })
    }

    /// The steps that the pictures which count would choose: from all of them, one after the other is taken away, whenever
    /// without it no fewer pictures are read in no more time; always the one without which it takes the least.
    /// What is found beside the first code (`read_remaining`) is left out of it.
    fn choice(&self, counts: impl Fn(&PictureResults) -> bool + Copy) -> Choice {
        let mut choice = [true; PASS_COUNT];
        loop {
            let (read, ms) = self.run(&choice, counts);
            let without = (0..PASS_COUNT).filter(|pass| choice[*pass]).map(|pass| {
                let mut less = choice;
                less[pass] = false;
                (self.run(&less, counts), less)
            });
            let best = without
                .filter(|((less, quick), _)| *less >= read && *quick <= ms)
                .min_by(|((_, one), _), ((_, other), _)| one.total_cmp(other));
            match best {
                Some((_, less)) => choice = less,
                None => return choice,
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
                    // Of a size that was there already: what it took then.
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

/// The value below or at which this share of them lie.
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
    let choices: Vec<(&str, Choice)> = families
        .iter()
        .map(|family| {
            (
                *family,
                measurements.choice(|picture| picture.family != *family),
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
        let (_, slow) = measurements.run(&without, |_| true);
        let chosen = choices.iter().filter(|(_, choice)| choice[pass]).count();
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
            (slow - ms) / count,
            families.len(),
            quantile(times.clone(), 0.5),
            quantile(times, 0.95)
        )?;
        for picture in scored().filter(|picture| is_lost(picture)) {
            writeln!(out, "    lost: one of {}", picture.family)?;
        }
    }
    let held_out: usize = choices
        .iter()
        .map(|(family, choice)| {
            measurements
                .run(choice, |picture| picture.family == *family)
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
    for (family, choice) in &choices {
        let away: Vec<String> = (0..PASS_COUNT)
            .filter(|pass| !choice[*pass])
            .map(pass_name)
            .collect();
        writeln!(out, "    without {family}, taken away: {}", away.join("; "))?;
    }
    Ok(())
}
