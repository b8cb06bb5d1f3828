//! A disk that notes what happens on it, and that can be made read-only.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use trousseau_wire::CoreEvent;

use crate::session::Core;
use crate::storage::{Disk, Listed, NewFile, SystemDisk};

/// The machine's disk, which notes each attempt that is on it, and refuses every write while it is told to.
#[derive(Clone, Default)]
pub(super) struct NotingDisk {
    events: Arc<Mutex<Vec<&'static str>>>,
    refuses: Arc<AtomicBool>,
}

impl NotingDisk {
    /// What was noted, and forgets it.
    pub(super) fn take(&self) -> Vec<&'static str> {
        std::mem::take(&mut *self.events.lock().unwrap())
    }

    /// Whether it is read-only from now on.
    pub(super) fn refuse(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::Relaxed);
    }

    /// Notes between the attempts when the window is told of a phase.
    pub(super) fn note_phases(&self, core: &Core) {
        let events = Arc::clone(&self.events);
        core.subscribe(move |notice| {
            if notice == CoreEvent::StatusChanged {
                events.lock().unwrap().push("phase changed");
            }
        });
    }

    fn allow(&self) -> io::Result<()> {
        match self.refuses.load(Ordering::Relaxed) {
            true => Err(ErrorKind::ReadOnlyFilesystem.into()),
            false => Ok(()),
        }
    }
}

impl Disk for NotingDisk {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        SystemDisk.read(file)
    }
    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>> {
        self.allow().and_then(|()| SystemDisk.create(file))
    }
    fn write_in_place(&self, file: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.allow()?;
        SystemDisk.write_in_place(file, at, bytes)?;
        self.events.lock().unwrap().push("counted");
        Ok(())
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.allow().and_then(|()| SystemDisk.rename(from, to))
    }
    fn remove(&self, file: &Path) -> io::Result<()> {
        self.allow().and_then(|()| SystemDisk.remove(file))
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<Listed>> {
        SystemDisk.list(folder)
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        SystemDisk.sync_folder(folder)
    }
}
