use percent_encoding::percent_decode;
use zeroize::Zeroizing;

use super::OtpauthError;

/// Percent-decodes; a `%` without two hex digits after it is itself.
pub fn decode(text: &str) -> Result<Zeroizing<String>, OtpauthError> {
    decode_bytes(text.as_bytes())
}

/// Decodes a form's key or value, where `+` is a space.
pub fn decode_form(text: &str) -> Result<Zeroizing<String>, OtpauthError> {
    let mut bytes = Zeroizing::new(text.as_bytes().to_vec());
    for plus in bytes.iter_mut().filter(|byte| **byte == b'+') {
        *plus = b' ';
    }
    decode_bytes(&bytes)
}

fn decode_bytes(bytes: &[u8]) -> Result<Zeroizing<String>, OtpauthError> {
    // Allocated once: growing would leave copies of a secret behind.
    let mut decoded = Zeroizing::new(Vec::with_capacity(bytes.len()));
    decoded.extend(percent_decode(bytes));
    let text = str::from_utf8(&decoded).map_err(|_| OtpauthError::Malformed)?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// A name fit to be shown: line ends and tabs are spaces, other control characters and those that embed, override or
/// isolate a direction of writing are gone (they let one issuer look like another), and so is white space around.
///
/// Joiners stay, for emoji and several scripts are written with them.
pub fn clean_name(text: &str) -> String {
    let is_line_end =
        |c: char| (c.is_control() && c.is_whitespace()) || matches!(c, '\u{2028}' | '\u{2029}');
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let spaced = text.chars().map(|c| if is_line_end(c) { ' ' } else { c });
    let name: String = spaced.filter(|c| !is_hidden(*c)).collect();
    name.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_and_plus() {
        let both = |text| {
            (
                decode(text).unwrap().to_string(),
                decode_form(text).unwrap().to_string(),
            )
        };
        assert_eq!(both("a+b%2Bc%20d"), ("a+b+c d".into(), "a b+c d".into()));
        assert_eq!(both("100%"), ("100%".into(), "100%".into()));
        assert_eq!(both("%zz%C3%A9%c3%a9é"), ("%zzééé".into(), "%zzééé".into()));
        assert_eq!(decode("%E9").err(), Some(OtpauthError::Malformed));
        assert_eq!(decode_form("%C3").err(), Some(OtpauthError::Malformed));
    }

    #[test]
    fn names() {
        assert_eq!(clean_name("  a\tb\r\nc  "), "a b  c");
        assert_eq!(clean_name("a\0b\u{1b}c\u{85}d"), "abc d");
        assert_eq!(
            clean_name("\u{202e}moc.knab\u{202c}\u{2066}x\u{2069}"),
            "moc.knabx"
        );
        assert_eq!(
            clean_name("👩\u{200d}💻 می\u{200c}خواهم"),
            "👩\u{200d}💻 می\u{200c}خواهم"
        );
        assert_eq!(clean_name("שלום \u{feff}"), "שלום");
    }
}
