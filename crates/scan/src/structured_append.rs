//! Joins the parts of a text that is split over several QR codes.

use std::collections::VecDeque;

use zeroize::Zeroizing;

use crate::{Part, QrCode};

/// At most this many texts are kept; the oldest is dropped first.
const MAX_TEXTS: usize = 20;

/// The state of a text after at least one of its codes was read.
#[derive(Clone, PartialEq, Eq)]
pub enum Joined {
    /// The whole text.
    Text(Zeroizing<String>),
    /// Some parts are missing.
    Incomplete(Incomplete),
    /// All parts were read, but their bytes do not have the stored parity: the parts belong to different texts. Only the
    /// part that was read last is kept.
    ParityMismatch,
}

/// Which parts of a text were read, and which are missing. Positions count from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incomplete {
    /// The number of parts of the text.
    pub count: u8,
    /// The positions of the parts that were read.
    pub read: Vec<u8>,
    /// The positions of the missing parts.
    pub missing: Vec<u8>,
}

/// Collects the parts of texts until they are complete (structured append, ISO/IEC 18004 §8). The codes may be read in any
/// order, and repeatedly.
///
/// Parts with the same count and the same parity belong to one text. A part replaces an older one in the same position.
#[derive(Default)]
pub struct Parts {
    texts: VecDeque<Vec<Part>>,
}

impl Parts {
    /// Adds the parts of one picture or frame. Returns, in the order of the codes, each whole text and, once, the state of
    /// each text that has a part among these codes.
    pub fn join(&mut self, codes: &[QrCode]) -> Vec<Joined> {
        for code in codes {
            if let QrCode::Part(part) = code {
                self.insert(part.clone());
            }
        }
        let mut joined = Vec::new();
        let mut reported: Vec<&Part> = Vec::new();
        for code in codes {
            match code {
                QrCode::Whole(text) => joined.push(Joined::Text(Zeroizing::new(text.clone()))),
                QrCode::Part(part) if reported.iter().any(|other| belong_together(part, other)) => {
                }
                QrCode::Part(part) => {
                    reported.push(part);
                    if let Some(parts) = self.parts_of(part) {
                        let all = join(parts);
                        if all == Joined::ParityMismatch {
                            *parts = vec![part.clone()];
                        }
                        joined.push(all);
                    }
                }
            }
        }
        self.remove_oldest();
        joined
    }

    /// All parts that are kept.
    pub fn iter(&self) -> impl Iterator<Item = &Part> {
        self.texts.iter().flatten()
    }

    /// Adds a part that another [`Parts`] kept.
    pub fn restore(&mut self, part: Part) {
        self.insert(part);
        self.remove_oldest();
    }

    fn insert(&mut self, part: Part) {
        let Some(parts) = self.parts_of(&part) else {
            self.texts.push_back(vec![part]);
            return;
        };
        parts.retain(|other| other.index() != part.index());
        parts.push(part);
        parts.sort_by_key(Part::index);
    }

    fn remove_oldest(&mut self) {
        let surplus = self.texts.len().saturating_sub(MAX_TEXTS);
        self.texts.drain(..surplus);
    }

    /// Removes the texts whose parts were all read.
    pub fn remove_complete(&mut self) {
        let is_incomplete = |parts: &Vec<Part>| {
            let count = parts.first().map_or(0, Part::count);
            parts.len() < usize::from(count)
        };
        self.texts.retain(is_incomplete);
    }

    /// The parts that belong to the same text as `part`.
    fn parts_of(&mut self, part: &Part) -> Option<&mut Vec<Part>> {
        self.texts.iter_mut().find(|parts| belongs_to(parts, part))
    }
}

fn belongs_to(parts: &[Part], part: &Part) -> bool {
    let first = parts.first();
    first.is_some_and(|first| belong_together(first, part))
}

fn belong_together(one: &Part, other: &Part) -> bool {
    (one.count(), one.parity()) == (other.count(), other.parity())
}

