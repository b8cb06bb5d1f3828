//! A disk in memory that fails at a chosen step, and that loses on a power cut everything that POSIX allows it
//! to lose.
//!
//! Unsynced data is not safe: the bytes of a file without a later fsync, and every change of a name without a
//! later fsync of the folder. A failed fsync drops its data: a later fsync does not write it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use trousseau_app::storage::{Disk, Listed, NewFile};

use crate::file_bytes::{Bytes, TORN, Torn};

/// What happens at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Fails with this error without doing anything. The next step works again.
    Once(ErrorKind),
    /// This and every later step fail with this error.
    Always(ErrorKind),
    /// Writes half of the bytes, or an fsync drops its data. The next step works again.
    Partial,
    /// Does everything, and reports failure.
    FalseFailure,
    /// Nothing works any more, and unsynced data may be lost.
    PowerCut,
}

/// An operation of the disk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Read,
    Create,
    Write,
    Sync,
    Rename,
    Remove,
    SyncFolder,
}

/// Clones share the files, because a disk outlives the app.
#[derive(Clone, Default)]
pub struct FaultyDisk(Arc<Mutex<State>>);

#[derive(Clone, Default)]
struct State {
    files: Vec<Bytes>,
    /// The names as programs see them.
    names: BTreeMap<String, usize>,
    safe_names: BTreeMap<String, usize>,
    /// Changes of names since the folder was synced.
    name_changes: Vec<NameChange>,
    plan: Option<(usize, Fault)>,
    write_error: Option<ErrorKind>,
    refuses_in_place: bool,
    steps: usize,
    has_failed: bool,
    written: BTreeSet<String>,
}

#[derive(Clone)]
enum NameChange {
    Made(String, usize),
    Moved(String, String, usize),
    Gone(String),
}

impl NameChange {
    fn apply(&self, names: &mut BTreeMap<String, usize>) {
        match self {
            Self::Made(name, file) => drop(names.insert(name.clone(), *file)),
            Self::Moved(from, to, file) => {
                names.remove(from);
                names.insert(to.clone(), *file);
            }
            Self::Gone(name) => drop(names.remove(name)),
        }
    }
}

fn name(path: &Path) -> String {
    let name = path.file_name().expect("every file has a name");
    name.to_str().expect("its name is UTF-8").to_owned()
}

impl State {
    /// Counts a step; returns how it fails if it is the chosen one.
    fn step(&mut self, step: Step) -> Result<Option<Fault>, io::Error> {
        if let (Some(kind), true) = (self.write_error, step != Step::Read) {
            return Err(kind.into());
        }
        self.steps += 1;
        let Some((at, fault)) = self.plan else {
            return Ok(None);
        };
        self.has_failed |= self.steps >= at;
        match fault {
            Fault::Always(kind) if self.steps >= at => Err(kind.into()),
            Fault::PowerCut if self.steps >= at => Err(ErrorKind::BrokenPipe.into()),
            Fault::Once(kind) if self.steps == at => Err(kind.into()),
            Fault::Partial if self.steps == at && !matches!(step, Step::Write | Step::Sync) => {
                Err(io::Error::other("EIO"))
            }
            Fault::Partial | Fault::FalseFailure if self.steps == at => Ok(Some(fault)),
            _ => Ok(None),
        }
    }

    fn rename(&mut self, change: NameChange) {
        change.apply(&mut self.names);
        self.name_changes.push(change);
    }

    /// The files after a power cut: `kept` selects the unsynced changes of names that survive, and `torn`
    /// decides about unsynced bytes.
    fn after_power_cut(&self, kept: u32, torn: Torn) -> BTreeMap<String, Vec<u8>> {
        let mut names = self.safe_names.clone();
        for (at, change) in self.name_changes.iter().enumerate() {
            if kept & (1 << at) != 0 {
                change.apply(&mut names);
            }
        }
        names
            .into_iter()
            .map(|(name, file)| (name, self.files[file].after_power_cut(torn)))
            .collect()
    }
}

impl FaultyDisk {
    /// A disk with these files, all of them safe.
    pub fn holding(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut state = State::default();
        for (name, bytes) in files {
            state.names.insert(name.clone(), state.files.len());
            state.files.push(Bytes::safe(bytes));
        }
        state.safe_names = state.names.clone();
        Self(Arc::new(Mutex::new(state)))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0
            .lock()
            .expect("no test panics while it holds the lock")
    }

    /// The `at`-th step from now, counted from 1, will fail.
    pub fn fail(&self, at: usize, fault: Fault) {
        let mut state = self.state();
        (state.steps, state.has_failed, state.plan) = (0, false, Some((at, fault)));
    }

    /// Ends the fault.
    pub fn repair(&self) {
        self.state().plan = None;
    }

    /// Whether the chosen step was reached.
    pub fn has_failed(&self) -> bool {
        self.state().has_failed
    }

    /// From now on writing in place fails, as on a bad block.
    pub fn refuse_in_place(&self) {
        self.state().refuses_in_place = true;
    }

    /// Whether a lasting fault has begun.
    pub fn is_broken(&self) -> bool {
        let state = self.state();
        let is_permanent = |(_, fault): &_| matches!(fault, Fault::Always(_) | Fault::PowerCut);
        state.has_failed && state.plan.as_ref().is_some_and(is_permanent)
    }

