//! Tests of the faulty disk itself.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;

use trousseau_app::storage::Disk;

use crate::faulty_disk::{Fault, FaultyDisk};

#[test]
fn a_power_cut_loses_unsynced_data() {
    let disk = FaultyDisk::holding(&BTreeMap::from([("a".into(), b"old".to_vec())]));
    let path = Path::new;
    let mut file = disk.create(path("a.new")).expect("the disk works");
    file.write(b"new!").expect("the disk works");
    disk.rename(path("a.new"), path("a"))
        .expect("the disk works");
    let lost = disk.after_power_cut();
    for bytes in [&b"old"[..], b"", b"ne", b"\0\0\0\0", b"new!"] {
        assert!(
            lost.iter().any(|files| files["a"] == bytes),
            "{bytes:?} may come back"
        );
    }
    file.sync().expect("the disk works");
    let lost = disk.after_power_cut();
    let seen: BTreeSet<&[u8]> = lost.iter().map(|files| &files["a"][..]).collect();
    assert_eq!(seen, BTreeSet::from([&b"old"[..], b"new!"]));
    disk.sync_folder(path("")).expect("the disk works");
    let safe = BTreeMap::from([("a".to_owned(), b"new!".to_vec())]);
    assert_eq!(disk.after_power_cut(), BTreeSet::from([safe]));
}

#[test]
fn a_later_fsync_does_not_repair_a_failed_one() {
    let disk = FaultyDisk::default();
    let mut file = disk.create(Path::new("a")).expect("the disk works");
    file.write(b"new").expect("the disk works");
    disk.sync_folder(Path::new("")).expect("the disk works");
    disk.fail(1, Fault::Partial);
    assert!(file.sync().is_err());
    file.sync().expect("the disk works again");
    let lost = disk.after_power_cut();
    assert!(lost.iter().any(|files| files["a"].is_empty()));
}

#[test]
fn a_power_cut_tears_only_the_range_written_in_place() {
    let disk = FaultyDisk::holding(&BTreeMap::from([("a".into(), b"0123456789".to_vec())]));
    let write = || disk.write_in_place(Path::new("a"), 2, b"abcd");
    disk.fail(2, Fault::Partial);
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
    write().expect("the disk works again");
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
