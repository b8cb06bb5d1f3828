//! What another file takes the place of is put aside under a name of its own. Nothing but the person deletes it.

use std::io::ErrorKind;

use super::{BACKUP, Storage, StorageError, VAULT};

/// What was put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Its name in the folder.
    pub name: String,
    /// When that was (Unix ms), by the clock of then.
    pub kept_ms: u64,
}

/// What is put aside at `ms` has this name.
fn name_at(ms: u64) -> String {
    format!("{VAULT}.damaged-{ms}")
}

/// When what has this name was put aside; none where [`name_at`] does not give it.
fn time_of(name: &str) -> Option<u64> {
    let (_, digits) = name.rsplit_once('-')?;
    let ms = digits.parse().ok()?;
    (name_at(ms) == name).then_some(ms)
}

impl Storage {
    /// Copies a vault file that is not `known` to a name of its own, so that replacing it loses nothing. A file
    /// that this app wrote and the disk did not confirm is not copied: it may accept a credential that is being removed.
    ///
    /// # Errors
    /// The disk's error.
    pub fn keep_foreign(&self, known: &[u8], now_ms: u64) -> Result<(), StorageError> {
        let Some(there) = self.read_vault()?.filter(|there| there != known) else {
            return Ok(());
        };
        if self.replaceable.borrow().contains(&there) {
            return Ok(());
        }
        self.keep_aside(&there, now_ms)?;
        self.replaceable.borrow_mut().push(there);
        Ok(())
    }

    /// Copies the previous generation to a name of its own, so that replacing it loses nothing.
    ///
    /// # Errors
    /// The disk's error.
    pub fn keep_backup(&self, now_ms: u64) -> Result<(), StorageError> {
        match self.read_backup() {
            Ok(Some(backup)) => self.keep_aside(&backup, now_ms),
            Ok(None) => Ok(()),
            Err(_) => self.rename_aside(BACKUP, now_ms),
        }
    }

    /// Gives a vault that cannot be read a name of its own: a folder, a pipe, a bad block, whose bytes nobody can copy.
    ///
    /// # Errors
    /// The disk's error.
    pub fn rename_unreadable_vault(&self, now_ms: u64) -> Result<(), StorageError> {
        match self.read_vault() {
            Ok(_) => Ok(()),
            Err(_) => self.rename_aside(VAULT, now_ms),
        }
    }

    /// All that was put aside, the oldest first, also what is no file: nothing of it is opened.
    ///
    /// # Errors
    /// The disk's error.
    pub fn kept_aside(&self) -> Result<Vec<Aside>, StorageError> {
        let listed = self.disk.list(&self.folder)?.into_iter();
        let asides = listed.filter_map(|listed| {
            Some(Aside {
                kept_ms: time_of(&listed.name)?,
                name: listed.name,
            })
        });
        let mut asides: Vec<_> = asides.collect();
        asides.sort_unstable_by_key(|aside| aside.kept_ms);
        Ok(asides)
    }

