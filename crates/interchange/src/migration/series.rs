use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

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

/// The codes of one series that were read, in whatever order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    id: i32,
    size: u32,
    read: BTreeSet<u32>,
}

impl Series {
    /// A series of which one code is read.
    pub fn begin(place: Place) -> Self {
        Self {
            id: place.series,
            size: place.size,
            read: BTreeSet::from([place.index]),
        }
    }

    /// Whether a code with this place is one of this series.
    pub fn is_of(&self, place: Place) -> bool {
        (self.id, self.size) == (place.series, place.size)
    }

    /// Counts a code of this series; a repeated one counts once.
    pub fn count(&mut self, place: Place) {
        debug_assert!(self.is_of(place));
        self.read.insert(place.index);
    }

    /// How many codes it has.
    pub fn size(&self) -> u32 {
        self.size
    }

    /// How many were read.
    pub fn read(&self) -> u32 {
        self.read.len() as u32
    }

    /// The places of those that were not, from 1, as Google Authenticator shows them.
    pub fn missing(&self) -> Vec<u32> {
        (0..self.size)
            .filter(|index| !self.read.contains(index))
            .map(|index| index + 1)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(series: i32, index: u32) -> Place {
        Place {
            series,
            index,
            size: 4,
        }
    }

    #[test]
    fn any_order_and_repeats() {
        let mut series = Series::begin(place(7, 2));
        assert_eq!((series.read(), series.missing()), (1, vec![1, 2, 4]));
        for index in [0, 2, 0, 3] {
            series.count(place(7, index));
        }
        assert_eq!((series.read(), series.missing()), (3, vec![2]));
        series.count(place(7, 1));
        assert_eq!((series.read(), series.missing()), (4, vec![]));
    }

    #[test]
    fn another_series_is_told_apart() {
        let series = Series::begin(place(7, 2));
        assert!(series.is_of(place(7, 0)));
        assert!(!series.is_of(place(-7, 0)));
        assert!(!series.is_of(Place {
            size: 3,
            ..place(7, 0)
        }));
    }
}
