//! Joins a link that is split over several lines.

use zeroize::Zeroizing;

use super::super::{KeyUri, OtpauthError, query};
use super::continuation::{self, Gap};
use super::enclosed::enclosed;
use super::end::{self, End};
use super::{Link, Source};

/// A link of more lines is refused.
const MAX_LINES: usize = 256;

/// Reads the link at the start of `text`, which ends before the next link or, if `is_last`, at the end of the whole text.
/// Returns the link and the text after it.
pub fn read<'a>(
    before: &str,
    text: &'a str,
    is_last: bool,
    source: Source,
) -> (Result<Link, OtpauthError>, &'a str) {
    let text = match source {
        Source::User => enclosed(before, text),
        Source::Program => text,
    };
    let mut lines = Lines(text);
    let mut link = JoinedLink {
        // Allocated once, because a growing buffer leaves copies of a secret.
        text: Zeroizing::new(String::with_capacity(text.len().min(KeyUri::MAX_TEXT))),
        lines: 0,
    };
    let at_line_start = is_line_start(before);
    let mut end = End::At(0);
    while let Some(line) = lines.peek() {
        if link.lines > 0 {
            let before_next = !is_last && line.len() == lines.0.len();
            match link.continues_with(line, &lines, before_next) {
                Some(true) => {}
                Some(false) => break,
                None => {
                    end = End::Uncertain;
                    break;
                }
            }
        }
        lines.next();
        if link.text.len() + line.len() > KeyUri::MAX_TEXT || link.lines == MAX_LINES {
            let max = KeyUri::MAX_TEXT;
            return (Err(OtpauthError::FieldTooLong { max }), lines.0);
        }
        link.add(line);
        end = match source {
            Source::User => end::find(&link.text, at_line_start),
            Source::Program if is_last => End::At(link.text.trim_end_matches(is_blank).len()),
            Source::Program => End::At(link.text.trim_end_matches(is_list_separator).len()),
        };
        // Words follow the link in this line, so it does not continue in the next one.
        if !matches!(end, End::At(at) if at >= link.text.trim_end_matches(is_list_separator).len())
        {
            break;
        }
    }
    if let End::At(at) = end
        && link.may_be_truncated(at, lines.next_words())
    {
        end = End::Uncertain;
    }
    (link.until(&end), lines.0)
}

struct JoinedLink {
    text: Zeroizing<String>,
    lines: usize,
}

impl JoinedLink {
    fn add(&mut self, line: &str) {
        let kept = self.text.trim_end().len();
        if self.lines > 0 {
            self.text.truncate(kept);
            self.text.push_str(line.trim());
        } else {
            self.text.push_str(line);
        }
        self.lines += 1;
    }

    fn until(mut self, end: &End) -> Result<Link, OtpauthError> {
        let End::At(at) = end else {
            return Err(OtpauthError::BrokenLink);
        };
        self.text.truncate(*at);
        let lines_joined = self.lines > 1;
        Ok(Link {
            text: self.text,
            lines_joined,
        })
    }

    /// Whether the next line belongs to the link; `None` if that is uncertain and would change a secret or a number.
    fn continues_with(&self, line: &str, lines: &Lines, before_next: bool) -> Option<bool> {
        let line = line.trim();
        let gap = if line.is_empty() {
            Gap::NewParagraph
        } else {
            Gap::WithinParagraph
        };
        if before_next && continuation::is_list_mark(line) {
            return Some(false);
        }
        if before_next && continuation::is_bare_number(line) && self.may_continue_with(line, gap) {
            return None;
        }
        if begins_with_param_name(line) && !self.text.trim_end().ends_with(['&', '?', ';']) {
            // The `&` between two parameters is missing.
            return None;
        }
        let next = lines.next_words();
        if line.is_empty() && begins_with_param(next) {
            return Some(true);
        }
        if !line.is_empty() && self.certainly_continues_with(line, lines) {
            return Some(true);
        }
        let words = if line.is_empty() { next } else { line };
        match self.may_continue_with(words, gap) {
            true => None,
            false => Some(false),
        }
    }

    fn certainly_continues_with(&self, line: &str, lines: &Lines) -> bool {
        if line.len() > KeyUri::MAX_TEXT {
            return false;
        }
        let is_word = !line.contains(char::is_whitespace);
        if let Some(secret) = self.steam_secret() {
            return certainly_continues_secret(secret, line, is_word);
        }
        let has_query = self.text.contains('?');
        if !self.is_otpauth() || (begins_with_scheme(line) && !self.ends_incomplete()) {
            return false;
        }
        if lines.join_to_parameter() || (!has_query && has_known_parameter(line, '?')) {
            return true;
        }
        let last = end::last_param(&self.text);
        let value = self.value(last.as_ref());
        (is_word && self.ends_incomplete() && !value.ends_with('='))
            || last.is_some_and(|last| last.is("secret"))
                && certainly_continues_secret(value, line, is_word)
    }

    /// Whether these words may continue the secret, a number or a fixed word at the end of the link.
    fn may_continue_with(&self, words: &str, gap: Gap) -> bool {
        if let Some(secret) = self.steam_secret() {
            return continuation::of_secret(secret, words, gap);
        }
        let Some(last) = end::last_param(&self.text).filter(|_| self.is_otpauth()) else {
            return false;
        };
        let value = self.value(Some(&last));
        if last.is("secret") {
            continuation::of_secret(value, words, gap)
        } else if last.is("encoder") {
            continuation::of_word(value, "steam", words)
        } else if last.is("data") {
            let is_padded =
                value.ends_with('=') || value.ends_with("%3D") || value.ends_with("%3d");
            !is_padded && continuation::of_base64(words)
        } else {
            last.is_number() && continuation::of_number(words)
        }
    }

