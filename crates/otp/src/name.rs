//! Names of issuers and accounts: what may stand in one, and what makes one look like another.

use icu_properties::props::{
    DefaultIgnorableCodePoint, Emoji, GeneralCategory, IndicSyllabicCategory, JoiningType,
};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::UnicodeNormalization;
use unicode_security::RestrictionLevelDetection;
use unicode_security::restriction_level::RestrictionLevel;

use crate::uri::vendor::VENDORS;

/// A name fit to be shown, on one line.
///
/// White space of every kind becomes a space; around the name it is removed. Control characters and characters that never
/// show or that have no fixed look are removed, because they let one issuer look like another: see [`never_shows`].
///
/// Two kinds of them are needed in writing and stay: a joiner (U+200C, U+200D) between two characters of one kind of
/// [`Joined`] writing, and a variation selector (U+FE0E, U+FE0F) behind an emoji.
pub fn clean_name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            c if c.is_whitespace() => name.push(' '),
            c if c.is_control() => {}
            '\u{200c}' | '\u{200d}' => {
                let mut before = name.chars().rev().skip_while(|c| is_mark(*c));
                let before = before.next().and_then(Joined::of);
                let behind = characters.peek().copied().and_then(Joined::of);
                if before.is_some() && before == behind {
                    name.push(character);
                }
            }
            '\u{fe0e}' | '\u{fe0f}' => {
                if name.chars().next_back().is_some_and(is_emoji) {
                    name.push(character);
                }
            }
            c if never_shows(c) => {}
            c => name.push(c),
        }
    }
    name.trim().to_owned()
}

/// Whether a part of the name between white space mixes scripts that are not usually written together, such as Latin and
/// Cyrillic: below "highly restrictive" in Unicode Technical Standard 39, section 5.2. Beside Latin there may be Chinese,
/// Japanese and Korean only.
///
/// Punctuation does not count, nor does it part the scripts: `Pay.Ра` is one part.
pub fn mixes_scripts(name: &str) -> bool {
    name.split_whitespace()
        .map(|part| part.chars().filter(|c| c.is_alphanumeric()).collect())
        .any(|part: String| part.detect_restriction_level() > RestrictionLevel::HighlyRestrictive)
}

/// Whether a name holds a link, or a parameter of one, at whatever depth of percent-encoding and in whatever form of its
/// characters, such as full-width ones: it may hold a secret then.
pub fn holds_link(name: &str) -> bool {
    const MARKS: [(&str, &str); 3] = [
        ("otpauth", ":"),
        ("otpauth-migration", ":"),
        ("secret", "="),
    ];
    any_depth(name, |text| has_scheme(text) || has_mark(text, &MARKS))
}

/// Whether issuer and account are the parts of one link, which the colon between them splits: `steam` and `//JBSW…`.
pub(crate) fn join_to_link(issuer: &str, account: &str) -> bool {
    any_depth(&format!("{issuer}:{account}"), has_scheme)
}

/// Whether a text holds the beginning of a link of an authenticator or of a vendor's app.
fn has_scheme(text: &str) -> bool {
    const SLASHES: &str = "://";
    const OURS: [(&str, &str); 4] = [
        ("otpauth", SLASHES),
        ("otpauth-migration", SLASHES),
        ("steam", SLASHES),
        ("motp", SLASHES),
    ];
    has_mark(text, &OURS)
        || VENDORS
            .iter()
            .any(|(scheme, _)| has_mark(text, &[(scheme, SLASHES)]))
}

/// Whether one of the words is there with its sign behind it; white space may stand between.
fn has_mark(text: &str, marks: &[(&str, &str)]) -> bool {
    marks.iter().any(|(word, sign)| {
        text.match_indices(word)
            .any(|(at, _)| text[at + word.len()..].trim_start().starts_with(sign))
    })
}

/// Whether `has` is true of a name, or of what it is when it is percent-decoded once or several times; always in normal
/// form KC, in lower case, and without characters that never show.
fn any_depth(name: &str, has: impl Fn(&str) -> bool) -> bool {
    let plain = |text: &str| -> String {
        let shown = text.nfkc().filter(|c| !never_shows(*c));
        shown.flat_map(char::to_lowercase).collect()
    };
    let mut text = plain(name);
    loop {
        if has(&text) {
            return true;
        }
        // Each round has fewer or shorter escapes, so that it ends.
        let decoded = percent_encoding::percent_decode_str(&text).decode_utf8_lossy();
        if decoded == text {
            return false;
        }
        text = plain(&decoded);
    }
}

/// The name as names are compared here: in normal form C, in lower case, a plus of form encoding as a space.
pub(crate) fn folded(name: &str) -> String {
    let name = name.replace('+', " ");
    name.trim().nfc().collect::<String>().to_lowercase()
}

/// Characters with the Unicode property `Default_Ignorable_Code_Point`, format characters (Cf; the controls of writing
/// direction are among them) and characters for private use (Co); and some that are blank in most fonts: U+2800, U+FFFC,
/// U+1D159.
fn never_shows(character: char) -> bool {
    matches!(character, '\u{2800}' | '\u{fffc}' | '\u{1d159}')
        || matches!(
            category(character),
            GeneralCategory::Format | GeneralCategory::PrivateUse
        )
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}

/// Kinds of writing in which a joiner changes how two characters look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joined {
    Emoji,
    /// Arabic and what is joined like it.
    Cursive,
    Indic,
}

impl Joined {
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

/// A mark that belongs to the character before it.
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
    fn control_characters_and_what_never_shows_are_removed() {
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
    fn what_is_written_with_joiners_and_selectors_keeps_them() {
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
    fn cleaning_twice_is_cleaning_once() {
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
    fn a_word_of_two_scripts_is_told() {
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
            assert!(holds_link(name), "{name}");
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
            assert!(!holds_link(name), "{name}");
        }
    }
}
