use crate::Secret;

/// The length of the shortest secret that services issue: 80 bits.
const MIN_CHARS: usize = 16;

/// Whether a text is only a base32 secret as services print it: one block, or blocks of equal length.
///
/// Ordinary words are valid base32, too. Therefore the secret must have a digit, or be in upper case, or in blocks of four.
pub fn is_bare_secret(text: &str) -> bool {
    let blocks: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter(|block| !block.is_empty())
        .collect();
    let Some((last, others)) = blocks.split_last() else {
        return false;
    };
    let length = |block: &&str| block.chars().count();
    let even = others.first().is_none_or(|first| {
        others.iter().all(|block| length(block) == length(first)) && length(last) <= length(first)
    });
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    let is_upper = !text.contains(|c: char| c.is_lowercase());
    let in_fours = others.len() >= 3 && others.iter().all(|block| length(block) == 4);
    let symbols = blocks
        .iter()
        .map(|block| block.trim_end_matches('=').len())
        .sum::<usize>();
    symbols >= MIN_CHARS
        && even
        && (has_digit || is_upper || in_fours)
        && Secret::parse_base32_of_any_length(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_told_from_words() {
        for key in [
            "JBSWY3DPEHPK3PXP",
            "jbsw y3dp ehpk 3pxp",
            "JBSW-Y3DP-EHPK-3PXP",
            " ABCDEFGHIJKLMNOP\n",
            "abcd efgh ijkl mnop",
            "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DP====",
        ] {
            assert!(is_bare_secret(key), "{key}");
        }
        for other in [
            "",
            "hello world",
            "please scan this picture again",
            "JBSWY3DP",
            "JBSWY3DPEHPK3PX0",
            "JBSWY3DPEHPK3PXP and more",
            "855319 620033",
            "supercalifragilistic",
        ] {
            assert!(!is_bare_secret(other), "{other}");
        }
    }
}
