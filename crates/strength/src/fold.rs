//! Normalises case, accents and leetspeak one character to one, so that indices stay valid.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The character in lower case and without its accent.
pub fn fold(c: char) -> char {
    let mut base = None;
    decompose_compatible(c, |part| {
        if base.is_none() && !is_combining_mark(part) {
            base = Some(part);
        }
    });
    let base = base.unwrap_or(c);
    base.to_lowercase().next().unwrap_or(base)
}

/// The letter that a digit or sign stands for in leetspeak; `one` is the letter for `1` and `!`, which may be i or l.
pub fn unleet(c: char, one: char) -> Option<char> {
    Some(match c {
        '4' | '@' => 'a',
        '8' => 'b',
        '(' => 'c',
        '3' | '€' => 'e',
        '6' | '9' => 'g',
        '1' | '!' => one,
        '0' => 'o',
        '5' | '$' => 's',
        '7' | '+' => 't',
        '2' => 'z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_to_one_plain_character() {
        for (from, to) in [
            ('É', 'e'),
            ('ü', 'u'),
            ('Ａ', 'a'),
            ('ß', 'ß'),
            ('Σ', 'σ'),
            ('7', '7'),
        ] {
            assert_eq!(fold(from), to);
        }
    }
}