/// `parts` are sorted by index and all belong to one text.
fn join(parts: &[Part]) -> Joined {
    let count = parts.first().map_or(0, Part::count);
    let read: Vec<u8> = parts.iter().map(|part| part.index() + 1).collect();
    let missing: Vec<u8> = (1..=count)
        .filter(|position| !read.contains(position))
        .collect();
    if !missing.is_empty() {
        return Joined::Incomplete(Incomplete {
            count,
            read,
            missing,
        });
    }
    let bytes: Vec<&[u8]> = parts.iter().map(Part::bytes).collect();
    let bytes = Zeroizing::new(bytes.concat());
    let text = match std::str::from_utf8(&bytes) {
        Ok(text) => Zeroizing::new(text.to_owned()),
        // Another encoding: each part was decoded alone, with its own declared or guessed encoding.
        Err(_) => Zeroizing::new(parts.iter().map(Part::text).collect()),
    };
    let parity = parts.first().map(Part::parity);
    // A single part cannot be mixed with another text.
    if count == 1 || [parity_of(&bytes), parity_of_latin1(&text)].contains(&parity) {
        Joined::Text(text)
    } else {
        Joined::ParityMismatch
    }
}

fn parity_of(bytes: &[u8]) -> Option<u8> {
    Some(bytes.iter().fold(0, |parity, byte| parity ^ byte))
}

