//! Base64 (RFC 4648 §4 and §5), which Steam uses for its shared secrets.

use data_encoding::BASE64_NOPAD;
use zeroize::{Zeroize, Zeroizing};

use crate::characters::{is_invisible, to_ascii};

/// Decodes base64 of the standard or the URL-safe alphabet, but not a mixture, with correct padding or without. White space
/// and invisible characters are ignored. `None` for other texts.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    // Allocated once, because a growing buffer leaves copies.
    let mut symbols = Zeroizing::new(Vec::with_capacity(text.len()));
    let is_ignored = |c: char| c.is_whitespace() || is_invisible(c);
    for character in text.chars().map(to_ascii).filter(|c| !is_ignored(*c)) {
        symbols.push(u8::try_from(character).ok()?);
    }
    let padding = symbols.iter().rev().take_while(|c| **c == b'=').count();
    if padding > 0 && (padding > 2 || symbols.len() % 4 != 0) {
        return None;
    }
    let length = symbols.len() - padding;
    symbols.truncate(length);
    let is_standard = symbols.iter().any(|c| matches!(c, b'+' | b'/'));
    for symbol in symbols.iter_mut() {
        match symbol {
            b'-' | b'_' if is_standard => return None,
            b'-' => *symbol = b'+',
            b'_' => *symbol = b'/',
            _ => {}
        }
    }
    let mut bytes = vec![0; BASE64_NOPAD.decode_len(symbols.len()).ok()?];
    if BASE64_NOPAD.decode_mut(&symbols, &mut bytes).is_err() {
        bytes.zeroize();
        return None;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_alphabet_with_padding_or_without() {
        for text in [
            "+/+/MQ==",
            "+/+/MQ",
            "-_-_MQ==",
            "-_-_MQ",
            " +/+/\u{a0}M Q= =\n",
            "＋／＋／ＭＱ＝＝",
        ] {
            assert_eq!(decode(text), Some(vec![0xfb, 0xff, 0xbf, b'1']), "{text}");
        }
    }

    #[test]
    fn other_texts_are_not_base64() {
        // Both alphabets, padding that is wrong or inside, bits behind the last byte, impossible lengths and characters.
        for text in [
            "+/-_MQ==",
            "+/+/MQ=",
            "+/+/MQ===",
            "MQ==MQ==",
            "MR==",
            "MQMQM",
            "=",
            "M.QQ",
            "MQé",
        ] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
