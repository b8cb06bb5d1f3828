//! The links in a text.

mod enclosed;
mod end;
mod key;
mod lines;
mod rest;
mod start;

pub use start::starts;

use zeroize::Zeroizing;

use super::{OtpauthError, vendor};

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A QR code or a deep link, which a program wrote: what stands behind a link belongs to it.
    Program,
    /// A text that was pasted, typed or shared: there may be words and punctuation around a link.
    Person,
}

/// One link of a text: for [`KeyUri::parse`](super::KeyUri::parse), or a transfer code.
///
/// It holds a secret, so it has neither `Debug` nor `Display` nor `Serialize`.
pub struct Link {
    /// The link, on one line.
    pub text: Zeroizing<String>,
    /// It was broken over lines, which were joined.
    pub lines_joined: bool,
}

/// The links in a text, wherever they stand, in their order; and an error for each part that was meant to be a link and
/// is none. There is always one item at least: the reason, where the text holds no link.
///
/// - A link begins with the scheme of an authenticator or of a vendor's app and ends before the next one. From a
///   [`Source::Person`] it also ends at white space behind which it cannot go on, at the closing sign of a pair that was
///   opened before it, and before the punctuation of a sentence.
/// - A link that was broken over lines is joined. Where it is not sure whether the next word belongs to it, and its
///   secret or a number would be another one, it is [`OtpauthError::BrokenLink`].
/// - A line without a link that holds a `secret=` or another scheme is an error of its own; other words are passed over.
pub fn find_links(text: &str, source: Source) -> Vec<Result<Link, OtpauthError>> {
    let starts = starts(text);
    let Some(&first) = starts.first() else {
        return vec![Err(without_link(text))];
    };
    let mut found = Vec::with_capacity(starts.len());
    found.extend(stray(&text[..first]));
    for (index, &start) in starts.iter().enumerate() {
        let next = starts.get(index + 1).copied().unwrap_or(text.len());
        let is_last = next == text.len();
        let (link, rest) = lines::read(&text[..start], &text[start..next], is_last, source);
        found.push(link);
        found.extend(stray(rest));
    }
    found
}

/// What a text without a link is.
fn without_link(text: &str) -> OtpauthError {
    if key::is_bare(text) {
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

/// The lines beside the links that were meant to be links.
fn stray(text: &str) -> impl Iterator<Item = Result<Link, OtpauthError>> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| was_meant(line)).map(|line| {
        Err(match vendor::classify(line) {
            OtpauthError::WebAddress => OtpauthError::NotOtpauth,
            other => other,
        })
    })
}

/// A web address in a mail is none of it.
fn was_meant(line: &str) -> bool {
    let line = line.to_ascii_lowercase();
    line.contains("secret=")
        || line.match_indices("://").any(|(at, _)| {
            let before = &line[..at];
            !before.ends_with("http") && !before.ends_with("https")
        })
}

#[cfg(test)]
mod tests;
