use std::fmt;

use zeroize::Zeroizing;

/// The content of one QR code.
#[derive(Clone, PartialEq, Eq)]
pub enum QrCode {
    /// A whole text.
    Whole(String),
    /// One part of a text that is split over several codes.
    Part(Part),
}

impl QrCode {
    /// The text, or `None` for a part of one.
    pub fn into_whole(self) -> Option<String> {
        match self {
            Self::Whole(text) => Some(text),
            Self::Part(_) => None,
        }
    }
}

/// Prints only the length: the content of a code is a secret.
impl fmt::Debug for QrCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(text) => write!(f, "Whole({} bytes)", text.len()),
            Self::Part(part) => part.fmt(f),
        }
    }
}

/// One part of a text that is split over several QR codes: structured append (ISO/IEC 18004 §8).
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    index: u8,
    count: u8,
    parity: u8,
    bytes: Zeroizing<Vec<u8>>,
    text: Zeroizing<String>,
}

impl Part {
    /// The largest number of parts of a text.
    pub const MAX_COUNT: u8 = 16;

    /// `index` counts from 0; `parity` is the XOR of all bytes of the whole text; `text` is `bytes`, decoded without
    /// the other parts.
    ///
    /// `None` unless `index < count <= MAX_COUNT`.
    pub fn new(index: u8, count: u8, parity: u8, bytes: Vec<u8>, text: String) -> Option<Self> {
        (index < count && count <= Self::MAX_COUNT).then_some(Self {
            index,
            count,
            parity,
            bytes: Zeroizing::new(bytes),
            text: Zeroizing::new(text),
        })
    }

    /// The position of this part, from 0.
    pub fn index(&self) -> u8 {
        self.index
    }

    /// The number of parts of the text.
    pub fn count(&self) -> u8 {
        self.count
    }

    /// The XOR of all bytes of the whole text, as stored in the code.
    pub fn parity(&self) -> u8 {
        self.parity
    }

    /// The bytes of this part. A character may begin in one part and end in the next.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes decoded alone, in the encoding that the code declares or the likeliest one.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Prints only the position and length: the content of a code is a secret.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (index, count, bytes) = (self.index, self.count, self.bytes.len());
        write!(f, "Part({index} of {count}, {bytes} bytes)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_must_be_below_the_count() {
        let part = |index, count| Part::new(index, count, 0, vec![1], "a".into()).is_some();
        for (index, count, is) in [
            (0, 1, true),
            (15, 16, true),
            (1, 1, false),
            (2, 2, false),
            (0, 0, false),
            (3, 17, false),
        ] {
            assert_eq!(part(index, count), is, "{index} of {count}");
        }
    }

    #[test]
    fn debug_output_contains_no_content() {
        let whole = QrCode::Whole("secret".into());
        let part = Part::new(1, 2, 7, b"secret".to_vec(), "secret".into()).map(QrCode::Part);
        assert_eq!(format!("{whole:?}"), "Whole(6 bytes)");
        assert_eq!(format!("{part:?}"), "Some(Part(1 of 2, 6 bytes))");
    }
}
