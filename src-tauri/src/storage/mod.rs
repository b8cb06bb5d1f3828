//! The files of the vault. Only one process at a time writes them.
//!
//! | file | what | written |
//! |---|---|---|
//! | `vault.trousseau` | the vault | replaced as a whole |
//! | `vault.trousseau.bak` | the previous generation: the vault before the last change | replaced as a whole |
//! | `vault.trousseau.damaged-N` | a set-aside file: another file replaced it because it could not be read, was older or newer, or was of another vault; N is when (Unix ms); only the user deletes it | once |
//! | `vault.attempts` | wrong attempts, see [`crate::session::attempts`] | in place, one of its two halves at a time |
//! | `attempts.json` | wrong attempts, in the format of earlier versions | removed once its count is in `vault.attempts` |
//! | `vault.lock` | empty; locked by the process that uses the vault | never |
//! | `….new` | a file that is not complete yet | renamed once it is complete |
//!
//! Replacing a file as a whole: write a temporary file in the same folder, fsync it, rename it, fsync the
//! folder.
//!
//! On a disk that takes no writes the folder is opened for reading. Nothing is written without the lock.

mod attempts;
mod disk;
mod double_buffer;
mod lock;
mod private_files;
mod set_aside;

pub use attempts::AttemptsOnDisk;
pub use disk::{Disk, Listed, NewFile, SystemDisk};
pub(crate) use private_files::{open_to_read, remove_special_file};
pub use set_aside::SetAsideFile;

use std::cell::{Cell, RefCell};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lock::FolderLock;

const VAULT: &str = "vault.trousseau";
const PREVIOUS_GENERATION: &str = "vault.trousseau.bak";
/// Created and removed to test whether the disk takes writes again.
const PROBE: &str = "vault.lock.new";

/// Why a file could not be read or written. After a failed write the old file is complete, or the new one is in
/// its place and the disk did not confirm it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// Another process uses the vault.
    #[error("another process holds the vault")]
    AlreadyRunning,
    /// No space left on the device, or over quota.
    #[error("no space left")]
    DiskFull,
    /// The folder or the file system cannot be written.
    #[error("cannot be written")]
    ReadOnly,
    /// Any other error of the disk.
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
    /// Without the lock, the folder is only read.
    lock: Result<FolderLock, StorageError>,
    /// Whether the disk refused the last write as read-only.
    read_only: Cell<bool>,
    /// Where the newest count of attempts is, or `None` if its file has to be created.
    attempts: Cell<Option<double_buffer::Position>>,
    /// Vault files that may be replaced although the session does not know them: this app put them in place and
    /// the disk did not confirm it, or they are set aside already. Empty once the disk has confirmed a vault.
    replaceable: RefCell<Vec<Vec<u8>>>,
}

impl Storage {
    /// Creates the folder if it is missing, closes it to other users (mode 0700), and takes its lock if the
    /// disk allows it.
    ///
    /// # Errors
    /// [`StorageError::AlreadyRunning`] if another process has the lock.
    pub fn open(folder: &Path, disk: Arc<dyn Disk>) -> Result<Self, StorageError> {
        let lock = match FolderLock::take(folder) {
            Err(StorageError::AlreadyRunning) => return Err(StorageError::AlreadyRunning),
            taken => taken,
        };
        let read_only = match &lock {
            Ok(lock) => lock.read_only,
            Err(error) => *error == StorageError::ReadOnly,
        };
        let storage = Self {
            folder: folder.into(),
            disk,
            lock,
            read_only: Cell::new(read_only),
            attempts: Cell::default(),
            replaceable: RefCell::default(),
        };
        storage.remove_unfinished_set_aside_files();
        Ok(storage)
    }

    /// Whether this process has the lock. Without it nothing is written, and the folder has to be opened again.
    pub fn has_lock(&self) -> bool {
        self.lock.is_ok()
    }

    /// Whether the disk refused the last write as read-only.
    pub fn is_read_only(&self) -> bool {
        self.read_only.get()
    }

