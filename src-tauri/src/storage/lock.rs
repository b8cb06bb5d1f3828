//! The lock that keeps a second process out of the vault's folder.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::StorageError;
use super::private_files::{create_private_folder, open_to_lock, open_to_lock_read_only};

const LOCK: &str = "vault.lock";

/// The lock. Dropping it releases it.
pub(super) struct FolderLock {
    _file: File,
    /// The lock file could be opened for reading only.
    pub(super) read_only: bool,
}

impl FolderLock {
    /// Creates the folder if it is missing, closes it to other users (mode 0700), and takes its lock. A lock
    /// file that can only be read is locked, too.
    ///
    /// # Errors
    /// [`StorageError::AlreadyRunning`] if another process has the lock; otherwise the disk's error.
    pub(super) fn take(folder: &Path) -> Result<Self, StorageError> {
        create_private_folder(folder)?;
        let path = folder.join(LOCK);
        let (file, read_only) = match open_to_lock(&path) {
            Ok(file) => (file, false),
            Err(error) => (open_to_lock_read_only(&path).map_err(|_| error)?, true),
        };
        match file.try_lock() {
            Ok(()) => Ok(Self {
                _file: file,
                read_only,
            }),
            Err(TryLockError::WouldBlock) => Err(StorageError::AlreadyRunning),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}
