//! The file of the attempt counter: its room is reserved, and it is rewritten in place.
//!
//! A full disk takes a write in place on file systems that overwrite blocks (ext4, F2FS, XFS, NTFS, tmpfs). A file
//! system that writes changed blocks elsewhere (Btrfs, ZFS, APFS, snapshots) may refuse even that when it
//! is full; then the count is kept in memory only.

use std::io::ErrorKind;

use super::halves::{self, Found};
use super::{Storage, StorageError};

/// The file.
pub(super) const ATTEMPTS: &str = "vault.attempts";
/// What earlier versions had in its place: the payload alone, replaced with each attempt.
const EARLIER: &str = "attempts.json";

/// What a disk holds of the attempt counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptsOnDisk {
    /// Nothing: no attempt was ever counted here.
    Nothing,
    /// The payload that was written last.
    Whole(Vec<u8>),
    /// The payload that was written last, in the file of an earlier version.
    Earlier(Vec<u8>),
    /// One half of the file is damaged; the newest payload that is left.
    OneHalf(Vec<u8>),
    /// A file that cannot be read.
    Damaged,
}

impl Storage {
    /// What the disk holds of the attempt counter. Everything but [`AttemptsOnDisk::Whole`] is to be written anew. Where the
    /// count is whole, the file of an earlier version is removed.
    pub fn load_attempts(&self) -> AttemptsOnDisk {
        self.attempts.set(None);
        match self.read(ATTEMPTS) {
            Ok(Some(file)) => match halves::read(&file) {
                Found::Both(payload, place) => {
                    self.attempts.set(Some(place));
                    self.forget_earlier();
                    AttemptsOnDisk::Whole(payload)
                }
                Found::One(payload, place) => {
                    self.attempts.set(Some(place));
                    AttemptsOnDisk::OneHalf(payload)
                }
                Found::Neither => AttemptsOnDisk::Damaged,
            },
            Ok(None) => match self.read(EARLIER) {
                Ok(Some(payload)) => AttemptsOnDisk::Earlier(payload),
                Ok(None) => AttemptsOnDisk::Nothing,
                Err(_) => AttemptsOnDisk::Damaged,
            },
            Err(_) => AttemptsOnDisk::Damaged,
        }
    }

    /// Makes the attempt counter's file where it is missing, so that later a full disk still takes an attempt.
    ///
    /// # Errors
    /// The disk's error.
    pub fn reserve_attempts(&self, payload: &[u8]) -> Result<(), StorageError> {
        match self.attempts.get() {
            Some(_) => Ok(()),
            None => self.write_attempts(payload),
        }
    }

    /// Writes the attempt counter. What was written before stays readable until this is on disk.
    ///
    /// # Errors
    /// The disk's error: it took the bytes neither in place nor as a new file.
    pub fn write_attempts(&self, payload: &[u8]) -> Result<(), StorageError> {
        self.check_lock()?;
        if self.overwrite_older_half(payload) {
            return Ok(());
        }
        // There is no file that can be overwritten: it is missing, cut short, on a bad block or something else.
        let file =
            halves::new_file(payload).ok_or(StorageError::Failed(ErrorKind::FileTooLarge))?;
        let temporary = self.write_new(ATTEMPTS, &file)?;
        // From here on the name may lead to the old file after a power cut, whatever is written to the new one.
        self.attempts.set(None);
        self.put(&temporary, ATTEMPTS)?;
        self.attempts.set(Some(halves::Place::FIRST));
        self.forget_earlier();
        Ok(())
    }

    /// Whether the payload is in the older half now, safe from a power cut. After a failed write the same half is
    /// taken again: the newest is never given up before another is on disk.
    fn overwrite_older_half(&self, payload: &[u8]) -> bool {
        let Some(place) = self.attempts.get().and_then(halves::Place::next) else {
            return false;
        };
        let path = self.folder.join(ATTEMPTS);
        let written = place.encode(payload).is_some_and(|half| {
            self.disk
                .write_in_place(&path, place.offset(), &half)
                .is_ok()
        });
        if written {
            self.attempts.set(Some(place));
        }
        written
    }

    /// Removes what an earlier version kept, once its count is in the new file. Tried again at the next start.
    fn forget_earlier(&self) {
        if let Ok(Some(_)) = self.read(EARLIER)
            && self.has_lock()
            && self.disk.remove(&self.folder.join(EARLIER)).is_ok()
        {
            let _ = self.disk.sync_folder(&self.folder);
        }
    }
}
