//! The bytes of one file, and what a power cut does to them.

use std::ops::Range;

/// The bytes of a file as programs see them, and as they are safe on disk.
#[derive(Clone, Default)]
pub struct Bytes {
    pub seen: Vec<u8>,
    pub safe: Vec<u8>,
    /// Whether the next fsync has something to write. A failed fsync clears this, too.
    pub dirty: bool,
    /// Unsafe writes in place. A power cut can affect only these ranges.
    in_place: Vec<InPlace>,
}

#[derive(Clone)]
struct InPlace {
    range: Range<usize>,
    /// Like [`Bytes::dirty`].
    dirty: bool,
}

impl Bytes {
    /// A file whose bytes are safe.
    pub fn safe(bytes: &[u8]) -> Self {
        Self {
            seen: bytes.into(),
            safe: bytes.into(),
            ..Self::default()
        }
    }

    /// Overwrites some bytes.
    pub fn overwrite(&mut self, at: usize, bytes: &[u8]) {
        let range = at..at + bytes.len();
        self.seen[range.clone()].copy_from_slice(bytes);
        self.in_place.push(InPlace { range, dirty: true });
    }

    /// An fsync of the writes in place; `works` tells whether it succeeds.
    pub fn sync_in_place(&mut self, works: bool) {
        for written in &mut self.in_place {
            if std::mem::take(&mut written.dirty) && works {
                let range = written.range.clone();
                self.safe[range.clone()].copy_from_slice(&self.seen[range]);
            }
        }
        let (seen, safe) = (&self.seen, &self.safe);
        self.in_place
            .retain(|written| seen[written.range.clone()] != safe[written.range.clone()]);
    }

    /// The bytes after a power cut.
    pub fn after_power_cut(&self, torn: Torn) -> Vec<u8> {
        if self.seen == self.safe {
            return self.safe.clone();
        }
        if self.in_place.is_empty() {
            return torn(&self.seen, &self.safe);
        }
        let mut bytes = self.safe.clone();
        for InPlace { range, .. } in &self.in_place {
            let part = torn(&self.seen[range.clone()], &self.safe[range.clone()]);
            bytes[range.start..range.start + part.len()].copy_from_slice(&part);
        }
        bytes
    }
}

/// What a power cut makes of unsynced bytes: from the visible and the safe bytes to the bytes that are there
/// afterwards.
pub type Torn = fn(&[u8], &[u8]) -> Vec<u8>;

/// Everything that can happen to unsynced bytes.
pub const TORN: [Torn; 6] = [
    |_, safe| safe.to_vec(),
    |_, _| Vec::new(),
    |seen, _| seen[..seen.len() / 2].to_vec(),
    |seen, safe| {
        let mut bytes = safe.to_vec();
        bytes.resize(seen.len(), 0);
        let half = seen.len() / 2;
        bytes[half..].copy_from_slice(&seen[half..]);
        bytes
    },
    |seen, _| vec![0; seen.len()],
    |seen, _| seen.to_vec(),
];
