//! Finds the name before a secret that was copied with it: "Key: …", "Clé : …", "Setup key - …".

use crate::characters::{is_separator, to_ascii};

/// The longest name, in characters.
const MAX_CHARS: usize = 60;

/// Names of a secret that services use without a colon. Most consist of base32 letters, so a text may be valid base32 both with
/// and without the name.
const NAMES: [&str; 22] = [
    "authenticator key",
    "chiave",
    "chiave di configurazione",
    "chiave segreta",
    "clé",
    "clé de configuration",
    "clé secrète",
    "code",
    "code secret",
    "codice",
    "codice segreto",
    "einrichtungsschlüssel",
    "geheimer schlüssel",
    "key",
    "manual entry key",
    "schlüssel",
    "secret",
    "secret code",
    "secret key",
    "security key",
    "setup code",
    "setup key",
];

/// Further names that are one word of base32 letters. They count only before a colon, where they would otherwise be taken for a group of
/// a secret.
const NAMES_WITH_COLON: [&str; 10] = [
    "authkey",
    "cle",
    "otp",
    "password",
    "passwort",
    "seed",
    "schluessel",
    "segreto",
    "token",
    "totp",
];

/// The part of a text that may be the name of the secret after it, with the index of the first byte after the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prefix {
    /// Letters that are not a group of a secret, and a colon, which no encoding of a secret has.
    Colon(usize),
    /// A known name and a dash or an equals separator.
    Separator(usize),
    /// A known name, long enough to be no part of a secret, without punctuation.
    Bare(usize),
}

impl Prefix {
    /// Finds a name at the beginning of a text.
    pub fn of(text: &str) -> Option<Self> {
        with_colon(text).or_else(|| {
            // Of several names that match, the longest is used.
            NAMES
                .iter()
                .filter_map(|name| with_name(text, name))
                .max_by_key(|prefix| prefix.end())
        })
    }

    /// The index of the first byte after the name.
    pub fn end(self) -> usize {
        match self {
            Self::Colon(end) | Self::Separator(end) | Self::Bare(end) => end,
        }
    }
}

/// Whether a text is short enough for a name and has only letters, white space and punctuation of names.
fn is_name(text: &str) -> bool {
    let is_of_name = |c: char| c.is_alphabetic() || c.is_whitespace() || "'’()-–_".contains(c);
    text.chars().count() <= MAX_CHARS && text.chars().all(is_of_name)
}

fn with_colon(text: &str) -> Option<Prefix> {
    let (at, colon) = text.char_indices().rfind(|(_, c)| to_ascii(*c) == ':')?;
    let name = &text[..at];
    let behind = &text[at + colon.len_utf8()..];
    let is_title = is_title(name) && behind.starts_with(char::is_whitespace);
    let is_name = is_name(name) && !name.trim().is_empty() && (is_title || !is_group(name));
    is_name.then_some(Prefix::Colon(at + colon.len_utf8()))
}

/// One capital and then only small letters: secrets are not written like that.
fn is_title(text: &str) -> bool {
    let mut letters = text.trim().chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().next().is_some()
        && letters.all(char::is_lowercase)
}

/// Whether a text consists of base32 letters without white space and is not a known name. It is then a group of a secret, and the
/// colon after it is a typing error.
fn is_group(text: &str) -> bool {
    let text = text.trim();
    let is_of_group = |c: char| c.is_ascii_alphabetic() || (is_separator(c) && !c.is_whitespace());
    if !text.chars().map(to_ascii).all(is_of_group) {
        return false;
    }
    let letters = |text: &str| -> String {
        let letters = text.chars().map(to_ascii).filter(|c| !is_separator(*c));
        letters.flat_map(char::to_lowercase).collect()
    };
    let group = letters(text);
    !NAMES
        .iter()
        .chain(&NAMES_WITH_COLON)
        .any(|name| letters(name) == group)
}

fn with_name(text: &str, name: &str) -> Option<Prefix> {
    let end = end_of_name(text, name)?;
    let after = &text[end..];
    let trimmed = after.trim_start();
    let has_space = trimmed.len() < after.len();
    let separator = trimmed.chars().next()?;
    let after_separator = &trimmed[separator.len_utf8()..];
    let letters = name.chars().filter(|c| !c.is_whitespace()).count();
    // A dash without white space beside it may also separate two groups of a secret.
    let is_prefix_separator = match to_ascii(separator) {
        '=' => true,
        dash if is_separator(dash) => has_space || after_separator.starts_with(char::is_whitespace),
        _ => false,
    };
    if is_prefix_separator {
        Some(Prefix::Separator(text.len() - after_separator.len()))
    } else if letters >= 8 || (letters >= 6 && has_space) {
        Some(Prefix::Bare(end))
    } else {
        None
    }
}

/// The index after `name` if the text begins with it, in either case, with any white space or none.
fn end_of_name(text: &str, name: &str) -> Option<usize> {
    let mut letters = name.chars().filter(|c| !c.is_whitespace()).peekable();
    for (at, character) in text.char_indices() {
        let Some(letter) = letters.peek() else {
            return Some(at);
        };
        if character.is_whitespace() {
            continue;
        }
        if !character.to_lowercase().eq(letter.to_lowercase()) {
            return None;
        }
        letters.next();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_a_separator_are_found() {
        for (text, rest) in [
            ("Key: JBSW", Some(" JBSW")),
            ("Key:JBSW", Some("JBSW")),
            ("Clé\u{202f}: JBSW", Some(" JBSW")),
            ("Clé d’authentification : JBSW", Some(" JBSW")),
            ("Your key (base-thirty-two)：JBSW", Some("JBSW")),
            ("Setup key - JBSW", Some(" JBSW")),
            ("Setup key -JBSW", Some("JBSW")),
            ("setup key– JBSW", Some(" JBSW")),
            ("SECRET = JBSW", Some(" JBSW")),
            ("secret=JBSW", Some("JBSW")),
            ("Geheimer Schlüssel — JBSW", Some(" JBSW")),
            ("Setup key\nJBSW", Some("\nJBSW")),
            ("Setup keyJBSW", Some("JBSW")),
            ("Secret JBSW", Some(" JBSW")),
            ("Chiave segreta JBSW", Some(" JBSW")),
            // A name that is not known, or may be a group of a secret.
            ("Portal: JBSW", Some(" JBSW")),
            ("Portal:JBSW", None),
            ("PORTAL: JBSW", None),
            ("Portal - JBSW", None),
            ("Key JBSW", None),
            ("CODE-JBSW", None),
            ("SECRETJBSW", None),
            ("JBSW Y3DP", None),
            (": JBSW", None),
            ("AB:CD:EF", None),
            // A group of a secret, and not a name.
            ("JBSW:Y3DPEHPK3PXP", None),
            ("abcd:efghijklmnop", None),
            ("ＡＢＣＤ：EFGHIJKL", None),
            ("ABCD-EFGH: IJKL", None),
            ("secret-key: JBSW", Some(" JBSW")),
            ("SETUPKEY:JBSW", Some("JBSW")),
            ("Token: JBSW", Some(" JBSW")),
            ("Chiave:JBSW", Some("JBSW")),
            ("Schlüssel:JBSW", Some("JBSW")),
            ("JBSWY3DP: JBSW", None),
            ("Secret", None),
            ("", None),
        ] {
            let found = Prefix::of(text).map(|prefix| &text[prefix.end()..]);
            assert_eq!(found, rest, "{text:?}");
        }
        let long = "x".repeat(61) + ": JBSW";
        assert_eq!(Prefix::of(&long), None);
    }
}
