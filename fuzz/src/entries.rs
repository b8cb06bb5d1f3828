use trousseau_entries::VaultData;

/// Vault data that parses is written to the same bytes twice, with a parse in between, and damaged items stay unchanged.
pub fn entries(data: &[u8]) {
    let Ok(read) = VaultData::from_json(data) else {
        return;
    };
    let written = read.to_json();
    let again = VaultData::from_json(&written).unwrap_or_else(|error| panic!("{error}"));
    assert!(
        *again.to_json() == *written,
        "written differently the second time"
    );
    assert!(
        again.iter().eq(read.iter()),
        "other entries after a round trip"
    );
    assert!(
        again.damaged().eq(read.damaged()),
        "other damaged items after a round trip"
    );
    assert_eq!(again.settings(), read.settings());
    assert!(
        again.device() == read.device(),
        "other device data after a round trip"
    );
}
