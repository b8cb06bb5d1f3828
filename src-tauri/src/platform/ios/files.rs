//! What iOS does with a file of ours: readable while the phone is unlocked only, and in no backup.

use std::io;
use std::path::Path;

use objc2::runtime::AnyObject;
use objc2_foundation::{
    NSDictionary, NSFileManager, NSFileProtectionComplete, NSFileProtectionKey, NSNumber, NSString,
    NSURL, NSURLIsExcludedFromBackupKey,
};

use crate::storage::{Disk, Listed, NewFile, SystemDisk};

/// The machine's own disk, with two marks on every file and on their folder.
pub struct PhoneDisk;

impl Disk for PhoneDisk {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        SystemDisk.read(file)
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>> {
        SystemDisk.create(file)
    }

    /// The marks of a file stay with it.
    fn write_in_place(&self, file: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        SystemDisk.write_in_place(file, at, bytes)
    }

    /// A new file has no mark of the one whose name it takes. One that cannot be marked is put in place all the same:
    /// nothing is lost for it, and the folder's mark holds for what is in it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let _ = keep_here(from);
        SystemDisk.rename(from, to)
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        SystemDisk.remove(file)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        SystemDisk.list(folder)
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let _ = keep_here(folder);
        SystemDisk.sync_folder(folder)
    }
}

/// # Errors
/// What iOS says.
fn keep_here(path: &Path) -> io::Result<()> {
    let Some(text) = path.to_str() else {
        return Err(io::ErrorKind::InvalidFilename.into());
    };
    let text = NSString::from_str(text);
    #[expect(
        unsafe_code,
        reason = "names that Foundation exports, and a value of the type that each asks for"
    )]
    // SAFETY: the protection's value is one of its constants, the backup's a boolean number.
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
