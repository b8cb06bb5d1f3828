//! Tests of the folder's lock and of replacing files.

use std::fs;

use super::*;

pub(super) fn open(folder: &Path) -> Result<Storage, StorageError> {
    Storage::open(folder, Arc::new(SystemDisk))
}

#[test]
fn a_second_lock_is_refused_until_the_first_is_released() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path()).unwrap();
    assert_eq!(
        open(folder.path()).err(),
        Some(StorageError::AlreadyRunning)
    );
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
fn a_failed_write_keeps_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let storage = open(folder.path()).unwrap();
    storage.write_vault(b"old").unwrap();
    // A folder with the name of the temporary file makes the write fail, also for root.
    fs::create_dir(folder.path().join("vault.trousseau.new")).unwrap();
    assert!(storage.write_vault(b"new").is_err());
    assert_eq!(storage.read_vault().unwrap().unwrap(), b"old");
}

#[cfg(unix)]
#[test]
fn the_attempts_file_is_private_and_its_space_is_allocated() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let storage = open(folder.path()).unwrap();
    storage.reserve_attempts(b"first").unwrap();
    storage.write_attempts(b"second").unwrap();
    storage.reserve_attempts(b"not needed").unwrap();
    let file = fs::metadata(folder.path().join("vault.attempts")).unwrap();
    assert_eq!((file.mode() & 0o777, file.len()), (0o600, 8192));
    assert!(file.blocks() * 512 >= 8192, "the space is allocated");
    assert_eq!(
        storage.load_attempts(),
        AttemptsOnDisk::Whole(b"second".into())
    );
}

#[cfg(unix)]
#[test]
fn a_link_named_like_the_attempts_file_is_replaced_and_not_followed() {
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

#[cfg(unix)]
#[test]
fn an_existing_folder_is_closed_to_other_users() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("app");
    fs::create_dir(&inner).unwrap();
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o755)).unwrap();
    let storage = open(&inner).unwrap();
    let mode = fs::metadata(&inner).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert!(storage.has_lock());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_whose_mode_cannot_be_changed_is_still_opened() {
    // Its mode is 0555, which cannot be changed.
    let process = Path::new("/proc/self");
    assert!(private_files::create_private_folder(process).is_ok());
    assert!(open(process).is_ok());
}

#[cfg(unix)]
#[test]
fn a_temporary_file_is_recreated_and_a_link_of_its_name_is_not_followed() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (elsewhere, temporary, vault) = (
        folder.path().join("elsewhere"),
        folder.path().join("vault.trousseau.new"),
        folder.path().join(VAULT),
    );
    let storage = open(folder.path()).unwrap();

    fs::write(&temporary, b"stale").unwrap();
    fs::set_permissions(&temporary, fs::Permissions::from_mode(0o666)).unwrap();
    storage.write_vault(b"one").unwrap();
    let mode = fs::metadata(&vault).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    fs::write(&elsewhere, b"not ours").unwrap();
    std::os::unix::fs::symlink(&elsewhere, &temporary).unwrap();
    storage.write_vault(b"two").unwrap();
    assert_eq!(fs::read(&elsewhere).unwrap(), b"not ours");
    assert!(fs::symlink_metadata(&vault).unwrap().is_file());
    assert_eq!(storage.read_vault().unwrap().unwrap(), b"two");

    make_pipe(&temporary);
    storage.write_vault(b"three").unwrap();
    assert_eq!(storage.read_vault().unwrap().unwrap(), b"three");
}

#[cfg(unix)]
#[test]
fn anything_but_a_regular_file_is_refused_without_waiting() {
    let folder = tempfile::tempdir().unwrap();
    for name in [VAULT, PREVIOUS_GENERATION, "vault.attempts"] {
        make_pipe(&folder.path().join(name));
    }
    let storage = open(folder.path()).unwrap();
    let error = StorageError::Failed(ErrorKind::InvalidInput);
    assert_eq!(storage.read_vault(), Err(error));
    assert_eq!(storage.read_previous_generation(), Err(error));
    assert_eq!(storage.load_attempts(), AttemptsOnDisk::Damaged);

    fs::remove_file(folder.path().join(VAULT)).unwrap();
    fs::create_dir(folder.path().join(VAULT)).unwrap();
    assert_eq!(storage.read_vault(), Err(error));
}

#[cfg(unix)]
#[test]
fn a_lock_that_is_no_regular_file_of_this_folder_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let (elsewhere, lock) = (
        folder.path().join("elsewhere"),
        folder.path().join("vault.lock"),
    );
    std::os::unix::fs::symlink(&elsewhere, &lock).unwrap();
    assert!(!open(folder.path()).unwrap().has_lock(), "a link");
    assert!(
        !elsewhere.exists(),
        "nothing is created at the link's target"
    );

    fs::remove_file(&lock).unwrap();
    make_pipe(&lock);
    assert!(!open(folder.path()).unwrap().has_lock(), "a pipe");

    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    assert!(!open(folder.path()).unwrap().has_lock(), "a folder");
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_removed_and_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("settings.json");
    make_pipe(&path);
    remove_special_file(&path);
    assert!(!path.exists());
    std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
    remove_special_file(&path);
    assert!(fs::symlink_metadata(&path).is_err());
    fs::write(&path, b"kept").unwrap();
    remove_special_file(&path);
    assert_eq!(fs::read(&path).unwrap(), b"kept");
}

/// Uses a system call, not a program: until a started program runs, it holds every open file of this process,
/// including the lock files of other tests.
#[cfg(unix)]
pub(crate) fn make_pipe(path: &Path) {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    mknodat(CWD, path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
}
