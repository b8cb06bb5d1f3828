//! The files of the project, and the languages of the stores.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// The names that the stores give our languages.
pub const LANGUAGES: [&str; 4] = ["de-DE", "en-US", "fr-FR", "it-IT"];

/// The folder that fastlane and F-Droid read.
pub const LISTING: &str = "fastlane/metadata/android";

/// A path below the root.
pub fn at(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(path)
}

/// The text of a file below the root.
pub fn text(path: &str) -> String {
    fs::read_to_string(at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The JSON of a file below the root.
pub fn json(path: &str) -> serde_json::Value {
    serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands in a folder below the root, by its name.
pub fn names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(at(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("a name").file_name();
    entries
        .map(|entry| name(entry).to_string_lossy().into_owned())
        .collect()
}

/// Every file below a folder of the root, by its path from there.
pub fn files(folder: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for name in names(folder) {
        let path = format!("{folder}/{name}");
        if at(&path).is_dir() {
            found.extend(files(&path).iter().map(|below| format!("{name}/{below}")));
        } else {
            found.insert(name);
        }
    }
    found
}
