//! Access to the files of the project, and the languages of the stores.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// Our languages, as the stores name them.
pub const LANGUAGES: [&str; 4] = ["de-DE", "en-US", "fr-FR", "it-IT"];

/// The folder that fastlane and F-Droid read.
pub const LISTING: &str = "fastlane/metadata/android";

/// The path of a file in the repository.
pub fn path_of(path: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).join(path)
}

/// The text of a file in the repository.
pub fn text(path: &str) -> String {
    fs::read_to_string(path_of(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The JSON of a file in the repository.
pub fn json(path: &str) -> serde_json::Value {
    serde_json::from_str(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The names of the files and folders in a folder of the repository.
pub fn file_names(folder: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(path_of(folder)).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let name = |entry: std::io::Result<fs::DirEntry>| entry.expect("a name").file_name();
    entries
        .map(|entry| name(entry).to_string_lossy().into_owned())
        .collect()
}

/// Every file below a folder of the repository, with its path relative to that folder.
pub fn files(folder: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for name in file_names(folder) {
        let path = format!("{folder}/{name}");
        if path_of(&path).is_dir() {
            found.extend(files(&path).iter().map(|below| format!("{name}/{below}")));
        } else {
            found.insert(name);
        }
    }
    found
}
