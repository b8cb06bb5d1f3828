//! Codes as people type them, and what is wrong with the typing.

use zeroize::Zeroizing;

use super::{Diagnosis, Mistyped};
use crate::characters::{is_separator, plain};
use crate::{Digits, Method, code};

/// A typed code: ASCII in upper case, without what stands between its groups.
#[derive(PartialEq, Eq)]
pub struct Typed(Zeroizing<String>);

/// What a typed code may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An ordinary code of so many digits.
    Digits(Digits),
    /// A Steam Guard code.
    Steam,
}

impl Typed {
    /// Reads a code as it was typed: with white space, dashes, dots or apostrophes anywhere, in full-width characters, in
    /// digits of any script, in either case.
    pub fn read(text: &str) -> Self {
        // Allocated once: growing would leave copies behind. No character is longer than the one it comes from.
        let mut typed = Zeroizing::new(String::with_capacity(text.len()));
        let characters = text.chars().map(plain).filter(|c| !is_between_groups(*c));
        typed.extend(characters.map(|c| c.to_ascii_uppercase()));
        Self(typed)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_steam(&self) -> bool {
        self.len() == usize::from(code::STEAM_LEN) && self.has_steam_characters()
    }

    fn len(&self) -> usize {
        self.0.chars().count()
    }

    fn has_steam_characters(&self) -> bool {
        self.0.bytes().all(|c| code::STEAM_ALPHABET.contains(&c))
    }

    /// What this code may be, for an entry of this method. Another number of digits than the entry's is possible: it may
    /// be what is wrong with the entry. So are digits for an entry of Steam.
    fn shape(&self, method: Method) -> Result<Shape, Mistyped> {
        let characters = self.len();
        let is_digits = self.0.bytes().all(|c| c.is_ascii_digit());
        if let (true, Ok(digits)) = (is_digits, Digits::new(characters.try_into().unwrap_or(0))) {
            return Ok(Shape::Digits(digits));
        }
        match method {
            Method::Steam if self.is_steam() => Ok(Shape::Steam),
            Method::Steam if !self.has_steam_characters() => Err(Mistyped::NotSteam),
            Method::Totp { .. } | Method::Hotp { .. } if !is_digits => Err(Mistyped::NotDigits),
            _ => Err(Mistyped::Length { characters }),
        }
    }
}

/// What both codes may be, for an entry of this method; otherwise what is wrong with the typing.
pub fn shape(method: Method, typed: &[Typed; 2]) -> Result<Shape, Diagnosis> {
    let [first, second] = typed;
    match (first.shape(method), second.shape(method)) {
        (Ok(shape), Ok(other)) if shape != other => Err(Diagnosis::LengthsDiffer {
            first: first.len(),
            second: second.len(),
        }),
        (Ok(_), Ok(_)) if first == second => Err(Diagnosis::SameCode),
        (Ok(shape), Ok(_)) => Ok(shape),
        (first, second) => Err(Diagnosis::Mistyped {
            first: first.err(),
            second: second.err(),
        }),
    }
}

fn is_between_groups(character: char) -> bool {
    is_separator(character) || matches!(character, '.' | '·' | '•' | '_' | '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Algorithm, Period};

    const TOTP: Method = Method::Totp {
        algorithm: Algorithm::Sha1,
        digits: match Digits::new(6) {
            Ok(digits) => digits,
            Err(_) => panic!("6 digits are possible"),
        },
        period: match Period::new(30) {
            Ok(period) => period,
            Err(_) => panic!("30 s is a period"),
        },
    };

    fn fault(method: Method, first: &str, second: &str) -> Option<Diagnosis> {
        shape(method, &[first, second].map(Typed::read)).err()
    }

    #[test]
    fn separators_and_foreign_digits_are_read() {
        for text in [
            "123456",
            " 123 456 ",
            "123-456",
            "123.456",
            "123·456",
            "12_34_56",
            "123'456",
            "123’456",
            "123\u{a0}456",
            "123\u{2009}456",
            "123\u{202f}456",
            "123\u{3000}456",
            "123–456",
            "\u{202d}123456\u{200b}",
            "１２３４５６",
            "１２３－４５６",
            "١٢٣٤٥٦",
            "१२३ ४५६",
        ] {
            assert_eq!(Typed::read(text).as_str(), "123456", "{text:?}");
        }
        assert_eq!(Typed::read("r4 g-4ｔ").as_str(), "R4G4T");
    }

    #[test]
    fn each_mistyped_code_is_named() {
        let length = |characters| Mistyped::Length { characters };
        let (digits, steam) = (Mistyped::NotDigits, Mistyped::NotSteam);
        for (method, first, second, faults) in [
            (TOTP, "abc", "def", [Some(digits), Some(digits)]),
            (TOTP, "12345O", "654321", [Some(digits), None]),
            (TOTP, "123456", "G-654321", [None, Some(digits)]),
            (TOTP, "12345", "654321", [Some(length(5)), None]),
            (TOTP, "123456", "12345678901", [None, Some(length(11))]),
            (TOTP, "", " - ", [Some(length(0)), Some(length(0))]),
            (TOTP, "R4G4T", "123456", [Some(digits), None]),
            (Method::Steam, "R4G4T", "R4G0T", [None, Some(steam)]),
            (
                Method::Steam,
                "R4G4TV",
                "R4G4",
                [Some(length(6)), Some(length(4))],
            ),
            (Method::Steam, "12345", "R4G4T", [Some(steam), None]),
        ] {
            let [of_first, of_second] = faults;
            let expected = Diagnosis::Mistyped {
                first: of_first,
                second: of_second,
            };
            assert_eq!(
                fault(method, first, second),
                Some(expected),
                "{first} {second}"
            );
        }
    }

    #[test]
    fn two_codes_must_be_as_long_and_not_the_same() {
        let differ = |first, second| Some(Diagnosis::LengthsDiffer { first, second });
        assert_eq!(fault(TOTP, "123456", "1234567"), differ(6, 7));
        assert_eq!(fault(TOTP, "12345678", "1234567"), differ(8, 7));
        assert_eq!(fault(Method::Steam, "R4G4T", "123456"), differ(5, 6));
        for (method, first, second) in [
            (TOTP, "123456", "123-456"),
            (TOTP, "123456", "１２３４５６"),
            (Method::Steam, "r4g4t", "R4G4T"),
        ] {
            assert_eq!(fault(method, first, second), Some(Diagnosis::SameCode));
        }
    }

    #[test]
    fn other_lengths_than_the_entrys_are_possible() {
        for (method, first, second) in [
            (TOTP, "123456", "654321"),
            (TOTP, "12345678", "87654321"),
            (TOTP, "1234567890", "0987654321"),
            (Method::Steam, "R4G4T", "23456"),
            (Method::Steam, "123456", "654321"),
        ] {
            assert_eq!(fault(method, first, second), None, "{first} {second}");
        }
    }
}
