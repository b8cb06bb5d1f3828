//! The file of wrong attempts, read by what its documentation says, and by nothing of the app.

use sha2::{Digest, Sha256};

/// Its name.
pub const ATTEMPTS: &str = "vault.attempts";
/// Its size: its room is reserved.
pub const SIZE: usize = 8192;

/// How many attempts a file counts. One half that is not whole counts as one attempt more; none where neither half is.
pub fn counted(file: &[u8]) -> Option<u64> {
    assert_eq!(file.len(), SIZE, "its room is reserved");
    let (first, second) = file.split_at(SIZE / 2);
    match (half(first), half(second)) {
        (Some(first), Some(second)) => Some(first.max(second).1),
        (Some((_, count)), None) | (None, Some((_, count))) => Some(count + 1),
        (None, None) => None,
    }
}

/// The sequence number and the count of a half.
fn half(bytes: &[u8]) -> Option<(u64, u64)> {
    let (bytes, checksum) = bytes.split_at(bytes.len() - 32);
    if Sha256::digest(bytes)[..] != *checksum {
        return None;
    }
    assert_eq!(&bytes[..8], b"TRSQHALF");
    let number = |range: std::ops::Range<usize>| {
        let digits = bytes[range].iter();
        digits.fold(0, |number, byte| number << 8 | u64::from(*byte))
    };
    let length = usize::try_from(number(16..20)).expect("it fits");
    let (payload, rest) = bytes[20..].split_at(length);
    assert!(rest.iter().all(|byte| *byte == 0));
    let payload: serde_json::Value = serde_json::from_slice(payload).expect("it is JSON");
    let count = payload["count"].as_u64().expect("it is a number");
    Some((number(8..16), count))
}