    /// Takes the names of all files created since the last call.
    pub fn take_written(&self) -> BTreeSet<String> {
        std::mem::take(&mut self.state().written)
    }

    /// The files as programs see them.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let state = self.state();
        let names = state.names.iter();
        names
            .map(|(name, file)| (name.clone(), state.files[*file].seen.clone()))
            .collect()
    }

    /// Another program writes a file.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        let mut files = self.files();
        files.insert(name.into(), bytes.into());
        self.replace_all(&files);
    }

    /// Another program replaces all files by these.
    pub fn replace_all(&self, files: &BTreeMap<String, Vec<u8>>) {
        let other = Self::holding(files).state().clone();
        *self.state() = other;
    }

    /// From now on every write fails with this error; reads work.
    pub fn refuse_writes(&self, kind: ErrorKind) {
        self.state().write_error = Some(kind);
    }

    /// Every state that a power cut can leave.
    pub fn after_power_cut(&self) -> BTreeSet<BTreeMap<String, Vec<u8>>> {
        let state = self.state();
        let name_changes = state.name_changes.len();
        assert!(
            name_changes <= 10,
            "{name_changes} changes of names without an fsync of the folder"
        );
        (0..1 << name_changes)
            .flat_map(|kept| TORN.map(|torn| state.after_power_cut(kept, torn)))
            .collect()
    }
}

impl Disk for FaultyDisk {
    fn read(&self, file: &Path) -> io::Result<Vec<u8>> {
        let mut state = self.state();
        if state.step(Step::Read)?.is_some() {
            return Err(io::Error::other("EIO"));
        }
        let file = state.names.get(&name(file)).ok_or(ErrorKind::NotFound)?;
        Ok(state.files[*file].seen.clone())
    }

    fn create(&self, file: &Path) -> io::Result<Box<dyn NewFile>> {
        let name = name(file);
        let mut state = self.state();
        state.written.insert(name.clone());
        let fault = state.step(Step::Create)?;
        let index = match state.names.get(&name) {
            Some(existing) => {
                let existing = *existing;
                state.files[existing].seen.clear();
                state.files[existing].dirty = true;
                existing
            }
            None => {
                let index = state.files.len();
                state.files.push(Bytes::default());
                state.rename(NameChange::Made(name, index));
                index
            }
        };
        done_or_fault(fault, || {
            Ok(Box::new(OpenFile {
                disk: self.clone(),
                index,
            }) as Box<dyn NewFile>)
        })
    }

    fn write_in_place(&self, file: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        if state.refuses_in_place {
            return Err(io::Error::other("EIO"));
        }
        let fault = state.step(Step::Write)?;
        let index = *state.names.get(&name(file)).ok_or(ErrorKind::NotFound)?;
        let at = usize::try_from(at).expect("the offset fits into usize");
        let file = &mut state.files[index];
        if at + bytes.len() > file.seen.len() {
            return Err(ErrorKind::InvalidInput.into());
        }
        let part = match fault {
            Some(Fault::Partial) => &bytes[..bytes.len() / 2],
            _ => bytes,
        };
        file.overwrite(at, part);
        done_or_fault(fault, || Ok(()))?;
        let fault = state.step(Step::Sync)?;
        state.files[index].sync_in_place(fault != Some(Fault::Partial));
        done_or_fault(fault, || Ok(()))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (from, to) = (name(from), name(to));
        let mut state = self.state();
        let fault = state.step(Step::Rename)?;
        let index = *state.names.get(&from).ok_or(ErrorKind::NotFound)?;
        state.rename(NameChange::Moved(from, to, index));
        done_or_fault(fault, || Ok(()))
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        let name = name(file);
        let mut state = self.state();
        let fault = state.step(Step::Remove)?;
        if !state.names.contains_key(&name) {
            return Err(ErrorKind::NotFound.into());
        }
        state.rename(NameChange::Gone(name));
        done_or_fault(fault, || Ok(()))
    }

    fn list(&self, _: &Path) -> io::Result<Vec<Listed>> {
        let mut state = self.state();
        if state.step(Step::Read)?.is_some() {
            return Err(io::Error::other("EIO"));
        }
        let listed = state.names.keys().map(|name| Listed {
            name: name.clone(),
            is_folder: false,
        });
        Ok(listed.collect())
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        let mut state = self.state();
        let fault = state.step(Step::SyncFolder)?;
        state.safe_names = state.names.clone();
        state.name_changes.clear();
        done_or_fault(fault, || Ok(()))
    }
}

struct OpenFile {
    disk: FaultyDisk,
    index: usize,
}

impl NewFile for OpenFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        let fault = state.step(Step::Write)?;
        let part = match fault {
            Some(Fault::Partial) => &bytes[..bytes.len() / 2],
            _ => bytes,
        };
        let file = &mut state.files[self.index];
        file.seen.extend_from_slice(part);
        file.dirty = true;
        done_or_fault(fault, || Ok(()))
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.state();
        let fault = state.step(Step::Sync)?;
        let file = &mut state.files[self.index];
        if std::mem::take(&mut file.dirty) && fault != Some(Fault::Partial) {
            file.safe = file.seen.clone();
        }
        done_or_fault(fault, || Ok(()))
    }
}

fn done_or_fault<T>(fault: Option<Fault>, done: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    match fault {
        Some(_) => Err(io::Error::other("EIO")),
        None => done(),
    }
}
