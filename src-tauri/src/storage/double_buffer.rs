//! A small file that is rewritten in place as a double buffer: of its two halves, one is always complete.
//!
//! Each half is [`HALF`] bytes:
//!
//! | bytes | what |
//! |---|---|
//! | 8 | `TRSQHALF` |
//! | 8 | sequence number, big-endian; the half with the higher one is the newest |
//! | 4 | length of the payload, big-endian |
//! | length | the payload |
//! | | zeros up to the checksum |
//! | 32 | SHA-256 of all bytes of this half before it |
//!
//! A write replaces the older half and leaves the newest alone. If the power is cut during the write, the
//! payload before it can still be read. A half is one block of common file systems and disks, so that writing
//! one does not touch the other.

use sha2::{Digest, Sha256};

/// Length of a half in bytes.
pub(super) const HALF: usize = 4096;

const MAGIC: &[u8; 8] = b"TRSQHALF";
const HEAD: usize = MAGIC.len() + 8 + 4;
const CHECKSUM: usize = 32;
/// Maximum length of a payload.
const PAYLOAD_MAX: usize = HALF - HEAD - CHECKSUM;

/// Which half holds a payload, and its sequence number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// 0 or 1.
    half: usize,
    sequence: u64,
}

impl Position {
    /// The position of the newest payload in a new file.
    pub(super) const FIRST: Self = Self {
        half: 1,
        sequence: 1,
    };

    /// The position of the next payload, or `None` if the sequence numbers are used up, which only a forged
    /// file can cause.
    pub(super) fn next(self) -> Option<Self> {
        Some(Self {
            half: 1 - self.half,
            sequence: self.sequence.checked_add(1)?,
        })
    }

    /// Offset of this half in the file.
    pub(super) fn offset(self) -> u64 {
        (self.half * HALF) as u64
    }

    /// The bytes of this half with `payload`, or `None` if that is too long.
    pub(super) fn encode(self, payload: &[u8]) -> Option<Vec<u8>> {
        if payload.len() > PAYLOAD_MAX {
            return None;
        }
        let mut bytes = Vec::with_capacity(HALF);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.sequence.to_be_bytes());
        bytes.extend_from_slice(&(payload.len() as u32).to_be_bytes());
        bytes.extend_from_slice(payload);
        bytes.resize(HALF - CHECKSUM, 0);
        let checksum = Sha256::digest(&bytes);
        bytes.extend_from_slice(&checksum);
        Some(bytes)
    }
}

/// The bytes of a new file with `payload` in both halves, or `None` if that is too long.
pub(super) fn new_file(payload: &[u8]) -> Option<Vec<u8>> {
    let older = Position {
        half: 0,
        sequence: 0,
    };
    let mut bytes = older.encode(payload)?;
    bytes.extend(Position::FIRST.encode(payload)?);
    Some(bytes)
}

/// What a file contains.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Contents {
    /// Both halves are complete. Holds the newest payload.
    Both(Vec<u8>, Position),
    /// Only one half is complete.
    One(Vec<u8>, Position),
    /// Neither half is complete.
    Neither,
}

/// Reads both halves of a file.
pub(super) fn read(file: &[u8]) -> Contents {
    match (read_half(file, 0), read_half(file, 1)) {
        (Some(first), Some(second)) => {
            let newest = if first.1.sequence > second.1.sequence {
                first
            } else {
                second
            };
            Contents::Both(newest.0, newest.1)
        }
        (Some((payload, position)), None) | (None, Some((payload, position))) => {
            Contents::One(payload, position)
        }
        (None, None) => Contents::Neither,
    }
}

fn read_half(file: &[u8], half: usize) -> Option<(Vec<u8>, Position)> {
    let bytes = file.get(half * HALF..(half + 1) * HALF)?;
    let (bytes, checksum) = bytes.split_at(HALF - CHECKSUM);
    if Sha256::digest(bytes)[..] != *checksum {
        return None;
    }
    let rest = bytes.strip_prefix(MAGIC)?;
    let (sequence, rest) = rest.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let position = Position {
        half,
        sequence: u64::from_be_bytes(*sequence),
    };
    Some((rest.get(..length)?.to_vec(), position))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file whose newest payload was written in place, and the position of that payload.
    fn written() -> (Vec<u8>, Position) {
        let mut file = new_file(b"older").unwrap();
        let position = Position::FIRST.next().unwrap();
        write(&mut file, position, b"newest");
        (file, position)
    }

    fn write(file: &mut [u8], position: Position, payload: &[u8]) {
        let at = position.offset() as usize;
        file[at..at + HALF].copy_from_slice(&position.encode(payload).unwrap());
    }

    #[test]
    fn the_newest_payload_is_read_after_any_number_of_writes() {
        let (mut file, mut position) = written();
        assert_eq!(file.len(), 2 * HALF);
        for payload in [&b""[..], b"a", &[7; PAYLOAD_MAX]] {
            position = position.next().unwrap();
            write(&mut file, position, payload);
            assert_eq!(read(&file), Contents::Both(payload.into(), position));
        }
        assert_eq!(position.encode(&[7; PAYLOAD_MAX + 1]), None);
    }

    #[test]
    fn a_new_file_has_the_payload_twice() {
        let file = new_file(b"new").unwrap();
        assert_eq!(read(&file), Contents::Both(b"new".into(), Position::FIRST));
        for half in [0, 1] {
            let mut damaged = file.clone();
            damaged[half * HALF] ^= 1;
            assert!(matches!(read(&damaged), Contents::One(payload, _) if payload == b"new"));
        }
    }

    #[test]
    fn any_damage_of_the_newest_half_leaves_the_previous_payload() {
        let (file, position) = written();
        let older = Contents::One(b"older".into(), Position::FIRST);
        let at = position.offset() as usize;
        for byte in at..at + HALF {
            for bit in [0x01, 0x80] {
                let mut damaged = file.clone();
                damaged[byte] ^= bit;
                assert_eq!(read(&damaged), older, "byte {byte}");
            }
        }
    }

    #[test]
    fn any_damage_of_the_older_half_leaves_the_newest_payload() {
        let (file, position) = written();
        let newest = Contents::One(b"newest".into(), position);
        let at = Position::FIRST.offset() as usize;
        for byte in at..at + HALF {
            let mut damaged = file.clone();
            damaged[byte] ^= 1;
            assert_eq!(read(&damaged), newest, "byte {byte}");
        }
    }

    #[test]
    fn a_truncated_file_has_one_half_or_none() {
        let (file, position) = written();
        assert_eq!(position.offset(), 0, "the newest half is the first here");
        for length in 0..file.len() {
            let expected = if length < HALF {
                Contents::Neither
            } else {
                Contents::One(b"newest".into(), position)
            };
            assert_eq!(read(&file[..length]), expected, "{length} bytes");
        }
    }

    #[test]
    fn an_interrupted_write_leaves_the_previous_payload() {
        let (file, position) = written();
        let next = position.next().unwrap();
        let at = next.offset() as usize;
        let half = next.encode(b"next").unwrap();
        for length in 0..HALF {
            let mut torn = file.clone();
            torn[at..at + length].copy_from_slice(&half[..length]);
            let payload = match read(&torn) {
                Contents::Both(payload, _) | Contents::One(payload, _) => payload,
                Contents::Neither => panic!("both halves are lost after {length} bytes"),
            };
            assert_eq!(payload, b"newest", "{length} bytes");
        }
    }

    #[test]
    fn the_last_sequence_number_has_no_next() {
        let last = Position {
            half: 0,
            sequence: u64::MAX,
        };
        assert_eq!(last.next(), None);
    }
}
