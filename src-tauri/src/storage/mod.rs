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

    /// Replaces the vault; the previous generation stays as it is.
    pub fn write_vault(&self, bytes: &[u8]) -> Result<(), StorageError> {
        self.replace(VAULT, bytes)
    }

    /// Replaces the previous generation.
    pub fn write_backup(&self, bytes: &[u8]) -> Result<(), StorageError> {
        self.replace(BACKUP, bytes)
    }

    /// Replaces the attempt counter.
    pub fn write_attempts(&self, bytes: &[u8]) -> Result<(), StorageError> {
        self.replace(ATTEMPTS, bytes)
    }

    /// Copies the vault file, as it is, to a name of its own, so that replacing it loses nothing.
    pub fn keep_aside(&self, bytes: &[u8], now_ms: u64) -> Result<(), StorageError> {
        self.replace(&format!("{VAULT}.damaged-{now_ms}"), bytes)
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
        let temporary = self.folder.join(format!("{name}.new"));
        let written = self.disk.create(&temporary).and_then(|mut file| {
            file.write(bytes)?;
            file.sync()
        });
        let renamed = written.and_then(|()| self.disk.rename(&temporary, &self.folder.join(name)));
        if let Err(error) = renamed {
            // What could not be finished is ciphertext at worst; the next write truncates it anyway.
            let _ = self.disk.remove(&temporary);
            return Err(error.into());
        }
        Ok(self.disk.sync_folder(&self.folder)?)
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
}
