mod base32;
mod base64;
mod hex;
mod prefix;
mod typed;

pub use typed::{Alphabet, Reading, parse_typed_secret};

use data_encoding::BASE32_NOPAD;
use subtle::ConstantTimeEq;
use thiserror::Error;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// The shared secret K of RFC 4226 §4, as bytes.
///
/// 1 to [`Secret::MAX_BYTES`] bytes, zeroized on drop, compared in constant time (for equal lengths). It has
/// neither `Debug` nor `Display` nor `Serialize`, so that it cannot reach a log by accident.
#[derive(Clone, ZeroizeOnDrop)]
pub struct Secret(Vec<u8>);

/// Why a text or bytes cannot be a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SecretError {
    /// No characters remain without separators and padding.
    #[error("the secret is empty")]
    Empty,
    /// A character that is not in the base32 alphabet (often 0, 1, 8 or 9).
    #[error("character {position} of the secret is not base32")]
    Character {
        /// The character.
        character: char,
        /// Its position in the given text, in characters, from 1.
        position: usize,
    },
    /// Base32 never has this length (1, 3 or 6 more than a multiple of 8).
    #[error("the length of the secret cannot be {characters}")]
    Length {
        /// The number of characters without separators and padding.
        characters: usize,
    },
    /// More bytes than any service issues.
    #[error("the secret is longer than {max} bytes")]
    TooLong {
        /// The limit, in bytes.
        max: usize,
    },
}

impl Secret {
    /// The longest accepted secret, in bytes.
    pub const MAX_BYTES: usize = 1024;

