use std::fmt;

/// The number of digits of the integer part.
const WHOLE: usize = 6;
const RADIX: u32 = 36;
/// Half of `RADIX^WHOLE`, so that there is equal space before and after the first position.
const MIDDLE: u32 = RADIX.pow(WHOLE as u32 - 1) * (RADIX / 2);

/// The position of an entry in the manual order: a fractional index.
///
/// A number in base 36 (`0`-`9`, `a`-`z`): six digits of integer part, then a fraction without trailing zeros. The texts sort
/// like the numbers, and there is always a number between two others, so moving an entry changes no other entry, on this device
/// or another. Appending keeps six digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FractionalIndex(String);

impl FractionalIndex {
    /// The position of the first entry.
    pub(crate) fn first() -> Self {
        Self::whole(MIDDLE)
    }

    /// Parses a position; `None` if it is not canonical.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text
            .bytes()
            .all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
        let canonical = text.len() == WHOLE || (text.len() > WHOLE && !text.ends_with('0'));
        // No position could be before zero.
        let positive = text.bytes().any(|b| b != b'0');
        (digits && canonical && positive).then(|| Self(text.into()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A position after this one.
    pub(crate) fn after(&self) -> Self {
        match self.whole_part() + 1 {
            next if next < MIDDLE * 2 => Self::whole(next),
            _ => self.midpoint(None),
        }
    }

    /// A position before this one.
    pub(crate) fn before(&self) -> Self {
        match self.whole_part() {
            whole if whole > 0 && self.0.len() > WHOLE => Self::whole(whole),
            whole if whole > 1 => Self::whole(whole - 1),
            _ => Self(String::new()).midpoint(Some(self)),
        }
    }

    /// A position between this one and `upper`; `None` unless `upper` is larger.
    pub(crate) fn between(&self, upper: &Self) -> Option<Self> {
        (self < upper).then(|| self.midpoint(Some(upper)))
    }

    fn whole(number: u32) -> Self {
        let mut digits = [0; WHOLE];
        let mut rest = number;
        for digit in digits.iter_mut().rev() {
            *digit = rest % RADIX;
            rest /= RADIX;
        }
        Self(digits.into_iter().map(letter).collect())
    }

    fn whole_part(&self) -> u32 {
        (0..WHOLE).fold(0, |number, place| number * RADIX + self.digit(place))
    }

    /// The digit at index `place`; zero after the end.
    fn digit(&self, place: usize) -> u32 {
        let digit = self.0.as_bytes().get(place).map(|b| char::from(*b));
        digit.and_then(|c| c.to_digit(RADIX)).unwrap_or(0)
    }

    /// A position about halfway to `upper`, or to the end. `upper` must be larger.
    fn midpoint(&self, upper: Option<&Self>) -> Self {
        let mut upper = upper;
        let mut text = String::new();
        for place in 0.. {
            let low = self.digit(place);
            let high = upper.map_or(RADIX, |position| position.digit(place));
            if high > low + 1 {
                text.push(letter((low + high) / 2));
                break;
            }
            text.push(letter(low));
            if high > low {
                // All further digits are free, because the prefix is already below `upper`.
                upper = None;
            }
        }
        while text.len() < WHOLE {
            text.push('0');
        }
        Self(text)
    }
}

impl fmt::Display for FractionalIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn letter(digit: u32) -> char {
    char::from_digit(digit, RADIX).expect("every digit is a remainder or a mean below the radix")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_canonical_positions_are_parsed() {
        for text in [
            "i00000", "i00001", "zzzzzz", "000001", "0000000i", "i00000i",
        ] {
            assert!(FractionalIndex::parse(text).is_some(), "{text}");
        }
        for text in [
            "", "i0000", "000000", "i000000", "0000000", "I00000", "i0000-", "i0000é",
        ] {
            assert!(FractionalIndex::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn neighbours_of_positions() {
        let at = |text| FractionalIndex::parse(text).unwrap();
        for (before, position, after) in [
            ("hzzzzz", "i00000", "i00001"),
            ("i00000", "i00000i", "i00001"),
            ("zzzzzy", "zzzzzz", "zzzzzzi"),
            ("zzzzzz", "zzzzzzi", "zzzzzzr"),
            ("000000i", "000001", "000002"),
            ("0000009", "000000i", "000001"),
        ] {
            let position = at(position);
            assert_eq!(
                (position.before().as_str(), position.after().as_str()),
                (before, after)
            );
        }
        assert_eq!(at("i00000").between(&at("i00001")), Some(at("i00000i")));
        assert_eq!(at("i00000").between(&at("i00000")), None);
        assert_eq!(at("i00001").between(&at("i00000")), None);
    }

    #[test]
    fn ten_thousand_appended_positions_stay_short() {
        let mut position = FractionalIndex::first();
        for _ in 0..10_000 {
            let next = position.after();
            assert!(position < next);
            position = next;
        }
        assert_eq!(position.as_str().len(), WHOLE);
    }

    proptest! {
        #[test]
        fn any_sequence_of_moves_keeps_the_order(moves in proptest::collection::vec(0usize..1000, 1..200)) {
            let mut line = vec![FractionalIndex::first()];
            for at in moves {
                let at = at % (line.len() + 1);
                let new = match (at.checked_sub(1).map(|i| &line[i]), line.get(at)) {
                    (Some(left), Some(right)) => left.between(right).unwrap(),
                    (Some(left), None) => left.after(),
                    (None, Some(right)) => right.before(),
                    (None, None) => unreachable!("the line is never empty"),
                };
                prop_assert!(FractionalIndex::parse(new.as_str()).is_some());
                line.insert(at, new);
            }
            prop_assert!(line.is_sorted_by(|a, b| a < b));
        }

        #[test]
        fn any_valid_text_has_neighbours(text in "[0-9a-z]{6}([0-9a-z]{0,8}[1-9a-z])?") {
            let Some(position) = FractionalIndex::parse(&text) else { return Ok(()) };
            let (before, after) = (position.before(), position.after());
            prop_assert!(before < position && position < after);
            for near in [&before, &after] {
                prop_assert!(FractionalIndex::parse(near.as_str()).is_some());
            }
            let middle = before.between(&after).unwrap();
            prop_assert!(before < middle && middle < after);
        }
    }
}
