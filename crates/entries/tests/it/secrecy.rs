use std::fmt::{Debug, Display};

use serde::Serialize;
use static_assertions::assert_not_impl_any;
use trousseau_entries::{
    AnyEntry, DamagedEntry, DeviceSection, Entry, EntryContent, EntryPatch, Group, IssuedCode,
    ListPage, ListRow, NewEntry, Query, RawJsonObject, VaultData,
};

use crate::support::{issuers, read, written};

assert_not_impl_any!(VaultData: Debug, Display, Serialize);
assert_not_impl_any!(Entry: Debug, Display, Serialize);
assert_not_impl_any!(AnyEntry: Debug, Display, Serialize);
assert_not_impl_any!(DamagedEntry: Debug, Display, Serialize);
assert_not_impl_any!(DeviceSection: Debug, Display, Serialize);
assert_not_impl_any!(EntryContent: Debug, Display, Serialize);
assert_not_impl_any!(IssuedCode: Debug, Display, Serialize);
assert_not_impl_any!(NewEntry: Debug, Display, Serialize);
assert_not_impl_any!(EntryPatch: Debug, Display, Serialize);
assert_not_impl_any!(RawJsonObject: Debug, Display, Serialize);
assert_not_impl_any!(Group: Debug, Display, Serialize);
assert_not_impl_any!(Query: Debug, Display, Serialize);
assert_not_impl_any!(ListPage: Debug, Display, Serialize);
assert_not_impl_any!(ListRow: Debug, Display, Serialize);

#[test]
fn errors_carry_no_content() {
    const CANARY: &str = "CANARY7CANARY7";
    let (entries, _) = issuers(&["a"]);
    let good = written(&entries);
    let mut damaged = 0;
    for field in [
        "id",
        "kind",
        "secret",
        "algorithm",
        "digits",
        "period",
        "position",
        "created",
        "groups",
    ] {
        for bad in [
            serde_json::json!(CANARY),
            serde_json::json!([CANARY, 1, "0"]),
            serde_json::json!("0189!"),
        ] {
            let mut json = good.clone();
            json["entries"][0][field] = bad;
            let entries = read(&json).unwrap();
            for listed_issuers in entries.damaged() {
                damaged += 1;
                let (issuer, account) = (&listed_issuers.issuer, &listed_issuers.account);
                let said = format!(
                    "{} {issuer} {account} {:?}",
                    listed_issuers.id, listed_issuers.field
                );
                assert!(!said.contains(CANARY) && !said.contains("0189!"), "{said}");
            }
        }
    }
    assert!(damaged >= 22, "{damaged}");
    for version in [serde_json::json!(CANARY), serde_json::json!([CANARY])] {
        let error = read(&serde_json::json!({"version": version}))
            .err()
            .unwrap();
        assert!(!format!("{error} {error:?}").contains(CANARY));
    }
    let torn = format!("{{\"version\": 1, \"entries\": [{{\"secret\": {CANARY}");
    let error = VaultData::from_json(torn.as_bytes()).err().unwrap();
    assert!(!format!("{error} {error:?}").contains(CANARY));
}
