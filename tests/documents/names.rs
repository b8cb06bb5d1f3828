//! Names between backticks in a document, and the search for them in a text.

/// The content of a text in backticks.
pub fn code(text: &str) -> Option<&str> {
    let code = text.strip_prefix('`')?.strip_suffix('`')?;
    (!code.is_empty() && !code.contains('`')).then_some(code)
}

/// Whether a text contains each part of `Type::name` as a whole word.
pub fn has_name(text: &str, name: &str) -> bool {
    name.split("::").all(|word| has_word(text, word))
}

fn has_word(text: &str, word: &str) -> bool {
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        !before.ends_with(inside) && !after.starts_with(inside)
    })
}
