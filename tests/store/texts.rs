//! The texts of the listing: whole in each language, and as long as the stores take them.

use crate::tree::{LANGUAGES, LISTING, files, names, text};

/// How many characters Google takes of each text.
const LIMITS: [(&str, usize); 3] = [
    ("title.txt", 30),
    ("short_description.txt", 80),
    ("full_description.txt", 4000),
];
/// The same of the notes of each version.
const NOTES: usize = 500;

/// The limit of a file of the listing; none for what is no text.
fn limit(file: &str) -> Option<usize> {
    if file.starts_with("changelogs/") {
        return Some(NOTES);
    }
    LIMITS
        .iter()
        .find_map(|(name, limit)| (*name == file).then_some(*limit))
}

/// Everything that a store would refuse in a text, or a reader trip over.
fn complaints(text: &str, limit: usize) -> Vec<String> {
    let mut complaints = Vec::new();
    let Some(body) = text.strip_suffix('\n') else {
        return vec!["does not end with the end of a line".into()];
    };
    if body.trim().is_empty() {
        return vec!["says nothing".into()];
    }
    let length = body.chars().count();
    if length > limit {
        complaints.push(format!("has {length} characters, more than {limit}"));
    }
    if body.ends_with('\n') {
        complaints.push("ends with a blank line".into());
    }
    if body.lines().any(|line| line.trim_end() != line) {
        complaints.push("has a blank at the end of a line".into());
    }
    for character in ['ß', '\u{ad}', '\u{a0}', '\t', '\r', '\'', '"'] {
        if body.contains(character) {
            complaints.push(format!("has {character:?}"));
        }
    }
    if let Some(address) = body.split_whitespace().find(|word| is_address(word)) {
        complaints.push(format!("has the address {address}"));
    }
    complaints
}

/// Whether a word is an address of the web or of mail: a name, a dot and two letters or more.
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
    assert_eq!(names(LISTING), LANGUAGES.map(String::from).into());
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
fn every_text_is_one_that_the_stores_take() {
    for language in LANGUAGES {
        for file in files(&format!("{LISTING}/{language}")) {
            if let Some(limit) = limit(&file) {
                let text = text(&format!("{LISTING}/{language}/{file}"));
                assert_eq!(complaints(&text, limit), [""; 0], "{language}/{file}");
            } else {
                assert!(
                    file.starts_with("images/"),
                    "{language}/{file}: neither text nor picture"
                );
            }
        }
    }
}

/// A language whose text was copied and not translated.
#[test]
fn no_language_has_the_text_of_another() {
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
fn what_is_wrong_with_a_text_is_said() {
    assert_eq!(complaints("Apache-2.0, z. B. «é»…\n", 22), [""; 0]);
    for (text, complaint) in [
        ("", "does not end with the end of a line"),
        ("no end", "does not end with the end of a line"),
        ("\n", "says nothing"),
        (" \n\n", "says nothing"),
        ("more than ten\n", "has 13 characters, more than 10"),
        ("é\n\n", "ends with a blank line"),
        ("a \nb\n", "has a blank at the end of a line"),
        ("gross ß\n", "has 'ß'"),
        ("l'app\n", "has '\\''"),
        ("a\u{a0}!\n", "has '\\u{a0}'"),
        ("ab://c\n", "has the address ab://c"),
        ("see ab.ch.\n", "has the address ab.ch."),
        ("me@home\n", "has the address me@home"),
    ] {
        assert_eq!(complaints(text, 10), [complaint], "{text:?}");
    }
}
