//! The few operations on files that the vault's safety rests on, each of which can fail.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::open::{create_anew, open_folder, open_to_overwrite, open_to_read};

/// No vault of this app comes near; a larger file is not read into memory.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;

/// The machine's files; tests bring a disk that fails at any step, or whose power is cut there.
pub trait Disk: Send + Sync {
    /// All the bytes of a file. What is no file, such as a pipe, is not waited for.
    ///
    /// # Errors
    /// `NotFound`; `FileTooLarge` above 256 MiB; `InvalidInput` where it is no file; what the disk says.
    fn read(&self, file: &Path) -> io::Result<Vec<u8>>;

    /// A new and empty file for this user alone (mode 0600). What had its name is removed first: its mode is not kept,
    /// and a link is not followed.
    ///
    /// # Errors
    /// What the disk says.
    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>>;

    /// Writes `bytes` over those of a file from `at` on, and returns once they outlive a power cut. The file is not
    /// made, and its length stays, so that a disk that is full can still take them. A link is not followed.
    ///
    /// # Errors
    /// `NotFound`; `InvalidInput` where there is no such file, or one that ends before the bytes do; what the disk
    /// says, and some of them may have been written then.
    fn write_in_place(&self, file: &Path, at: u64, bytes: &[u8]) -> io::Result<()>;

    /// Puts a file under another name, in place of what had it.
    ///
    /// # Errors
    /// What the disk says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Takes a file away, or whatever else has its name and is no folder. A link goes, and not what it leads to.
    ///
    /// # Errors
    /// What the disk says.
    fn remove(&self, file: &Path) -> io::Result<()>;

    /// What is in a folder, in no order. Nothing is opened, and no link is followed. A name that is no text is left out.
    ///
    /// # Errors
    /// What the disk says.
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>>;

    /// Returns once the names in a folder outlive a power cut.
    ///
    /// # Errors
    /// What the disk says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// An item of a folder.
pub struct Listed {
    /// The name.
    pub name: String,
    /// It is a folder.
    pub is_folder: bool,
}

/// A file that is being written.
pub trait NewFile {
    /// Appends all of `bytes`.
    ///
    /// # Errors
    /// What the disk says; some of them may have been written then.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Returns once what was written outlives a power cut.
    ///
    /// # Errors
    /// What the disk says.
    fn sync(&mut self) -> io::Result<()>;
}

/// The machine's own.
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
        Ok(Box::new(create_anew(file)?))
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

    /// Windows has no such call; its rename is journalled.
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
    fn writing_in_place_changes_those_bytes_and_nothing_else() {
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
    fn writing_in_place_makes_no_file_and_goes_nowhere_else() {
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
        assert!(write().is_err(), "a pipe that nobody reads");
    }
}