/// The parity of the text in ISO 8859-1, if it can be encoded so. Some apps compute it like this, whatever encoding they
/// write.
fn parity_of_latin1(text: &str) -> Option<u8> {
    text.chars().try_fold(0, |parity, character| {
        u8::try_from(character).ok().map(|byte| parity ^ byte)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "otpauth://totp/Caf\u{e9}:eva?secret=JBSWY3DPEHPK3PXP";

    /// Splits a text into parts of `size` bytes.
    fn split(text: &[u8], size: usize) -> Vec<QrCode> {
        let parity = parity_of(text).unwrap_or(0);
        let parts = text.chunks(size);
        let count = parts.len() as u8;
        parts
            .enumerate()
            .map(|(index, bytes)| part(index as u8, count, parity, bytes))
            .collect()
    }

    /// A part whose bytes are decoded as ISO 8859-1.
    fn part(index: u8, count: u8, parity: u8, bytes: &[u8]) -> QrCode {
        let text = bytes.iter().map(|byte| char::from(*byte)).collect();
        let part = Part::new(index, count, parity, bytes.to_vec(), text);
        QrCode::Part(part.expect("a valid index"))
    }

    fn describe(joined: &[Joined]) -> Vec<String> {
        let describe = |joined: &Joined| match joined {
            Joined::Text(text) => text.to_string(),
            Joined::Incomplete(Incomplete {
                count,
                read,
                missing,
            }) => format!("{read:?} of {count}, not {missing:?}"),
            Joined::ParityMismatch => "parity mismatch".into(),
        };
        joined.iter().map(describe).collect()
    }

    #[test]
    fn parts_may_come_in_any_order_and_repeatedly() {
        let codes = split(TEXT.as_bytes(), 20);
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
            let mut parts = Parts::default();
            let mut read = |at: usize| describe(&parts.join(&codes[order[at]..=order[at]]));
            let position = |at: usize| order[at] + 1;
            let mut two = [position(0), position(1)];
            two.sort_unstable();
            for _ in 0..2 {
                let missing = (1..=3).filter(|other| *other != position(0));
                let missing: Vec<usize> = missing.collect();
                assert_eq!(
                    read(0),
                    [format!("{:?} of 3, not {missing:?}", [position(0)])]
                );
            }
            assert_eq!(
                read(1),
                [format!("{two:?} of 3, not {:?}", [position(2)])],
                "{order:?}"
            );
            assert_eq!(read(2), [TEXT], "{order:?}");
            // A camera reads the same codes repeatedly.
            for at in [0, 2, 1] {
                assert_eq!(read(at), [TEXT], "{order:?}");
            }
        }
    }

    #[test]
    fn all_parts_may_come_from_one_picture() {
        let mut codes = split(TEXT.as_bytes(), 30);
        codes.insert(1, QrCode::Whole("another".into()));
        assert_eq!(describe(&Parts::default().join(&codes)), [TEXT, "another"]);
        assert_eq!(
            describe(&Parts::default().join(&codes[..2])),
            ["[1] of 2, not [2]", "another"]
        );
    }

    #[test]
    fn a_single_part_is_the_whole_text() {
        assert_eq!(
            describe(&Parts::default().join(&split(TEXT.as_bytes(), 90))),
            [TEXT]
        );
    }

    #[test]
    fn a_character_may_be_split_between_two_parts() {
        // The two bytes of "é" begin at 18.
        let codes = split(TEXT.as_bytes(), 19);
        assert_eq!(describe(&Parts::default().join(&codes)), [TEXT]);
    }

    #[test]
    fn without_utf8_the_texts_of_the_parts_are_joined() {
        let bytes: Vec<u8> = TEXT.chars().filter_map(|c| u8::try_from(c).ok()).collect();
        assert_eq!(describe(&Parts::default().join(&split(&bytes, 20))), [TEXT]);
    }

    #[test]
    fn the_parity_may_be_that_of_latin_1() {
        let parity = parity_of_latin1(TEXT).expect("the text is Latin-1");
        assert_ne!(Some(parity), parity_of(TEXT.as_bytes()));
        let bytes = TEXT.as_bytes();
        let codes = [
            part(0, 2, parity, &bytes[..20]),
            part(1, 2, parity, &bytes[20..]),
        ];
        assert_eq!(describe(&Parts::default().join(&codes)), [TEXT]);
    }

    #[test]
    fn parts_of_different_texts_are_a_parity_mismatch() {
        let mut parts = Parts::default();
        // Both texts have the same parity and the same number of parts.
        let (one, other) = (split(b"one text", 4), split(b"eno text..", 5));
        let parity = parity_of(b"one text");
        assert_eq!(parity, parity_of(b"eno text.."));
        assert_eq!(describe(&parts.join(&one[..1])), ["[1] of 2, not [2]"]);
        assert_eq!(describe(&parts.join(&other[1..])), ["parity mismatch"]);
        // A part replaces the one in its position.
        assert_eq!(describe(&parts.join(&other[..1])), ["eno text.."]);
        assert_eq!(describe(&parts.join(&one)), ["one text"]);
    }

    #[test]
    fn after_a_parity_mismatch_only_the_last_part_is_kept() {
        let codes = [part(0, 2, 1, b"one "), part(1, 2, 1, b"text")];
        let mut parts = Parts::default();
        assert_eq!(describe(&parts.join(&codes)), ["parity mismatch"]);
        assert_eq!(describe(&parts.join(&codes[..1])), ["[1] of 2, not [2]"]);
    }

    #[test]
    fn a_single_part_may_have_a_wrong_parity() {
        let alone = part(0, 1, 1, TEXT.as_bytes());
        assert_eq!(describe(&Parts::default().join(&[alone])), [TEXT]);
    }

    #[test]
    fn every_text_of_one_picture_is_reported() {
        let codes: Vec<QrCode> = (0..60).map(|parity| part(0, 2, parity, b"a")).collect();
        assert_eq!(Parts::default().join(&codes).len(), 60);
    }

    #[test]
    fn the_number_of_incomplete_texts_is_bounded() {
        let mut parts = Parts::default();
        for parity in 0..30 {
            parts.join(&[part(0, 2, parity, b"a")]);
            parts.join(&[part(0, 3, parity, b"a")]);
        }
        assert_eq!(parts.iter().count(), MAX_TEXTS);
        assert!(parts.iter().all(|part| part.parity() >= 20));
        let mut again = Parts::default();
        for part in parts.iter() {
            again.restore(part.clone());
        }
        assert!(again.iter().eq(parts.iter()));
    }

    #[test]
    fn complete_texts_are_removed() {
        let mut parts = Parts::default();
        let codes = split(TEXT.as_bytes(), 20);
        parts.join(&codes);
        parts.join(&[part(0, 2, 1, b"a")]);
        parts.remove_complete();
        assert_eq!(describe(&parts.join(&codes[..1])), ["[1] of 3, not [2, 3]"]);
        assert_eq!(
            describe(&parts.join(&[part(1, 2, 1, b"b")])),
            ["parity mismatch"]
        );
    }
}
