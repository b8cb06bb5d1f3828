//! What a power cut makes of the bytes of one file.

use std::ops::Range;

/// The bytes of a file, as programs see them and as they are safe.
#[derive(Clone, Default)]
pub struct Bytes {
    pub seen: Vec<u8>,
    pub safe: Vec<u8>,
    /// What the next fsync writes; a failed one leaves nothing for the next.
    pub dirty: bool,
    /// What was written in place and is not safe: only these bytes may be lost.
    in_place: Vec<InPlace>,
}

#[derive(Clone)]
struct InPlace {
    range: Range<usize>,
    /// As [`Bytes::dirty`].
    dirty: bool,
}

impl Bytes {
    /// Bytes that are safe.
    pub fn safe(bytes: &[u8]) -> Self {
        Self {
            seen: bytes.into(),
            safe: bytes.into(),
            ..Self::default()
        }
    }

    /// Some bytes are written over.
    pub fn overwrite(&mut self, at: usize, bytes: &[u8]) {
        let range = at..at + bytes.len();
        self.seen[range.clone()].copy_from_slice(bytes);
        self.in_place.push(InPlace { range, dirty: true });
    }

    /// An fsync of what was written in place.
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

    /// As they may come back after a power cut.
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

/// What a power cut makes of unsynced bytes: what was seen and what was safe, to what comes back.
pub type Torn = fn(&[u8], &[u8]) -> Vec<u8>;

/// All that can happen to them.
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
