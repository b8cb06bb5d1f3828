//! Reads the pictures of a folder and counts: `cargo run --release -p trousseau-scan --example rates -- FOLDER`.
//!
//! `FOLDER/MANIFEST.tsv` has the columns file, expected texts (JSON array), label, and others that may be empty or
//! missing. A line a picture: file, yes or no, milliseconds of CPU for decoding the file and reading it, texts (JSON array).
//! "yes" is at least one right text; where none is expected, any text. Then a line a label: `total`, label, number of
//! yes / number of pictures; for `negative` that is the number of false reads.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

#[path = "../tests/support/cpu.rs"]
mod cpu;
#[path = "../tests/support/manifest.rs"]
mod manifest;
#[path = "../tests/support/texts.rs"]
mod texts;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("usage: rates FOLDER")?;
    let folder = Path::new(&folder);
    let lines = fs::read_to_string(folder.join("MANIFEST.tsv"))?;
    let mut out = io::stdout().lock();
    let mut totals: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for picture in manifest::parse(&lines)? {
        let bytes = fs::read(folder.join(picture.file))?;
        let (codes, time) = cpu::timed(|| trousseau_scan::read_picture(&bytes));
        // A file that cannot be decoded counts as not read.
        let texts = texts::texts(codes.unwrap_or_default());
        let milliseconds = time.as_secs_f64() * 1000.0;
        let read = picture.is_read(&texts);
        let yes = if read { "yes" } else { "no" };
        writeln!(
            out,
            "{}\t{yes}\t{milliseconds:.1}\t{}",
            picture.file,
            serde_json::to_string(&texts)?
        )?;
        let total = totals.entry(picture.label).or_default();
        total.0 += u32::from(read);
        total.1 += 1;
    }
    for (label, (read, of)) in totals {
        writeln!(out, "total\t{label}\t{read}/{of}")?;
    }
    Ok(())
}
