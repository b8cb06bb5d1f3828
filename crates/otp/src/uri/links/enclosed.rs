//! A link within brackets or quotation marks.

use super::lines::{has_known_parameter, is_line_end};

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

/// The text up to the sign that closes the pair which was opened directly before it. In Markdown, `[name](link)`.
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

/// Whether the sign here may close what encloses the link: it is not within a word, and no parameter follows it.
fn closes(text: &str, at: usize) -> bool {
    let mut behind = text[at..].chars();
    behind.next();
    let line = behind.as_str().split(is_line_end).next();
    let line = line.unwrap_or_default();
    !line.starts_with(char::is_alphanumeric) && !has_known_parameter(line, '&')
}

/// Where the bracket closes that was opened before the text.
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
