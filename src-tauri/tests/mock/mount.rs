//! A file system that cannot be written. (Folder modes do not stop root; a mount does.)

use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder mounted upon itself, read-only, until this is dropped. A file that is open for writing stays so below it, as
/// the vault's lock does; every path leads to the mounted folder.
pub struct ReadOnly(PathBuf);

impl ReadOnly {
    /// From now on nothing in `folder` can be written.
    ///
    /// # Panics
    /// Where mounting is not allowed.
    pub fn mount(folder: &Path) -> Self {
        run(Command::new("mount").arg("--bind").args([folder; 2]));
        let mounted = Self(folder.into());
        run(Command::new("mount")
            .args(["-o", "remount,bind,ro"])
            .arg(folder));
        mounted
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(&self.0).status();
    }
}

fn run(command: &mut Command) {
    let status = command.status().expect("there is a mount program");
    assert!(status.success(), "mounting needs root");
}
