use trousseau_entries::VaultData;

/// VaultData that are read are written, read and written again as the same bytes, and what is damaged stays what it was.
pub fn entries(data: &[u8]) {
    let Ok(read) = VaultData::from_json(data) else {
        return;
    };
    let written = read.to_json();
    let again = VaultData::from_json(&written).unwrap_or_else(|error| panic!("{error}"));
    assert!(*again.to_json() == *written, "not written as it was read");
    assert!(again.iter().eq(read.iter()), "not read as it was");
    assert!(again.damaged().eq(read.damaged()), "not damaged as it was");
    assert_eq!(again.settings(), read.settings());
    assert!(again.device() == read.device(), "another device");
}
