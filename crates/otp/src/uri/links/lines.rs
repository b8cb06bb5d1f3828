//! A link over its lines.

use zeroize::Zeroizing;

use super::super::{KeyUri, OtpauthError, query};
use super::enclosed::enclosed;
use super::end::{self, End};
use super::rest::{self, Place};
use super::{Link, Source};

/// No link is broken over more lines.
const MOST_LINES: usize = 256;

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
            let before_next = !is_last && line.len() == lines.0.len();
            match link.goes_on_with(line, &lines, before_next) {
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
    if let End::At(at) = end
        && link.may_be_cut(at, lines.next_words())
    {
        end = End::Unsure;
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
    fn goes_on_with(&self, line: &str, lines: &Lines, before_next: bool) -> Option<bool> {
        let line = line.trim();
        let place = if line.is_empty() {
            Place::Paragraph
        } else {
            Place::Next
        };
        if before_next && rest::is_list_mark(line) {
            return Some(false);
        }
        if before_next && rest::is_bare_number(line) && self.may_go_on_with(line, place) {
            return None;
        }
        if begins_with_name(line) && !self.text.trim_end().ends_with(['&', '?', ';']) {
            // The sign between two parameters is gone.
            return None;
        }
        let next = lines.next_words();
        if line.is_empty() && begins_with_parameter(next) {
            return Some(true);
        }
        if !line.is_empty() && self.surely_goes_on_with(line, lines) {
            return Some(true);
        }
        let words = if line.is_empty() { next } else { line };
        match self.may_go_on_with(words, place) {
            true => None,
            false => Some(false),
        }
    }

    fn surely_goes_on_with(&self, line: &str, lines: &Lines) -> bool {
        if line.len() > KeyUri::MAX_TEXT {
            return false;
        }
        let is_word = !line.contains(char::is_whitespace);
        if let Some(secret) = self.steam_secret() {
            return is_rest_of_secret(secret, line, is_word);
        }
        let has_query = self.text.contains('?');
        if !self.is_otpauth() || (begins_with_scheme(line) && !self.ends_open()) {
            return false;
        }
        if lines.come_to_a_parameter() || (!has_query && has_known_parameter(line, '?')) {
            return true;
        }
        let last = end::last_parameter(&self.text);
        let value = self.value(last.as_ref());
        (is_word && self.ends_open() && !value.ends_with('='))
            || last.is_some_and(|last| last.is("secret")) && is_rest_of_secret(value, line, is_word)
    }

    /// Whether these words may be a part of the secret, of a number or of a fixed word at the end of the link.
    fn may_go_on_with(&self, words: &str, place: Place) -> bool {
        if let Some(secret) = self.steam_secret() {
            return rest::of_secret(secret, words, place);
        }
        let Some(last) = end::last_parameter(&self.text).filter(|_| self.is_otpauth()) else {
            return false;
        };
        let value = self.value(Some(&last));
        if last.is("secret") {
            rest::of_secret(value, words, place)
        } else if last.is("encoder") {
            rest::of_word(value, "steam", words)
        } else if last.is("data") {
            let is_padded =
                value.ends_with('=') || value.ends_with("%3D") || value.ends_with("%3d");
            !is_padded && rest::of_base64(words)
        } else {
            last.is_number() && rest::of_number(words)
        }
    }

    /// Whether the link, which ends here, may be cut short: `words` stand in the next line that has any.
    fn may_be_cut(&self, end: usize, words: &str) -> bool {
        let only_signs = !self.text[end..].contains(char::is_alphanumeric);
        has_known_parameter(words, '&')
            || only_signs
                && end < self.text.trim_end().len()
                && self.may_go_on_with(words, Place::Next)
    }

    fn is_otpauth(&self) -> bool {
        let (scheme, _) = self.text.split_once(':').unwrap_or_default();
        scheme.to_ascii_lowercase().contains("otpauth")
    }

    /// What a link of Steam holds.
    fn steam_secret(&self) -> Option<&str> {
        let (scheme, rest) = self.text.split_once(':')?;
        let is_steam = scheme.eq_ignore_ascii_case("steam");
        is_steam.then(|| rest.trim_start_matches('/').trim_end())
    }

    fn value(&self, last: Option<&end::Last>) -> &str {
        last.map_or("", |last| self.text[last.value..].trim_end())
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

/// Whether a secret surely goes on with this line: a word of letters alone may be a word.
fn is_rest_of_secret(value: &str, line: &str, is_word: bool) -> bool {
    let part = line.split('&').next().unwrap_or_default();
    let symbols = part.trim_end_matches(['.', ',', ';']);
    let is_base32 = |c| matches!(c, 'A'..='Z' | 'a'..='z' | '2'..='7' | '=');
    is_word
        && symbols.chars().all(is_base32)
        && !rest::in_another_case(value, part)
        && (value.is_empty() || part.contains(|c: char| c.is_ascii_digit() || c == '='))
}

/// Whether a line begins with the name of a parameter that means something here, and `=`.
fn begins_with_name(line: &str) -> bool {
    let key = line.split_once('=').map(|(key, _)| key);
    key.is_some_and(|key| query::KNOWN.iter().any(|name| query::is_named(key, name)))
}

/// Whether a line begins with a parameter that means something here.
fn begins_with_parameter(line: &str) -> bool {
    let key = line.split(['=', '?']).next().unwrap_or_default();
    line.starts_with('&') && !key[1..].contains('&') && has_known_parameter(line, '&')
}

/// Whether a parameter that means something here follows this sign.
pub fn has_known_parameter(line: &str, sign: char) -> bool {
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

pub fn is_line_end(character: char) -> bool {
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

    /// The next line that is not blank; empty where there is none.
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
