//! The folder's lock, and replacing files in it.

use std::fs;

use super::*;

fn open(folder: &Path) -> Result<Storage, StorageError> {
    Storage::open(folder, Arc::new(SystemDisk))
}

#[test]
fn a_second_holder_is_refused_until_the_first_lets_go() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path()).unwrap();
    assert_eq!(open(folder.path()).err(), Some(StorageError::SecondProcess));
    drop(first);
    assert!(open(folder.path()).is_ok());
}

#[test]
fn replacing_leaves_one_private_file() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("app");
    let storage = open(&inner).unwrap();
    assert_eq!(storage.read_vault().unwrap(), None);
    storage.write_vault(b"one").unwrap();
    storage.write_vault(b"two").unwrap();
    assert_eq!(storage.read_vault().unwrap().unwrap(), b"two");
    let mut names: Vec<_> = fs::read_dir(&inner)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["vault.lock", "vault.trousseau"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&inner), 0o700);
        assert_eq!(mode(&inner.join("vault.trousseau")), 0o600);
    }
}

#[test]
fn a_write_that_fails_keeps_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let storage = open(folder.path()).unwrap();
    storage.write_vault(b"old").unwrap();
    // A folder in the temporary file's place makes the write fail, also for root.
    fs::create_dir(folder.path().join("vault.trousseau.new")).unwrap();
    assert!(storage.write_vault(b"new").is_err());
    assert_eq!(storage.read_vault().unwrap().unwrap(), b"old");
}

#[test]
fn what_is_kept_aside_replaces_nothing_that_was() {
    let folder = tempfile::tempdir().unwrap();
    let storage = open(folder.path()).unwrap();
    for foreign in ["one", "two", "one", "two"] {
        fs::write(folder.path().join(VAULT), foreign).unwrap();
        storage.keep_foreign(b"ours", 7).unwrap();
        storage.write_vault(b"ours").unwrap();
        storage.keep_foreign(b"ours", 7).unwrap();
    }
    let kept = |at| fs::read(folder.path().join(format!("{VAULT}.damaged-{at}"))).ok();
    assert_eq!(kept(7).as_deref(), Some(&b"one"[..]));
    assert_eq!(kept(8).as_deref(), Some(&b"two"[..]));
    assert_eq!(kept(9), None);
}

#[cfg(unix)]
#[test]
fn the_attempts_file_is_private_and_its_room_is_really_taken() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let storage = open(folder.path()).unwrap();
    storage.reserve_attempts(b"first").unwrap();
    storage.write_attempts(b"second").unwrap();
    storage.reserve_attempts(b"not needed").unwrap();
    let file = fs::metadata(folder.path().join("vault.attempts")).unwrap();
    assert_eq!((file.mode() & 0o777, file.len()), (0o600, 8192));
    assert!(file.blocks() * 512 >= 8192, "it is no sparse file");
    assert_eq!(
        storage.load_attempts(),
        AttemptsOnDisk::Whole(b"second".into())
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_the_attempts_file_is_replaced_and_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, elsewhere) = (
        folder.path().join("vault.attempts"),
        folder.path().join("elsewhere"),
    );
    let storage = open(folder.path()).unwrap();
    storage.write_attempts(b"ours").unwrap();
    fs::rename(&path, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    let there = fs::read(&elsewhere).unwrap();
    storage.write_attempts(b"next").unwrap();
    assert_eq!(fs::read(&elsewhere).unwrap(), there);
    assert!(fs::symlink_metadata(&path).unwrap().is_file());
    assert_eq!(
        storage.load_attempts(),
        AttemptsOnDisk::Whole(b"next".into())
    );
}
