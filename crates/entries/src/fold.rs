//! Folding: texts without case, accents and width, and the way back to the places in the original.

use std::ops::Range;

use icu_properties::{
    CodePointMapData, CodePointMapDataBorrowed, CodePointSetData, CodePointSetDataBorrowed,
    props::{DefaultIgnorableCodePoint, GeneralCategory},
};
use unicode_normalization::char::decompose_compatible;
use unicode_segmentation::UnicodeSegmentation;

const CATEGORIES: CodePointMapDataBorrowed<'static, GeneralCategory> = CodePointMapData::new();
const IGNORABLE: CodePointSetDataBorrowed<'static> =
    CodePointSetData::new::<DefaultIgnorableCodePoint>();

/// `text` as search, order and comparison of names read it: compatibility decomposition (Unicode NFKD) of each character,
/// without accents and invisible characters, in lower case, white space as a space, decimal digits of every script as
/// ASCII digits, katakana as hiragana, and letters that do not decompose (`ß`, `œ`, `ø` …) as they are typed without them.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|c| fold_char(c, |f| folded.push(f)));
    folded
}

/// The words of a query, folded.
pub(crate) fn words(query: &str) -> Vec<String> {
    fold(query).split_whitespace().map(String::from).collect()
}

/// Where `words` occur in `text`: ranges in UTF-16 units, whole user-perceived characters, ascending and apart.
pub(crate) fn matches(text: &str, words: &[String]) -> Vec<Range<u32>> {
    let mut folded = String::with_capacity(text.len());
    // For each byte of `folded`, the cluster it comes from.
    let mut sources: Vec<(u32, u32)> = Vec::with_capacity(text.len());
    let mut start = 0;
    for cluster in text.graphemes(true) {
        let end = cluster
            .chars()
            .map(|c| c.len_utf16() as u32)
            .fold(start, |at, units| at + units);
        cluster
            .chars()
            .for_each(|c| fold_char(c, |f| folded.push(f)));
        sources.resize(folded.len(), (start, end));
        start = end;
    }
    let occurrences = words
        .iter()
        .flat_map(|word| folded.match_indices(word.as_str()));
    let mut ranges: Vec<_> = occurrences
        .filter(|(_, word)| !word.is_empty())
        .map(|(at, word)| sources[at].0..sources[at + word.len() - 1].1)
        .collect();
    ranges.sort_unstable_by_key(|range| range.start);
    ranges.dedup_by(|next, kept| {
        let joins = next.start <= kept.end;
        if joins {
            kept.end = kept.end.max(next.end);
        }
        joins
    });
    ranges
}

fn fold_char(c: char, mut emit: impl FnMut(char)) {
    if c.is_ascii() {
        return emit(if c.is_ascii_whitespace() {
            ' '
        } else {
            c.to_ascii_lowercase()
        });
    }
    decompose_compatible(c, |part| {
        for lower in part.to_lowercase().filter(|c| !is_dropped(*c)) {
            match plain(lower) {
                Some(letters) => letters.chars().for_each(&mut emit),
                None if lower.is_whitespace() => emit(' '),
                None => emit(digit(lower).or(hiragana(lower)).unwrap_or(lower)),
            }
        }
    });
}

/// Letters that no decomposition takes apart, as people type them on a keyboard without them.
fn plain(c: char) -> Option<&'static str> {
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
/// Unicode gives decimal digits (category `Nd`) in runs of ten from zero on: the place in its run is the digit's value.
fn digit(c: char) -> Option<char> {
    let is_digit = |at: u32| CATEGORIES.get32(at) == GeneralCategory::DecimalNumber;
    let at = u32::from(c);
    is_digit(at).then_some(())?;
    let before = (0..at).rev().take_while(|at| is_digit(*at)).count();
    char::from_digit((before % 10) as u32, 10)
}

/// The hiragana for a katakana. Voiced sounds are decomposed by then, and half-width katakana are full-width.
fn hiragana(c: char) -> Option<char> {
    /// How far the second block stands behind the first.
    const APART: u32 = 0x60;
    let has_hiragana = matches!(c, 'ァ'..='ヶ' | 'ヽ' | 'ヾ');
    has_hiragana.then(|| char::from_u32(u32::from(c) - APART))?
}

/// Accents and points that are left out in typing, and characters that do not show. Marks that make another letter
/// (kana, Indic vowels) are none of these.
fn is_dropped(c: char) -> bool {
    is_mark(c) || is_invisible(c)
}

fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}'
        // Hebrew and Arabic points, tatweel.
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Two names that differ in these alone look the same. Unicode counts the braille blank as a symbol and the annotation
/// marks as characters that are to be shown; both are drawn as nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{2800}' | '\u{fff9}'..='\u{fffb}') || IGNORABLE.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds() {
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
    fn invisible_characters_tell_no_two_names_apart() {
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
    fn decimal_digits_stand_in_runs_of_ten() {
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
    fn hiragana_and_katakana_are_one() {
        let hiragana = "ひらがな ゔぁ きゃ がぱ ゝゞ ー";
        for katakana in ["ヒラガナ ヴァ キャ ガパ ヽヾ ー", "ﾋﾗｶﾞﾅ ｳﾞｧ ｷｬ ｶﾞﾊﾟ ヽヾ ｰ"]
        {
            assert_eq!(fold(katakana), fold(hiragana));
        }
        assert_ne!(fold("か"), fold("が"), "another letter");
        assert_ne!(fold("や"), fold("ゃ"), "another letter");
        assert_eq!(fold("ヵヶ"), "ゕゖ");
    }

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "a list of ranges")]
    fn places_in_the_original() {
        for (text, query, expected) in [
            ("Société", "societe", &[0..7][..]),
            ("Société", "ET", &[4..6]),
            ("So cie\u{301}te\u{301}", "e", &[5..7, 8..10]),
            ("Socie\u{301}te\u{301}", "societe", &[0..9]),
            ("Große Straße", "ss", &[3..4, 10..11]),
            ("Große", "os", &[2..4]),
            ("cœur", "oe", &[1..2]),
            ("cœur", "e", &[1..2]),
            ("ﬁn", "i", &[0..1]),
            ("🔑 Société 🔑", "soc te", &[3..6, 8..10]),
            ("🔑🔑", "🔑", &[0..4]),
            ("👩‍💻 dev", "👩", &[0..5]),
            ("👍🏽", "👍", &[0..4]),
            ("ＧｉｔＨｕｂ", "hub", &[3..6]),
            ("حساب ٣٤", "34", &[5..7]),
            ("銀行 ｶﾞﾅ", "がな", &[3..6]),
            ("abcabc", "bc abc", &[0..6]),
            ("demo - john.doe", "john demo", &[0..4, 7..11]),
            ("aaa", "aa", &[0..2]),
            ("abc", "x", &[]),
            ("abc", "", &[]),
            ("abc", "\u{301}", &[]),
            ("", "a", &[]),
        ] {
            assert_eq!(matches(text, &words(query)), expected, "{text:?} {query:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,20}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn ranges_are_ascending_apart_and_on_characters(text in any::<String>(), query in any::<String>(), part in 0usize..40) {
            let own = text.chars().skip(part).take(3).collect::<String>();
            let units: Vec<u16> = text.encode_utf16().collect();
            let mut last = None;
            for range in matches(&text, &words(&format!("{query} {own}"))) {
                prop_assert!(range.start < range.end && last.is_none_or(|end| end < range.start));
                let slice = &units[range.start as usize..range.end as usize];
                prop_assert!(String::from_utf16(slice).is_ok());
                last = Some(range.end);
            }
        }
    }
}
