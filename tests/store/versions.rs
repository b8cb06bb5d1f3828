//! Checks that all files have the same version and the same release notes.

use std::collections::BTreeSet;

use crate::metainfo;
use crate::tree::{LANGUAGES, LISTING, file_names, text};

/// The version of the workspace.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// CHANGELOG.md has this word in place of a date.
const UNRELEASED: &str = "Unreleased";

/// One version of CHANGELOG.md.
struct Entry {
    version: String,
    date: String,
    lines: Vec<String>,
}

/// The versions in a changelog, the newest first.
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

/// Android's version code, as Tauri's command line tool computes it.
fn version_code(version: &str) -> u32 {
    let parts: Vec<u32> = version
        .split('.')
        .map(|part| part.parse().expect("a number"))
        .collect();
    let [major, minor, patch] = parts[..] else {
        panic!("{version} does not have three numbers");
    };
    major * 1_000_000 + minor * 1000 + patch
}

/// The lines of the release notes of a version in a store.
fn notes(language: &str, version: &str) -> Vec<String> {
    let notes = text(&format!(
        "{LISTING}/{language}/changelogs/{}.txt",
        version_code(version)
    ));
    let lines = notes
        .lines()
        .map(|line| line.strip_prefix("• ").expect("every line is a list item"));
    lines.map(str::to_owned).collect()
}

/// `src-tauri/tests/phones/version.rs` checks the version of the phone packages and of the UI.
#[test]
fn all_files_have_the_same_version() {
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
fn every_version_has_release_notes_in_every_store() {
    let entries = entries(&text("CHANGELOG.md"));
    let versions: Vec<_> = entries.iter().map(|entry| &entry.version).collect();
    let releases = metainfo::releases();
    let listed: Vec<_> = releases.iter().map(|release| &release.version).collect();
    assert_eq!(listed, versions);
    let files: BTreeSet<_> = versions
        .iter()
        .map(|version| format!("{}.txt", version_code(version)))
        .collect();
    for language in LANGUAGES {
        assert_eq!(
            file_names(&format!("{LISTING}/{language}/changelogs")),
            files,
            "{language}"
        );
    }
}

#[test]
fn changelog_and_stores_have_the_same_notes() {
    let releases = metainfo::releases();
    for (entry, release) in entries(&text("CHANGELOG.md")).iter().zip(&releases) {
        assert!(
            !entry.lines.is_empty(),
            "{} lists no changes",
            entry.version
        );
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
fn an_unreleased_version_is_marked_as_development() {
    let releases = metainfo::releases();
    for (entry, release) in entries(&text("CHANGELOG.md")).iter().zip(&releases) {
        if entry.date == UNRELEASED {
            assert_eq!(
                release.kind.as_deref(),
                Some("development"),
                "{}",
                entry.version
            );
            assert_eq!(
                entry.version, VERSION,
                "only the newest version may be unreleased"
            );
        } else {
            assert_eq!(release.kind, None, "{}", entry.version);
            assert_eq!(release.date, entry.date, "{}", entry.version);
        }
    }
}

#[test]
fn changelogs_and_version_codes_are_parsed() {
    let changelog = "# Changelog\n\n- no line\n\n## [1.2.3] - 2027-01-02\n\n### Added\n\n- a\n- b\n\n## 1.2.2 - Unreleased\n";
    let entries = entries(changelog);
    let listed: Vec<_> = entries
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
        listed,
        [("1.2.3", "2027-01-02", 2), ("1.2.2", "Unreleased", 0)]
    );
    assert_eq!(version_code("0.1.0"), 1000);
    assert_eq!(version_code("12.34.56"), 12_034_056);
}
