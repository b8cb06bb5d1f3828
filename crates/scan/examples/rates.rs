//! Reads the pictures of a folder and counts: `cargo run --release -p trousseau-scan --example rates -- FOLDER`.
//!
//! `FOLDER/MANIFEST.tsv` has the columns file, expected texts (JSON array), label, and others that may be empty or
//! missing. A line a picture: file, yes or no, milliseconds for decoding the file and reading it, texts (JSON array).
//! "yes" is at least one right text; where none is expected, any text. Then `total`, label, read/of: for
//! `negative`, the false reads.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args_os().nth(1).ok_or("usage: rates FOLDER")?;
    let folder = Path::new(&folder);
    let manifest = fs::read_to_string(folder.join("MANIFEST.tsv"))?;
    let mut out = io::stdout().lock();
    let mut totals: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for line in manifest.lines().skip(1).filter(|line| !line.is_empty()) {
        let mut columns = line.split('\t');
        let file = columns.next().unwrap_or_default();
        let expected: Vec<String> = serde_json::from_str(
            columns
                .next()
                .filter(|json| !json.is_empty())
                .unwrap_or("[]"),
        )?;
        let label = columns.next().unwrap_or_default();
        let bytes = fs::read(folder.join(file))?;
        let start = Instant::now();
        // A file that cannot be decoded counts as not read.
        let texts = trousseau_scan::read_picture(&bytes).unwrap_or_default();
        let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
        let read = if expected.is_empty() {
            !texts.is_empty()
        } else {
            texts.iter().any(|text| expected.contains(text))
        };
        let yes_no = if read { "yes" } else { "no" };
        writeln!(
            out,
            "{file}\t{yes_no}\t{milliseconds:.1}\t{}",
            serde_json::to_string(&texts)?
        )?;
        let total = totals.entry(label).or_default();
        total.0 += u32::from(read);
        total.1 += 1;
    }
    for (label, (read, of)) in totals {
        writeln!(out, "total\t{label}\t{read}/{of}")?;
    }
    Ok(())
}
