//! Searches folded texts for the words of a query, and maps matches back to the original text.
//!
//! A name with an umlaut has three spellings: `Müller`, `Mueller` and, without the accent, `Muller`. Each of the first two
//! finds all three. The comparison of names for duplicates does not do this, because two people may have these names.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use zeroize::Zeroize;

use crate::fold::{Folder, Umlauts, fold};

/// The fewest letters of a word in which `ue` may stand for `ü`: shorter words are parts of too many others.
const MIN_LETTERS: usize = 4;

/// A folded text to search in.
#[derive(Clone, PartialEq)]
pub(crate) struct SearchText {
    /// The text as [`fold`] gives it.
    pub folded: String,
    /// The same with its umlauts spelled out, if it has any.
    spelled_out: Option<String>,
}

impl SearchText {
    pub fn of(text: &str) -> Self {
        let Folder {
            folded, has_umlaut, ..
        } = Folder::fold(text, Umlauts::Dropped);
        Self {
            folded,
            spelled_out: has_umlaut.then(|| Folder::fold(text, Umlauts::SpelledOut).folded),
        }
    }

    /// Whether the term occurs in the text.
    pub fn contains(&self, term: &Term) -> bool {
        let texts = [Some(&self.folded), self.spelled_out.as_ref()];
        let mut texts = texts.into_iter().flatten();
        texts.any(|text| term.0.iter().any(|spelling| text.contains(spelling)))
    }
}

impl Zeroize for SearchText {
    fn zeroize(&mut self) {
        self.folded.zeroize();
        self.spelled_out.zeroize();
    }
}

/// A folded word of a query, in every spelling that it stands for.
pub(crate) struct Term(Vec<String>);

/// The terms of a query.
pub(crate) fn terms(query: &str) -> Vec<Term> {
    let folded = fold(query);
    // It has the same number of words, because spelling out only adds letters after letters.
    let spelled_out = Folder::fold(query, Umlauts::SpelledOut).folded;
    let terms = folded
        .split_whitespace()
        .zip(spelled_out.split_whitespace());
    terms
        .map(|(word, spelled_out)| Term::of(word, spelled_out))
        .collect()
}

impl Term {
    fn of(word: &str, spelled_out: &str) -> Self {
        let mut spellings = vec![word.to_owned()];
        if spelled_out != word {
            spellings.push(spelled_out.to_owned());
        }
        spellings.extend(without_spelled_umlauts(word));
        Self(spellings)
    }
}

/// `word` with `a`, `o`, `u` instead of `ae`, `oe`, `ue` that may be umlauts; `None` if there are none.
///
/// Not after a vowel or `q` (`bauer`, `quelle`), and not at the end: who types `joe` does not mean `jo`. `mue`, the beginning of
/// `mueller`, is found by [`SearchText::spelled_out`].
fn without_spelled_umlauts(word: &str) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    let is_second = |at: usize| {
        let is_umlaut = at > 0 && letters[at] == 'e' && matches!(letters[at - 1], 'a' | 'o' | 'u');
        let before = at.checked_sub(2).map(|before| letters[before]);
        is_umlaut
            && before.is_none_or(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'q'))
            && letters.get(at + 1).is_some_and(|c| c.is_alphabetic())
    };
    let kept = (0..letters.len()).filter(|&at| !is_second(at));
    let kept: String = kept.map(|at| letters[at]).collect();
    let count = kept.chars().count();
    (count < letters.len() && count >= MIN_LETTERS).then_some(kept)
}

/// The ranges of `text` where the terms occur: in UTF-16 units, whole user-perceived characters, ascending, not overlapping.
pub(crate) fn matches(text: &str, terms: &[Term]) -> Vec<Range<u32>> {
    let (mut ranges, has_umlaut) = occurrences(text, terms, Umlauts::Dropped);
    if has_umlaut {
        ranges.extend(occurrences(text, terms, Umlauts::SpelledOut).0);
    }
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

/// The ranges for one folding, unordered; and whether the other folding gives another text.
fn occurrences(text: &str, terms: &[Term], umlauts: Umlauts) -> (Vec<Range<u32>>, bool) {
    let mut folder = Folder::new(text.len(), umlauts);
    // For each byte of the folded text, the range of the grapheme cluster that it comes from.
    let mut sources: Vec<(u32, u32)> = Vec::with_capacity(text.len());
    let mut start = 0;
    for cluster in text.graphemes(true) {
        let end = cluster
            .chars()
            .map(|c| c.len_utf16() as u32)
            .fold(start, |at, units| at + units);
        cluster.chars().for_each(|c| folder.push(c));
        sources.resize(folder.folded.len(), (start, end));
        start = end;
    }
    let spellings = terms.iter().flat_map(|term| &term.0);
    let found = spellings
        .filter(|spelling| !spelling.is_empty())
        .flat_map(|spelling| folder.folded.match_indices(spelling.as_str()))
        .map(|(at, found)| sources[at].0..sources[at + found.len() - 1].1);
    (found.collect(), folder.has_umlaut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spelled_out_umlauts_are_found() {
        for (word, without) in [
            ("mueller", Some("muller")),
            ("ueber", Some("uber")),
            ("joergmueller", Some("jorgmuller")),
            ("goethe", Some("gothe")),
            ("mue", None),
            ("joe", None),
            ("joe@x", None),
            ("bauer", None),
            ("treue", None),
            ("quelle", None),
            ("baeume", Some("baume")),
            ("baer", None),
            ("muller", None),
            ("", None),
        ] {
            assert_eq!(without_spelled_umlauts(word).as_deref(), without, "{word}");
        }
    }

    #[test]
    #[expect(clippy::single_range_in_vec_init, reason = "a list of ranges")]
    fn matches_are_ranges_of_the_original() {
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
            ("Herr Müller", "mueller", &[5..11]),
            ("Herr Mu\u{308}ller", "mueller", &[5..12]),
            ("Müller Muller Mueller", "müller", &[0..6, 7..13, 14..21]),
            ("Müller Muller Mueller", "mueller", &[0..6, 7..13, 14..21]),
            ("Müller", "ue", &[1..2]),
            ("Müller", "mul", &[0..3]),
            ("Søren Åse", "soer aas", &[0..3, 6..8]),
            ("abcabc", "bc abc", &[0..6]),
            ("demo - john.doe", "john demo", &[0..4, 7..11]),
            ("aaa", "aa", &[0..2]),
            ("abc", "x", &[]),
            ("abc", "", &[]),
            ("abc", "\u{301}", &[]),
            ("", "a", &[]),
        ] {
            assert_eq!(matches(text, &terms(query)), expected, "{text:?} {query:?}");
        }
    }

    proptest! {
        #[test]
        fn ranges_are_ascending_apart_and_on_characters(text in any::<String>(), query in any::<String>(), part in 0usize..40) {
            let own = text.chars().skip(part).take(3).collect::<String>();
            let units: Vec<u16> = text.encode_utf16().collect();
            let mut last = None;
            for range in matches(&text, &terms(&format!("{query} {own}"))) {
                prop_assert!(range.start < range.end && last.is_none_or(|end| end < range.start));
                let slice = &units[range.start as usize..range.end as usize];
                prop_assert!(String::from_utf16(slice).is_ok());
                last = Some(range.end);
            }
        }
    }
}
