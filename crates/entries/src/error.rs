use thiserror::Error;

/// Why a JSON document was refused. Contains none of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ParseError {
    /// Not one JSON object in UTF-8, or a repeated top-level field.
    #[error("malformed JSON at line {line}, column {column}")]
    Malformed {
        /// From 1; 0 if unknown.
        line: usize,
        /// From 1; 0 at the start of a line.
        column: usize,
    },
    /// The format version is newer than this app reads.
    #[error("format version {version} is newer than this app")]
    UnsupportedVersion {
        /// The version of the document.
        version: u64,
    },
    /// `version` is missing or 0, or `entries` is not a list.
    #[error("invalid {field}")]
    Invalid {
        /// `version` or `entries`.
        field: &'static str,
    },
}

/// Why an entry cannot be read or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FindError {
    /// There is no entry with this id.
    #[error("it is not there any more")]
    NotFound,
    /// The entry is damaged: it can only be purged.
    #[error("it cannot be read")]
    Damaged,
}

/// Why a change was not made. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EditError {
    /// There is no entry (or group) with this id.
    #[error("it is not there any more")]
    NotFound,
    /// The entry is damaged: it can only be purged.
    #[error("it cannot be read")]
    Damaged,
    /// A text is too long.
    #[error("longer than {max} characters")]
    FieldTooLong {
        /// The limit.
        max: usize,
    },
    /// A name contains a link or a part of one, and so perhaps a secret.
    #[error("a name holds a link")]
    ContainsLink,
    /// The name of a group is empty.
    #[error("a group needs a name")]
    NameEmpty,
    /// Another group has this name.
    #[error("another group has this name")]
    NameTaken,
}

/// Why no counter can be used. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CounterError {
    /// There is no entry with this id.
    #[error("it is not there any more")]
    NotFound,
    /// The entry cannot be read.
    #[error("it cannot be read")]
    Damaged,
    /// The entry is not counter-based.
    #[error("no counter in this entry")]
    NotCounterBased,
    /// The counter is 2^64-1 and cannot advance.
    #[error("the counter is at its end")]
    Exhausted,
}

impl From<FindError> for EditError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound => Self::NotFound,
            FindError::Damaged => Self::Damaged,
        }
    }
}

impl From<FindError> for CounterError {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound => Self::NotFound,
            FindError::Damaged => Self::Damaged,
        }
    }
}
