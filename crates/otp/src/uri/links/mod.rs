//! Finds the links in a text.

mod bare_secret;
mod continuation;
mod enclosed;
mod end;
mod lines;
mod start;

pub use start::starts;

use zeroize::Zeroizing;

use super::{OtpauthError, vendor};

/// Who wrote a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A program: a QR code or a deep link. Words after a link belong to it.
    Program,
    /// The user: a pasted, typed or shared text. A link may be surrounded by words and punctuation.
    User,
}

/// One link of a text, for [`KeyUri::parse`](super::KeyUri::parse), or a transfer code.
///
/// It contains a secret, so it has neither `Debug` nor `Display` nor `Serialize`.
pub struct Link {
    /// The link, on one line.
    pub text: Zeroizing<String>,
    /// Whether it was split over several lines, which were joined.
    pub lines_joined: bool,
}

/// Finds all links in a text, in their order. Each part that looks like a link but is none gives an error. If the text has no
/// link, the only item is the reason.
///
/// - A link begins with the scheme of an authenticator or of a vendor's app and ends before the next one. In a text of
///   [`Source::User`] it also ends at white space after which it cannot continue, at the closing bracket or quotation mark of
///   a pair that was opened before it, and before the punctuation of a sentence.
/// - A link that was split over several lines is joined. If it is uncertain whether the next word belongs to it, and that
///   word would change its secret or a number, it is [`OtpauthError::BrokenLink`].
/// - A line without a link that contains `secret=` or another scheme gives an error. Other words are ignored.
pub fn find_links(text: &str, source: Source) -> Vec<Result<Link, OtpauthError>> {
    let starts = starts(text);
    let Some(&first) = starts.first() else {
        return vec![Err(without_link(text))];
    };
    let mut found = Vec::with_capacity(starts.len());
    found.extend(failed_links(&text[..first]));
    for (index, &start) in starts.iter().enumerate() {
        let next = starts.get(index + 1).copied().unwrap_or(text.len());
        let is_last = next == text.len();
        let (link, rest) = lines::read(&text[..start], &text[start..next], is_last, source);
        found.push(link);
        found.extend(failed_links(rest));
    }
    found
}

/// The error for a text without a link.
fn without_link(text: &str) -> OtpauthError {
    if bare_secret::is_bare_secret(text) {
        return OtpauthError::BareSecret;
    }
    let whole = [text.trim()].into_iter();
    let lines = text.lines().map(str::trim);
    whole
        .chain(lines)
        .map(vendor::classify)
        .find(|error| *error != OtpauthError::NotOtpauth)
        .unwrap_or(OtpauthError::NotOtpauth)
}

/// An error for each line that looks like a link.
fn failed_links(text: &str) -> impl Iterator<Item = Result<Link, OtpauthError>> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| looks_like_link(line)).map(|line| {
        Err(match vendor::classify(line) {
            OtpauthError::WebAddress => OtpauthError::NotOtpauth,
            other => other,
        })
    })
}

/// Whether a line contains `secret=` or a scheme other than `http` and `https`, which are common in mails.
fn looks_like_link(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    line.contains("secret=")
        || line.match_indices("://").any(|(at, _)| {
            let before = &line[..at];
            !before.ends_with("http") && !before.ends_with("https")
        })
}

#[cfg(test)]
mod tests;
