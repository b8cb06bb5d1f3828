//! Base32 (RFC 4648 §6), as services print secrets.

use std::sync::LazyLock;

use data_encoding::{BASE32_NOPAD, Encoding, Specification};
use zeroize::{Zeroize, Zeroizing};

use crate::characters::{is_separator, to_ascii};
use crate::{Secret, SecretError};

/// Accepts non-zero trailing bits in the last character, because services issue such secrets.
static LENIENT: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification: Specification = BASE32_NOPAD.specification();
    specification.check_trailing_bits = false;
    specification
        .encoding()
        .expect("a valid specification stays valid with fewer checks")
});

/// Removes separators and padding, and converts to upper case ASCII.
pub fn normalise(text: &str) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    const MAX: usize = (Secret::MAX_BYTES * 8).div_ceil(5);
    // Allocated once, because a growing buffer leaves copies.
    let mut symbols = Zeroizing::new(Vec::with_capacity(text.len().min(MAX)));
    let mut padding = None;
    for (index, character) in text.chars().enumerate() {
        let position = index + 1;
        match (to_ascii(character).to_ascii_uppercase(), padding) {
            (separator, _) if is_separator(separator) => {}
            ('=', _) => padding = padding.or(Some(position)),
            (_, Some(position)) => {
                return Err(SecretError::Character {
                    character: '=',
                    position,
                });
            }
            ('A'..='Z' | '2'..='7', None) if symbols.len() == MAX => {
                return Err(SecretError::TooLong {
                    max: Secret::MAX_BYTES,
                });
            }
            (symbol @ ('A'..='Z' | '2'..='7'), None) => symbols.push(symbol as u8),
            _ => {
                return Err(SecretError::Character {
                    character,
                    position,
                });
            }
        }
    }
    Ok(symbols)
}

/// Decodes the result of [`normalise`]; trailing bits are ignored.
pub fn decode(symbols: &[u8]) -> Result<Vec<u8>, SecretError> {
    let length = SecretError::Length {
        characters: symbols.len(),
    };
    let mut bytes = vec![0; LENIENT.decode_len(symbols.len()).map_err(|_| length)?];
    if LENIENT.decode_mut(symbols, &mut bytes).is_err() {
        bytes.zeroize();
        return Err(length);
    }
    Ok(bytes)
}
