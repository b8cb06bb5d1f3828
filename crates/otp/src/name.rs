//! Names of issuers and accounts: removes characters that make one name look like another, and detects mixed scripts and links.

use icu_properties::props::{
    DefaultIgnorableCodePoint, Emoji, GeneralCategory, IndicSyllabicCategory, JoiningType,
};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::UnicodeNormalization;
use unicode_security::RestrictionLevelDetection;
use unicode_security::restriction_level::RestrictionLevel;

use crate::uri::vendor::VENDORS;

/// Cleans a name for display on one line.
///
/// Replaces white space by spaces and trims it. Removes control characters and invisible characters, because they make one
/// issuer look like another: see [`is_invisible`].
///
/// Keeps two kinds of invisible characters that are needed: a joiner (U+200C, U+200D) between two characters of the same
/// [`Joining`] kind, and a variation selector (U+FE0E, U+FE0F) after an emoji.
pub fn clean_name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            c if c.is_whitespace() => name.push(' '),
            c if c.is_control() => {}
            '\u{200c}' | '\u{200d}' => {
                let mut before = name.chars().rev().skip_while(|c| is_mark(*c));
                let before = before.next().and_then(Joining::of);
                let behind = characters.peek().copied().and_then(Joining::of);
                if before.is_some() && before == behind {
                    name.push(character);
                }
            }
            '\u{fe0e}' | '\u{fe0f}' => {
                if name.chars().next_back().is_some_and(is_emoji) {
                    name.push(character);
                }
            }
            c if is_invisible(c) => {}
            c => name.push(c),
        }
    }
    name.trim().to_owned()
}

/// Whether a word of the name mixes scripts that are not usually written together, such as Latin and Cyrillic: its restriction
/// level is below "highly restrictive" (Unicode Technical Standard 39 §5.2), which allows only Chinese, Japanese and Korean
/// beside Latin.
///
/// Words are separated by white space. Punctuation is ignored and separates no words: `Pay.Ра` is one word.
pub fn mixes_scripts(name: &str) -> bool {
    name.split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric()).collect())
        .any(|word: String| word.detect_restriction_level() > RestrictionLevel::HighlyRestrictive)
}

/// Whether a name contains a link or `secret=`, so that it may contain a secret: at any depth of percent-encoding, and in any
/// compatibility form of its characters, such as full-width ones.
pub fn contains_link(name: &str) -> bool {
    const MARKS: [(&str, &str); 3] = [
        ("otpauth", ":"),
        ("otpauth-migration", ":"),
        ("secret", "="),
    ];
    at_any_depth(name, |text| has_scheme(text) || has_mark(text, &MARKS))
}

/// Whether issuer and account form a link when the colon between them is put back: `steam` and `//JBSW…`.
pub(crate) fn form_link(issuer: &str, account: &str) -> bool {
    at_any_depth(&format!("{issuer}:{account}"), has_scheme)
}

/// Whether a text contains the scheme and `://` of a link of an authenticator or of a vendor's app.
fn has_scheme(text: &str) -> bool {
    const SLASHES: &str = "://";
    const SCHEMES: [(&str, &str); 4] = [
        ("otpauth", SLASHES),
        ("otpauth-migration", SLASHES),
        ("steam", SLASHES),
        ("motp", SLASHES),
    ];
    has_mark(text, &SCHEMES)
        || VENDORS
            .iter()
            .any(|(scheme, _)| has_mark(text, &[(scheme, SLASHES)]))
}

/// Whether the text contains one of the words followed by its punctuation; white space may be between them.
fn has_mark(text: &str, marks: &[(&str, &str)]) -> bool {
    marks.iter().any(|(word, sign)| {
        text.match_indices(word)
            .any(|(at, _)| text[at + word.len()..].trim_start().starts_with(sign))
    })
}

/// Whether `matches` accepts the name, or the name after percent-decoding it once or several times. The name is compared in
/// normal form KC, in lower case and without invisible characters.
fn at_any_depth(name: &str, matches: impl Fn(&str) -> bool) -> bool {
    let normalise = |text: &str| -> String {
        let visible = text.nfkc().filter(|c| !is_invisible(*c));
        visible.flat_map(char::to_lowercase).collect()
    };
    let mut text = normalise(name);
    loop {
        if matches(&text) {
            return true;
        }
        // Ends, because each decoding makes the escapes fewer or shorter.
        let decoded = percent_encoding::percent_decode_str(&text).decode_utf8_lossy();
        if decoded == text {
            return false;
        }
        text = normalise(&decoded);
    }
}

/// Folds a name for comparison: normal form C, lower case, `+` (a space in form encoding) as a space.
pub(crate) fn fold_name(name: &str) -> String {
    let name = name.replace('+', " ");
    name.trim().nfc().collect::<String>().to_lowercase()
}

/// Whether a character is `Default_Ignorable_Code_Point`, a format character (Cf, with the bidirectional controls) or for private
/// use (Co), or is blank in most fonts: U+2800, U+FFFC, U+1D159.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{2800}' | '\u{fffc}' | '\u{1d159}')
        || matches!(
            category(character),
            GeneralCategory::Format | GeneralCategory::PrivateUse
        )
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

/// Kinds of characters whose look a joiner between two of them changes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joining {
    Emoji,
    /// Arabic and other cursive scripts.
    Cursive,
    Indic,
}

