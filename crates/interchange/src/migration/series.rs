use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// More different contents at one place than this are not told apart.
const CONTENTS_MAX: usize = 16;
/// More series than anybody moves over at once; the oldest is forgotten first.
const SERIES_MAX: usize = 100;

/// Where a code stands in its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which series; 0 where the app that wrote it does not say.
    pub series: i32,
    /// From 0, below `size`.
    pub index: u32,
    /// How many codes the series has: 1 and more.
    pub size: u32,
}

/// SHA-256 of a code's message: equal for two readings of one code, different for two codes.
///
/// No `Debug`: a short secret could be guessed from it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Content([u8; 32]);

impl Content {
    pub(super) fn of(message: &[u8]) -> Self {
        Self(Sha256::digest(message).into())
    }
}

/// The codes of one series that were read, in whatever order.
///
/// Two transfers of the same size look like one series if their app writes no id. They differ in their contents: as soon as
/// one place was read with two contents, the series counts as two transfers, and every place has to be read twice.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    id: i32,
    size: u32,
    read: BTreeMap<u32, BTreeSet<Content>>,
}

impl Series {
    fn is_of(&self, place: Place) -> bool {
        (self.id, self.size) == (place.series, place.size)
    }

    fn count(&mut self, place: Place, content: Content) {
        let contents = self.read.entry(place.index).or_default();
        if contents.len() < CONTENTS_MAX {
            contents.insert(content);
        }
    }

    /// How many different codes were read at a place, from 0.
    fn contents(&self, index: u32) -> u32 {
        self.read
            .get(&index)
            .map_or(0, |contents| contents.len() as u32)
    }

    /// How many transfers are mixed in it: the most contents that one place has.
    fn transfers(&self) -> u32 {
        let most = self.read.values().map(BTreeSet::len).max();
        most.map_or(1, |most| most as u32)
    }

    /// How many codes it has, over all transfers that are mixed in it.
    pub fn size(&self) -> u32 {
        self.transfers() * self.size
    }

    /// How many different codes were read.
    pub fn read(&self) -> u32 {
        self.read
            .values()
            .map(|contents| contents.len() as u32)
            .sum()
    }

    /// The places at which codes are still to be read, from 1, as Google Authenticator shows them.
    pub fn missing(&self) -> Vec<u32> {
        let transfers = self.transfers();
        (0..self.size)
            .filter(|index| self.contents(*index) < transfers)
            .map(|index| index + 1)
            .collect()
    }

    /// The places, from 1, that were read with different contents: codes of several transfers are mixed. Transfers of one
    /// code each are whole whatever was read of others.
    pub fn mixed(&self) -> Vec<u32> {
        if self.size == 1 {
            return Vec::new();
        }
        (0..self.size)
            .filter(|index| self.contents(*index) > 1)
            .map(|index| index + 1)
            .collect()
    }
}

/// All series of which codes were read, in the order in which they were begun.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllSeries(Vec<Series>);

impl AllSeries {
    /// Counts a code in its series; a repeated one counts once.
    pub fn count(&mut self, place: Place, content: Content) {
        if let Some(series) = self.0.iter_mut().find(|series| series.is_of(place)) {
            series.count(place, content);
            return;
        }
        if self.0.len() >= SERIES_MAX {
            self.0.remove(0);
        }
        self.0.push(Series {
            id: place.series,
            size: place.size,
            read: BTreeMap::from([(place.index, BTreeSet::from([content]))]),
        });
    }

    /// Each series.
    pub fn iter(&self) -> impl Iterator<Item = &Series> {
        self.0.iter()
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(series: i32, index: u32) -> Place {
        Place {
            series,
            index,
            size: 3,
        }
    }

    /// What is said of each series: read, size, missing, mixed.
    type State = (u32, u32, Vec<u32>, Vec<u32>);

    /// The codes that are read: series, index, content.
    fn states(codes: &[(i32, u32, &str)]) -> Vec<State> {
        let mut all = AllSeries::default();
        for (series, index, content) in codes {
            all.count(place(*series, *index), Content::of(content.as_bytes()));
        }
        all.iter()
            .map(|series| {
                let (read, size) = (series.read(), series.size());
                (read, size, series.missing(), series.mixed())
            })
            .collect()
    }

    #[test]
    fn any_order_and_repeats() {
        let codes = [(7, 2, "c"), (7, 0, "a"), (7, 2, "c"), (7, 0, "a")];
        assert_eq!(states(&codes[..1]), [(1, 3, vec![1, 2], vec![])]);
        assert_eq!(states(&codes), [(2, 3, vec![2], vec![])]);
        let all = [&codes[..], &[(7, 1, "b")]].concat();
        assert_eq!(states(&all), [(3, 3, vec![], vec![])]);
    }

    #[test]
    fn another_series_is_counted_beside_the_first() {
        let first = [(7, 2, "c"), (-7, 0, "x"), (7, 0, "a"), (-7, 1, "y")];
        assert_eq!(
            states(&first),
            [(2, 3, vec![2], vec![]), (2, 3, vec![3], vec![])]
        );
        let mut all = AllSeries::default();
        let larger = Place {
            size: 4,
            ..place(7, 0)
        };
        for place in [place(7, 0), larger] {
            all.count(place, Content::of(b"a"));
        }
        let sizes: Vec<u32> = all.iter().map(Series::size).collect();
        assert_eq!(sizes, [3, 4]);
    }

    #[test]
    fn two_transfers_without_an_id_are_told_apart_by_their_contents() {
        for id in [0, 7] {
            // The second code of another transfer takes the place of the first one's: nobody can tell yet.
            let codes = [(id, 2, "c"), (id, 0, "a"), (id, 1, "other b")];
            assert_eq!(states(&codes), [(3, 3, vec![], vec![])]);
            // The right one comes: both are incomplete.
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
        let mut all = AllSeries::default();
        let alone = Place {
            size: 1,
            ..place(0, 0)
        };
        for content in ["a", "b", "a"] {
            all.count(alone, Content::of(content.as_bytes()));
        }
        let states: Vec<_> = all
            .iter()
            .map(|series| {
                (
                    series.read(),
                    series.size(),
                    series.missing(),
                    series.mixed(),
                )
            })
            .collect();
        assert_eq!(states, [(2, 2, vec![], vec![])]);
    }

    #[test]
    fn what_is_counted_is_bounded() {
        let contents: Vec<String> = (0..40).map(|number| number.to_string()).collect();
        let codes: Vec<_> = contents.iter().map(|content| (0, 1, &**content)).collect();
        assert_eq!(states(&codes), [(16, 48, vec![1, 3], vec![2])]);
        let codes: Vec<_> = (0..140).map(|series| (series, 0, "a")).collect();
        assert_eq!(states(&codes).len(), 100);
    }
}
