//! Whether words behind a link may be the rest of its last value.

use zeroize::Zeroizing;

use super::super::text;
use crate::characters::{is_invisible, plain};

/// The scheme of another link, directly behind the rest of a secret.
const OTPAUTH: &[u8] = b"otpauth";

/// Where the words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the same line, or in the next one.
    Next,
    /// Behind an empty line.
    Paragraph,
}

/// Whether `words` may begin with the rest of a secret that begins with `secret`: in whatever case, in groups, behind the
/// marks of a quotation or a list. A word with a colon behind it is none, nor one of letters alone in another case than the
/// secret; nor, behind an empty line, a short one.
pub fn of_secret(secret: &str, words: &str, place: Place) -> bool {
    let (first, is_only) = first_word(&text::spaced(words));
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
    let is_long_enough = match place {
        Place::Next => true,
        Place::Paragraph => is_only && word.len() >= 8,
    };
    is_long_enough && !in_another_case(secret, word)
}

/// Whether `words` may begin with the rest of a number.
pub fn of_number(words: &str) -> bool {
    let (first, _) = first_word(words);
    !is_list_number(words) && first.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether `words` may begin with the rest of a text in base64.
pub fn of_base64(words: &str) -> bool {
    let (first, is_only) = first_word(words);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '-' | '_');
    let stands_out = first.contains(|c: char| !c.is_ascii_alphabetic());
    first.chars().all(is_part) && !first.is_empty() && (is_only || stands_out || first.len() >= 16)
}

/// Whether `words` may begin with the rest of a fixed word, of which `value` is there.
pub fn of_word(value: &str, whole: &str, words: &str) -> bool {
    let rest = whole.strip_prefix(&*value.to_ascii_lowercase());
    let next = rest.and_then(|rest| rest.chars().next());
    let (first, _) = first_word(words);
    next.is_some_and(|next| first.starts_with([next, next.to_ascii_uppercase()]))
}

/// One has only capitals and the other has none of them, or both.
pub fn in_another_case(value: &str, word: &str) -> bool {
    let upper = |text: &str| text.contains(|c: char| c.is_ascii_uppercase());
    let lower = |text: &str| text.contains(|c: char| c.is_ascii_lowercase());
    let is_mixed = |text: &str| upper(text) && lower(text);
    !is_mixed(value) && ((upper(value) && lower(word)) || (lower(value) && upper(word)))
}

/// The first word, decoded, without the signs before it; and whether nothing but signs stands behind it.
fn first_word(words: &str) -> (Zeroizing<String>, bool) {
    let decoded = text::decode_name(words);
    let decoded = decoded.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (first, rest) = decoded
        .split_once(char::is_whitespace)
        .unwrap_or((decoded, ""));
    // Allocated once: growing would leave copies of a secret behind.
    let mut visible = Zeroizing::new(String::with_capacity(first.len()));
    visible.extend(first.chars().filter(|c| !is_invisible(*c)).map(plain));
    let is_only = !rest.contains(char::is_alphanumeric);
    (visible, is_only)
}

/// A bullet, or a number of a list with its `.` or `)`.
pub fn is_list_mark(words: &str) -> bool {
    let mark = words.trim_matches(|c: char| c.is_whitespace() || is_invisible(c));
    let number = mark.trim_matches(|c: char| !c.is_alphanumeric());
    let is_number = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    number.is_empty() || (is_number && mark.ends_with(['.', ')']))
}

/// A number alone: of a list, or the rest of a secret.
pub fn is_bare_number(words: &str) -> bool {
    words.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2. ` or `2) ` and something behind it.
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
    fn what_may_be_the_rest_of_a_secret() {
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
            assert!(of_secret("JBSWY3DP", words, Place::Next), "{words}");
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
            assert!(!of_secret("JBSWY3DP", words, Place::Next), "{words}");
        }
        for (words, place, expected) in [
            ("MERCI", Place::Paragraph, false),
            ("GEZDGNBVGYTTQOJQ", Place::Paragraph, true),
            ("GEZDGNBVGYTTQOJQ PLUS", Place::Paragraph, false),
            ("GEZD 3NBV", Place::Paragraph, false),
            ("GEZ3 NBVG", Place::Paragraph, true),
        ] {
            assert_eq!(of_secret("JBSWY3DP", words, place), expected, "{words}");
        }
    }

    #[test]
    fn what_may_be_the_rest_of_other_values() {
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
