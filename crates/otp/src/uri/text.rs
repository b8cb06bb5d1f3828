use encoding_rs::WINDOWS_1252;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use zeroize::Zeroizing;

/// Percent-decodes a name; a `%` without two hex digits after it is kept. Bytes that are not UTF-8 are decoded as
/// Windows-1252, which services that do not write UTF-8 use and which has a character for every byte.
pub fn decode_name(text: &str) -> Zeroizing<String> {
    let bytes = decode_bytes(text.as_bytes());
    Zeroizing::new(match str::from_utf8(&bytes) {
        Ok(name) => name.to_owned(),
        Err(_) => WINDOWS_1252
            .decode_without_bom_handling(&bytes)
            .0
            .into_owned(),
    })
}

/// Percent-decodes; `None` if the result is not UTF-8.
pub fn decode(text: &str) -> Option<Zeroizing<String>> {
    let bytes = decode_bytes(text.as_bytes());
    let text = str::from_utf8(&bytes).ok()?;
    Some(Zeroizing::new(text.to_owned()))
}

/// Replaces each `+` by a space, as in form encoding.
pub fn plus_to_space(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.replace('+', " "))
}

/// The characters to escape in a text that is partly encoded: `%` stays.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'%')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@');

/// The canonical encoding of a text whose bytes are not UTF-8; [`is_kept_encoded`] recognises it.
pub fn keep_encoded(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// Whether [`keep_encoded`] made this text.
pub fn is_kept_encoded(text: &str) -> bool {
    text.contains('%') && decode(text).is_none() && keep_encoded(text) == text
}

fn decode_bytes(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    // Allocated once, because a growing buffer leaves copies of a secret.
    let mut decoded = Zeroizing::new(Vec::with_capacity(bytes.len()));
    decoded.extend(percent_decode(bytes));
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_and_plus() {
        let both = |text| {
            let decoded = |text: &str| decode(text).unwrap().to_string();
            (decoded(text), decoded(&plus_to_space(text)))
        };
        assert_eq!(both("a+b%2Bc%20d"), ("a+b+c d".into(), "a b+c d".into()));
        assert_eq!(both("100%"), ("100%".into(), "100%".into()));
        assert_eq!(both("%zz%C3%A9%c3%a9é"), ("%zzééé".into(), "%zzééé".into()));
        assert!(decode("%E9").is_none() && decode("%C3").is_none());
    }

    #[test]
    fn names_in_windows_1252() {
        for (text, name) in [
            ("Caf%E9", "Café"),
            ("Caf%C3%A9", "Café"),
            ("%80%99", "€™"),
            ("a%FFb", "aÿb"),
            // UTF-8 and a stray byte: all of it is read as Windows-1252.
            ("%C3%A9%E9", "Ã©é"),
        ] {
            assert_eq!(*decode_name(text), name);
        }
    }
}
