//! A disk in memory that fails where it is told to, and that forgets what POSIX lets it forget when its power is cut.
//!
//! What is not synced is not safe: the bytes of a file without an fsync after them, and every change of a name without
//! an fsync of its folder after it. A failed fsync drops what it was to write: a later one does not make up for it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use trousseau_app::storage::{Disk, Listed, NewFile};

use crate::bytes::{Bytes, TORN, Torn};

/// What happens at one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It answers so, having done nothing; the next step works again.
    Once(ErrorKind),
    /// From here on everything answers so.
    Ever(ErrorKind),
    /// Half of the bytes are written, or an fsync drops what it was to write; the next step works again.
    Half,
    /// It does everything, and says that it failed.
    Late,
    /// Nothing works any more, and what was not synced may be gone.
    PowerCut,
}

/// One operation on a disk.
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

/// Shared with its clones, as a disk outlives the app; [`FaultyDisk::fork`] makes another.
#[derive(Clone, Default)]
pub struct FaultyDisk(Arc<Mutex<State>>);

#[derive(Clone, Default)]
struct State {
    files: Vec<Bytes>,
    /// As programs see them.
    names: BTreeMap<String, usize>,
    safe_names: BTreeMap<String, usize>,
    /// Since the folder was synced.
    renamings: Vec<Renaming>,
    plan: Option<(usize, Fault)>,
    refusing: Option<ErrorKind>,
    refusing_in_place: bool,
    steps: usize,
    fired: bool,
    written: BTreeSet<String>,
}

#[derive(Clone)]
enum Renaming {
    Made(String, usize),
    Moved(String, String, usize),
    Gone(String),
}

impl Renaming {
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
    name.to_str().expect("its name is a text").to_owned()
}

impl State {
    /// Counts a step; how it fails, if it is the one.
    fn step(&mut self, step: Step) -> Result<Option<Fault>, io::Error> {
        if let (Some(kind), true) = (self.refusing, step != Step::Read) {
            return Err(kind.into());
        }
        self.steps += 1;
        let Some((at, fault)) = self.plan else {
            return Ok(None);
        };
        self.fired |= self.steps >= at;
        match fault {
            Fault::Ever(kind) if self.steps >= at => Err(kind.into()),
            Fault::PowerCut if self.steps >= at => Err(ErrorKind::BrokenPipe.into()),
            Fault::Once(kind) if self.steps == at => Err(kind.into()),
            Fault::Half if self.steps == at && !matches!(step, Step::Write | Step::Sync) => {
                Err(io::Error::other("EIO"))
            }
            Fault::Half | Fault::Late if self.steps == at => Ok(Some(fault)),
            _ => Ok(None),
        }
    }

    fn rename(&mut self, renaming: Renaming) {
        renaming.apply(&mut self.names);
        self.renamings.push(renaming);
    }

    /// As it may come back: `kept` of the renamings since the last fsync, and what `torn` makes of unsynced bytes.
    fn after_power_cut(&self, kept: u32, torn: Torn) -> BTreeMap<String, Vec<u8>> {
        let mut names = self.safe_names.clone();
        for (at, renaming) in self.renamings.iter().enumerate() {
            if kept & (1 << at) != 0 {
                renaming.apply(&mut names);
            }
        }
        names
            .into_iter()
            .map(|(name, file)| (name, self.files[file].after_power_cut(torn)))
            .collect()
    }
}

