//! A file that another file replaces is set aside under a new name. Only the user deletes it.

use std::io::ErrorKind;

use super::{PREVIOUS_GENERATION, Storage, StorageError, VAULT};

/// A file that was set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAsideFile {
    /// Its name in the folder.
    pub name: String,
    /// When it was set aside (Unix ms), according to the clock at that time.
    pub set_aside_ms: u64,
}

/// The name of a file that is set aside at `ms`.
fn set_aside_name(ms: u64) -> String {
    format!("{VAULT}.damaged-{ms}")
}

/// When the file of this name was set aside, or `None` if it is no name that [`set_aside_name`] returns.
fn set_aside_time(name: &str) -> Option<u64> {
    let (_, digits) = name.rsplit_once('-')?;
    let ms = digits.parse().ok()?;
    (set_aside_name(ms) == name).then_some(ms)
}

impl Storage {
    /// Sets aside a copy of the vault file if it is not `known`, so that replacing it loses nothing. A file
    /// that this app wrote without the disk's confirmation is not copied, because it may accept a credential
    /// that is being removed.
    ///
    /// # Errors
    /// The disk's error.
    pub fn set_aside_unknown_vault(&self, known: &[u8], now_ms: u64) -> Result<(), StorageError> {
        let Some(there) = self.read_vault()?.filter(|there| there != known) else {
            return Ok(());
        };
        if self.replaceable.borrow().contains(&there) {
            return Ok(());
        }
        self.copy_to_set_aside(&there, now_ms)?;
        self.replaceable.borrow_mut().push(there);
        Ok(())
    }

    /// Sets aside a copy of the previous generation, so that replacing it loses nothing.
    ///
    /// # Errors
    /// The disk's error.
    pub fn set_aside_previous_generation(&self, now_ms: u64) -> Result<(), StorageError> {
        match self.read_previous_generation() {
            Ok(Some(backup)) => self.copy_to_set_aside(&backup, now_ms),
            Ok(None) => Ok(()),
            Err(_) => self.rename_to_set_aside(PREVIOUS_GENERATION, now_ms),
        }
    }

    /// Renames a vault that cannot be read: a folder, a pipe, or a file on a bad block, whose bytes cannot be
    /// copied.
    ///
    /// # Errors
    /// The disk's error.
    pub fn set_aside_unreadable_vault(&self, now_ms: u64) -> Result<(), StorageError> {
        match self.read_vault() {
            Ok(_) => Ok(()),
            Err(_) => self.rename_to_set_aside(VAULT, now_ms),
        }
    }

    /// Everything that was set aside, oldest first, including what is not a regular file. Nothing is opened.
    ///
    /// # Errors
    /// The disk's error.
    pub fn list_set_aside(&self) -> Result<Vec<SetAsideFile>, StorageError> {
        let listed = self.disk.list(&self.folder)?.into_iter();
        let files = listed.filter_map(|listed| {
            Some(SetAsideFile {
                set_aside_ms: set_aside_time(&listed.name)?,
                name: listed.name,
            })
        });
        let mut files: Vec<_> = files.collect();
        files.sort_unstable_by_key(|file| file.set_aside_ms);
        Ok(files)
    }

