//! Decides whether words after a link may continue its last value.

use zeroize::Zeroizing;

use super::super::text;
use crate::characters::{is_invisible, to_ascii};

/// The scheme of another link, which may follow the secret directly.
const OTPAUTH: &[u8] = b"otpauth";

/// What is between the value and the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// White space or one line break.
    WithinParagraph,
    /// An empty line.
    NewParagraph,
}

/// Whether `words` may begin with the continuation of `secret`: in any case, in groups, after the marks of a quotation or a list.
/// A word before a colon does not continue it, nor a word of letters alone in another case than the secret, nor a short word
/// after an empty line.
pub fn of_secret(secret: &str, words: &str, gap: Gap) -> bool {
    let (first, is_only) = first_word(&text::plus_to_space(words));
    let word = first.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '=');
    if is_list_number(words) || word.is_empty() || first.ends_with(':') {
        return false;
    }
    let mut parts = word.as_bytes().windows(OTPAUTH.len());
    if parts.any(|part| part.eq_ignore_ascii_case(OTPAUTH)) {
        return true;
    }
    let is_part = |c: char| matches!(c, 'A'..='Z' | 'a'..='z' | '2'..='7' | '=' | '-');
    if !word.chars().all(is_part) {
        return false;
    }
    if word.contains(|c: char| c.is_ascii_digit() || c == '=') {
        return true;
    }
    let is_long_enough = match gap {
        Gap::WithinParagraph => true,
        Gap::NewParagraph => is_only && word.len() >= 8,
    };
    is_long_enough && !differs_in_case(secret, word)
}

/// Whether `words` may begin with the continuation of a number.
pub fn of_number(words: &str) -> bool {
    let (first, _) = first_word(words);
    !is_list_number(words) && first.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether `words` may begin with the continuation of a base64 text.
pub fn of_base64(words: &str) -> bool {
    let (first, is_only) = first_word(words);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_');
    let is_no_word = first.contains(|c: char| !c.is_ascii_alphabetic());
    first.chars().all(is_part) && !first.is_empty() && (is_only || is_no_word || first.len() >= 16)
}

/// Whether `words` may begin with the continuation of `value`, the beginning of the word `whole`.
pub fn of_word(value: &str, whole: &str, words: &str) -> bool {
    let rest = whole.strip_prefix(&*value.to_ascii_lowercase());
    let next = rest.and_then(|rest| rest.chars().next());
    let (first, _) = first_word(words);
    next.is_some_and(|next| first.starts_with([next, next.to_ascii_uppercase()]))
}

/// Whether `value` has letters of one case only, and `word` has letters of the other.
pub fn differs_in_case(value: &str, word: &str) -> bool {
    let upper = |text: &str| text.contains(|c: char| c.is_ascii_uppercase());
    let lower = |text: &str| text.contains(|c: char| c.is_ascii_lowercase());
    let is_mixed = |text: &str| upper(text) && lower(text);
    !is_mixed(value) && ((upper(value) && lower(word)) || (lower(value) && upper(word)))
}

/// The first word, decoded, without the punctuation before it; and whether only punctuation follows it.
fn first_word(words: &str) -> (Zeroizing<String>, bool) {
    let decoded = text::decode_name(words);
    let decoded = decoded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (first, rest) = decoded
        .split_once(char::is_whitespace)
        .unwrap_or((decoded, ""));
    // Allocated once, because a growing buffer leaves copies of a secret.
    let mut visible = Zeroizing::new(String::with_capacity(first.len()));
    visible.extend(first.chars().filter(|c| !is_invisible(*c)).map(to_ascii));
    let is_only = !rest.contains(char::is_alphanumeric);
    (visible, is_only)
}

/// Whether a text is a bullet, or a list number with `.` or `)`.
pub fn is_list_mark(words: &str) -> bool {
    let mark = words.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let number = mark.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    number.is_empty() || (is_number && mark.ends_with(['.', ')']))
}

/// Whether a text is only digits: a list number, or the continuation of a secret.
pub fn is_bare_number(words: &str) -> bool {
    words.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text begins with a list number, `2. ` or `2) `, and more follows.
fn is_list_number(words: &str) -> bool {
    let words = words.trim_start();
    let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = words.len() - number.len();
    let text = number.strip_prefix(['.', ')']);
    (1..=3).contains(&digits)
        && text.is_some_and(|text| text.starts_with(char::is_whitespace) && !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_may_continue_a_secret() {
        for words in [
            "EHPK3PXP",
            "EHPK 3PXP",
            "ehpk3pxp and then sign in",
            "> EHPK3PXP",
            "- EHPK-3PXP",
            "(EHPK3PXP)",
            "│ EHPK3PXP │",
            "\u{200b}EHPK3PXP",
            "3TQOJQGEZDGNBVGY%3D",
            "%20EHPK3PXP",
            "EHPK+3PXP",
            "MERCI",
            "EHPK3PXPotpauth://totp/x",
            "23 4",
        ] {
            assert!(
                of_secret("JBSWY3DP", words, Gap::WithinParagraph),
                "{words}"
            );
        }
        for words in [
            "",
            "Thanks",
            "please scan",
            "2. Lamp",
            "https://example.org",
            "Name: eva",
            "DESK: eva",
            "EHPK0PXP",
        ] {
            assert!(
                !of_secret("JBSWY3DP", words, Gap::WithinParagraph),
                "{words}"
            );
        }
        for (words, gap, expected) in [
            ("MERCI", Gap::NewParagraph, false),
            ("GEZDGNBVGYTTQOJQ", Gap::NewParagraph, true),
            ("GEZDGNBVGYTTQOJQ PLUS", Gap::NewParagraph, false),
            ("GEZD 3NBV", Gap::NewParagraph, false),
            ("GEZ3 NBVG", Gap::NewParagraph, true),
        ] {
            assert_eq!(of_secret("JBSWY3DP", words, gap), expected, "{words}");
        }
    }

    #[test]
    fn words_that_may_continue_other_values() {
        for words in ["0", "00 seconds", "345,", "> 0", "0."] {
            assert!(of_number(words), "{words}");
        }
        for words in ["", "seconds", "2. Lamp", "2) Lamp"] {
            assert!(!of_number(words), "{words}");
        }
        assert!(of_word("st", "steam", "eam"));
        assert!(!of_word("st", "steam", "Thanks"));
        assert!(!of_word("steam", "steam", "eam"));
        assert!(of_base64("CgIIAQ%3D%3D"));
        assert!(of_base64("Thanks"));
        assert!(!of_base64("Thanks a lot"));
        assert!(!of_base64(""));
    }
}
