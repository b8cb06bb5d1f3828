//! The disk of an iPhone or iPad. Its files are readable only while the device is unlocked, and are excluded
//! from backups.

use std::io;
use std::path::Path;

use objc2::runtime::AnyObject;
use objc2_foundation::{
    NSDictionary, NSFileManager, NSFileProtectionComplete, NSFileProtectionKey, NSNumber, NSString,
    NSURL, NSURLIsExcludedFromBackupKey,
};

use crate::storage::{Disk, Listed, NewFile, SystemDisk};

/// The system's disk, which sets two attributes on every file and on their folder.
pub struct ProtectedDisk;

impl Disk for ProtectedDisk {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        SystemDisk.read(file)
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>> {
        SystemDisk.create(file)
    }

    /// A file keeps its attributes.
    fn write_in_place(&self, file: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        SystemDisk.write_in_place(file, at, bytes)
    }

    /// A new file does not inherit the attributes of the file that it replaces. If they cannot be set, the file
    /// is renamed all the same: losing the save would be worse, and the attributes of the folder apply to its
    /// files.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let _ = mark_protected(from);
        SystemDisk.rename(from, to)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        SystemDisk.remove(file)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        SystemDisk.list(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let _ = mark_protected(folder);
        SystemDisk.sync_folder(folder)
    }
}

/// Sets complete file protection and excludes the path from backups.
///
/// # Errors
/// The error of Foundation.
fn mark_protected(path: &Path) -> io::Result<()> {
    let Some(text) = path.to_str() else {
        return Err(io::ErrorKind::InvalidFilename.into());
    };
    let text = NSString::from_str(text);
    #[expect(
        unsafe_code,
        reason = "constants that Foundation exports, with values of their types"
    )]
    // SAFETY: the value of the protection is one of its constants, and that of the backup is a boolean number.
    let marked = unsafe {
        let protection: &AnyObject = NSFileProtectionComplete.as_ref();
        let attributes = NSDictionary::from_slices(&[NSFileProtectionKey], &[protection]);
        NSFileManager::defaultManager()
            .setAttributes_ofItemAtPath_error(&attributes, &text)
            .and_then(|()| {
                NSURL::fileURLWithPath(&text).setResourceValue_forKey_error(
                    Some(&NSNumber::new_bool(true)),
                    NSURLIsExcludedFromBackupKey,
                )
            })
    };
    marked.map_err(|error| io::Error::other(format!("error {} of Foundation", error.code())))
}
