use trousseau_entries::Entries;

/// Entries that are read are written, read and written again as the same bytes.
pub fn entries(data: &[u8]) {
    let Ok(read) = Entries::from_json(data) else {
        return;
    };
    let written = read.to_json();
    let again = Entries::from_json(&written).unwrap_or_else(|error| panic!("{error}"));
    assert!(*again.to_json() == *written, "not written as it was read");
    assert_eq!(again.iter().count(), read.iter().count());
    assert_eq!(again.preferences(), read.preferences());
}
