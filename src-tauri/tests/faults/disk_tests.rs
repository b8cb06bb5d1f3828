//! The disk that fails keeps its own rules.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;

use trousseau_app::storage::Disk;

use crate::disk::{Fault, FaultyDisk};

#[test]
fn a_disk_forgets_what_was_not_synced() {
    let disk = FaultyDisk::holding(&BTreeMap::from([("a".into(), b"old".to_vec())]));
    let path = Path::new;
    let mut file = disk.create(path("a.new")).expect("it works");
    file.write(b"new!").expect("it works");
    disk.rename(path("a.new"), path("a")).expect("it works");
    let lost = disk.after_power_cut();
    for bytes in [&b"old"[..], b"", b"ne", b"\0\0\0\0", b"new!"] {
        assert!(
            lost.iter().any(|files| files["a"] == bytes),
            "{bytes:?} may come back"
        );
    }
    file.sync().expect("it works");
    let lost = disk.after_power_cut();
    let seen: BTreeSet<&[u8]> = lost.iter().map(|files| &files["a"][..]).collect();
    assert_eq!(seen, BTreeSet::from([&b"old"[..], b"new!"]));
    disk.sync_folder(path("")).expect("it works");
    let safe = BTreeMap::from([("a".to_owned(), b"new!".to_vec())]);
    assert_eq!(disk.after_power_cut(), BTreeSet::from([safe]));
}

#[test]
fn a_failed_fsync_is_not_made_up_for() {
    let disk = FaultyDisk::default();
    let mut file = disk.create(Path::new("a")).expect("it works");
    file.write(b"new").expect("it works");
    disk.sync_folder(Path::new("")).expect("it works");
    disk.fail(1, Fault::Half);
    assert!(file.sync().is_err());
    file.sync().expect("it works again");
    let lost = disk.after_power_cut();
    assert!(lost.iter().any(|files| files["a"].is_empty()));
}

#[test]
fn a_write_in_place_is_torn_where_it_was_written_only() {
    let disk = FaultyDisk::holding(&BTreeMap::from([("a".into(), b"0123456789".to_vec())]));
    let write = || disk.write_in_place(Path::new("a"), 2, b"abcd");
    disk.fail(2, Fault::Half);
    assert!(write().is_err(), "the fsync fails");
    let lost = disk.after_power_cut();
    let seen: BTreeSet<&[u8]> = lost.iter().map(|files| &files["a"][..]).collect();
    let expected: [&[u8]; 5] = [
        b"0123456789",
        b"01ab456789",
        b"0123cd6789",
        b"01\x00\x00\x00\x006789",
        b"01abcd6789",
    ];
    assert_eq!(seen, BTreeSet::from(expected));
    write().expect("it works again");
    let safe = BTreeMap::from([("a".to_owned(), b"01abcd6789".to_vec())]);
    assert_eq!(disk.after_power_cut(), BTreeSet::from([safe]));

    let longer = disk.write_in_place(Path::new("a"), 8, b"abcd");
    assert_eq!(
        longer.map_err(|error| error.kind()),
        Err(ErrorKind::InvalidInput)
    );
    let missing = disk.write_in_place(Path::new("b"), 0, b"");
    assert_eq!(
        missing.map_err(|error| error.kind()),
        Err(ErrorKind::NotFound)
    );
}