impl Joining {
    fn of(character: char) -> Option<Self> {
        if is_emoji(character) && !character.is_ascii() {
            return Some(Self::Emoji);
        }
        let category = category(character);
        if !matches!(
            category,
            GeneralCategory::OtherLetter
                | GeneralCategory::ModifierLetter
                | GeneralCategory::UppercaseLetter
                | GeneralCategory::LowercaseLetter
                | GeneralCategory::NonspacingMark
                | GeneralCategory::SpacingMark
        ) {
            return None;
        }
        let joining = CodePointMapData::<JoiningType>::new().get(character);
        let syllabic = CodePointMapData::<IndicSyllabicCategory>::new().get(character);
        if !matches!(joining, JoiningType::NonJoining | JoiningType::Transparent) {
            Some(Self::Cursive)
        } else if syllabic != IndicSyllabicCategory::Other {
            Some(Self::Indic)
        } else {
            None
        }
    }
}

fn category(character: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(character)
}

/// A combining mark of the character before it.
fn is_mark(character: char) -> bool {
    category(character) == GeneralCategory::NonspacingMark
}

fn is_emoji(character: char) -> bool {
    CodePointSetData::new::<Emoji>().contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_invisible_characters_are_removed() {
        for (text, name) in [
            ("  a\tb\r\nc  ", "a b  c"),
            ("a\0b\u{1b}c\u{85}d", "abc d"),
            ("Goo\u{200a}gle\u{a0}x\u{3000}y", "Goo gle x y"),
            ("\u{600}Go\u{e000}o\u{fffc}g\u{1d159}le\u{f8ff}", "Google"),
            ("銀\u{200d}行 Γ\u{200c}Λ 💻\u{200c}م", "銀行 ΓΛ 💻م"),
            ("Pay-\u{fe0f}Pal", "Pay-Pal"),
            ("\u{202e}moc.knab\u{202c}\u{2066}x\u{2069}", "moc.knabx"),
            ("שלום \u{feff}", "שלום"),
            ("Google\u{2800}", "Google"),
            ("\u{3164}\u{ffa0}\u{115f}\u{1160}", ""),
            ("Go\u{ad}og\u{200d}le\u{e0041}\u{fe0f}", "Google"),
            ("\u{200d}jane\u{200c}", "jane"),
        ] {
            assert_eq!(clean_name(text), name, "{text:?}");
        }
    }

    #[test]
    fn needed_joiners_and_variation_selectors_are_kept() {
        for name in [
            "👩\u{200d}💻 می\u{200c}خواهم",
            "❤\u{fe0f}",
            "❤\u{fe0f}\u{200d}🔥",
            "क्\u{200d}ष",
            "مُ\u{200c}خ",
            "👩🏽\u{200d}💻",
            "1\u{fe0f}\u{20e3}",
            "e\u{301}",
        ] {
            assert_eq!(clean_name(name), name);
        }
    }

    #[test]
    fn cleaning_is_idempotent() {
        for text in [
            "a\u{200d}\u{2800}\u{200d}b",
            "👩\u{200d}\u{200b}\u{200d}💻",
            "\u{2800} a \u{3164} ",
            "❤\u{200b}\u{fe0f}",
        ] {
            let once = clean_name(text);
            assert_eq!(clean_name(&once), once, "{text:?}");
        }
    }

    #[test]
    fn a_word_of_two_scripts_is_detected() {
        for (name, mixes) in [
            ("Google", false),
            ("Gооgle", true),
            ("PayPаl Europe", true),
            ("Яндекс Mail", false),
            ("Société Générale 2", false),
            ("LINEライン", false),
            ("銀行 Bank", false),
            ("بنك Bank", false),
            ("بنك-Bank", true),
            ("銀行-Bank", false),
            ("은행Bank", false),
            ("Pay.Ра", true),
            ("G-оо-gle", true),
            ("G\u{585}\u{585}gle", true),
            ("Amaz\u{585}\u{578}", true),
            ("Payրal", true),
            ("Αpple", true),
            ("", false),
            ("❤️ 👩‍💻", false),
        ] {
            assert_eq!(mixes_scripts(name), mixes, "{name}");
        }
    }

    #[test]
    fn a_link_in_a_name_is_found_at_any_depth_of_encoding() {
        for name in [
            "otpauth://totp/x",
            "Lamp OTPAUTH:totp",
            "otpauth%3A%2F%2Ftotp",
            "otpauth%25253atotp",
            "otpauth-migration://offline",
            "steam://ABC",
            "x?secret=ABC",
            "Secret%3DABC",
            "otpauth：//totp/y",
            "secret＝ABC",
            "％6Ftpauth％3A",
            "ｓｔｅａｍ：／／ABC",
            "secret%EF%BC%9DABC",
            "xsteam://ABC",
            "motp://evil:secret",
            "duo://CODE",
            "Lamp oktaverify%3A%2F%2FCODE",
            "PhoneFactor://x",
        ] {
            assert!(contains_link(name), "{name}");
        }
        for name in [
            "otpauth",
            "Steam: eva",
            "100% secret",
            "a%3Db",
            "%",
            "",
            "duo",
            "Duo: eva",
            "motp",
            "https://duo.example",
        ] {
            assert!(!contains_link(name), "{name}");
        }
    }
}
