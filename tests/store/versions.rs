//! One version, and the same words about it everywhere.

use std::collections::BTreeSet;

use crate::metainfo;
use crate::tree::{LANGUAGES, LISTING, names, text};

/// The version of the workspace.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// What CHANGELOG.md says in the place of a date.
const UNRELEASED: &str = "Unreleased";

/// One version of CHANGELOG.md.
struct Entry {
    version: String,
    date: String,
    lines: Vec<String>,
}

/// The versions of a changelog, the newest first.
fn entries(changelog: &str) -> Vec<Entry> {
    let sections = changelog.split("\n## ").skip(1);
    sections
        .map(|section| {
            let (heading, body) = section.split_once('\n').unwrap_or((section, ""));
            let (version, date) = heading.split_once(" - ").unwrap_or((heading, ""));
            let lines = body.lines().filter_map(|line| line.strip_prefix("- "));
            Entry {
                version: version.trim_matches(['[', ']']).to_owned(),
                date: date.to_owned(),
                lines: lines.map(str::to_owned).collect(),
            }
        })
        .collect()
}

/// What Tauri's command line makes of a version for Android.
fn code(version: &str) -> u32 {
    let parts: Vec<u32> = version
        .split('.')
        .map(|part| part.parse().expect("a number"))
        .collect();
    let [major, minor, patch] = parts[..] else {
        panic!("{version} is not of three numbers");
    };
    major * 1_000_000 + minor * 1000 + patch
}

/// The notes of a version in a store, a line each.
fn notes(language: &str, version: &str) -> Vec<String> {
    let notes = text(&format!(
        "{LISTING}/{language}/changelogs/{}.txt",
        code(version)
    ));
    let lines = notes
        .lines()
        .map(|line| line.strip_prefix("• ").expect("a line of a list"));
    lines.map(str::to_owned).collect()
}

/// `src-tauri/tests/phones/version.rs` holds the packages of the phones and of the UI to it.
#[test]
fn there_is_one_version() {
    let workspace = text("Cargo.toml");
    let (_, package) = workspace
        .split_once("[workspace.package]\n")
        .expect("a workspace");
    let (version, _) = package.split_once('\n').expect("a line");
    assert_eq!(version, format!("version = \"{VERSION}\""));
    for manifest in ["src-tauri/Cargo.toml", "tests/Cargo.toml"] {
        assert!(
            text(manifest).contains("\nversion.workspace = true\n"),
            "{manifest}"
        );
    }
    assert_eq!(entries(&text("CHANGELOG.md"))[0].version, VERSION);
    assert_eq!(metainfo::releases()[0].version, VERSION);
}

#[test]
fn every_version_has_its_notes_in_every_store() {
    let entries = entries(&text("CHANGELOG.md"));
    let versions: Vec<_> = entries.iter().map(|entry| &entry.version).collect();
    let releases = metainfo::releases();
    let told: Vec<_> = releases.iter().map(|release| &release.version).collect();
    assert_eq!(told, versions);
    let files: BTreeSet<_> = versions
        .iter()
        .map(|version| format!("{}.txt", code(version)))
        .collect();
    for language in LANGUAGES {
        assert_eq!(
            names(&format!("{LISTING}/{language}/changelogs")),
            files,
            "{language}"
        );
    }
}

#[test]
fn the_changelog_and_the_stores_say_the_same() {
    let releases = metainfo::releases();
    for (entry, release) in entries(&text("CHANGELOG.md")).iter().zip(&releases) {
        assert!(!entry.lines.is_empty(), "{} changes nothing", entry.version);
        assert_eq!(notes("en-US", &entry.version), entry.lines);
        for language in LANGUAGES {
            let notes = notes(language, &entry.version);
            assert_eq!(
                notes.len(),
                entry.lines.len(),
                "{language} {}",
                entry.version
            );
            assert_eq!(
                release.lines[&language[..2]],
                notes,
                "{language} {}",
                entry.version
            );
        }
    }
}

#[test]
fn what_is_not_released_is_not_called_a_release() {
    let releases = metainfo::releases();
    for (entry, release) in entries(&text("CHANGELOG.md")).iter().zip(&releases) {
        if entry.date == UNRELEASED {
            assert_eq!(
                release.kind.as_deref(),
                Some("development"),
                "{}",
                entry.version
            );
            assert_eq!(entry.version, VERSION, "only the newest may wait");
        } else {
            assert_eq!(release.kind, None, "{}", entry.version);
            assert_eq!(release.date, entry.date, "{}", entry.version);
        }
    }
}

#[test]
fn a_changelog_is_read_and_a_version_counted() {
    let changelog = "# Changelog\n\n- no line\n\n## [1.2.3] - 2027-01-02\n\n### Added\n\n- a\n- b\n\n## 1.2.2 - Unreleased\n";
    let entries = entries(changelog);
    let told: Vec<_> = entries
        .iter()
        .map(|entry| {
            (
                entry.version.as_str(),
                entry.date.as_str(),
                entry.lines.len(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [("1.2.3", "2027-01-02", 2), ("1.2.2", "Unreleased", 0)]
    );
    assert_eq!(code("0.1.0"), 1000);
    assert_eq!(code("12.34.56"), 12_034_056);
}