    /// Deletes for ever what was put aside under `name`; what is gone already is no error.
    ///
    /// Only the name goes where it is a link or a pipe. A folder stays: this app wrote nothing into it, so it is not the
    /// one to delete it.
    ///
    /// # Errors
    /// `Failed(InvalidFilename)` for any other name, `Failed(IsADirectory)` for a folder; the disk's error, and it may be
    /// gone then.
    pub fn delete_aside(&self, name: &str) -> Result<(), StorageError> {
        self.check_lock()?;
        if time_of(name).is_none() {
            return Err(StorageError::Failed(ErrorKind::InvalidFilename));
        }
        // Asked first: what a disk answers to the removal of a folder differs, and may look like a disk that takes no writes.
        let listed = self.disk.list(&self.folder)?;
        if listed.iter().any(|one| one.name == name && one.is_folder) {
            return Err(StorageError::Failed(ErrorKind::IsADirectory));
        }
        match self.disk.remove(&self.folder.join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.refused(error)),
            // What is gone may have been removed without the disk confirming it.
            _ => self.sync_names(),
        }
    }

    /// Removes copies that were not finished when the power was cut: what they are of is still in its place, and nobody would
    /// be told of them. A disk that refuses is asked again at the next start.
    pub(super) fn remove_unfinished_asides(&self) {
        if self.lock.is_err() {
            return;
        }
        let Ok(listed) = self.disk.list(&self.folder) else {
            return;
        };
        let is_unfinished = |name: &str| name.strip_suffix(".new").and_then(time_of).is_some();
        for one in listed.iter().filter(|one| is_unfinished(&one.name)) {
            let _ = self.disk.remove(&self.folder.join(&one.name));
        }
    }

    /// Gives what cannot be read a name of its own.
    fn rename_aside(&self, name: &str, now_ms: u64) -> Result<(), StorageError> {
        self.check_lock()?;
        for at in now_ms.. {
            let aside = name_at(at);
            if self.read(&aside)?.is_none() {
                let (from, to) = (self.folder.join(name), self.folder.join(aside));
                let renamed = self.disk.rename(&from, &to);
                return renamed.map_err(|error| self.refused(error));
            }
        }
        Ok(())
    }

    fn keep_aside(&self, bytes: &[u8], now_ms: u64) -> Result<(), StorageError> {
        // Whatever the clock says, what was kept before stays.
        for at in now_ms.. {
            let name = name_at(at);
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

    /// Names like those of what is put aside, which are of something else.
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
        let asides = storage.kept_aside().unwrap().into_iter();
        asides.map(|aside| aside.name).collect()
    }

    fn count(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_copy_that_was_not_finished_goes_at_the_next_start() {
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
    fn what_was_put_aside_is_listed_by_its_exact_name_alone() {
        let folder = tempfile::tempdir().unwrap();
        let storage = open(folder.path()).unwrap();
        assert!(storage.kept_aside().unwrap().is_empty());
        for name in OTHERS {
            fs::write(folder.path().join(name), "another's").unwrap();
        }
        for at in [u64::MAX, 10, 0, 9] {
            fs::write(folder.path().join(name_at(at)), at.to_string()).unwrap();
        }
        let aside = |kept_ms| Aside {
            name: name_at(kept_ms),
            kept_ms,
        };
        let expected = [0, 9, 10, u64::MAX].map(aside);
        assert_eq!(storage.kept_aside().unwrap(), expected);
    }

    #[test]
    fn nothing_is_deleted_but_what_was_put_aside() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("app");
        let storage = open(&inner).unwrap();
        for name in OTHERS {
            fs::write(inner.join(name), "another's").unwrap();
        }
        fs::write(inner.join(name_at(7)), "seven").unwrap();
        fs::write(folder.path().join(name_at(7)), "outside").unwrap();
        let before = count(&inner);
        let elsewhere = folder.path().join(name_at(7));
        let paths = [
            "",
            ".",
            "../vault.trousseau.damaged-7",
            elsewhere.to_str().unwrap(),
        ];
        for name in OTHERS.into_iter().chain(paths) {
            let refused = StorageError::Failed(ErrorKind::InvalidFilename);
            assert_eq!(storage.delete_aside(name), Err(refused), "{name}");
        }
        assert_eq!(count(&inner), before);
        storage.delete_aside(&name_at(7)).unwrap();
        storage.delete_aside(&name_at(7)).unwrap();
        assert!(names(&storage).is_empty());
        assert_eq!(count(&inner), before - 1);
        assert!(elsewhere.exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_listed_and_goes_unless_it_is_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let storage = open(folder.path()).unwrap();
        let path = |at| folder.path().join(name_at(at));
        let elsewhere = folder.path().join("elsewhere");
        fs::write(&elsewhere, "not ours").unwrap();
        make_pipe(&path(1));
        std::os::unix::fs::symlink(&elsewhere, path(2)).unwrap();
        std::os::unix::fs::symlink(folder.path(), path(3)).unwrap();
        fs::create_dir(path(4)).unwrap();
        fs::write(path(4).join("inside"), "not ours either").unwrap();
        let asides = storage.kept_aside().unwrap();
        let times: Vec<_> = asides.iter().map(|one| one.kept_ms).collect();
        assert_eq!(times, [1, 2, 3, 4]);

        for at in 1..=3 {
            storage.delete_aside(&name_at(at)).unwrap();
        }
        let refused = StorageError::Failed(ErrorKind::IsADirectory);
        assert_eq!(storage.delete_aside(&name_at(4)), Err(refused));
        assert_eq!(names(&storage), [name_at(4)]);
        assert!(path(4).join("inside").exists() && elsewhere.exists());
        assert!(!storage.is_read_only());
    }

    #[cfg(unix)]
    #[test]
    fn without_the_lock_nothing_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        make_pipe(&folder.path().join("vault.lock"));
        fs::write(folder.path().join(name_at(7)), "seven").unwrap();
        let storage = open(folder.path()).unwrap();
        assert!(!storage.has_lock());
        assert!(storage.delete_aside(&name_at(7)).is_err());
        assert_eq!(names(&storage), [name_at(7)]);
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
}
