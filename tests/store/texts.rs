//! Checks the texts of the store listing: complete in each language, and not longer than the stores accept.

use crate::tree::{LANGUAGES, LISTING, file_names, files, text};

/// Google's maximum number of characters for each text.
const LIMITS: [(&str, usize); 3] = [
    ("title.txt", 30),
    ("short_description.txt", 80),
    ("full_description.txt", 4000),
];
/// The maximum for the release notes of a version.
const MAX_NOTES: usize = 500;

/// The maximum length of a text file in the listing; `None` for other files.
fn limit(file: &str) -> Option<usize> {
    if file.starts_with("changelogs/") {
        return Some(MAX_NOTES);
    }
    LIMITS
        .iter()
        .find_map(|(name, limit)| (*name == file).then_some(*limit))
}

/// Every problem in a text: a store would reject it, or it breaks our typographic rules.
fn problems(text: &str, limit: usize) -> Vec<String> {
    let mut problems = Vec::new();
    let Some(body) = text.strip_suffix('\n') else {
        return vec!["does not end with a newline".into()];
    };
    if body.trim().is_empty() {
        return vec!["is empty".into()];
    }
    let length = body.chars().count();
    if length > limit {
        problems.push(format!("has {length} characters, more than {limit}"));
    }
    if body.ends_with('\n') {
        problems.push("ends with a blank line".into());
    }
    if body.lines().any(|line| line.trim_end() != line) {
        problems.push("has a space at the end of a line".into());
    }
    for character in ['ß', '\u{ad}', '\u{a0}', '\t', '\r', '\'', '"'] {
        if body.contains(character) {
            problems.push(format!("has {character:?}"));
        }
    }
    if let Some(address) = body.split_whitespace().find(|word| is_address(word)) {
        problems.push(format!("has the address {address}"));
    }
    problems
}

/// Whether a word is a web or mail address: a name, a dot and at least two letters.
fn is_address(word: &str) -> bool {
    let is_name = |part: &str| part.ends_with(|last: char| last.is_alphanumeric());
    let is_domain = |part: &str| part.chars().take_while(|c| c.is_alphabetic()).count() >= 2;
    word.contains("://")
        || word.contains('@')
        || word
            .match_indices('.')
            .any(|(at, _)| is_name(&word[..at]) && is_domain(&word[at + 1..]))
}

#[test]
fn every_language_has_the_same_files() {
    assert_eq!(file_names(LISTING), LANGUAGES.map(String::from).into());
    let expected = files(&format!("{LISTING}/{}", LANGUAGES[0]));
    for (file, _) in LIMITS {
        assert!(expected.contains(file), "{file}");
    }
    for language in LANGUAGES {
        assert_eq!(
            files(&format!("{LISTING}/{language}")),
            expected,
            "{language}"
        );
    }
}

#[test]
fn the_stores_accept_every_text() {
    for language in LANGUAGES {
        for file in files(&format!("{LISTING}/{language}")) {
            if let Some(limit) = limit(&file) {
                let text = text(&format!("{LISTING}/{language}/{file}"));
                assert_eq!(problems(&text, limit), [""; 0], "{language}/{file}");
            } else {
                assert!(
                    file.starts_with("images/"),
                    "{language}/{file}: neither a text nor a picture"
                );
            }
        }
    }
}

/// A text that equals that of another language was copied and not translated.
#[test]
fn no_text_is_untranslated() {
    for (file, _) in LIMITS.iter().skip(1) {
        let texts = LANGUAGES.map(|language| text(&format!("{LISTING}/{language}/{file}")));
        for (at, one) in texts.iter().enumerate() {
            assert!(
                !texts[at + 1..].contains(one),
                "{file} of {}",
                LANGUAGES[at]
            );
            let lines = texts[0].lines().count();
            assert_eq!(one.lines().count(), lines, "{file} of {}", LANGUAGES[at]);
        }
    }
}

#[test]
fn problems_in_a_text_are_reported() {
    assert_eq!(problems("Apache-2.0, z. B. «é»…\n", 22), [""; 0]);
    for (text, problem) in [
        ("", "does not end with a newline"),
        ("no end", "does not end with a newline"),
        ("\n", "is empty"),
        (" \n\n", "is empty"),
        ("more than ten\n", "has 13 characters, more than 10"),
        ("é\n\n", "ends with a blank line"),
        ("a \nb\n", "has a space at the end of a line"),
        ("gross ß\n", "has 'ß'"),
        ("l'app\n", "has '\\''"),
        ("a\u{a0}!\n", "has '\\u{a0}'"),
        ("ab://c\n", "has the address ab://c"),
        ("see ab.ch.\n", "has the address ab.ch."),
        ("me@home\n", "has the address me@home"),
    ] {
        assert_eq!(problems(text, 10), [problem], "{text:?}");
    }
}
