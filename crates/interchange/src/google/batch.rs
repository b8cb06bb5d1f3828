use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The most hashes that are kept for one position.
const MAX_HASHES: usize = 16;
/// The most batches that are kept; the oldest is dropped first.
const MAX_BATCHES: usize = 100;

/// The position of a code in its batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchPosition {
    /// The id of the batch; 0 if the exporting app writes none.
    pub batch_id: i32,
    /// From 0 to `size` - 1.
    pub index: u32,
    /// The number of codes in the batch, at least 1.
    pub size: u32,
}

/// SHA-256 of a code's protobuf message, to recognise a code that is scanned again.
///
/// It has no `Debug`, because a short secret could be guessed from it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PayloadHash([u8; 32]);

impl PayloadHash {
    pub(super) fn of(message: &[u8]) -> Self {
        Self(Sha256::digest(message).into())
    }
}

/// The codes of one batch that were scanned, in any order.
///
/// If the exporting app writes no batch id, two transfers of the same size look like one batch. Their hashes differ: if a
/// position has two hashes, the batch counts as two transfers, and every position must be scanned twice.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchProgress {
    id: i32,
    size: u32,
    read: BTreeMap<u32, BTreeSet<PayloadHash>>,
}

impl BatchProgress {
    fn contains(&self, position: BatchPosition) -> bool {
        (self.id, self.size) == (position.batch_id, position.size)
    }

    fn add(&mut self, position: BatchPosition, payload_hash: PayloadHash) {
        let hashes = self.read.entry(position.index).or_default();
        if hashes.len() < MAX_HASHES {
            hashes.insert(payload_hash);
        }
    }

    /// The number of different codes scanned at a position, from 0.
    fn codes_at(&self, index: u32) -> u32 {
        self.read
            .get(&index)
            .map_or(0, |hashes| hashes.len() as u32)
    }

    /// The number of transfers mixed in the batch: the most hashes of one position.
    fn transfers(&self) -> u32 {
        let most = self.read.values().map(BTreeSet::len).max();
        most.map_or(1, |most| most as u32)
    }

    /// The number of codes to scan, of all transfers mixed in the batch.
    pub fn size(&self) -> u32 {
        self.transfers() * self.size
    }

    /// The number of different codes scanned.
    pub fn read(&self) -> u32 {
        self.read.values().map(|hashes| hashes.len() as u32).sum()
    }

    /// The positions with codes still to scan, from 1, as Google Authenticator shows them.
    pub fn missing(&self) -> Vec<u32> {
        let transfers = self.transfers();
        (0..self.size)
            .filter(|index| self.codes_at(*index) < transfers)
            .map(|index| index + 1)
            .collect()
    }

    /// The positions, from 1, that have several codes, because transfers are mixed. Empty for batches of one code, which are
    /// always complete.
    pub fn mixed(&self) -> Vec<u32> {
        if self.size == 1 {
            return Vec::new();
        }
        (0..self.size)
            .filter(|index| self.codes_at(*index) > 1)
            .map(|index| index + 1)
            .collect()
    }
}

/// All batches with at least one scanned code, in the order of their first scan.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batches(Vec<BatchProgress>);

impl Batches {
    /// Adds a scanned code to its batch; a repeated one counts once.
    pub fn add(&mut self, position: BatchPosition, payload_hash: PayloadHash) {
        if let Some(batch) = self.0.iter_mut().find(|batch| batch.contains(position)) {
            batch.add(position, payload_hash);
            return;
        }
        if self.0.len() >= MAX_BATCHES {
            self.0.remove(0);
        }
        self.0.push(BatchProgress {
            id: position.batch_id,
            size: position.size,
            read: BTreeMap::from([(position.index, BTreeSet::from([payload_hash]))]),
        });
    }

    /// The batches, in the order of their first scan.
    pub fn iter(&self) -> impl Iterator<Item = &BatchProgress> {
        self.0.iter()
    }

