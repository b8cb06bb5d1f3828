use super::vendor::VENDORS;

/// Schemes whose links hold a secret. The longer ones come first where one ends like another.
const OURS: [&str; 5] = [
    "otpauth-migration",
    "apple-otpauth",
    "otpauth",
    "steam",
    "motp",
];

/// Where the links of a text begin, ascending.
///
/// A scheme counts where no letter, digit or sign of a scheme stands before it. `otpauth` and what ends like it also
/// count directly behind another link: nothing of a link may pass for a part of the one before.
pub fn starts(text: &str) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    for (at, _) in text.match_indices(':') {
        let Some(start) = scheme_start(text, at) else {
            continue;
        };
        let follows_a_link = starts
            .last()
            .is_some_and(|last| !text[*last..start].contains(char::is_whitespace));
        let stands_apart = !text[..start].chars().next_back().is_some_and(is_of_scheme);
        let is_otpauth = text[start..at].to_ascii_lowercase().contains("otpauth");
        if stands_apart || (follows_a_link && is_otpauth) {
            starts.push(start);
        }
    }
    starts
}

/// Where the known scheme begins that ends at this colon.
fn scheme_start(text: &str, colon: usize) -> Option<usize> {
    let before = &text.as_bytes()[..colon];
    let has_slashes = text[colon..].starts_with("://");
    let ends_with = |scheme: &str| {
        let start = before.len().checked_sub(scheme.len())?;
        before[start..]
            .eq_ignore_ascii_case(scheme.as_bytes())
            .then_some(start)
    };
    // A broken otpauth link is one too, whatever follows its colon at the start of a text.
    let ours = OURS.iter().filter_map(|scheme| {
        let start = ends_with(scheme)?;
        (has_slashes || scheme.contains("otpauth") && start == 0).then_some(start)
    });
    let vendors = VENDORS
        .iter()
        .filter(|_| has_slashes)
        .filter_map(|(scheme, _)| ends_with(scheme));
    ours.chain(vendors).min()
}

fn is_of_scheme(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '+' | '-' | '.' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_stands_apart() {
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
