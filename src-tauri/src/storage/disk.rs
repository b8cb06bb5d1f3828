//! The few file operations that the safety of the vault depends on. Each of them can fail.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::private_files::{open_folder, open_to_overwrite, open_to_read, recreate};

/// No vault is nearly as large. A larger file is not read into memory.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// The file system. Tests use a disk that fails, or loses its power, at any step.
pub trait Disk: Send + Sync {
    /// All bytes of a file. Anything but a regular file, such as a pipe, is refused without waiting.
    ///
    /// # Errors
    /// `NotFound`; `FileTooLarge` above 256 MiB; `InvalidInput` if it is not a regular file; the disk's error.
    fn read(&self, file: &Path) -> io::Result<Vec<u8>>;

    /// Creates an empty file for this user only (mode 0600). Removes what had its name first, so that its mode
    /// is not kept and a link is not followed.
    ///
    /// # Errors
    /// The disk's error.
    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>>;

    /// Overwrites `bytes` in a file from `at` on, and returns once they survive a power cut. Neither creates
    /// the file nor changes its length, so that a full disk still takes the bytes. Follows no link.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput` if it is not a regular file or is too short; the disk's error, after which
    /// some of the bytes may be written.
    fn write_in_place(&self, file: &Path, at: u64, bytes: &[u8]) -> io::Result<()>;

    /// Renames a file, and replaces what had the new name.
    ///
    /// # Errors
    /// The disk's error.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file, or anything else of this name that is not a folder. Of a link, only the link.
    ///
    /// # Errors
    /// The disk's error.
    fn remove(&self, file: &Path) -> io::Result<()>;

    /// The items of a folder, in no order. Opens nothing, follows no link, and leaves out names that are not
    /// UTF-8.
    ///
    /// # Errors
    /// The disk's error.
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>>;

    /// Returns once the names in a folder survive a power cut.
    ///
    /// # Errors
    /// The disk's error.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// An item of a folder.
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// A file that is being written.
pub trait NewFile {
    /// Appends all of `bytes`.
    ///
    /// # Errors
    /// The disk's error, after which some of the bytes may be written.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Returns once everything written survives a power cut.
    ///
    /// # Errors
    /// The disk's error.
    fn sync(&mut self) -> io::Result<()>;
}

/// The system's file system.
pub struct SystemDisk;

impl Disk for SystemDisk {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let length = open_to_read(file)?
            .take(LARGEST_FILE + 1)
            .read_to_end(&mut bytes)?;
        if length as u64 > LARGEST_FILE {
            return Err(ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>> {
        Ok(Box::new(recreate(file)?))
    }

    fn write_in_place(&self, file: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut file = open_to_overwrite(file)?;
        if file.metadata()?.len() < at.saturating_add(bytes.len() as u64) {
            return Err(ErrorKind::InvalidInput.into());
        }
        file.seek(SeekFrom::Start(at))?;
        file.write_all(bytes)?;
        file.sync_data()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        fs::remove_file(file)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        let mut found = Vec::new();
        for item in fs::read_dir(folder)? {
            let item = item?;
            let Ok(name) = item.file_name().into_string() else {
                continue;
            };
            found.push(Listed {
                name,
                is_folder: item.file_type().is_ok_and(|kind| kind.is_dir()),
            });
        }
        Ok(found)
    }

    #[cfg(unix)]
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        open_folder(folder)?.sync_all()
    }

    /// Windows has no such call; it journals renames.
    #[cfg(not(unix))]
    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

impl NewFile for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_all()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn writing_in_place_changes_only_those_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, b"0123456789").unwrap();
        SystemDisk.write_in_place(&path, 3, b"abc").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"012abc6789");
        for at in [8, 10, u64::MAX] {
            let longer = SystemDisk.write_in_place(&path, at, b"abc");
            assert_eq!(longer.unwrap_err().kind(), ErrorKind::InvalidInput);
        }
        assert_eq!(fs::read(&path).unwrap(), b"012abc6789");
    }

    #[test]
    fn writing_in_place_creates_no_file_and_follows_no_link() {
        let folder = tempfile::tempdir().unwrap();
        let (elsewhere, path) = (folder.path().join("elsewhere"), folder.path().join("a"));
        let write = || SystemDisk.write_in_place(&path, 0, b"new");
        assert_eq!(write().unwrap_err().kind(), ErrorKind::NotFound);
        assert!(!path.exists());

        fs::write(&elsewhere, b"old").unwrap();
        std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
        assert!(write().is_err(), "a link");
        assert_eq!(fs::read(&elsewhere).unwrap(), b"old");

        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(write().is_err(), "a folder");

        fs::remove_dir(&path).unwrap();
        crate::storage::tests::make_pipe(&path);
        assert!(write().is_err(), "a pipe without a reader");
    }
}
