//! What each step earns, by the pictures of a folder: `cargo run --release -p trousseau-scan --example steps -- FOLDER`.
//!
//! Each step of `src/steps.rs` reads each picture of `FOLDER/MANIFEST.tsv` (see `rates.rs`) alone, and from that follows
//! what any choice of steps reads and costs. A family is a folder of pictures. Printed is a line a step, and then what is
//! left when every family is read by the steps that all the other families choose: see [`Bench::choice`].

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use trousseau_scan::one_by_one::{COUNT, TOGETHER, long, name, with_picture};

#[path = "../tests/support/cpu.rs"]
mod cpu;
#[path = "../tests/support/manifest.rs"]
mod manifest;
#[path = "../tests/support/texts.rs"]
mod texts;

/// What one step makes of one picture.
#[derive(Clone, Copy)]
struct Look {
    any: bool,
    right: bool,
    /// For reading.
    ms: f64,
    /// For shrinking the picture before that, which is done once for all steps of the same size.
    shrink_ms: f64,
}

/// A picture under every step.
struct Seen {
    family: String,
    /// Without a code: it counts for the time alone.
    negative: bool,
    looks: [Look; COUNT],
}

/// Which steps are run.
type Choice = [bool; COUNT];

struct Bench(Vec<Seen>);

impl Seen {
    /// Whether these steps, run as `read_picture` runs them, read a right text, and their milliseconds.
    fn run(&self, choice: &Choice) -> (bool, f64) {
        let (mut ms, mut sizes) = (0.0, Vec::new());
        let (mut any, mut right) = (false, false);
        for step in (0..COUNT).filter(|step| choice[*step]) {
            if any && step >= TOGETHER {
                break;
            }
            let look = &self.looks[step];
            ms += look.ms;
            if !sizes.contains(&long(step)) {
                sizes.push(long(step));
                ms += look.shrink_ms;
            }
            any |= look.any;
            right |= look.right;
        }
        (right && !self.negative, ms)
    }
}

impl Bench {
    fn families(&self) -> BTreeSet<&str> {
        let scored = self.0.iter().filter(|seen| !seen.negative);
        scored.map(|seen| seen.family.as_str()).collect()
    }

    /// Pictures that are read and milliseconds for all, of those that `counts` lets count.
    fn run(&self, choice: &Choice, counts: impl Fn(&Seen) -> bool) -> (usize, f64) {
        let runs = self.0.iter().filter(|seen| counts(seen));
        runs.map(|seen| seen.run(choice))
            .fold((0, 0.0), |(read, all), (right, ms)| {
                (read + usize::from(right), all + ms)
            })
    }

    /// The steps that the pictures which count would choose: from all of them, one after the other is taken away, whenever
    /// without it no fewer pictures are read in no more time; always the one without which it takes the least.
    /// What is found beside the first code (`read_beside`) is left out of it.
    fn choice(&self, counts: impl Fn(&Seen) -> bool + Copy) -> Choice {
        let mut choice = [true; COUNT];
        loop {
            let (read, ms) = self.run(&choice, counts);
            let without = (0..COUNT).filter(|step| choice[*step]).map(|step| {
                let mut less = choice;
                less[step] = false;
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

fn measure(folder: &Path) -> Result<Bench, Box<dyn Error>> {
    let lines = fs::read_to_string(folder.join("MANIFEST.tsv"))?;
    let mut seen = Vec::new();
    for picture in manifest::parse(&lines)? {
        if picture.label == "undecoded" {
            continue;
        }
        let bytes = fs::read(folder.join(picture.file))?;
        let looks = with_picture(&bytes, |alone| {
            let mut shrinks = BTreeMap::new();
            std::array::from_fn(|step| {
                let ((), shrinking) = cpu::timed(|| alone.shrink(step));
                let (codes, reading) = cpu::timed(|| alone.read(step));
                let texts = texts::texts(codes);
                Look {
                    any: !texts.is_empty(),
                    right: picture.is_read(&texts),
                    ms: milliseconds(reading),
                    // Of a size that was there already: what it took then.
                    shrink_ms: *shrinks.entry(long(step)).or_insert(milliseconds(shrinking)),
                }
            })
        })?;
        let family = picture
            .file
            .split_once('/')
            .map_or("", |(family, _)| family);
        seen.push(Seen {
            family: family.to_owned(),
            negative: picture.label == "negative",
            looks,
        });
    }
    Ok(Bench(seen))
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
    let bench = measure(Path::new(&folder))?;
    let scored = || bench.0.iter().filter(|seen| !seen.negative);
    let families = bench.families();
    let choices: Vec<(&str, Choice)> = families
        .iter()
        .map(|family| (*family, bench.choice(|seen| seen.family != *family)))
        .collect();
    let all = [true; COUNT];
    let (read, ms) = bench.run(&all, |_| true);
    let count = bench.0.len() as f64;

    let mut out = io::stdout().lock();
    writeln!(
        out,
        "step | reads (families) | new (families) | lost without it (families) | ms a picture without it | \
         chosen without one family | CPU median (p95)"
    )?;
    for step in 0..COUNT {
        let mut without = all;
        without[step] = false;
        let tally = |is: &dyn Fn(&Seen) -> bool| {
            let pictures: Vec<_> = scored().filter(|seen| is(seen)).collect();
            let families: BTreeSet<_> = pictures.iter().map(|seen| &seen.family).collect();
            format!("{} ({})", pictures.len(), families.len())
        };
        let reads = tally(&|seen| seen.looks[step].right);
        let new = tally(&|seen| {
            seen.looks[step].right && !seen.looks[..step].iter().any(|look| look.right)
        });
        let is_lost = |seen: &Seen| seen.run(&all).0 && !seen.run(&without).0;
        let (_, slow) = bench.run(&without, |_| true);
        let chosen = choices.iter().filter(|(_, choice)| choice[step]).count();
        let times: Vec<f64> = bench.0.iter().map(|seen| seen.looks[step].ms).collect();
        writeln!(
            out,
            "{} | {reads} | {new} | {} | {:+.1} | {chosen} of {} | {:.1} ({:.1})",
            name(step),
            tally(&is_lost),
            (slow - ms) / count,
            families.len(),
            quantile(times.clone(), 0.5),
            quantile(times, 0.95)
        )?;
        for seen in scored().filter(|seen| is_lost(seen)) {
            writeln!(out, "    lost: one of {}", seen.family)?;
        }
    }
    let held_out: usize = choices
        .iter()
        .map(|(family, choice)| bench.run(choice, |seen| seen.family == *family).0)
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
        let away: Vec<String> = (0..COUNT).filter(|step| !choice[*step]).map(name).collect();
        writeln!(out, "    without {family}, taken away: {}", away.join("; "))?;
    }
    Ok(())
}