    /// Takes ownership of raw bytes, and zeroizes them on an error.
    ///
    /// # Errors
    /// [`SecretError::Empty`], [`SecretError::TooLong`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, SecretError> {
        let secret = Self(bytes);
        match secret.0.len() {
            0 => Err(SecretError::Empty),
            1..=Self::MAX_BYTES => Ok(secret),
            _ => Err(SecretError::TooLong {
                max: Self::MAX_BYTES,
            }),
        }
    }

    /// Parses base32 (RFC 4648 §6) as services print it: in either case, with white space, dashes or invisible characters
    /// anywhere, with any padding at the end, with trailing bits in the last character. Full-width characters and digits of
    /// other scripts count as their ASCII equivalents.
    ///
    /// # Errors
    /// Every [`SecretError`]. A wrong character is never corrected, because 0 may have been O, and 8 may have been B.
    pub fn parse_base32(text: &str) -> Result<Self, SecretError> {
        Self::from_bytes(base32::decode(&base32::normalise(text)?)?)
    }

    /// Parses base32 as [`Secret::parse_base32`] does, but of any length: a last character that completes no byte is ignored,
    /// as in most apps, because some services generate secrets character by character. True if there was one.
    ///
    /// Only for texts that a program wrote. In a typed text, such a length means that characters are missing.
    ///
    /// # Errors
    /// Every [`SecretError`]; [`SecretError::Length`] for a single character only.
    pub fn parse_base32_of_any_length(text: &str) -> Result<(Self, bool), SecretError> {
        let symbols = base32::normalise(text)?;
        match symbols.split_last() {
            Some((_, whole)) if !whole.is_empty() && matches!(symbols.len() % 8, 1 | 3 | 6) => {
                Ok((Self::from_bytes(base32::decode(whole)?)?, true))
            }
            _ => Ok((Self::from_bytes(base32::decode(&symbols)?)?, false)),
        }
    }

    /// RFC 4648 §6 base32: upper case, no padding, no separators.
    pub fn to_base32(&self) -> Zeroizing<String> {
        Zeroizing::new(BASE32_NOPAD.encode(&self.0))
    }

    /// The key of the HMAC.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The length in bits. RFC 4226 §4 R6 asks for at least 128; many services issue 80.
    pub fn bits(&self) -> u32 {
        self.0.len() as u32 * u8::BITS
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for Secret {}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Vec<u8> {
        Secret::parse_base32(text)
            .unwrap_or_else(|error| panic!("{text:?}: {error}"))
            .as_bytes()
            .to_vec()
    }

    fn refused(text: &str) -> SecretError {
        Secret::parse_base32(text)
            .err()
            .unwrap_or_else(|| panic!("{text:?} was accepted"))
    }

    #[test]
    fn base32_of_rfc_4648() {
        for (bytes, text) in [
            ("f", "MY======"),
            ("fo", "MZXQ===="),
            ("foo", "MZXW6==="),
            ("foob", "MZXW6YQ="),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI======"),
        ] {
            assert_eq!(parsed(text), bytes.as_bytes());
            let secret = Secret::from_bytes(bytes.into()).unwrap();
            assert_eq!(*secret.to_base32(), text.trim_end_matches('='));
            assert_eq!(secret.bits() as usize, bytes.len() * 8);
        }
    }

    #[test]
    fn separators_case_and_padding() {
        for text in [
            "mzxw6ytboi",
            "MZXW 6YTB OI",
            "MZXW-6YTB-OI",
            "MZXW\u{a0}6YTB\tOI\n",
            "\u{feff}MZXW\u{202f}6YTB\u{200b}OI",
            "MZXW\u{2011}6YTB\u{2013}OI",
            "\u{202a}MZXW6YTBOI\u{202c}",
            "ＭＺＸＷ\u{3000}６ｙｔｂ－ＯＩ＝",
            "MZXW٦YTBOI",
            "MZXW6YTBOI=",
            "MZXW6YTBOI= = =",
            "MZXW6YTBOI================",
        ] {
            assert_eq!(parsed(text), b"foobar", "{text:?}");
        }
    }

    #[test]
    fn short_secrets_and_leftover_bits() {
        assert_eq!(parsed("AA"), [0]);
        assert_eq!(parsed("HELLO"), parsed("HELLO==="));
        assert_eq!(parsed("OKOA").len(), 2);
        assert_eq!(parsed("SECRETO").len(), 4);
        assert_eq!(
            parsed("MZ"),
            b"f",
            "the bits after the first byte are not zero"
        );
    }

    #[test]
    fn refusals_name_character_and_place() {
        assert_eq!(refused(""), SecretError::Empty);
        assert_eq!(refused(" -=="), SecretError::Empty);
        for character in ['0', '1', '8', '９', '_', '/', '%', 'é', 'İ', 'ſ', '²', '\0'] {
            let text = format!("MZ XW-{character}YTB");
            assert_eq!(
                refused(&text),
                SecretError::Character {
                    character,
                    position: 7
                }
            );
        }
        assert_eq!(
            refused("MZXW==6Y"),
            SecretError::Character {
                character: '=',
                position: 5
            }
        );
    }

    #[test]
    fn impossible_lengths() {
        for characters in [1, 3, 6, 9, 11, 14] {
            assert_eq!(
                refused(&"A".repeat(characters)),
                SecretError::Length { characters }
            );
        }
    }

    #[test]
    fn any_length() {
        let read = |text: &str| {
            let (secret, cut) = Secret::parse_base32_of_any_length(text)?;
            Ok((secret.to_base32().to_string(), cut))
        };
        for (text, whole) in [
            ("MFR", "ME"),
            ("MFRG-GZ==", "MFRGG"),
            ("MFRGGZDFM", "MFRGGZDF"),
        ] {
            assert_eq!(read(text), Ok((whole.to_owned(), true)), "{text}");
        }
        for text in ["ME", "MFRA", "MFRGG", "MFRGGZA", "MFRGGZDF"] {
            assert_eq!(read(text), Ok((text.to_owned(), false)));
        }
        assert_eq!(read("A"), Err(SecretError::Length { characters: 1 }));
        assert_eq!(read("="), Err(SecretError::Empty));
        assert_eq!(
            read("MF0"),
            Err(SecretError::Character {
                character: '0',
                position: 3
            })
        );
    }

    #[test]
    fn longest_secret() {
        let longest = Secret::from_bytes(vec![7; 1024]).unwrap();
        assert!(Secret::parse_base32(&longest.to_base32()).is_ok_and(|secret| secret == longest));
        let too_long = Some(SecretError::TooLong { max: 1024 });
        assert_eq!(Secret::from_bytes(vec![7; 1025]).err(), too_long);
        assert_eq!(
            Secret::parse_base32(&"A".repeat(10_000_000)).err(),
            too_long
        );
        assert_eq!(
            Secret::from_bytes(Vec::new()).err(),
            Some(SecretError::Empty)
        );
    }

    #[test]
    fn equality() {
        let secret = |bytes: &[u8]| Secret::from_bytes(bytes.to_vec()).unwrap();
        assert!(secret(b"same") == secret(b"same"));
        assert!(secret(b"same") != secret(b"sane"));
        assert!(secret(b"same") != secret(b"same "));
    }
}
