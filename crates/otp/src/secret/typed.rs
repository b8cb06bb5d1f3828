//! Parses a secret that the user typed or pasted.

use super::prefix::Prefix;
use super::{base64, hex};
use crate::{OtpParams, Secret, SecretError};

/// The encodings that services use for a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Alphabet {
    /// RFC 4648 §6, the usual one.
    Base32,
    /// RFC 4648 §8.
    Hex,
    /// RFC 4648 §4 and §5.
    Base64,
}

/// One possible decoding of a typed secret.
pub struct Reading {
    /// The encoding.
    pub alphabet: Alphabet,
    /// The decoded secret.
    pub secret: Secret,
}

/// The length of Steam's shared secrets.
const STEAM_BYTES: usize = 20;

/// The fewest bytes after a name without a separator: the length of the shortest secrets in wide use.
const MIN_BYTES_AFTER_NAME: usize = 10;

/// Decodes a typed secret in every encoding that fits: at least one, the usual one first. If several fit, only the user can tell
/// which one is right.
///
/// - Base32 as in [`Secret::parse_base32`].
/// - Hexadecimal if there is an even number of digits, at least 16. The base32 text of one secret of 20 random bytes in 10^13
///   is also hexadecimal.
/// - Base64 for [`OtpParams::Steam`] only, and only of exactly 20 bytes, the length of Steam's secrets. For other entries
///   almost every typing error in base32 would be accepted as base64.
///
/// A name before the secret is ignored, if a secret follows: letters and a colon (`Key:`, `Clé :`), or a name
/// that services use with a dash, an equals sign or nothing after it (`Setup key - …`).
///
/// # Errors
/// If no encoding fits, the error as base32. Positions count in the given text.
pub fn parse_typed_secret(text: &str, params: OtpParams) -> Result<Vec<Reading>, SecretError> {
    let Some(prefix) = Prefix::of(text) else {
        return readings(text, params);
    };
    let (name, rest) = text.split_at(prefix.end());
    match (prefix, readings(rest, params)) {
        (
            Prefix::Colon(_),
            Err(SecretError::Character {
                character,
                position,
            }),
        ) => Err(SecretError::Character {
            character,
            position: position + name.chars().count(),
        }),
        (Prefix::Colon(_), found) | (Prefix::Separator(_), found @ Ok(_)) => found,
        (Prefix::Bare(_), Ok(found)) if is_long_enough(&found) => Ok(found),
        _ => readings(text, params),
    }
}

fn readings(text: &str, params: OtpParams) -> Result<Vec<Reading>, SecretError> {
    let base64 = match params {
        OtpParams::Steam => base64::decode(text).map(Secret::from_bytes),
        OtpParams::Totp { .. } | OtpParams::Hotp { .. } => None,
    };
    let base64 = base64
        .and_then(Result::ok)
        .filter(|secret| secret.as_bytes().len() == STEAM_BYTES);
    let hex = hex::decode(text)
        .map(Secret::from_bytes)
        .and_then(Result::ok);
    let (base32, refused) = match Secret::parse_base32(text) {
        Ok(secret) => (Some(secret), None),
        Err(error) => (None, Some(error)),
    };
    let found: Vec<Reading> = [
        (Alphabet::Base32, base32),
        (Alphabet::Hex, hex),
        (Alphabet::Base64, base64),
    ]
    .into_iter()
    .filter_map(|(alphabet, secret)| {
        Some(Reading {
            alphabet,
            secret: secret?,
        })
    })
    .collect();
    match refused {
        Some(error) if found.is_empty() => Err(error),
        _ => Ok(found),
    }
}

