use super::vendor::VENDORS;

/// Schemes of links that contain a secret. A scheme comes before another one that it ends with.
const SCHEMES: [&str; 5] = [
    "otpauth-migration",
    "apple-otpauth",
    "otpauth",
    "steam",
    "motp",
];

/// The indices where the links of a text begin, ascending.
///
/// A scheme counts only if no letter, digit or other character of schemes is before it. `otpauth` and the schemes that end with
/// it also count directly after another link, so that no link is taken for a part of the one before.
pub fn starts(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    for (at, _) in text.match_indices(':') {
        let Some(start) = scheme_start(text, at) else {
            continue;
        };
        let follows_a_link = starts
            .last()
            .is_some_and(|last| !text[*last..start].contains(char::is_whitespace));
        let is_separate = !text[..start]
            .chars()
            .next_back()
            .is_some_and(is_scheme_character);
        let is_otpauth = text[start..at].to_ascii_lowercase().contains("otpauth");
        if is_separate || (follows_a_link && is_otpauth) {
            starts.push(start);
        }
    }
    starts
}

/// The index of the known scheme that ends at this colon.
fn scheme_start(text: &str, colon: usize) -> Option<usize> {
    let before = &text.as_bytes()[..colon];
    let has_slashes = text[colon..].starts_with("://");
    let ends_with = |scheme: &str| {
        let start = before.len().checked_sub(scheme.len())?;
        before[start..]
            .eq_ignore_ascii_case(scheme.as_bytes())
            .then_some(start)
    };
    // At the start of a text, `otpauth:` counts without slashes, so that a malformed link gives an error of its own.
    let known = SCHEMES.iter().filter_map(|scheme| {
        let start = ends_with(scheme)?;
        (has_slashes || scheme.contains("otpauth") && start == 0).then_some(start)
    });
    let vendors = VENDORS
        .iter()
        .filter(|_| has_slashes)
        .filter_map(|(scheme, _)| ends_with(scheme));
    known.chain(vendors).min()
}

fn is_scheme_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '+' | '-' | '.' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_must_not_continue_a_word() {
        for (text, expected) in [
            ("otpauth://totp/x", &[0][..]),
            ("OtpAuth://totp/x", &[0]),
            ("see otpauth://totp/x", &[4]),
            ("xotpauth://totp/x", &[]),
            ("my-otpauth://totp/x", &[]),
            ("apple-otpauth://totp/x", &[0]),
            ("otpauth-migration://offline", &[0]),
            ("otpauth:totp/x", &[0]),
            ("about otpauth: it is", &[]),
            ("steam://X", &[0]),
            ("Steam: eva", &[]),
            ("(duo://x)", &[1]),
            ("(otpauth://a)otpauth://b", &[1, 13]),
            ("otpauth://aotpauth://b", &[0, 11]),
            ("otpauth://aAPPLE-OTPAUTH://b", &[0, 11]),
            ("otpauth://a xotpauth://b", &[0]),
            ("otpauth://asteam://b", &[0]),
            ("é:otpauth://é:", &[3]),
            ("", &[]),
        ] {
            assert_eq!(starts(text), expected, "{text}");
        }
    }
}
