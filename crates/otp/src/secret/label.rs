//! The name that stands before a secret where it was copied together with it: "Key: …", "Clé : …", "Setup key - …".

use crate::characters::{is_separator, plain};

/// The most characters that a name has.
const MAX: usize = 60;

/// What services call a secret where no colon follows. The letters of most are base32, too, so that a whole text may be a
/// secret with and without them.
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

/// More names for a secret that are one word of base32 letters: before a colon they are names, and no group of a secret.
const WORDS: [&str; 10] = [
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

/// The part of a text that may be the name of the secret behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// Letters that are not a group of a secret, and a colon, which is in no alphabet: it ends at this byte.
    Colon(usize),
    /// A known name and a sign behind it: it ends at this byte.
    Sign(usize),
    /// A known name of some length and nothing else: it ends at this byte.
    Bare(usize),
}

impl Label {
    /// The label at the beginning of a text.
    pub fn of(text: &str) -> Option<Self> {
        with_colon(text).or_else(|| {
            // The longest name counts.
            NAMES
                .iter()
                .filter_map(|name| with_name(text, name))
                .max_by_key(|label| label.end())
        })
    }

    /// The first byte behind it.
    pub fn end(self) -> usize {
        match self {
            Self::Colon(end) | Self::Sign(end) | Self::Bare(end) => end,
        }
    }
}

/// True for a text without digits that is short enough to be a name.
fn is_name(text: &str) -> bool {
    let is_of_name = |c: char| c.is_alphabetic() || c.is_whitespace() || "'’()-–_".contains(c);
    text.chars().count() <= MAX && text.chars().all(is_of_name)
}

fn with_colon(text: &str) -> Option<Label> {
    let (at, colon) = text.char_indices().rfind(|(_, c)| plain(*c) == ':')?;
    let name = &text[..at];
    let behind = &text[at + colon.len_utf8()..];
    let is_title = is_title(name) && behind.starts_with(char::is_whitespace);
    let is_name = is_name(name) && !name.trim().is_empty() && (is_title || !is_group(name));
    is_name.then_some(Label::Colon(at + colon.len_utf8()))
}

/// A capital and small letters: no secret is written so.
fn is_title(text: &str) -> bool {
    let mut letters = text.trim().chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.clone().next().is_some()
        && letters.all(char::is_lowercase)
}

/// True for base32 letters without white space that are not a known name: a group of a secret, with a colon behind it
/// by mistake.
fn is_group(text: &str) -> bool {
    let text = text.trim();
    let is_of_group = |c: char| c.is_ascii_alphabetic() || (is_separator(c) && !c.is_whitespace());
    if !text.chars().map(plain).all(is_of_group) {
        return false;
    }
    let letters = |text: &str| -> String {
        let letters = text.chars().map(plain).filter(|c| !is_separator(*c));
        letters.flat_map(char::to_lowercase).collect()
    };
    let group = letters(text);
    !NAMES
        .iter()
        .chain(&WORDS)
        .any(|name| letters(name) == group)
}

fn with_name(text: &str, name: &str) -> Option<Label> {
    let end = end_of_name(text, name)?;
    let after = &text[end..];
    let behind_blanks = after.trim_start();
    let has_blank = behind_blanks.len() < after.len();
    let sign = behind_blanks.chars().next()?;
    let behind_sign = &behind_blanks[sign.len_utf8()..];
    let letters = name.chars().filter(|c| !c.is_whitespace()).count();
    // A dash may stand between two groups of a secret as well; between blanks it does not.
    let is_sign = match plain(sign) {
        '=' => true,
        dash if is_separator(dash) => has_blank || behind_sign.starts_with(char::is_whitespace),
        _ => false,
    };
    if is_sign {
        Some(Label::Sign(text.len() - behind_sign.len()))
    } else if letters >= 8 || (letters >= 6 && has_blank) {
        Some(Label::Bare(end))
    } else {
        None
    }
}

/// The end of `name` at the beginning of a text, in either case, with any blanks or none.
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
    fn names_with_a_sign_behind_them() {
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
            let found = Label::of(text).map(|label| &text[label.end()..]);
            assert_eq!(found, rest, "{text:?}");
        }
        let long = "x".repeat(61) + ": JBSW";
        assert_eq!(Label::of(&long), None);
    }
}
