//! Every way in which a secret could stand in bytes.
#![allow(dead_code, reason = "each test program takes what it needs of it")]

use data_encoding::{BASE32_NOPAD, BASE64, BASE64URL, HEXLOWER};

/// What is searched for, and what it is a form of.
#[derive(Clone)]
pub struct Trace {
    pub form: String,
    pub bytes: Vec<u8>,
}

fn trace(form: String, bytes: impl Into<Vec<u8>>) -> Trace {
    let bytes = bytes.into();
    Trace { form, bytes }
}

/// A text as it is, and in the two bytes a character that Windows, Java and JavaScript keep it in.
fn written(form: &str, text: &str) -> [Trace; 2] {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [
        trace(form.into(), text),
        trace(format!("{form}, UTF-16"), wide),
    ]
}

/// The base64 of `bytes` within a longer text, for the three places they can begin at, without the ends that their
/// neighbours touch.
fn base64(bytes: &[u8]) -> Vec<(String, String)> {
    (0..3)
        .flat_map(|skip| {
            let whole = &bytes[skip..skip + (bytes.len() - skip) / 3 * 3];
            [
                (format!("base64 at {skip}"), BASE64.encode(whole)),
                (format!("base64url at {skip}"), BASE64URL.encode(whole)),
            ]
        })
        .collect()
}

/// The forms of random bytes: raw, base32 (padded or not: the shorter is in both), base64, hex, a list of numbers.
pub fn of_bytes(name: &str, secret: &[u8]) -> Vec<Trace> {
    let base32 = BASE32_NOPAD.encode(secret);
    let numbers: Vec<String> = secret.iter().map(u8::to_string).collect();
    let mut texts = vec![
        ("base32".to_owned(), base32.clone()),
        ("base32, lower".to_owned(), base32.to_lowercase()),
        ("hex".to_owned(), HEXLOWER.encode(secret)),
        (
            "hex, upper".to_owned(),
            HEXLOWER.encode(secret).to_uppercase(),
        ),
        ("numbers".to_owned(), numbers.join(",")),
    ];
    texts.extend(base64(secret));
    let texts = texts
        .iter()
        .flat_map(|(form, text)| written(&format!("{name}: {form}"), text));
    std::iter::once(trace(format!("{name}: raw"), secret))
        .chain(texts)
        .collect()
}

/// The forms of a text: as it is, in either case, base64, hex.
pub fn of_text(name: &str, text: &str) -> Vec<Trace> {
    let mut texts = vec![
        ("text".to_owned(), text.to_owned()),
        ("hex".to_owned(), HEXLOWER.encode(text.as_bytes())),
    ];
    for (form, other) in [
        ("lower", text.to_lowercase()),
        ("upper", text.to_uppercase()),
    ] {
        if other != text {
            texts.push((form.to_owned(), other));
        }
    }
    texts.extend(base64(text.as_bytes()));
    texts
        .iter()
        .flat_map(|(form, text)| written(&format!("{name}: {form}"), text))
        .collect()
}

/// The forms that stand somewhere in `haystack`.
pub fn found<'a>(haystack: &[u8], traces: impl IntoIterator<Item = &'a Trace>) -> Vec<&'a str> {
    traces
        .into_iter()
        .filter(|trace| contains(haystack, &trace.bytes))
        .map(|trace| trace.form.as_str())
        .collect()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    let Some((first, rest)) = needle.split_first() else {
        return false;
    };
    let mut from = haystack;
    while let Some(at) = from.iter().position(|byte| byte == first) {
        from = &from[at + 1..];
        if from.starts_with(rest) {
            return true;
        }
    }
    false
}
