//! The vault's files. One process at a time writes them.
//!
//! | file | what | written |
//! |---|---|---|
//! | `vault.trousseau` | the vault | replaced as a whole |
//! | `vault.trousseau.bak` | the generation before the last change | replaced as a whole |
//! | `vault.trousseau.damaged-N` | a file that another took the place of: it could not be read, or was older or newer, or another vault's; put aside at N (Unix ms), deleted only when the person asks | once |
//! | `vault.attempts` | wrong attempts, see [`crate::session::attempts`] | in place, one of its two halves at a time |
//! | `attempts.json` | wrong attempts, as earlier versions kept them | removed once its count is in `vault.attempts` |
//! | `vault.lock` | locked by the process that has the vault; empty | never |
//! | `….new` | a file that is not complete yet | renamed when it is |
//!
//! To replace a file as a whole is: temporary file in the same folder, fsync, rename, fsync of the folder.
//!
//! The folder of a disk that takes no writes is opened all the same, for reading. Nothing is written without the lock.

mod aside;
mod attempts;
mod disk;
mod halves;
mod lock;
mod open;

pub use aside::Aside;
pub use attempts::AttemptsOnDisk;
pub use disk::{Disk, Listed, NewFile, SystemDisk};
pub(crate) use open::{open_to_read, remove_unless_file};

use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lock::FolderLock;

const VAULT: &str = "vault.trousseau";
const BACKUP: &str = "vault.trousseau.bak";
/// Made and removed to see whether the disk takes writes again.
const PROBE: &str = "vault.lock.new";

/// Why a file could not be read or written. The old file is whole, or the new one is in its place and the disk did not confirm it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// Another process holds the vault.
    #[error("another process holds the vault")]
    AlreadyRunning,
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

/// The folder of one vault.
pub struct Storage {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    /// Where the disk did not give the lock, the folder is for reading: nothing is written.
    lock: Result<FolderLock, StorageError>,
    /// The disk refused the last write because nothing can be written there.
    read_only: Cell<bool>,
    /// Where the newest attempt counter is; none where its file has to be made anew.
    attempts: Cell<Option<halves::Place>>,
    /// Vault files that may be replaced, whatever the session knows of them: put in place by us while the disk did
    /// not confirm it, or kept aside already. Empty once a vault is confirmed.
    replaceable: RefCell<Vec<Vec<u8>>>,
}

impl Storage {
    /// Makes the folder where it is missing, closes it to other users (mode 0700), and takes its lock, where the disk
    /// gives it.
    ///
    /// # Errors
    /// [`StorageError::AlreadyRunning`] while another process has the lock.
    pub fn open(folder: &Path, disk: Arc<dyn Disk>) -> Result<Self, StorageError> {
        let lock = match FolderLock::take(folder) {
            Err(StorageError::AlreadyRunning) => return Err(StorageError::AlreadyRunning),
            taken => taken,
        };
        let read_only = match &lock {
            Ok(lock) => lock.read_only,
            Err(refused) => *refused == StorageError::ReadOnly,
        };
        let storage = Self {
            folder: folder.into(),
            disk,
            lock,
            read_only: Cell::new(read_only),
            attempts: Cell::default(),
            replaceable: RefCell::default(),
        };
        storage.remove_unfinished_asides();
        Ok(storage)
    }

    /// Whether this process has the lock: until then nothing is written, and the folder is to be opened anew.
    pub fn has_lock(&self) -> bool {
        self.lock.is_ok()
    }

    /// Whether the disk refused the last write because nothing can be written there.
    pub fn is_read_only(&self) -> bool {
        self.read_only.get()
    }

    /// Whether the folder takes writes. A disk that refused the last one as read-only is asked again.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`]; why the disk did not give the lock.
    pub fn check_writable(&self) -> Result<(), StorageError> {
        self.check_lock()?;
        if self.is_read_only() {
            let probe = self.folder.join(PROBE);
            match self.disk.create(&probe).map_err(StorageError::from) {
                Err(StorageError::ReadOnly) => return Err(StorageError::ReadOnly),
                // Any other answer is for the write itself to give.
                Err(_) => {}
                Ok(_) => drop(self.disk.remove(&probe)),
            }
            self.read_only.set(false);
        }
        Ok(())
    }

    /// The vault's bytes; none where there is no vault.
    pub fn read_vault(&self) -> Result<Option<Vec<u8>>, StorageError> {
        self.read(VAULT)
    }

    /// The previous generation's bytes; none where there is none.
    pub fn read_backup(&self) -> Result<Option<Vec<u8>>, StorageError> {
        self.read(BACKUP)
    }

    /// Whether there is a vault file that must not be overwritten.
    ///
    /// # Errors
    /// The disk's error.
    pub fn has_vault(&self) -> Result<bool, StorageError> {
        let there = self.read_vault()?;
        Ok(there.is_some_and(|bytes| !self.replaceable.borrow().contains(&bytes)))
    }

    /// Replaces the vault; the previous generation stays as it is.
    ///
    /// # Errors
    /// The disk's error. After a failed sync of the folder the new file may be in place already.
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

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        match self.disk.read(&self.folder.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// See the module's documentation.
    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.put(&self.write_new(name, bytes)?, name)
    }

    /// The bytes in a temporary file, safe from a power cut.
    fn write_new(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, StorageError> {
        self.check_lock()?;
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
        self.sync_names()
    }

    /// Returns once the names in the folder outlive a power cut.
    fn sync_names(&self) -> Result<(), StorageError> {
        let synced = self.disk.sync_folder(&self.folder);
        synced.map_err(|error| self.refused(error))?;
        self.read_only.set(false);
        Ok(())
    }

    /// An unfinished file holds no secret in clear; the next write truncates it anyway.
    fn or_remove(&self, temporary: &Path, done: io::Result<()>) -> Result<(), StorageError> {
        done.map_err(|error| {
            let _ = self.disk.remove(temporary);
            self.refused(error)
        })
    }

    fn check_lock(&self) -> Result<(), StorageError> {
        self.lock.as_ref().map(drop).map_err(|refused| *refused)
    }

    /// The disk refused a write: remembered where it takes none.
    fn refused(&self, error: io::Error) -> StorageError {
        let refused = StorageError::from(error);
        if refused == StorageError::ReadOnly {
            self.read_only.set(true);
        }
        refused
    }
}

#[cfg(test)]
pub(crate) mod tests;
