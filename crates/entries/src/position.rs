use std::fmt;

/// Digits of the whole part.
const WHOLE: usize = 6;
const RADIX: u32 = 36;
/// Half of `RADIX^WHOLE`: as much room before the first position as after it.
const MIDDLE: u32 = RADIX.pow(WHOLE as u32 - 1) * (RADIX / 2);

/// Where an entry stands in the manual order: a fractional index.
///
/// A number in base 36 (`0`-`9`, `a`-`z`): six digits of whole part, then a fraction without trailing zeros. Texts of
/// this form sort as their numbers do, and between two of them there is always a third, so moving one entry changes
/// no other, on this device or on another. Adding at the end keeps six digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position(String);

impl Position {
    /// The position of the first entry.
    pub(crate) fn first() -> Self {
        Self::whole(MIDDLE)
    }

    /// The position that `text` names; none where it is of another form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let digits = text
            .bytes()
            .all(|b| b.is_ascii_digit() || b.is_ascii_lowercase());
        let canonical = text.len() == WHOLE || (text.len() > WHOLE && !text.ends_with('0'));
        // Nothing could stand before zero.
        let positive = text.bytes().any(|b| b != b'0');
        (digits && canonical && positive).then(|| Self(text.into()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A position behind this one.
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

    /// A position between this one and `upper`; none unless `upper` is the larger.
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

    /// The digit at `place`; zero past the end.
    fn digit(&self, place: usize) -> u32 {
        let digit = self.0.as_bytes().get(place).map(|b| char::from(*b));
        digit.and_then(|c| c.to_digit(RADIX)).unwrap_or(0)
    }

    /// About half way to `upper`, or to the end of all positions. `upper` must be larger.
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
                // Whatever follows is below `upper` now.
                upper = None;
            }
        }
        while text.len() < WHOLE {
            text.push('0');
        }
        Self(text)
    }
}

impl fmt::Display for Position {
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
    fn forms() {
        for text in [
            "i00000", "i00001", "zzzzzz", "000001", "0000000i", "i00000i",
        ] {
            assert!(Position::parse(text).is_some(), "{text}");
        }
        for text in [
            "", "i0000", "000000", "i000000", "0000000", "I00000", "i0000-", "i0000é",
        ] {
            assert!(Position::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn steps() {
        let at = |text| Position::parse(text).unwrap();
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
    fn ten_thousand_at_the_end_stay_short() {
        let mut position = Position::first();
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
            let mut line = vec![Position::first()];
            for at in moves {
                let at = at % (line.len() + 1);
                let new = match (at.checked_sub(1).map(|i| &line[i]), line.get(at)) {
                    (Some(left), Some(right)) => left.between(right).unwrap(),
                    (Some(left), None) => left.after(),
                    (None, Some(right)) => right.before(),
                    (None, None) => unreachable!("the line is never empty"),
                };
                prop_assert!(Position::parse(new.as_str()).is_some());
                line.insert(at, new);
            }
            prop_assert!(line.is_sorted_by(|a, b| a < b));
        }

        #[test]
        fn any_valid_text_has_neighbours(text in "[0-9a-z]{6}([0-9a-z]{0,8}[1-9a-z])?") {
            let Some(position) = Position::parse(&text) else { return Ok(()) };
            let (before, after) = (position.before(), position.after());
            prop_assert!(before < position && position < after);
            for near in [&before, &after] {
                prop_assert!(Position::parse(near.as_str()).is_some());
            }
            let middle = before.between(&after).unwrap();
            prop_assert!(before < middle && middle < after);
        }
    }
}
