//! Opens and creates files for this user only, without ever waiting for another program.
//!
//! No link is followed where a file is written or locked. Anything but a regular file is refused with
//! `InvalidInput`: opening a pipe would wait until another program opens its other end.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// Opens an existing file for reading. A link to a file is followed.
pub(crate) fn open_to_read(path: &Path) -> io::Result<File> {
    open_file(OpenOptions::new().read(true), path, false)
}

/// Opens an existing file for writing.
pub(super) fn open_to_overwrite(path: &Path) -> io::Result<File> {
    open_file(OpenOptions::new().write(true), path, true)
}

/// Opens a file to lock it, for writing. Creates it, for this user only, if it is missing.
pub(super) fn open_to_lock(path: &Path) -> io::Result<File> {
    let mut options = private();
    open_file(options.write(true).create(true).truncate(false), path, true)
}

/// Opens a file to lock it, for reading, if the disk takes no writes.
pub(super) fn open_to_lock_read_only(path: &Path) -> io::Result<File> {
    open_file(OpenOptions::new().read(true), path, true)
}

/// Creates an empty file for this user only, and removes what had its name.
pub(super) fn recreate(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // Fails if a link or anything else was created there in between.
    private().write(true).create_new(true).open(path)
}

/// Opens a folder to sync its names.
#[cfg(unix)]
pub(super) fn open_folder(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    let mut options = OpenOptions::new();
    with_flags(options.read(true), OFlags::DIRECTORY);
    options.open(path)
}

/// Creates a folder for this user only if it is missing. An existing folder is closed to other users if its
/// mode can be changed: Tauri creates its data folder first, open to all.
pub(super) fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder)?.permissions().mode();
        if mode & 0o077 != 0 {
            // Ignored, so that users reach their codes also on a disk that takes no writes or has no modes.
            let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode & !0o077));
        }
    }
    Ok(())
}

/// Removes a pipe, a device or a link to one. For libraries that open this name unchecked and would wait or
/// read for ever.
pub(crate) fn remove_special_file(path: &Path) {
    if fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        let _ = fs::remove_file(path);
    }
}

fn open_file(options: &mut OpenOptions, path: &Path, refuse_link: bool) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let link = if refuse_link {
            OFlags::NOFOLLOW
        } else {
            OFlags::empty()
        };
        with_flags(options, OFlags::NONBLOCK | link);
    }
    #[cfg(not(unix))]
    let _ = refuse_link;
    let file = options.open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(ErrorKind::InvalidInput.into()),
    }
}

/// Options for new files: mode 0600.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(unix)]
fn with_flags(options: &mut OpenOptions, flags: rustix::fs::OFlags) {
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, flags.bits() as i32);
}