    /// Whether the link, if it ends at `end`, may be incomplete. `words` is the next line that is not blank.
    fn may_be_truncated(&self, end: usize, words: &str) -> bool {
        let only_signs = !self.text[end..].contains(char::is_alphanumeric);
        has_known_parameter(words, '&')
            || only_signs
                && end < self.text.trim_end().len()
                && self.may_continue_with(words, Gap::WithinParagraph)
    }

    fn is_otpauth(&self) -> bool {
        let (scheme, _) = self.text.split_once(':').unwrap_or_default();
        scheme.to_ascii_lowercase().contains("otpauth")
    }

    /// The secret of a `steam://` link.
    fn steam_secret(&self) -> Option<&str> {
        let (scheme, rest) = self.text.split_once(':')?;
        let is_steam = scheme.eq_ignore_ascii_case("steam");
        is_steam.then(|| rest.trim_start_matches('/').trim_end())
    }

    fn value(&self, last: Option<&end::LastParam>) -> &str {
        last.map_or("", |last| self.text[last.value..].trim_end())
    }

    /// Whether it ends in the middle of a link's syntax.
    fn ends_incomplete(&self) -> bool {
        let text = self.text.trim_end();
        let encoded = text.rfind('%').is_some_and(|at| text.len() - at < 3);
        encoded
            || ends_in_param_name(text)
            || text.ends_with(['=', '&', '?', '/', ':', '-', '%'])
            || !text.contains('?')
    }
}

/// Whether a link ends within a parameter name.
fn ends_in_param_name(text: &str) -> bool {
    let part = text.rsplit(['?', '&']).next().unwrap_or_default();
    let part = part.to_ascii_lowercase();
    let begins = |name: &str| name.len() > part.len() && name.starts_with(&part);
    !part.is_empty() && query::KNOWN.iter().any(|name| begins(name))
}

/// Whether a line certainly continues a secret. A word of letters alone is uncertain.
fn certainly_continues_secret(value: &str, line: &str, is_word: bool) -> bool {
    let part = line.split('&').next().unwrap_or_default();
    let symbols = part.trim_end_matches(['.', ',', ';']);
    let is_base32 = |c| matches!(c, 'A'..='Z' | 'a'..='z' | '2'..='7' | '=');
    is_word
        && symbols.chars().all(is_base32)
        && !continuation::differs_in_case(value, part)
        && (value.is_empty() || part.contains(|c: char| c.is_ascii_digit() || c == '='))
}

/// Whether a line begins with the name of a known parameter and `=`.
fn begins_with_param_name(line: &str) -> bool {
    let key = line.split_once('=').map(|(key, _)| key);
    key.is_some_and(|key| query::KNOWN.iter().any(|name| query::is_named(key, name)))
}

/// Whether a line begins with `&` and a known parameter.
fn begins_with_param(line: &str) -> bool {
    let key = line.split(['=', '?']).next().unwrap_or_default();
    line.starts_with('&') && !key[1..].contains('&') && has_known_parameter(line, '&')
}

/// Whether a known parameter follows `separator` anywhere in the line.
pub fn has_known_parameter(line: &str, separator: char) -> bool {
    line.match_indices(separator).any(|(at, _)| {
        let rest = &line[at + 1..];
        let rest = rest.strip_prefix("amp;").unwrap_or(rest);
        let key = rest.split_once('=').map(|(key, _)| key);
        key.is_some_and(|key| query::KNOWN.iter().any(|name| query::is_named(key, name)))
    })
}

fn begins_with_scheme(line: &str) -> bool {
    let scheme = line.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-')
    })
}

fn is_line_start(before: &str) -> bool {
    let line = before.rsplit(is_line_end).next().unwrap_or_default();
    line.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
        .is_empty()
}

/// Whether a character separates the links of a list.
fn is_list_separator(character: char) -> bool {
    is_blank(character) || matches!(character, ';' | ',' | '|')
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

pub fn is_line_end(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// The remaining lines, which end with LF, CR LF, CR or one of Unicode's other line ends.
struct Lines<'a>(&'a str);

impl<'a> Lines<'a> {
    /// Whether the next lines are single words that, joined, contain a known parameter.
    fn join_to_parameter(&self) -> bool {
        let mut lines = Lines(self.0);
        let mut joined = Zeroizing::new(String::new());
        for _ in 0..MAX_LINES {
            let line = lines.peek().unwrap_or_default().trim();
            if line.is_empty() || line.len() > KeyUri::MAX_TEXT || begins_with_scheme(line) {
                return false;
            }
            joined.push_str(line);
            if joined.starts_with(['&', '=']) || has_known_parameter(&joined, '&') {
                return true;
            }
            if line.contains(char::is_whitespace) {
                return false;
            }
            lines.next();
        }
        false
    }

    /// The next line that is not blank, trimmed; empty if there is none.
    fn next_words(&self) -> &'a str {
        let mut lines = self.0.split(is_line_end).map(str::trim);
        lines.find(|line| !line.is_empty()).unwrap_or_default()
    }

    fn peek(&self) -> Option<&'a str> {
        (!self.0.is_empty()).then(|| self.0.split(is_line_end).next().unwrap_or_default())
    }

    fn next(&mut self) {
        let line = self.peek().unwrap_or_default();
        let rest = &self.0[line.len()..];
        let mut characters = rest.chars();
        self.0 = match characters.next() {
            Some('\r') => characters
                .as_str()
                .strip_prefix('\n')
                .unwrap_or(characters.as_str()),
            _ => characters.as_str(),
        };
    }
}
