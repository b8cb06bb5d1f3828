//! Where a link ends that stands among words.

use super::super::{query, text};
use super::rest::{self, Place};
use crate::name::folded;

/// What a line of a link says of its last parameter.
pub struct Last<'a> {
    /// Its name, as it is written.
    pub name: &'a str,
    /// Where its value begins in the line.
    pub value: usize,
}

impl Last<'_> {
    pub fn is(&self, name: &str) -> bool {
        query::is_named(self.name, name)
    }

    /// Its value is a number or a fixed word.
    pub fn is_number(&self) -> bool {
        ["digits", "period", "counter", "algorithm"]
            .iter()
            .any(|name| self.is(name))
    }
}

/// The last parameter of a line that means something here, or that has no white space before it.
pub fn last_parameter(line: &str) -> Option<Last<'_>> {
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
            .is_some_and(|last: &Last| !line[last.value..at].contains(char::is_whitespace));
        if known || (has_value && unbroken) || (is_first && mark == "?" && has_value) {
            last = Some(Last {
                name,
                value: begins,
            });
        }
    }
    last
}

/// How a line of a link goes on behind its last parameter's first word.
pub enum End {
    /// The link ends here, at this byte of the line.
    At(usize),
    /// The next word may belong to the secret or to a number.
    Unsure,
}

/// Where a link ends in a line of a person's text that begins with it. `alone` says that nothing stands before it in
/// its line.
pub fn of(line: &str, alone: bool) -> End {
    let Some(last) = last_parameter(line) else {
        // A label may have blanks; without a query it goes on in the next line.
        return End::At(line.trim_end().len());
    };
    let value = &line[last.value..];
    let first_word = last.value + value.find(char::is_whitespace).unwrap_or(value.len());
    let rest = line[first_word..].trim();
    let shown = line[..first_word].trim_end();
    let is_secret = last.is("secret") || last.is_number();
    if shown.ends_with('…') || shown.ends_with("...") || (is_secret && shown.ends_with("..")) {
        // An app that shows a long text cut short.
        return End::Unsure;
    }
    if rest.is_empty() {
        return End::At(without_punctuation(line, first_word, &last));
    }
    if last.is("secret") {
        return after_secret(line, &last, first_word);
    }
    if last.is_number() {
        return if rest::of_number(rest) {
            End::Unsure
        } else {
            End::At(first_word)
        };
    }
    if last.is("issuer") {
        if let Some(end) = end_of_issuer(line, &last) {
            return End::At(end);
        }
        if alone {
            return End::At(without_punctuation(line, line.trim_end().len(), &last));
        }
    }
    End::At(without_punctuation(line, first_word, &last))
}

/// A secret may be in groups: words with a digit, or as long as the first, in the same case.
fn after_secret(line: &str, last: &Last, first_word: usize) -> End {
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
    if rest::of_secret(first, &line[first_word..], Place::Next) {
        return End::Unsure;
    }
    End::At(without_punctuation(line, first_word, last))
}

/// As many ends of a name are looked at.
const MOST_ENDS: usize = 64;

/// The end of the value that says the same as the label's issuer, where one does.
fn end_of_issuer(line: &str, last: &Last) -> Option<usize> {
    let issuer = label_issuer(line)?;
    let value = &line[last.value..];
    let ends = value.char_indices().filter(|(_, c)| is_after_word(*c));
    let ends = ends.map(|(at, _)| at).take(MOST_ENDS).chain([value.len()]);
    let is_issuer = |end: &usize| {
        let said = text::decode_name(&text::spaced(&value[..*end]));
        folded(&said) == issuer
    };
    // The longest: punctuation may be a part of the name.
    ends.filter(is_issuer)
        .map(|end| last.value + value[..end].trim_end().len())
        .max()
}

/// The label's part before its first colon, folded.
fn label_issuer(line: &str) -> Option<String> {
    let (path, _) = line.split_once('?')?;
    let (_, label) = path.split_once("://")?.1.split_once('/')?;
    let label = text::decode_name(label);
    let (issuer, _) = label.split_once(':')?;
    Some(folded(issuer)).filter(|issuer| !issuer.is_empty())
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

/// The end without the punctuation of the sentence around. A bracket that was opened inside stays.
fn without_punctuation(line: &str, end: usize, last: &Last) -> usize {
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
