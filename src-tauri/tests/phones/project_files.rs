//! The files of the phone projects, and helpers for XML.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use roxmltree::{Document, Node};

const ANDROID: &str = "http://schemas.android.com/apk/res/android";
const TOOLS: &str = "http://schemas.android.com/tools";

/// A path below `src-tauri`.
pub fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of a file below `src-tauri`.
pub fn text(path: &str) -> String {
    fs::read_to_string(at(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All files below a folder of `src-tauri`, relative to it.
pub fn files(folder: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![at(folder)];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder of the project") {
            let path = entry.expect("a folder of the project").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let below = path
                    .strip_prefix(at(folder))
                    .expect("the file is below the folder");
                found.insert(below.to_string_lossy().into_owned());
            }
        }
    }
    found
}

/// Parses XML.
pub fn xml(text: &str) -> Document<'_> {
    Document::parse(text).expect("well-formed XML")
}

/// The descendants with this element name.
pub fn all<'a>(node: Node<'a, 'a>, name: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    node.descendants()
        .filter(move |node| node.has_tag_name(name))
}

/// The attribute `android:NAME`.
pub fn android<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.attribute((ANDROID, name))
}

/// Whether the merger removes this element from the libraries' manifests.
pub fn removed(node: Node<'_, '_>) -> bool {
    node.attribute((TOOLS, "node")) == Some("remove")
}

/// `name=value` of each attribute, sorted by name; without the prefix `android:`.
pub fn attributes(node: Node<'_, '_>) -> Vec<String> {
    let mut all: Vec<_> = node
        .attributes()
        .map(|attribute| {
            let tools = attribute.namespace() == Some(TOOLS);
            let prefix = if tools { "tools:" } else { "" };
            format!("{prefix}{}={}", attribute.name(), attribute.value())
        })
        .collect();
    all.sort();
    all
}