impl FaultyDisk {
    /// With these files, all of them safe.
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
        self.0.lock().expect("nobody panics while holding it")
    }

    /// Fails at the `at`-th step from now, counted from 1.
    pub fn fail(&self, at: usize, fault: Fault) {
        let mut state = self.state();
        (state.steps, state.fired, state.plan) = (0, false, Some((at, fault)));
    }

    /// Works again.
    pub fn heal(&self) {
        self.state().plan = None;
    }

    /// Whether the step that was to fail came.
    pub fn fired(&self) -> bool {
        self.state().fired
    }

    /// From now on nothing can be written in place: a bad block.
    pub fn refuse_in_place(&self) {
        self.state().refusing_in_place = true;
    }

    /// Whether nothing works any more.
    pub fn is_broken(&self) -> bool {
        let state = self.state();
        let lasts = |(_, fault): &_| matches!(fault, Fault::Ever(_) | Fault::PowerCut);
        state.fired && state.plan.as_ref().is_some_and(lasts)
    }

    /// The names of all files that were created, and forgets them.
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

    /// Somebody else writes a file.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        let mut files = self.files();
        files.insert(name.into(), bytes.into());
        self.replace_all(&files);
    }

    /// Somebody else leaves these files, and no others.
    pub fn replace_all(&self, files: &BTreeMap<String, Vec<u8>>) {
        let other = Self::holding(files).state().clone();
        *self.state() = other;
    }

    /// From now on it can be read, and answers so to every write.
    pub fn refuse_writes(&self, kind: ErrorKind) {
        self.state().refusing = Some(kind);
    }

    /// Everything that may be there after the power was cut, each once.
    pub fn after_power_cut(&self) -> BTreeSet<BTreeMap<String, Vec<u8>>> {
        let state = self.state();
        let renamings = state.renamings.len();
        assert!(
            renamings <= 10,
            "{renamings} renamings without an fsync of the folder"
        );
        (0..1 << renamings)
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
        let late = state.step(Step::Create)?;
        let number = match state.names.get(&name) {
            Some(there) => {
                let there = *there;
                state.files[there].seen.clear();
                state.files[there].dirty = true;
                there
            }
            None => {
                let number = state.files.len();
                state.files.push(Bytes::default());
                state.rename(Renaming::Made(name, number));
                number
            }
        };
        late_or(late, || {
            Ok(Box::new(OpenFile {
                disk: self.clone(),
                number,
            }) as Box<dyn NewFile>)
        })
    }

    fn write_in_place(&self, file: &Path, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        if state.refusing_in_place {
            return Err(io::Error::other("EIO"));
        }
        let fault = state.step(Step::Write)?;
        let number = *state.names.get(&name(file)).ok_or(ErrorKind::NotFound)?;
        let at = usize::try_from(at).expect("it fits");
        let file = &mut state.files[number];
        if at + bytes.len() > file.seen.len() {
            return Err(ErrorKind::InvalidInput.into());
        }
        let part = match fault {
            Some(Fault::Half) => &bytes[..bytes.len() / 2],
            _ => bytes,
        };
        file.overwrite(at, part);
        late_or(fault, || Ok(()))?;
        let fault = state.step(Step::Sync)?;
        state.files[number].sync_in_place(fault != Some(Fault::Half));
        late_or(fault, || Ok(()))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let (from, to) = (name(from), name(to));
        let mut state = self.state();
        let late = state.step(Step::Rename)?;
        let number = *state.names.get(&from).ok_or(ErrorKind::NotFound)?;
        state.rename(Renaming::Moved(from, to, number));
        late_or(late, || Ok(()))
    }

    fn remove(&self, file: &Path) -> io::Result<()> {
        let name = name(file);
        let mut state = self.state();
        let late = state.step(Step::Remove)?;
        if !state.names.contains_key(&name) {
            return Err(ErrorKind::NotFound.into());
        }
        state.rename(Renaming::Gone(name));
        late_or(late, || Ok(()))
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
        let late = state.step(Step::SyncFolder)?;
        state.safe_names = state.names.clone();
        state.renamings.clear();
        late_or(late, || Ok(()))
    }
}

struct OpenFile {
    disk: FaultyDisk,
    number: usize,
}

impl NewFile for OpenFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.disk.state();
        let fault = state.step(Step::Write)?;
        let part = match fault {
            Some(Fault::Half) => &bytes[..bytes.len() / 2],
            _ => bytes,
        };
        let file = &mut state.files[self.number];
        file.seen.extend_from_slice(part);
        file.dirty = true;
        late_or(fault, || Ok(()))
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.disk.state();
        let fault = state.step(Step::Sync)?;
        let file = &mut state.files[self.number];
        if std::mem::take(&mut file.dirty) && fault != Some(Fault::Half) {
            file.safe = file.seen.clone();
        }
        late_or(fault, || Ok(()))
    }
}

fn late_or<T>(late: Option<Fault>, done: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    match late {
        Some(_) => Err(io::Error::other("EIO")),
        None => done(),
    }
}
