//! Normalises typed and pasted characters: full-width forms, digits of other scripts, and separators between groups.

/// The zero of every set of decimal digits (Unicode category Nd) outside ASCII. The digits 1 to 9 follow it.
const ZEROS: [u32; 65] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650,
    0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50,
    0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

/// The ASCII equivalent of a full-width character (U+FF01 to U+FF5E) or of a decimal digit of another script.
/// Other characters are returned unchanged, because none has a single certain ASCII equivalent.
pub fn to_ascii(character: char) -> char {
    let ascii = match u32::from(character) {
        0..=0x7f => return character,
        code @ 0xff01..=0xff5e => Some(code - 0xfee0),
        code => {
            let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last();
            zero.map(|zero| code - zero)
                .filter(|value| *value < 10)
                .map(|value| u32::from('0') + value)
        }
    };
    ascii.and_then(char::from_u32).unwrap_or(character)
}

/// Whether users and services put this character between groups: white space, dashes, invisible characters.
pub fn is_separator(character: char) -> bool {
    let is_dash = matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}');
    character.is_whitespace() || is_dash || is_invisible(character)
}

/// The soft hyphen, zero-width characters, and the controls of the writing direction.
pub fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_characters_become_ascii() {
        for (typed, expected) in [
            ('Ａ', 'A'),
            ('ｚ', 'z'),
            ('２', '2'),
            ('－', '-'),
            ('：', ':'),
        ] {
            assert_eq!(to_ascii(typed), expected);
        }
    }

    #[test]
    fn digits_of_all_scripts_become_ascii() {
        for typed in ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡"]
        {
            assert_eq!(
                typed.chars().map(to_ascii).collect::<String>(),
                "0123456789"
            );
        }
        assert!(ZEROS.is_sorted());
        for code in ZEROS.iter().flat_map(|zero| *zero..zero + 10) {
            let digit = char::from_u32(code).unwrap();
            assert!(
                digit.is_numeric() && to_ascii(digit).is_ascii_digit(),
                "{code:x}"
            );
        }
    }

    #[test]
    fn other_characters_are_unchanged() {
        for character in [
            'a', '0', 'é', 'ſ', '²', '①', '一', '½', '\u{65f}', '\u{66a}', '�',
        ] {
            assert_eq!(to_ascii(character), character);
        }
    }

    #[test]
    fn dashes_and_white_space_separate() {
        for character in [
            ' ', '\t', '\u{a0}', '\u{2009}', '\u{202f}', '\u{3000}', '\u{200b}', '\u{202a}',
            '\u{2069}', '-', '–', '—', '−',
        ] {
            assert!(is_separator(character), "{character:?}");
        }
        for character in ['.', '_', ':', '=', '0', 'A'] {
            assert!(!is_separator(character));
        }
    }
}