    /// Removes all batches.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(batch_id: i32, index: u32) -> BatchPosition {
        BatchPosition {
            batch_id,
            index,
            size: 3,
        }
    }

    /// Of each batch: read, size, missing, mixed.
    type State = (u32, u32, Vec<u32>, Vec<u32>);

    /// The states after scanning these codes: batch id, index, payload.
    fn states(codes: &[(i32, u32, &str)]) -> Vec<State> {
        let mut all = Batches::default();
        for (batch_id, index, payload) in codes {
            all.add(
                position(*batch_id, *index),
                PayloadHash::of(payload.as_bytes()),
            );
        }
        all.iter()
            .map(|batch| {
                let (read, size) = (batch.read(), batch.size());
                (read, size, batch.missing(), batch.mixed())
            })
            .collect()
    }

    #[test]
    fn codes_are_counted_in_any_order_and_once() {
        let codes = [(7, 2, "c"), (7, 0, "a"), (7, 2, "c"), (7, 0, "a")];
        assert_eq!(states(&codes[..1]), [(1, 3, vec![1, 2], vec![])]);
        assert_eq!(states(&codes), [(2, 3, vec![2], vec![])]);
        let all = [&codes[..], &[(7, 1, "b")]].concat();
        assert_eq!(states(&all), [(3, 3, vec![], vec![])]);
    }

    #[test]
    fn batches_are_counted_separately() {
        let first = [(7, 2, "c"), (-7, 0, "x"), (7, 0, "a"), (-7, 1, "y")];
        assert_eq!(
            states(&first),
            [(2, 3, vec![2], vec![]), (2, 3, vec![3], vec![])]
        );
        let mut all = Batches::default();
        let larger = BatchPosition {
            size: 4,
            ..position(7, 0)
        };
        for position in [position(7, 0), larger] {
            all.add(position, PayloadHash::of(b"a"));
        }
        let sizes: Vec<u32> = all.iter().map(BatchProgress::size).collect();
        assert_eq!(sizes, [3, 4]);
    }

    #[test]
    fn two_transfers_of_one_id_are_told_apart_by_their_hashes() {
        for id in [0, 7] {
            // The second code is of another transfer, which cannot be known yet.
            let codes = [(id, 2, "c"), (id, 0, "a"), (id, 1, "other b")];
            assert_eq!(states(&codes), [(3, 3, vec![], vec![])]);
            // The second code of the first transfer follows: both transfers are incomplete.
            let codes = [&codes[..], &[(id, 1, "b")]].concat();
            assert_eq!(states(&codes), [(4, 6, vec![1, 3], vec![2])]);
            let codes = [&codes[..], &[(id, 0, "other a"), (id, 1, "b")]].concat();
            assert_eq!(states(&codes), [(5, 6, vec![3], vec![1, 2])]);
            let codes = [&codes[..], &[(id, 2, "other c")]].concat();
            assert_eq!(states(&codes), [(6, 6, vec![], vec![1, 2, 3])]);
        }
    }

    #[test]
    fn transfers_of_one_code_each_are_never_mixed() {
        let mut all = Batches::default();
        let single = BatchPosition {
            size: 1,
            ..position(0, 0)
        };
        for payload in ["a", "b", "a"] {
            all.add(single, PayloadHash::of(payload.as_bytes()));
        }
        let states: Vec<_> = all
            .iter()
            .map(|batch| (batch.read(), batch.size(), batch.missing(), batch.mixed()))
            .collect();
        assert_eq!(states, [(2, 2, vec![], vec![])]);
    }

    #[test]
    fn hashes_and_batches_are_bounded() {
        let payloads: Vec<String> = (0..40).map(|number| number.to_string()).collect();
        let codes: Vec<_> = payloads.iter().map(|payload| (0, 1, &**payload)).collect();
        assert_eq!(states(&codes), [(16, 48, vec![1, 3], vec![2])]);
        let codes: Vec<_> = (0..140).map(|batch_id| (batch_id, 0, "a")).collect();
        assert_eq!(states(&codes).len(), 100);
    }
}
