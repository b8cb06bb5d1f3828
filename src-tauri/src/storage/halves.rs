//! A small file that is rewritten in place: two halves, of which one is always whole.
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
//! A write replaces the older half and leaves the newest alone. If the power is cut during the write, the newest of
//! before can still be read. A half is one block of the file systems and of the disks in use, so that writing one does
//! not touch the other.

use sha2::{Digest, Sha256};

/// Bytes of one half.
pub(super) const HALF: usize = 4096;

const MAGIC: &[u8; 8] = b"TRSQHALF";
const HEAD: usize = MAGIC.len() + 8 + 4;
const CHECKSUM: usize = 32;
/// The longest payload.
const PAYLOAD_MAX: usize = HALF - HEAD - CHECKSUM;

/// Where the newest payload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// 0 or 1.
    half: usize,
    sequence: u64,
}

impl Place {
    /// Where the newest payload of a new file is.
    pub(super) const FIRST: Self = Self {
        half: 1,
        sequence: 1,
    };

    /// Where the next payload goes; none once the numbers are used up, which only a forged file can bring about.
    pub(super) fn next(self) -> Option<Self> {
        Some(Self {
            half: 1 - self.half,
            sequence: self.sequence.checked_add(1)?,
        })
    }

    /// Where this half begins in the file.
    pub(super) fn offset(self) -> u64 {
        (self.half * HALF) as u64
    }

    /// The bytes of this half with `payload`; none where it is too long.
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

/// All bytes of a new file, `payload` in both halves; none where it is too long.
pub(super) fn new_file(payload: &[u8]) -> Option<Vec<u8>> {
    let older = Place {
        half: 0,
        sequence: 0,
    };
    let mut bytes = older.encode(payload)?;
    bytes.extend(Place::FIRST.encode(payload)?);
    Some(bytes)
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// Both halves are whole; the payload of the newest.
    Both(Vec<u8>, Place),
    /// One half is whole.
    One(Vec<u8>, Place),
    /// Neither is.
    Neither,
}

/// Reads a file of two halves.
pub(super) fn read(file: &[u8]) -> Found {
    match (read_half(file, 0), read_half(file, 1)) {
        (Some(first), Some(second)) => {
            let newest = if first.1.sequence > second.1.sequence {
                first
            } else {
                second
            };
            Found::Both(newest.0, newest.1)
        }
        (Some((payload, place)), None) | (None, Some((payload, place))) => {
            Found::One(payload, place)
        }
        (None, None) => Found::Neither,
    }
}

fn read_half(file: &[u8], half: usize) -> Option<(Vec<u8>, Place)> {
    let bytes = file.get(half * HALF..(half + 1) * HALF)?;
    let (bytes, checksum) = bytes.split_at(HALF - CHECKSUM);
    if Sha256::digest(bytes)[..] != *checksum {
        return None;
    }
    let rest = bytes.strip_prefix(MAGIC)?;
    let (sequence, rest) = rest.split_first_chunk()?;
    let (length, rest) = rest.split_first_chunk()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let place = Place {
        half,
        sequence: u64::from_be_bytes(*sequence),
    };
    Some((rest.get(..length)?.to_vec(), place))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file whose newest payload was written in place, and what it holds.
    fn written() -> (Vec<u8>, Place) {
        let mut file = new_file(b"older").unwrap();
        let place = Place::FIRST.next().unwrap();
        write(&mut file, place, b"newest");
        (file, place)
    }

    fn write(file: &mut [u8], place: Place, payload: &[u8]) {
        let at = place.offset() as usize;
        file[at..at + HALF].copy_from_slice(&place.encode(payload).unwrap());
    }

    #[test]
    fn the_newest_is_read_however_often_it_was_written() {
        let (mut file, mut place) = written();
        assert_eq!(file.len(), 2 * HALF);
        for payload in [&b""[..], b"a", &[7; PAYLOAD_MAX]] {
            place = place.next().unwrap();
            write(&mut file, place, payload);
            assert_eq!(read(&file), Found::Both(payload.into(), place));
        }
        assert_eq!(place.encode(&[7; PAYLOAD_MAX + 1]), None);
    }

    #[test]
    fn a_new_file_has_the_payload_twice() {
        let file = new_file(b"new").unwrap();
        assert_eq!(read(&file), Found::Both(b"new".into(), Place::FIRST));
        for half in [0, 1] {
            let mut damaged = file.clone();
            damaged[half * HALF] ^= 1;
            assert!(matches!(read(&damaged), Found::One(payload, _) if payload == b"new"));
        }
    }

    #[test]
    fn any_damage_of_the_newest_half_leaves_the_one_before() {
        let (file, place) = written();
        let older = Found::One(b"older".into(), Place::FIRST);
        let at = place.offset() as usize;
        for byte in at..at + HALF {
            for bit in [0x01, 0x80] {
                let mut damaged = file.clone();
                damaged[byte] ^= bit;
                assert_eq!(read(&damaged), older, "byte {byte}");
            }
        }
    }

    #[test]
    fn any_damage_of_the_older_half_leaves_the_newest() {
        let (file, place) = written();
        let newest = Found::One(b"newest".into(), place);
        let at = Place::FIRST.offset() as usize;
        for byte in at..at + HALF {
            let mut damaged = file.clone();
            damaged[byte] ^= 1;
            assert_eq!(read(&damaged), newest, "byte {byte}");
        }
    }

    #[test]
    fn a_file_that_is_cut_short_has_one_half_or_none() {
        let (file, place) = written();
        assert_eq!(place.offset(), 0, "the newest half is the first here");
        for length in 0..file.len() {
            let expected = if length < HALF {
                Found::Neither
            } else {
                Found::One(b"newest".into(), place)
            };
            assert_eq!(read(&file[..length]), expected, "{length} bytes");
        }
    }

    #[test]
    fn a_write_that_stops_anywhere_leaves_the_payload_before_it() {
        let (file, place) = written();
        let next = place.next().unwrap();
        let at = next.offset() as usize;
        let half = next.encode(b"next").unwrap();
        for length in 0..HALF {
            let mut torn = file.clone();
            torn[at..at + length].copy_from_slice(&half[..length]);
            let payload = match read(&torn) {
                Found::Both(payload, _) | Found::One(payload, _) => payload,
                Found::Neither => panic!("both are gone after {length} bytes"),
            };
            assert_eq!(payload, b"newest", "{length} bytes");
        }
    }

    #[test]
    fn the_last_sequence_number_has_no_next() {
        let last = Place {
            half: 0,
            sequence: u64::MAX,
        };
        assert_eq!(last.next(), None);
    }
}
