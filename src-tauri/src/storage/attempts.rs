//! The file that counts wrong attempts. Its space is reserved, and it is rewritten in place.
//!
//! A full disk still takes a write in place on file systems that overwrite blocks (ext4, F2FS, XFS, NTFS,
//! tmpfs). A file system that writes changed blocks elsewhere (Btrfs, ZFS, APFS, snapshots) may refuse even
//! that when it is full; the count is then kept in memory only.

use std::io::ErrorKind;

use super::double_buffer::{self, Contents};
use super::{Storage, StorageError};

/// The name of the file.
pub(super) const ATTEMPTS: &str = "vault.attempts";
/// The file of earlier versions: the payload only, replaced with each attempt.
const EARLIER: &str = "attempts.json";

/// What the disk contains of the count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptsOnDisk {
    /// No file: no attempt was counted here yet.
    Nothing,
    /// The payload that was written last.
    Whole(Vec<u8>),
    /// The payload that was written last, in the file of an earlier version.
    Earlier(Vec<u8>),
    /// One half of the file is damaged. Holds the newest payload that is left.
    OneHalf(Vec<u8>),
    /// The file cannot be read.
    Damaged,
}

impl Storage {
    /// Reads the count from the disk. The caller has to write it again unless the result is
    /// [`AttemptsOnDisk::Whole`]. If the file is complete, the file of an earlier version is removed.
    pub fn load_attempts(&self) -> AttemptsOnDisk {
        self.attempts.set(None);
        match self.read(ATTEMPTS) {
            Ok(Some(file)) => match double_buffer::read(&file) {
                Contents::Both(payload, position) => {
                    self.attempts.set(Some(position));
                    self.remove_earlier_file();
                    AttemptsOnDisk::Whole(payload)
                }
                Contents::One(payload, position) => {
                    self.attempts.set(Some(position));
                    AttemptsOnDisk::OneHalf(payload)
                }
                Contents::Neither => AttemptsOnDisk::Damaged,
            },
            Ok(None) => match self.read(EARLIER) {
                Ok(Some(payload)) => AttemptsOnDisk::Earlier(payload),
                Ok(None) => AttemptsOnDisk::Nothing,
                Err(_) => AttemptsOnDisk::Damaged,
            },
            Err(_) => AttemptsOnDisk::Damaged,
        }
    }

    /// Creates the file if it is missing, so that a disk that is full later still takes an attempt.
    ///
    /// # Errors
    /// The disk's error.
    pub fn reserve_attempts(&self, payload: &[u8]) -> Result<(), StorageError> {
        match self.attempts.get() {
            Some(_) => Ok(()),
            None => self.write_attempts(payload),
        }
    }

    /// Writes the count. The previous one stays readable until this one is on disk.
    ///
    /// # Errors
    /// The disk's error, if it took the bytes neither in place nor in a new file.
    pub fn write_attempts(&self, payload: &[u8]) -> Result<(), StorageError> {
        self.check_lock()?;
        if self.overwrite_older_half(payload) {
            return Ok(());
        }
        // The file cannot be overwritten: it is missing, truncated, on a bad block, or no regular file.
        let file = double_buffer::new_file(payload)
            .ok_or(StorageError::Failed(ErrorKind::FileTooLarge))?;
        let temporary = self.write_new(ATTEMPTS, &file)?;
        // From here on, a power cut may bring the old file back under this name, even after writes to the new
        // one.
        self.attempts.set(None);
        self.move_into_place(&temporary, ATTEMPTS)?;
        self.attempts.set(Some(double_buffer::Position::FIRST));
        self.remove_earlier_file();
        Ok(())
    }

    /// Writes the payload over the older half; returns whether it survives a power cut. After a failed write
    /// the same half is used again, so that the newest payload is never given up before another one is on disk.
    fn overwrite_older_half(&self, payload: &[u8]) -> bool {
        let Some(position) = self.attempts.get().and_then(double_buffer::Position::next) else {
            return false;
        };
        let path = self.folder.join(ATTEMPTS);
        let written = position.encode(payload).is_some_and(|half| {
            self.disk
                .write_in_place(&path, position.offset(), &half)
                .is_ok()
        });
        if written {
            self.attempts.set(Some(position));
        }
        written
    }

    /// Removes the file of an earlier version, once its count is in the new file. If that fails, the next start
    /// tries again.
    fn remove_earlier_file(&self) {
        if let Ok(Some(_)) = self.read(EARLIER)
            && self.has_lock()
            && self.disk.remove(&self.folder.join(EARLIER)).is_ok()
        {
            let _ = self.disk.sync_folder(&self.folder);
        }
    }
}
