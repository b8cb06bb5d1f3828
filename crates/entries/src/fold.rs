//! Folds texts: removes differences of case, accents and width.

use icu_properties::{
    CodePointMapData, CodePointMapDataBorrowed, CodePointSetData, CodePointSetDataBorrowed,
    props::{DefaultIgnorableCodePoint, GeneralCategory},
};
use unicode_normalization::char::decompose_compatible;

const CATEGORIES: CodePointMapDataBorrowed<'static, GeneralCategory> = CodePointMapData::new();
const IGNORABLE: CodePointSetDataBorrowed<'static> =
    CodePointSetData::new::<DefaultIgnorableCodePoint>();

/// `text` folded for search, order and comparison of names: compatibility decomposition (Unicode NFKD) of each character,
/// without accents and invisible characters, in lower case, white space as a space, decimal digits of every script as
/// ASCII digits, katakana as hiragana, and letters without decomposition (`ß`, `œ`, `ø` …) as ASCII letters.
pub(crate) fn fold(text: &str) -> String {
    Folder::fold(text, Umlauts::Dropped).folded
}

/// How to fold letters that German, Danish and other languages spell with two letters on a keyboard without them.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Umlauts {
    /// `ü` is `u`.
    Dropped,
    /// `ü` is `ue`, `ø` is `oe`, `å` is `aa`.
    SpelledOut,
}

/// Folds a text, one character after the other.
pub(crate) struct Folder {
    /// The folded text so far.
    pub folded: String,
    /// Whether the other variant of [`Umlauts`] gives another text.
    pub has_umlaut: bool,
    umlauts: Umlauts,
}

impl Folder {
    /// A folder for a text of about `length` bytes.
    pub fn new(length: usize, umlauts: Umlauts) -> Self {
        Self {
            folded: String::with_capacity(length),
            has_umlaut: false,
            umlauts,
        }
    }

    pub fn fold(text: &str, umlauts: Umlauts) -> Self {
        let mut folder = Self::new(text.len(), umlauts);
        if text.bytes().all(|b| b.is_ascii_graphic() || b == b' ') {
            // A fast path for most texts.
            folder.folded.push_str(text);
            folder.folded.make_ascii_lowercase();
        } else {
            text.chars().for_each(|c| folder.push(c));
        }
        folder
    }

    pub fn push(&mut self, c: char) {
        if c.is_ascii_whitespace() {
            self.folded.push(' ');
        } else if c.is_ascii() {
            self.folded.push(c.to_ascii_lowercase());
        } else {
            decompose_compatible(c, |part| {
                part.to_lowercase().for_each(|lower| self.push_part(lower))
            });
        }
    }

    /// Adds a decomposed character in lower case.
    fn push_part(&mut self, c: char) {
        match to_ascii_letters(c) {
            Some(letters) => self.folded.push_str(letters),
            None if is_mark(c) || is_invisible(c) => {}
            None if c.is_whitespace() => self.folded.push(' '),
            None => self.folded.push(digit(c).or(hiragana(c)).unwrap_or(c)),
        }
        if let Some(letter) = self.second_letter(c) {
            self.has_umlaut = true;
            if self.umlauts == Umlauts::SpelledOut {
                self.folded.push(letter);
            }
        }
    }

    /// The second letter of an umlaut's spelling, after the base letter.
    fn second_letter(&self, c: char) -> Option<char> {
        match c {
            'ø' => Some('e'),
            '\u{308}' if self.folded.ends_with(['a', 'o', 'u']) => Some('e'),
            '\u{30a}' if self.folded.ends_with('a') => Some('a'),
            _ => None,
        }
    }
}

/// Letters without decomposition, as users type them on a keyboard without them.
fn to_ascii_letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'ð' | 'đ' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ς' => "σ",
        '’' | 'ʼ' => "'",
        _ => return None,
    })
}

/// The ASCII digit for a decimal digit of any script.
///
/// Unicode assigns decimal digits (category `Nd`) in ranges of ten from zero, so the offset in the range is the value.
fn digit(c: char) -> Option<char> {
    let is_digit = |at: u32| CATEGORIES.get32(at) == GeneralCategory::DecimalNumber;
    let at = u32::from(c);
    is_digit(at).then_some(())?;
    let before = (0..at).rev().take_while(|at| is_digit(*at)).count();
    char::from_digit((before % 10) as u32, 10)
}

