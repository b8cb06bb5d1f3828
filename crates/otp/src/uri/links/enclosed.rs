//! Cuts a link at the bracket or quotation mark that encloses it.

use super::lines::{has_known_parameter, is_line_end};

/// Opening and closing characters.
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

/// The text up to the character that closes the pair opened directly before it, as in Markdown's `[name](link)`.
pub fn enclosed<'a>(before: &str, text: &'a str) -> &'a str {
    let Some(opener) = before.chars().next_back() else {
        return text;
    };
    let end = if opener == '(' {
        closing_bracket(text)
    } else {
        let closer = PAIRS.iter().find(|(open, _)| *open == opener);
        let ends = closer.map(|(_, close)| text.match_indices(*close));
        let mut ends = ends.into_iter().flatten().map(|(at, _)| at);
        ends.find(|at| closes(text, *at))
    };
    &text[..end.unwrap_or(text.len())]
}

/// Whether the character at `at` may close the pair: it is not within a word, and no parameter follows it.
fn closes(text: &str, at: usize) -> bool {
    let mut behind = text[at..].chars();
    behind.next();
    let line = behind.as_str().split(is_line_end).next();
    let line = line.unwrap_or_default();
    !line.starts_with(char::is_alphanumeric) && !has_known_parameter(line, '&')
}

/// The index of the bracket that closes the one before the text.
fn closing_bracket(text: &str) -> Option<usize> {
    let mut depth = 1;
    let end = text.char_indices().find(|(at, character)| {
        match character {
            '(' => depth += 1,
            ')' if depth > 1 || closes(text, *at) => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    end.map(|(at, _)| at)
}
