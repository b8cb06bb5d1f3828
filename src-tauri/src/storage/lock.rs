//! The lock that keeps a second process out of a vault's folder.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::StorageError;
use super::open::{create_private_folder, open_to_lock, open_to_lock_read_only};

const LOCK: &str = "vault.lock";

/// The lock, until it is dropped.
pub(super) struct FolderLock {
    _file: File,
    /// The disk opened the file for reading only.
    pub(super) read_only: bool,
}

impl FolderLock {
    /// Makes the folder where it is missing, closes it to other users (mode 0700), and takes its lock. A lock file that
    /// can only be read is locked as well.
    ///
    /// # Errors
    /// [`StorageError::AlreadyRunning`] while another process has the lock; otherwise the disk's error.
    pub(super) fn take(folder: &Path) -> Result<Self, StorageError> {
        create_private_folder(folder)?;
        let path = folder.join(LOCK);
        let (file, read_only) = match open_to_lock(&path) {
            Ok(file) => (file, false),
            Err(refused) => (open_to_lock_read_only(&path).map_err(|_| refused)?, true),
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
