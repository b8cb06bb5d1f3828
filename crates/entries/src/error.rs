use thiserror::Error;

/// Why bytes are not taken as entries. Never carries any of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EntriesError {
    /// Not one JSON object in UTF-8, or a top-level field that is there twice.
    #[error("malformed JSON at line {line}, column {column}")]
    Malformed {
        /// From 1; 0 where the place is unknown.
        line: usize,
        /// From 1; 0 at the start of a line.
        column: usize,
    },
    /// Written by a newer version of the app.
    #[error("format version {version} is newer than this app")]
    Newer {
        /// The version of the format.
        version: u64,
    },
    /// No version, or no list of entries.
    #[error("invalid {field}")]
    Invalid {
        /// `version` or `entries`.
        field: &'static str,
    },
}

/// Why there is no entry to read or to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FindError {
    /// There is no entry with this id.
    #[error("it is not there any more")]
    Gone,
    /// The entry cannot be read: it can be purged, and nothing else.
    #[error("it cannot be read")]
    Damaged,
}

/// Why a change was not made. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EditError {
    /// There is no entry (or group) with this id.
    #[error("it is not there any more")]
    Gone,
    /// The entry cannot be read: it can be purged, and nothing else.
    #[error("it cannot be read")]
    Damaged,
    /// A text is too long.
    #[error("longer than {max} characters")]
    FieldTooLong {
        /// The most characters there may be.
        max: usize,
    },
    /// A name holds a link, or a part of one, and so perhaps a secret.
    #[error("a name holds a link")]
    HoldsLink,
    /// A group without a name.
    #[error("a group needs a name")]
    NameEmpty,
    /// There is a group of this name already.
    #[error("another group has this name")]
    NameTaken,
}

/// Why there is no counter to use. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CounterError {
    /// There is no entry with this id.
    #[error("it is not there any more")]
    Gone,
    /// The entry cannot be read.
    #[error("it cannot be read")]
    Damaged,
    /// The entry's codes do not come from a counter.
    #[error("no counter in this entry")]
    NotCounterBased,
    /// The counter stands at 2^64-1 and cannot move on.
    #[error("the counter is at its end")]
    Exhausted,
}

impl From<FindError> for EditError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::Gone => Self::Gone,
            FindError::Damaged => Self::Damaged,
        }
    }
}

impl From<FindError> for CounterError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::Gone => Self::Gone,
            FindError::Damaged => Self::Damaged,
        }
    }
}
