//! A link over its lines.

use zeroize::Zeroizing;

use super::super::{KeyUri, OtpauthError, query};
use super::end::{self, End};
use super::{Link, Source};

/// No link is broken over more lines.
const MOST_LINES: usize = 256;

/// Signs that are closed behind what they enclose.
const PAIRS: [(char, char); 11] = [
    ('<', '>'),
    ('"', '"'),
    ('\'', '\''),
    ('[', ']'),
    ('{', '}'),
    ('«', '»'),
    ('“', '”'),
    ('„', '“'),
    ('‘', '’'),
    ('`', '`'),
    ('*', '*'),
];

/// The link at the start of `text`, which ends before the next link or with the whole (`is_last`); and what stands
/// behind it.
pub fn read<'a>(
    before: &str,
    text: &'a str,
    is_last: bool,
    source: Source,
) -> (Result<Link, OtpauthError>, &'a str) {
    let text = match source {
        Source::Person => enclosed(before, text),
        Source::Program => text,
    };
    let mut lines = Lines(text);
    let mut link = Joined {
        // Allocated once: growing would leave copies of a secret behind.
        text: Zeroizing::new(String::with_capacity(text.len().min(KeyUri::MAX_TEXT))),
        lines: 0,
    };
    let alone = is_line_start(before);
    let mut end = End::At(0);
    while let Some(line) = lines.peek() {
        if link.lines > 0 {
            // What stands before the next link in its line is a number or a bullet of a list.
            let before_next = !is_last && line.len() == lines.0.len();
            match link.goes_on_with(line, &lines) {
                _ if before_next && !has_known_parameter(line, '&') => break,
                Some(true) => {}
                Some(false) => break,
                None => {
                    end = End::Unsure;
                    break;
                }
            }
        }
        lines.next();
        if link.text.len() + line.len() > KeyUri::MAX_TEXT || link.lines == MOST_LINES {
            let max = KeyUri::MAX_TEXT;
            return (Err(OtpauthError::FieldTooLong { max }), lines.0);
        }
        link.add(line);
        end = match source {
            Source::Person => end::of(&link.text, alone),
            Source::Program if is_last => End::At(link.text.trim_end_matches(is_blank).len()),
            Source::Program => End::At(link.text.trim_end_matches(is_between).len()),
        };
        // Words behind the link: it does not go on in the next line.
        if !matches!(end, End::At(at) if at >= link.text.trim_end_matches(is_between).len()) {
            break;
        }
    }
    (link.until(&end), lines.0)
}

struct Joined {
    text: Zeroizing<String>,
    lines: usize,
}

impl Joined {
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

    /// Whether the next line belongs to the link; none where that is not sure and would change a secret or a number.
    fn goes_on_with(&self, line: &str, lines: &Lines) -> Option<bool> {
        let line = line.trim();
        if line.is_empty() || line.len() > KeyUri::MAX_TEXT {
            return Some(false);
        }
        let is_word = !line.contains(char::is_whitespace);
        let (scheme, _) = self.text.split_once(':').unwrap_or_default();
        if scheme.eq_ignore_ascii_case("steam") {
            let secret = self.text.trim_start_matches(|c| c != '/');
            return secret_goes_on(secret, line, is_word);
        }
        let is_otpauth = scheme.to_ascii_lowercase().contains("otpauth");
        let has_query = self.text.contains('?');
        if !is_otpauth || (begins_with_scheme(line) && !self.ends_open()) {
            return Some(false);
        }
        if lines.come_to_a_parameter() || (!has_query && has_known_parameter(line, '?')) {
            return Some(true);
        }
        let last = end::last_parameter(&self.text);
        let value = last
            .as_ref()
            .map_or("", |last| self.text[last.value..].trim_end());
        let is_padded = value.ends_with('=');
        if is_word && self.ends_open() && !is_padded {
            return Some(true);
        }
        match last {
            Some(last) if last.is("secret") => secret_goes_on(value, line, is_word),
            Some(last) if last.is_number() && line.bytes().all(|byte| byte.is_ascii_digit()) => {
                None
            }
            _ => Some(false),
        }
    }

