//! Measures the read rates of the pictures in a folder: `cargo run --release -p trousseau-scan --example rates -- FOLDER`.
//!
//! `FOLDER/MANIFEST.tsv` has the columns file, expected texts (JSON array), label, and optional further ones.
//!
//! Prints a line for each picture: file, "yes" or "no", milliseconds of CPU for decoding the file and reading it, texts (JSON
//! array). "yes" means at least one expected text or, if none is expected, any text. Then prints a line for each label:
//! `total`, label, number of "yes" / number of pictures. For the label `negative` this is the number of false reads.

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
        // An error counts as not read.
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