fn is_long_enough(found: &[Reading]) -> bool {
    found
        .iter()
        .all(|reading| reading.secret.as_bytes().len() >= MIN_BYTES_AFTER_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Algorithm, Digits, Period};

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

    /// The alphabets and the bytes of all readings.
    fn read(text: &str, params: OtpParams) -> Vec<(Alphabet, Vec<u8>)> {
        let found =
            parse_typed_secret(text, params).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        let readings = found.into_iter();
        readings
            .map(|one| (one.alphabet, one.secret.as_bytes().to_vec()))
            .collect()
    }

    #[test]
    fn base32_is_decoded_with_and_without_a_name() {
        for text in [
            "JBSWY3DPEHPK3PXP",
            "jbsw y3dp-ehpk 3pxp",
            "ＪＢＳＷＹ３ＤＰＥＨＰＫ３ＰＸＰ",
            "Key: JBSWY3DPEHPK3PXP",
            "Secret:JBSW Y3DP EHPK 3PXP",
            "Clé : JBSWY3DPEHPK3PXP",
            "Code: JBSWY3DPEHPK3PXP",
            "Setup key - JBSWY3DPEHPK3PXP",
            "Setup key JBSWY3DPEHPK3PXP",
            "Setup keyJBSWY3DPEHPK3PXP",
            "Secret key = JBSWY3DPEHPK3PXP==",
            "Chiave segreta – jbsw y3dp ehpk 3pxp",
        ] {
            for params in [TOTP, OtpParams::Steam] {
                let bytes = b"Hello!\xde\xad\xbe\xef".to_vec();
                assert_eq!(read(text, params), [(Alphabet::Base32, bytes)], "{text:?}");
            }
        }
    }

    #[test]
    fn a_name_is_part_of_the_secret_if_only_that_decodes() {
        for text in ["SECRETKEY2", "SECRET ABCD", "SETUP KEY AAAA"] {
            let whole = Secret::parse_base32(text).unwrap().as_bytes().to_vec();
            assert_eq!(read(text, TOTP), [(Alphabet::Base32, whole)]);
        }
    }

    #[test]
    fn hexadecimal_is_decoded_for_every_kind() {
        let hex = "3132333435363738393031323334353637383930";
        let bytes = b"12345678901234567890".to_vec();
        for params in [TOTP, OtpParams::Steam] {
            assert_eq!(read(hex, params), [(Alphabet::Hex, bytes.clone())]);
            assert_eq!(
                read(&format!("Key: 0x{hex}"), params),
                [(Alphabet::Hex, bytes.clone())]
            );
        }
    }

    #[test]
    fn a_text_of_two_encodings_has_two_readings() {
        for (text, params) in [
            ("ABCDEF234567ABCD", TOTP),
            ("Key: abcd ef23 4567 abcd", TOTP),
            ("ABCDEF234567ABCDEF234567ABCDEF234567ABCD", OtpParams::Steam),
        ] {
            let alphabets: Vec<_> = read(text, params)
                .into_iter()
                .map(|(alphabet, _)| alphabet)
                .collect();
            assert_eq!(alphabets, [Alphabet::Base32, Alphabet::Hex], "{text}");
        }
        // 24 symbols of base32 between three dashes are 27 symbols of base64.
        let alphabets: Vec<_> = read("JBSWY3DP-EHPK3PXP-JBSWY3-AA", OtpParams::Steam)
            .into_iter()
            .map(|(alphabet, _)| alphabet)
            .collect();
        assert_eq!(alphabets, [Alphabet::Base32, Alphabet::Base64]);
    }

    #[test]
    fn base64_is_decoded_for_steam_only_and_of_its_length_only() {
        let bytes = b"12345678901234567890".to_vec();
        for text in [
            "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=",
            "shared_secret: MTIzNDU2Nzg5MDEyMzQ1Njc4OTA",
        ] {
            assert_eq!(
                read(text, OtpParams::Steam),
                [(Alphabet::Base64, bytes.clone())]
            );
            assert!(parse_typed_secret(text, TOTP).is_err(), "{text}");
        }
        for text in [
            "MTIzNDU2Nzg5MDEyMzQ1Njc4OQ==",
            "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAx",
        ] {
            assert!(
                parse_typed_secret(text, OtpParams::Steam).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn a_typing_error_is_reported_with_its_position() {
        let wrong = |character, position| {
            Some(SecretError::Character {
                character,
                position,
            })
        };
        for (text, error) in [
            ("JBSWY3DP0HPK3PXP", wrong('0', 9)),
            ("Key: JBSW1", wrong('1', 10)),
            ("Setup key - JBSW0", wrong('0', 17)),
            ("ABCDEF0123456789A", wrong('0', 7)),
            ("12345678", wrong('1', 1)),
            ("AB:CD:EF", wrong(':', 3)),
            ("JBSW:Y3DPEHPK3PXP", wrong(':', 5)),
            ("ABCD:EFGHIJKLMNOP", wrong(':', 5)),
            ("", Some(SecretError::Empty)),
            ("Key: ", Some(SecretError::Empty)),
            ("JBSWY3DPE", Some(SecretError::Length { characters: 9 })),
            (
                "Key: JBSWY3DPE",
                Some(SecretError::Length { characters: 9 }),
            ),
        ] {
            for params in [TOTP, OtpParams::Steam] {
                assert_eq!(parse_typed_secret(text, params).err(), error, "{text:?}");
            }
        }
    }
}
