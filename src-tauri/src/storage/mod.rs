//! The vault's files: written whole or not at all, one process at a time.
//!
//! | file | what |
//! |---|---|
//! | `vault.trousseau` | the vault |
//! | `vault.trousseau.bak` | the generation before the last change |
//! | `vault.trousseau.damaged-N` | a file that could not be read, put aside at N (Unix ms), never deleted |
//! | `attempts.json` | wrong attempts, see [`crate::session::attempts`] |
//! | `vault.lock` | held by the process that has the vault |

mod disk;

pub use disk::{Disk, NewFile, SystemDisk};

use std::cell::RefCell;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use disk::{create_private_folder, private_file};

const VAULT: &str = "vault.trousseau";
const BACKUP: &str = "vault.trousseau.bak";
const ATTEMPTS: &str = "attempts.json";
const LOCK: &str = "vault.lock";

/// Why a file could not be read or written. The files are as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// Another process holds the vault.
    #[error("another process holds the vault")]
    SecondProcess,
    /// No space left on the device, or over quota.
    #[error("no space left")]
    DiskFull,
    /// The folder or the file system cannot be written.
    #[error("cannot be written")]
    ReadOnly,
    /// Any other answer of the disk.
    #[error("the disk answered with {0}")]
    Failed(ErrorKind),
}

impl From<io::Error> for StorageError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly,
            kind => Self::Failed(kind),
        }
    }
}

/// The folder of one vault, held by this process.
pub struct Storage {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    /// Vault files that may be replaced, whatever the session knows of them: put in place by us while the disk did
    /// not confirm it, or kept aside already. Empty once a vault is confirmed.
    replaceable: RefCell<Vec<Vec<u8>>>,
    _lock: File,
}

impl Storage {
    /// Makes the folder where it is missing (mode 0700) and takes its lock.
    ///
    /// # Errors
    /// [`StorageError::SecondProcess`] while another process has it.
    pub fn open(folder: &Path, disk: Arc<dyn Disk>) -> Result<Self, StorageError> {
        create_private_folder(folder)?;
        let lock = private_file(&folder.join(LOCK), false)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                folder: folder.into(),
                disk,
                replaceable: RefCell::default(),
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(StorageError::SecondProcess),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// The vault's bytes; none where there is no vault.
    pub fn read_vault(&self) -> Result<Option<Vec<u8>>, StorageError> {
        self.read(VAULT)
    }

    /// The previous generation's bytes; none where there is none.
    pub fn read_backup(&self) -> Result<Option<Vec<u8>>, StorageError> {
        self.read(BACKUP)
    }

    /// The attempt counter's bytes.
    pub fn read_attempts(&self) -> Result<Option<Vec<u8>>, StorageError> {
        self.read(ATTEMPTS)
    }

    /// Whether there is a vault file that somebody may miss.
    ///
    /// # Errors
    /// What the disk says.
    pub fn has_vault(&self) -> Result<bool, StorageError> {
        let there = self.read_vault()?;
        Ok(there.is_some_and(|bytes| !self.replaceable.borrow().contains(&bytes)))
    }

    /// Replaces the vault; the previous generation stays as it is.
    ///
    /// # Errors
    /// What the disk says; where it only did not confirm, the vault may be replaced all the same.
    pub fn write_vault(&self, bytes: &[u8]) -> Result<(), StorageError> {
        let temporary = self.write_new(VAULT, bytes)?;
        self.replaceable.borrow_mut().push(bytes.to_vec());
        self.put(&temporary, VAULT)?;
        self.replaceable.borrow_mut().clear();
        Ok(())
    }

    /// Replaces the previous generation.
    pub fn write_backup(&self, bytes: &[u8]) -> Result<(), StorageError> {
        self.replace(BACKUP, bytes)
    }

    /// Replaces the attempt counter.
    pub fn write_attempts(&self, bytes: &[u8]) -> Result<(), StorageError> {
        self.replace(ATTEMPTS, bytes)
    }

    /// Copies a vault file that is not `known` to a name of its own, so that replacing it loses nothing. Our own that the
    /// disk did not confirm is not copied: it may hold a credential that is about to go.
    ///
    /// # Errors
    /// What the disk says.
    pub fn keep_foreign(&self, known: &[u8], now_ms: u64) -> Result<(), StorageError> {
        let Some(there) = self.read_vault()?.filter(|there| there != known) else {
            return Ok(());
        };
        if self.replaceable.borrow().contains(&there) {
            return Ok(());
        }
        // Whatever the clock says, what was kept before stays.
        for at in now_ms.. {
            let name = format!("{VAULT}.damaged-{at}");
            match self.read(&name)? {
                Some(kept) if kept != there => {}
                Some(_) => break,
                None => {
                    self.replace(&name, &there)?;
                    break;
                }
            }
        }
        self.replaceable.borrow_mut().push(there);
        Ok(())
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        match self.disk.read(&self.folder.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Temporary file in the same folder, fsync, rename, fsync of the folder.
    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.put(&self.write_new(name, bytes)?, name)
    }

    /// The bytes in a temporary file, safe from a power cut.
    fn write_new(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, StorageError> {
        let temporary = self.folder.join(format!("{name}.new"));
        let written = self.disk.create(&temporary).and_then(|mut file| {
            file.write(bytes)?;
            file.sync()
        });
        self.or_remove(&temporary, written)?;
        Ok(temporary)
    }

    fn put(&self, temporary: &Path, name: &str) -> Result<(), StorageError> {
        let renamed = self.disk.rename(temporary, &self.folder.join(name));
        self.or_remove(temporary, renamed)?;
        Ok(self.disk.sync_folder(&self.folder)?)
    }

    /// What could not be finished is ciphertext at worst; the next write truncates it anyway.
    fn or_remove(&self, temporary: &Path, done: io::Result<()>) -> Result<(), StorageError> {
        done.map_err(|error| {
            let _ = self.disk.remove(temporary);
            error.into()
        })
    }
}

#[cfg(test)]
mod tests {
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
}
