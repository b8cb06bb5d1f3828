//! Parses typed codes and finds typing errors.

use zeroize::Zeroizing;

use super::{CodeCheck, Mistyped};
use crate::characters::{is_separator, to_ascii};
use crate::{Digits, OtpParams, code};

/// A typed code, normalised: ASCII in upper case, without separators between groups.
#[derive(PartialEq, Eq)]
pub struct Typed(Zeroizing<String>);

/// The kind of code that a typed text may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CodeFormat {
    /// A TOTP code of this number of digits.
    Digits(Digits),
    /// A Steam Guard code.
    Steam,
}

impl Typed {
    /// Normalises a typed code. It may have white space, dashes, dots or apostrophes anywhere, full-width characters, digits
    /// of any script, and letters of either case.
    pub fn parse(text: &str) -> Self {
        // Allocated once, because a growing buffer leaves copies. Normalising makes no character longer.
        let mut typed = Zeroizing::new(String::with_capacity(text.len()));
        let characters = text
            .chars()
            .map(to_ascii)
            .filter(|c| !is_group_separator(*c));
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

    /// The format of this code, for an entry with these parameters. Another number of digits than the entry's is allowed,
    /// because the entry may have the wrong one; so are digits for a Steam entry.
    fn format(&self, params: OtpParams) -> Result<CodeFormat, Mistyped> {
        let characters = self.len();
        let is_digits = self.0.bytes().all(|c| c.is_ascii_digit());
        if let (true, Ok(digits)) = (is_digits, Digits::new(characters.try_into().unwrap_or(0))) {
            return Ok(CodeFormat::Digits(digits));
        }
        match params {
            OtpParams::Steam if self.is_steam() => Ok(CodeFormat::Steam),
            OtpParams::Steam if !self.has_steam_characters() => Err(Mistyped::NotSteam),
            OtpParams::Totp { .. } | OtpParams::Hotp { .. } if !is_digits => {
                Err(Mistyped::NotDigits)
            }
            _ => Err(Mistyped::Length { characters }),
        }
    }
}

/// The format of both codes, for an entry with these parameters; or the typing error.
pub fn format(params: OtpParams, typed: &[Typed; 2]) -> Result<CodeFormat, CodeCheck> {
    let [first, second] = typed;
    match (first.format(params), second.format(params)) {
        (Ok(format), Ok(other)) if format != other => Err(CodeCheck::LengthsDiffer {
            first: first.len(),
            second: second.len(),
        }),
        (Ok(_), Ok(_)) if first == second => Err(CodeCheck::SameCode),
        (Ok(format), Ok(_)) => Ok(format),
        (first, second) => Err(CodeCheck::Mistyped {
            first: first.err(),
            second: second.err(),
        }),
    }
}

fn is_group_separator(character: char) -> bool {
    is_separator(character) || matches!(character, '.' | '·' | '•' | '_' | '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Algorithm, Period};

    const TOTP: OtpParams = OtpParams::Totp {
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

    fn typing_error(params: OtpParams, first: &str, second: &str) -> Option<CodeCheck> {
        format(params, &[first, second].map(Typed::parse)).err()
    }

    #[test]
    fn separators_and_digits_of_other_scripts_are_normalised() {
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
            assert_eq!(Typed::parse(text).as_str(), "123456", "{text:?}");
        }
        assert_eq!(Typed::parse("r4 g-4ｔ").as_str(), "R4G4T");
    }

    #[test]
    fn each_mistyped_code_is_reported() {
        let length = |characters| Mistyped::Length { characters };
        let (digits, steam) = (Mistyped::NotDigits, Mistyped::NotSteam);
        for (params, first, second, errors) in [
            (TOTP, "abc", "def", [Some(digits), Some(digits)]),
            (TOTP, "12345O", "654321", [Some(digits), None]),
            (TOTP, "123456", "G-654321", [None, Some(digits)]),
            (TOTP, "12345", "654321", [Some(length(5)), None]),
            (TOTP, "123456", "12345678901", [None, Some(length(11))]),
            (TOTP, "", " - ", [Some(length(0)), Some(length(0))]),
            (TOTP, "R4G4T", "123456", [Some(digits), None]),
            (OtpParams::Steam, "R4G4T", "R4G0T", [None, Some(steam)]),
            (
                OtpParams::Steam,
                "R4G4TV",
                "R4G4",
                [Some(length(6)), Some(length(4))],
            ),
            (OtpParams::Steam, "12345", "R4G4T", [Some(steam), None]),
        ] {
            let [of_first, of_second] = errors;
            let expected = CodeCheck::Mistyped {
                first: of_first,
                second: of_second,
            };
            assert_eq!(
                typing_error(params, first, second),
                Some(expected),
                "{first} {second}"
            );
        }
    }

    #[test]
    fn two_codes_must_have_one_length_and_differ() {
        let differ = |first, second| Some(CodeCheck::LengthsDiffer { first, second });
        assert_eq!(typing_error(TOTP, "123456", "1234567"), differ(6, 7));
        assert_eq!(typing_error(TOTP, "12345678", "1234567"), differ(8, 7));
        assert_eq!(
            typing_error(OtpParams::Steam, "R4G4T", "123456"),
            differ(5, 6)
        );
        for (params, first, second) in [
            (TOTP, "123456", "123-456"),
            (TOTP, "123456", "１２３４５６"),
            (OtpParams::Steam, "r4g4t", "R4G4T"),
        ] {
            assert_eq!(
                typing_error(params, first, second),
                Some(CodeCheck::SameCode)
            );
        }
    }

    #[test]
    fn other_lengths_than_the_entrys_are_allowed() {
        for (params, first, second) in [
            (TOTP, "123456", "654321"),
            (TOTP, "12345678", "87654321"),
            (TOTP, "1234567890", "0987654321"),
            (OtpParams::Steam, "R4G4T", "23456"),
            (OtpParams::Steam, "123456", "654321"),
        ] {
            assert_eq!(
                typing_error(params, first, second),
                None,
                "{first} {second}"
            );
        }
    }
}