/// The hiragana for a katakana. Voiced sounds are already decomposed, and half-width katakana are already full-width.
fn hiragana(c: char) -> Option<char> {
    /// The distance of the two blocks.
    const APART: u32 = 0x60;
    let has_hiragana = matches!(c, 'ァ'..='ヶ' | 'ヽ' | 'ヾ');
    has_hiragana.then(|| char::from_u32(u32::from(c) - APART))?
}

/// Accents and points that users leave out when typing. Marks that make another letter (kana, Indic vowels) are not included.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}'
        // Hebrew and Arabic points, tatweel.
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Characters that are drawn as nothing, so that two names may look the same. Unicode classes the braille blank and the annotation
/// marks as visible, but they are drawn as nothing, too.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{2800}' | '\u{fff9}'..='\u{fffb}') || IGNORABLE.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_accents_and_width_are_removed() {
        for (text, folded) in [
            ("Société Générale", "societe generale"),
            ("Socie\u{301}te\u{301}", "societe"),
            ("STRASSE Straße STRAẞE", "strasse strasse strasse"),
            ("Œuvre cœur Æther", "oeuvre coeur aether"),
            ("ＧｉｔＨｕｂ　１２", "github 12"),
            ("Łódź Đakovo Ørsted Þór", "lodz dakovo orsted thor"),
            ("İstanbul ISPARTA ısparta", "istanbul isparta isparta"),
            ("ΟΔΥΣΣΕΎΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ"),
            ("Йод Ёж", "иод еж"),
            ("ﬁn № Ⅳ ①", "fin no iv 1"),
            ("が か", "か\u{3099} か"),
            ("a\u{a0}b\tc\u{ad}d", "a b cd"),
            ("a\u{2028}b\u{1680}c\u{85}d", "a b c d"),
            ("l’eau", "l'eau"),
            ("❤️ 👩‍💻", "❤ 👩💻"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn invisible_characters_are_removed() {
        for invisible in [
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{1160}',
            '\u{17b4}',
            '\u{180e}',
            '\u{200b}',
            '\u{200d}',
            '\u{202e}',
            '\u{2060}',
            '\u{2800}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff9}',
            '\u{e0041}',
            '\u{e0100}',
        ] {
            let text = format!("{invisible}Goo{invisible}gle{invisible}");
            assert_eq!(fold(&text), "google", "{invisible:?}");
        }
    }

    #[test]
    fn digits_of_every_script_are_ascii_digits() {
        for (digits, folded) in [
            ("٠١٢٣٤٥٦٧٨٩", "0123456789"),
            ("۰۹", "09"),
            ("०१२३४५६७८९", "0123456789"),
            ("৩৪ ๓๔ ៣៤", "34 34 34"),
            ("３４ 𝟛𝟜 𞥓𞥔", "34 34 34"),
            ("三 ¾ ⑶", "三 3\u{2044}4 (3)"),
        ] {
            assert_eq!(fold(digits), folded, "{digits}");
        }
    }

    /// What [`digit`] relies on.
    #[test]
    fn decimal_digits_are_in_ranges_of_ten() {
        let mut run = 0;
        let mut runs = 0;
        for c in '\0'..=char::MAX {
            if CATEGORIES.get(c) == GeneralCategory::DecimalNumber {
                run += 1;
            } else if run > 0 {
                assert_eq!(run % 10, 0, "before {c:?}");
                (run, runs) = (0, runs + 1);
            }
        }
        assert!(runs > 60, "{runs}");
    }

    #[test]
    fn katakana_become_hiragana() {
        let hiragana = "ひらがな ゔぁ きゃ がぱ ゝゞ ー";
        for katakana in ["ヒラガナ ヴァ キャ ガパ ヽヾ ー", "ﾋﾗｶﾞﾅ ｳﾞｧ ｷｬ ｶﾞﾊﾟ ヽヾ ｰ"]
        {
            assert_eq!(fold(katakana), fold(hiragana));
        }
        assert_ne!(fold("か"), fold("が"), "another letter");
        assert_ne!(fold("や"), fold("ゃ"), "another letter");
        assert_eq!(fold("ヵヶ"), "ゕゖ");
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,20}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
