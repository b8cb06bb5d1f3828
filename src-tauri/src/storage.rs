//! The vault's files: written whole or not at all, one process at a time.
//!
//! | file | what |
//! |---|---|
//! | `vault.trousseau` | the vault |
//! | `vault.trousseau.bak` | the generation before the last change |
//! | `vault.trousseau.damaged-N` | a file that could not be read, put aside at N (Unix ms), never deleted |
//! | `attempts.json` | wrong attempts, see [`crate::session::attempts`] |
//! | `vault.lock` | held by the process that has the vault |

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

const VAULT: &str = "vault.trousseau";
const BACKUP: &str = "vault.trousseau.bak";
const ATTEMPTS: &str = "attempts.json";
const LOCK: &str = "vault.lock";

/// No vault of this app comes near; a larger file is not read into memory.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;

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
    _lock: File,
}

impl Storage {
    /// Makes the folder where it is missing (mode 0700) and takes its lock.
    ///
    /// # Errors
    /// [`StorageError::SecondProcess`] while another process has it.
    pub fn open(folder: &Path) -> Result<Self, StorageError> {
        create_private_folder(folder)?;
        let lock = private_file(&folder.join(LOCK), false)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                folder: folder.into(),
                _lock: lock,
            }),
            Err(fs::TryLockError::WouldBlock) => Err(StorageError::SecondProcess),
            Err(fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// The vault's bytes; none where there is no vault.
    pub fn read_vault(&self) -> Result<Option<Vec<u8>>, StorageError> {
        read(&self.folder.join(VAULT))
    }

    /// The previous generation's bytes; none where there is none.
    pub fn read_backup(&self) -> Result<Option<Vec<u8>>, StorageError> {
        read(&self.folder.join(BACKUP))
    }

    /// The attempt counter's bytes.
    pub fn read_attempts(&self) -> Result<Option<Vec<u8>>, StorageError> {
        read(&self.folder.join(ATTEMPTS))
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

    /// Temporary file in the same folder, fsync, rename, fsync of the folder.
    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), StorageError> {
        let temporary = self.folder.join(format!("{name}.new"));
        let written = private_file(&temporary, true).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        if let Err(error) = written.and_then(|()| fs::rename(&temporary, self.folder.join(name))) {
            // What could not be finished is ciphertext at worst; the next write truncates it anyway.
            let _ = fs::remove_file(&temporary);
            return Err(error.into());
        }
        sync_folder(&self.folder)?;
        Ok(())
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, StorageError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut bytes = Vec::new();
    let length = file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    if length as u64 > LARGEST_FILE {
        return Err(StorageError::Failed(ErrorKind::FileTooLarge));
    }
    Ok(Some(bytes))
}

fn private_file(path: &Path, truncate: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(truncate);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows has no such call; its rename is journalled.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape on every platform")]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_refused_until_the_first_lets_go() {
        let folder = tempfile::tempdir().unwrap();
        let first = Storage::open(folder.path()).unwrap();
        assert_eq!(
            Storage::open(folder.path()).err(),
            Some(StorageError::SecondProcess)
        );
        drop(first);
        assert!(Storage::open(folder.path()).is_ok());
    }

    #[test]
    fn replacing_leaves_one_private_file() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("app");
        let storage = Storage::open(&inner).unwrap();
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
        let storage = Storage::open(folder.path()).unwrap();
        storage.write_vault(b"old").unwrap();
        // A folder in the temporary file's place makes the write fail, also for root.
        fs::create_dir(folder.path().join("vault.trousseau.new")).unwrap();
        assert!(storage.write_vault(b"new").is_err());
        assert_eq!(storage.read_vault().unwrap().unwrap(), b"old");
    }
}
