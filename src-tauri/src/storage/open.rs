//! How files are opened by their names: for this user alone, and without waiting for anybody.
//!
//! Where a file of ours is written or locked, a link in its place is not followed. What is no file is refused with `InvalidInput`; a
//! pipe would otherwise hold up whoever opens it until another program opens its other end.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// A file that is there, for reading. A link to a file is followed.
pub(crate) fn open_to_read(path: &Path) -> io::Result<File> {
    open_file(OpenOptions::new().read(true), path, false)
}

/// A file that is there, for writing.
pub(super) fn open_to_overwrite(path: &Path) -> io::Result<File> {
    open_file(OpenOptions::new().write(true), path, true)
}

/// A file to lock: for writing, made where it is missing, and for this user alone then.
pub(super) fn open_to_lock(path: &Path) -> io::Result<File> {
    let mut options = private();
    open_file(options.write(true).create(true).truncate(false), path, true)
}

/// The same where the disk takes no writes: for reading.
pub(super) fn open_to_lock_read_only(path: &Path) -> io::Result<File> {
    open_file(OpenOptions::new().read(true), path, true)
}

/// A new and empty file for this user alone, in place of what had its name.
pub(super) fn create_anew(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // Neither a link nor anything else that was put there in between is opened.
    private().write(true).create_new(true).open(path)
}

/// A folder, for its names to be synced.
#[cfg(unix)]
pub(super) fn open_folder(path: &Path) -> io::Result<File> {
    use rustix::fs::OFlags;
    let mut options = OpenOptions::new();
    with_flags(options.read(true), OFlags::DIRECTORY);
    options.open(path)
}

/// A folder for this user alone, made where it is missing. One that was made before is closed to other users, where its
/// mode can be changed: Tauri makes the folder of its data first, open to all.
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
            // A disk that takes no writes or knows no modes keeps nobody from their codes.
            let _ = fs::set_permissions(folder, fs::Permissions::from_mode(mode & !0o077));
        }
    }
    Ok(())
}

/// Removes a pipe, a device or a link to one, for libraries that open this name without looking and would wait or read
/// without end.
pub(crate) fn remove_unless_file(path: &Path) {
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

/// For files that are made: mode 0600.
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