    /// It ends where no link does.
    fn ends_open(&self) -> bool {
        let text = self.text.trim_end();
        let encoded = text.rfind('%').is_some_and(|at| text.len() - at < 3);
        encoded
            || ends_in_name(text)
            || text.ends_with(['=', '&', '?', '/', ':', '-', '%'])
            || !text.contains('?')
    }
}

/// Whether a link ends within the name of a parameter.
fn ends_in_name(text: &str) -> bool {
    let part = text.rsplit(['?', '&']).next().unwrap_or_default();
    let part = part.to_ascii_lowercase();
    let begins = |name: &str| name.len() > part.len() && name.starts_with(&part);
    !part.is_empty() && query::KNOWN.iter().any(|name| begins(name))
}

/// Whether a secret goes on with this line; none where it might.
fn secret_goes_on(value: &str, line: &str, is_word: bool) -> Option<bool> {
    let part = line.split('&').next().unwrap_or_default();
    let symbols = part.trim_end_matches(['.', ',', ';']);
    let is_base32 = |c| matches!(c, 'A'..='Z' | 'a'..='z' | '2'..='7' | '=');
    if !is_word || !symbols.chars().all(is_base32) || in_another_case(value, part) {
        return Some(false);
    }
    // A word of letters alone may be a word.
    let is_sure = value.is_empty() || part.contains(|c: char| c.is_ascii_digit() || c == '=');
    is_sure.then_some(true)
}

/// One has only capitals and the other has none of them, or both.
fn in_another_case(value: &str, word: &str) -> bool {
    let upper = |text: &str| text.contains(|c: char| c.is_ascii_uppercase());
    let lower = |text: &str| text.contains(|c: char| c.is_ascii_lowercase());
    let is_mixed = |text: &str| upper(text) && lower(text);
    !is_mixed(value) && ((upper(value) && lower(word)) || (lower(value) && upper(word)))
}

/// Whether a parameter that means something here follows this sign.
fn has_known_parameter(line: &str, sign: char) -> bool {
    line.match_indices(sign).any(|(at, _)| {
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

/// The text up to the sign that closes the pair which was opened directly before it. In Markdown, `[name](link)`.
fn enclosed<'a>(before: &str, text: &'a str) -> &'a str {
    let Some(opener) = before.chars().next_back() else {
        return text;
    };
    if opener == '(' {
        return &text[..closing_bracket(text)];
    }
    let closer = PAIRS.iter().find(|(open, _)| *open == opener);
    let end = closer.and_then(|(_, close)| text.find(*close));
    &text[..end.unwrap_or(text.len())]
}

/// Where the bracket closes that was opened before the text.
fn closing_bracket(text: &str) -> usize {
    let mut depth = 1;
    let end = text.char_indices().find(|(_, character)| {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.map_or(text.len(), |(at, _)| at)
}

fn is_line_start(before: &str) -> bool {
    let line = before.rsplit(is_line_end).next().unwrap_or_default();
    line.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}')
        .is_empty()
}

/// What stands between the links of a list.
fn is_between(character: char) -> bool {
    is_blank(character) || matches!(character, ';' | ',' | '|')
}

fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

fn is_line_end(character: char) -> bool {
    matches!(
        character,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Lines ended by LF, CR LF, a lone CR, or what Unicode has beside them.
struct Lines<'a>(&'a str);

impl<'a> Lines<'a> {
    /// Whether the next lines are single words that, joined, come to a parameter.
    fn come_to_a_parameter(&self) -> bool {
        let mut lines = Lines(self.0);
        let mut joined = Zeroizing::new(String::new());
        for _ in 0..MOST_LINES {
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
