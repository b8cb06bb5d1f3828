//! Hexadecimal (RFC 4648 §8), as some services and most hardware tokens print secrets.

use data_encoding::HEXUPPER_PERMISSIVE;
use zeroize::{Zeroize, Zeroizing};

use crate::characters::{is_separator, to_ascii};

/// The fewest digits: no service issues secrets of less than 8 bytes.
const MIN_DIGITS: usize = 16;

/// Decodes an even number of at least 16 hexadecimal digits, in either case, with or without `0x` in front. White space, dashes
/// and invisible characters are ignored. `None` for other texts.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    // Allocated once, because a growing buffer leaves copies.
    let mut digits = Zeroizing::new(Vec::with_capacity(text.len()));
    for character in text.chars().map(to_ascii).filter(|c| !is_separator(*c)) {
        digits.push(u8::try_from(character).ok()?);
    }
    let digits = match &**digits {
        [b'0', b'x' | b'X', digits @ ..] => digits,
        digits => digits,
    };
    if digits.len() < MIN_DIGITS {
        return None;
    }
    let mut bytes = vec![0; HEXUPPER_PERMISSIVE.decode_len(digits.len()).ok()?];
    if HEXUPPER_PERMISSIVE.decode_mut(digits, &mut bytes).is_err() {
        bytes.zeroize();
        return None;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_decoded_with_any_grouping() {
        for text in [
            "3132333435363738",
            " 3132-3334 3536\u{a0}3738 ",
            "0x3132333435363738",
            "３１３２３３３４３５３６３７３８",
        ] {
            assert_eq!(decode(text).as_deref(), Some(&b"12345678"[..]), "{text}");
        }
        assert_eq!(
            decode("DEADbeefDEADbeef"),
            Some(vec![0xde, 0xad, 0xbe, 0xef, 0xde, 0xad, 0xbe, 0xef])
        );
    }

    #[test]
    fn other_texts_are_not_hexadecimal() {
        for text in [
            "",
            "0x",
            "31323334353637",
            "313233343536373",
            "31323334353637389",
            "313233343536373G",
            "31:32:33:34:35:36:37:38",
            "é132333435363738",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