    /// Whether the folder takes writes. If the disk refused the last write as read-only, this tries again.
    ///
    /// # Errors
    /// [`StorageError::ReadOnly`]; the error of taking the lock.
    pub fn check_writable(&self) -> Result<(), StorageError> {
        self.check_lock()?;
        if self.is_read_only() {
            let probe = self.folder.join(PROBE);
            match self.disk.create(&probe).map_err(StorageError::from) {
                Err(StorageError::ReadOnly) => return Err(StorageError::ReadOnly),
                // Any other error is reported by the write itself.
                Err(_) => {}
                Ok(_) => drop(self.disk.remove(&probe)),
            }
            self.read_only.set(false);
        }
        Ok(())
    }

    /// The bytes of the vault, or `None` if there is no vault.
    pub fn read_vault(&self) -> Result<Option<Vec<u8>>, StorageError> {
        self.read(VAULT)
    }

    /// The bytes of the previous generation, or `None` if there is none.
    pub fn read_previous_generation(&self) -> Result<Option<Vec<u8>>, StorageError> {
        self.read(PREVIOUS_GENERATION)
    }

    /// Whether there is a vault file that must not be overwritten.
    ///
    /// # Errors
    /// The disk's error.
    pub fn has_vault(&self) -> Result<bool, StorageError> {
        let there = self.read_vault()?;
        Ok(there.is_some_and(|bytes| !self.replaceable.borrow().contains(&bytes)))
    }

    /// Replaces the vault. The previous generation stays as it is.
    ///
    /// # Errors
    /// The disk's error. After a failed sync of the folder the new file may be in place already.
    pub fn write_vault(&self, bytes: &[u8]) -> Result<(), StorageError> {
        let temporary = self.write_new(VAULT, bytes)?;
        self.replaceable.borrow_mut().push(bytes.to_vec());
        self.move_into_place(&temporary, VAULT)?;
        self.replaceable.borrow_mut().clear();
        Ok(())
    }

    /// Replaces the previous generation.
    pub fn write_previous_generation(&self, bytes: &[u8]) -> Result<(), StorageError> {
        self.replace(PREVIOUS_GENERATION, bytes)
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        match self.disk.read(&self.folder.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Replaces a file as a whole, as the documentation of this module describes.
    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        self.move_into_place(&self.write_new(name, bytes)?, name)
    }

    /// Writes the bytes to a temporary file and returns once they survive a power cut.
    fn write_new(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, StorageError> {
        self.check_lock()?;
        let temporary = self.folder.join(format!("{name}.new"));
        let written = self.disk.create(&temporary).and_then(|mut file| {
            file.write(bytes)?;
            file.sync()
        });
        self.or_remove_temporary(&temporary, written)?;
        Ok(temporary)
    }

    fn move_into_place(&self, temporary: &Path, name: &str) -> Result<(), StorageError> {
        let renamed = self.disk.rename(temporary, &self.folder.join(name));
        self.or_remove_temporary(temporary, renamed)?;
        self.sync_folder_names()
    }

    /// Returns once the names in the folder survive a power cut.
    fn sync_folder_names(&self) -> Result<(), StorageError> {
        let synced = self.disk.sync_folder(&self.folder);
        synced.map_err(|error| self.note_refusal(error))?;
        self.read_only.set(false);
        Ok(())
    }

    /// Removes the temporary file after an error. If that fails, it does no harm: it contains no readable
    /// secret, and the next write replaces it.
    fn or_remove_temporary(
        &self,
        temporary: &Path,
        done: io::Result<()>,
    ) -> Result<(), StorageError> {
        done.map_err(|error| {
            let _ = self.disk.remove(temporary);
            self.note_refusal(error)
        })
    }

    fn check_lock(&self) -> Result<(), StorageError> {
        self.lock.as_ref().map(drop).map_err(|error| *error)
    }

    /// Converts the error of a write, and remembers that the disk is read-only.
    fn note_refusal(&self, error: io::Error) -> StorageError {
        let error = StorageError::from(error);
        if error == StorageError::ReadOnly {
            self.read_only.set(true);
        }
        error
    }
}

#[cfg(test)]
pub(crate) mod tests;