    /// Deletes the set-aside file `name` for ever. It is no error if it is already gone.
    ///
    /// Of a link or a pipe only the name is removed. A folder is refused: this app wrote nothing into it and
    /// must not delete its content.
    ///
    /// # Errors
    /// `Failed(InvalidFilename)` for any other name, `Failed(IsADirectory)` for a folder; otherwise the disk's
    /// error, after which the file may be gone.
    pub fn delete_set_aside(&self, name: &str) -> Result<(), StorageError> {
        self.check_lock()?;
        if set_aside_time(name).is_none() {
            return Err(StorageError::Failed(ErrorKind::InvalidFilename));
        }
        // Checked first, because disks report the removal of a folder differently, some like a read-only disk.
        let listed = self.disk.list(&self.folder)?;
        if listed.iter().any(|one| one.name == name && one.is_folder) {
            return Err(StorageError::Failed(ErrorKind::IsADirectory));
        }
        match self.disk.remove(&self.folder.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.note_refusal(error)),
            // Synced even if the file is gone, because an earlier removal may be unconfirmed.
            _ => self.sync_folder_names(),
        }
    }

    /// Removes copies that a power cut left incomplete: the original is still in its place, and the user would
    /// not see them. If the disk refuses, the next start tries again.
    pub(super) fn remove_unfinished_set_aside_files(&self) {
        if self.lock.is_err() {
            return;
        }
        let Ok(listed) = self.disk.list(&self.folder) else {
            return;
        };
        let is_unfinished =
            |name: &str| name.strip_suffix(".new").and_then(set_aside_time).is_some();
        for one in listed.iter().filter(|one| is_unfinished(&one.name)) {
            let _ = self.disk.remove(&self.folder.join(&one.name));
        }
    }

    /// Renames a file that cannot be read.
    fn rename_to_set_aside(&self, name: &str, now_ms: u64) -> Result<(), StorageError> {
        self.check_lock()?;
        for at in now_ms.. {
            let free = set_aside_name(at);
            if self.read(&free)?.is_none() {
                let (from, to) = (self.folder.join(name), self.folder.join(free));
                let renamed = self.disk.rename(&from, &to);
                return renamed.map_err(|error| self.note_refusal(error));
            }
        }
        Ok(())
    }

    fn copy_to_set_aside(&self, bytes: &[u8], now_ms: u64) -> Result<(), StorageError> {
        // Skips names that are taken, so that no earlier file is lost whatever the clock shows.
        for at in now_ms.. {
            let name = set_aside_name(at);
            match self.read(&name)? {
                Some(kept) if kept != bytes => {}
                Some(_) => break,
                None => {
                    self.replace(&name, bytes)?;
                    break;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use std::path::Path;

    #[cfg(unix)]
    use super::super::tests::make_pipe;
    use super::super::tests::open;
    use super::*;

    /// Similar names of other files.
    const OTHERS: [&str; 14] = [
        "vault.trousseau",
        "vault.trousseau.bak",
        "vault.trousseau.damaged-",
        "vault.trousseau.damaged-07",
        "vault.trousseau.damaged-+7",
        "vault.trousseau.damaged--7",
        "vault.trousseau.damaged-7.new",
        "vault.trousseau.damaged-7a",
        "vault.trousseau.damaged-٧",
        "vault.trousseau.damaged-18446744073709551616",
        "vault.trousseau.Damaged-8",
        "vault.trousseau.bak.damaged-7",
        "old-vault.trousseau.damaged-7",
        "vault.trousseau-7",
    ];

    fn names(storage: &Storage) -> Vec<String> {
        let files = storage.list_set_aside().unwrap().into_iter();
        files.map(|file| file.name).collect()
    }

    fn count(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn an_incomplete_copy_is_removed_at_the_next_start() {
        let folder = tempfile::tempdir().unwrap();
        let kept = [
            "vault.trousseau.damaged-7",
            "vault.trousseau.new",
            "other.damaged-7.new",
        ];
        for name in kept.into_iter().chain(["vault.trousseau.damaged-8.new"]) {
            fs::write(folder.path().join(name), "bytes").unwrap();
        }
        let storage = open(folder.path()).unwrap();
        assert_eq!(names(&storage), [kept[0]]);
        assert!(kept.iter().all(|name| folder.path().join(name).exists()));
        assert!(!folder.path().join("vault.trousseau.damaged-8.new").exists());
    }

    #[test]
    fn only_files_with_an_exact_name_are_listed() {
        let folder = tempfile::tempdir().unwrap();
        let storage = open(folder.path()).unwrap();
        assert!(storage.list_set_aside().unwrap().is_empty());
        for name in OTHERS {
            fs::write(folder.path().join(name), "another's").unwrap();
        }
        for at in [u64::MAX, 10, 0, 9] {
            fs::write(folder.path().join(set_aside_name(at)), at.to_string()).unwrap();
        }
        let file = |set_aside_ms| SetAsideFile {
            name: set_aside_name(set_aside_ms),
            set_aside_ms,
        };
        let expected = [0, 9, 10, u64::MAX].map(file);
        assert_eq!(storage.list_set_aside().unwrap(), expected);
    }

    #[test]
    fn only_set_aside_files_are_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("app");
        let storage = open(&inner).unwrap();
        for name in OTHERS {
            fs::write(inner.join(name), "another's").unwrap();
        }
        fs::write(inner.join(set_aside_name(7)), "seven").unwrap();
        fs::write(folder.path().join(set_aside_name(7)), "outside").unwrap();
        let before = count(&inner);
        let elsewhere = folder.path().join(set_aside_name(7));
        let paths = [
            "",
            ".",
            "../vault.trousseau.damaged-7",
            elsewhere.to_str().unwrap(),
        ];
        for name in OTHERS.into_iter().chain(paths) {
            let error = StorageError::Failed(ErrorKind::InvalidFilename);
            assert_eq!(storage.delete_set_aside(name), Err(error), "{name}");
        }
        assert_eq!(count(&inner), before);
        storage.delete_set_aside(&set_aside_name(7)).unwrap();
        storage.delete_set_aside(&set_aside_name(7)).unwrap();
        assert!(names(&storage).is_empty());
        assert_eq!(count(&inner), before - 1);
        assert!(elsewhere.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_or_link_is_listed_and_deleted_and_a_folder_only_listed() {
        let folder = tempfile::tempdir().unwrap();
        let storage = open(folder.path()).unwrap();
        let path = |at| folder.path().join(set_aside_name(at));
        let elsewhere = folder.path().join("elsewhere");
        fs::write(&elsewhere, "not ours").unwrap();
        make_pipe(&path(1));
        std::os::unix::fs::symlink(&elsewhere, path(2)).unwrap();
        std::os::unix::fs::symlink(folder.path(), path(3)).unwrap();
        fs::create_dir(path(4)).unwrap();
        fs::write(path(4).join("inside"), "not ours either").unwrap();
        let files = storage.list_set_aside().unwrap();
        let times: Vec<_> = files.iter().map(|one| one.set_aside_ms).collect();
        assert_eq!(times, [1, 2, 3, 4]);

        for at in 1..=3 {
            storage.delete_set_aside(&set_aside_name(at)).unwrap();
        }
        let error = StorageError::Failed(ErrorKind::IsADirectory);
        assert_eq!(storage.delete_set_aside(&set_aside_name(4)), Err(error));
        assert_eq!(names(&storage), [set_aside_name(4)]);
        assert!(path(4).join("inside").exists() && elsewhere.exists());
        assert!(!storage.is_read_only());
    }

    #[cfg(unix)]
    #[test]
    fn without_the_lock_nothing_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        make_pipe(&folder.path().join("vault.lock"));
        fs::write(folder.path().join(set_aside_name(7)), "seven").unwrap();
        let storage = open(folder.path()).unwrap();
        assert!(!storage.has_lock());
        assert!(storage.delete_set_aside(&set_aside_name(7)).is_err());
        assert_eq!(names(&storage), [set_aside_name(7)]);
    }

    #[test]
    fn setting_a_file_aside_replaces_no_earlier_one() {
        let folder = tempfile::tempdir().unwrap();
        let storage = open(folder.path()).unwrap();
        for foreign in ["one", "two", "one", "two"] {
            fs::write(folder.path().join(VAULT), foreign).unwrap();
            storage.set_aside_unknown_vault(b"ours", 7).unwrap();
            storage.write_vault(b"ours").unwrap();
            storage.set_aside_unknown_vault(b"ours", 7).unwrap();
        }
        let kept = |at| fs::read(folder.path().join(format!("{VAULT}.damaged-{at}"))).ok();
        assert_eq!(kept(7).as_deref(), Some(&b"one"[..]));
        assert_eq!(kept(8).as_deref(), Some(&b"two"[..]));
        assert_eq!(kept(9), None);
    }
}
