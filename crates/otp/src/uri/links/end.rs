//! Finds the end of a link in a line of text.

use super::super::{query, text};
use super::continuation::{self, Gap};
use crate::name::fold_name;

/// The last parameter in a line of a link.
pub struct LastParam<'a> {
    /// Its name, still encoded.
    pub name: &'a str,
    /// The index of its value in the line.
    pub value: usize,
}

impl LastParam<'_> {
    pub fn is(&self, name: &str) -> bool {
        query::is_named(self.name, name)
    }

    /// Whether its value is a number or one of few words.
    pub fn is_number(&self) -> bool {
        ["digits", "period", "counter", "algorithm"]
            .iter()
            .any(|name| self.is(name))
    }
}

/// The last parameter of a line that this crate uses, or that has no white space before it.
pub fn last_param(line: &str) -> Option<LastParam<'_>> {
    let mut last = None;
    for (at, mark) in line.match_indices(['?', '&']) {
        let rest = &line[at + mark.len()..];
        let rest = rest.strip_prefix("amp;").unwrap_or(rest);
        let key = rest.split(['&', '?']).next().unwrap_or_default();
        let (name, has_value) = match key.split_once('=') {
            Some((name, _)) => (name, true),
            None => (key, false),
        };
        let begins = line.len() - rest.len() + name.len() + usize::from(has_value);
        let known = query::KNOWN
            .iter()
            .any(|known| query::is_named(name, known));
        let is_first = last.is_none();
        let unbroken = last
            .as_ref()
            .is_some_and(|last: &LastParam| !line[last.value..at].contains(char::is_whitespace));
        if known || (has_value && unbroken) || (is_first && mark == "?" && has_value) {
            last = Some(LastParam {
                name,
                value: begins,
            });
        }
    }
    last
}

/// Where a link ends in a line.
pub enum End {
    /// At this byte of the line.
    At(usize),
    /// Uncertain: the next word may belong to the secret or to a number.
    Uncertain,
}

/// Finds the end of the link that `line` begins with, in a text of the user. `at_line_start` is true if nothing is before it
/// in its line of the text.
pub fn find(line: &str, at_line_start: bool) -> End {
    let Some(last) = last_param(line) else {
        // A label may contain spaces; without a query the link continues in the next line.
        return End::At(line.trim_end().len());
    };
    let value = &line[last.value..];
    let first_word = last.value + value.find(char::is_whitespace).unwrap_or(value.len());
    let rest = line[first_word..].trim();
    let before = line[..first_word].trim_end();
    let is_exact = last.is("secret") || last.is_number();
    if before.ends_with('…') || before.ends_with("...") || (is_exact && before.ends_with("..")) {
        // An app shortened a long text for display.
        return End::Uncertain;
    }
    if rest.is_empty() {
        return End::At(without_punctuation(line, first_word, &last));
    }
    if last.is("secret") {
        return end_of_secret(line, &last, first_word);
    }
    if last.is_number() {
        return if continuation::of_number(rest) {
            End::Uncertain
        } else {
            End::At(first_word)
        };
    }
    if last.is("issuer") {
        if let Some(end) = end_of_issuer(line, &last) {
            return End::At(end);
        }
        if at_line_start {
            return End::At(without_punctuation(line, line.trim_end().len(), &last));
        }
    }
    End::At(without_punctuation(line, first_word, &last))
}

/// The end of a link whose last parameter is the secret. The secret may be in groups: words that have a digit or the length of
/// the first group, in the same case.
fn end_of_secret(line: &str, last: &LastParam, first_word: usize) -> End {
    let first = &line[last.value..first_word];
    let rest: Vec<&str> = line[first_word..].split_whitespace().collect();
    let is_lower = first.contains(|c: char| c.is_ascii_lowercase());
    let could_be = |word: &str| {
        word.trim_end_matches(['.', ',', ';', '='])
            .chars()
            .all(|c| match c {
                'A'..='Z' => !is_lower,
                'a'..='z' => is_lower,
                '2'..='7' | '-' => true,
                _ => false,
            })
    };
    let is_group = |(index, word): (usize, &&str)| {
        let has_digit = word.contains(|c: char| c.is_ascii_digit());
        let is_last = index + 1 == rest.len();
        could_be(word)
            && (has_digit
                || word.len() == first.len()
                || is_last && index > 0 && word.len() < first.len())
    };
    if rest.iter().enumerate().all(is_group) {
        return End::At(without_punctuation(line, line.trim_end().len(), last));
    }
    if continuation::of_secret(first, &line[first_word..], Gap::WithinParagraph) {
        return End::Uncertain;
    }
    End::At(without_punctuation(line, first_word, last))
}

/// The number of possible ends that are tried, to bound the work.
const MAX_ENDS: usize = 64;

/// The end of the issuer's value, if a part of it equals the issuer in the label.
fn end_of_issuer(line: &str, last: &LastParam) -> Option<usize> {
    let issuer = label_issuer(line)?;
    let value = &line[last.value..];
    let ends = value.char_indices().filter(|(_, c)| is_after_word(*c));
    let ends = ends.map(|(at, _)| at).take(MAX_ENDS).chain([value.len()]);
    let is_issuer = |end: &usize| {
        let decoded = text::decode_name(&text::plus_to_space(&value[..*end]));
        fold_name(&decoded) == issuer
    };
    // The longest match, because punctuation may be a part of the name.
    ends.filter(is_issuer)
        .map(|end| last.value + value[..end].trim_end().len())
        .max()
}

/// The folded issuer in the label: the part before its first colon.
fn label_issuer(line: &str) -> Option<String> {
    let (path, _) = line.split_once('?')?;
    let (_, label) = path.split_once("://")?.1.split_once('/')?;
    let label = text::decode_name(label);
    let (issuer, _) = label.split_once(':')?;
    Some(fold_name(issuer)).filter(|issuer| !issuer.is_empty())
}

fn is_after_word(character: char) -> bool {
    character.is_whitespace() || is_punctuation(character) || character == ')'
}

fn is_punctuation(character: char) -> bool {
    matches!(
        character,
        '.' | ',' | ';' | ':' | '…' | '"' | '”' | '»' | '’' | '>' | ']' | '}'
    )
}

/// Moves the end before the punctuation of the surrounding sentence. A bracket that was opened within the link stays.
fn without_punctuation(line: &str, end: usize, last: &LastParam) -> usize {
    if last.is("issuer")
        && let Some(end) = end_of_issuer(&line[..end], last)
    {
        return end;
    }
    let mut link = &line[..end];
    while let Some(character) = link.chars().next_back() {
        let opened = link.matches('(').count() >= link.matches(')').count();
        if !is_punctuation(character) && (character != ')' || opened) {
            break;
        }
        link = link[..link.len() - character.len_utf8()].trim_end();
    }
    link.len().max(last.value)
}
