use std::fmt;

use zeroize::Zeroizing;

/// What one QR code holds.
#[derive(Clone, PartialEq, Eq)]
pub enum QrCode {
    /// A whole text.
    Whole(String),
    /// One part of a text that several codes hold together.
    Part(Part),
}

impl QrCode {
    /// The text, or none if this is only a part of one.
    pub fn into_whole(self) -> Option<String> {
        match self {
            Self::Whole(text) => Some(text),
            Self::Part(_) => None,
        }
    }
}

/// The length only: what a code holds is a secret.
impl fmt::Debug for QrCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(text) => write!(f, "Whole({} bytes)", text.len()),
            Self::Part(part) => part.fmt(f),
        }
    }
}

/// One part of a text that several QR codes hold together: structured append (ISO/IEC 18004 §8).
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    index: u8,
    count: u8,
    parity: u8,
    bytes: Zeroizing<Vec<u8>>,
    text: Zeroizing<String>,
}

impl Part {
    /// The most parts that a text can have.
    pub const MAX_COUNT: u8 = 16;

    /// Part `index`, from 0, of `count`. `parity` is the XOR of all bytes of the whole text; `bytes` are those of this part,
    /// and `text` is what they say alone.
    ///
    /// None if there is no such part: `index` is below `count`, and that is 1 to [`Self::MAX_COUNT`].
    pub fn new(index: u8, count: u8, parity: u8, bytes: Vec<u8>, text: String) -> Option<Self> {
        (index < count && count <= Self::MAX_COUNT).then_some(Self {
            index,
            count,
            parity,
            bytes: Zeroizing::new(bytes),
            text: Zeroizing::new(text),
        })
    }

    /// Which part, from 0.
    pub fn index(&self) -> u8 {
        self.index
    }

    /// How many parts the text has.
    pub fn count(&self) -> u8 {
        self.count
    }

    /// XOR of all bytes of the whole text, as the code says.
    pub fn parity(&self) -> u8 {
        self.parity
    }

    /// The bytes of this part: a character may begin in one part and end in the next.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What the bytes say alone, in the encoding that the code names or that is likely.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Its place and length only: what a code holds is a secret.
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
