//! The session: what is open, since when, and everything that can be asked of it.
//!
//! [`Core`] is what the commands call. It holds one [`Session`] behind a mutex; the mutex is never held
//! while a key is derived or a picture is read.

pub mod attempts;
mod codes;
mod drafts;
mod list;
mod opening;
pub mod phase;
mod recovery;
mod save;
#[cfg(test)]
mod tests;
mod time;
mod unlock;

pub use unlock::judge_passphrase;

use std::path::PathBuf;
use std::sync::atomic::AtomicU32;
use std::sync::{Mutex, MutexGuard, PoisonError};

use trousseau_entries::Entries;
use trousseau_vault::{OpenError, OpenVault};
use trousseau_wire::{CameraKind, ErrorCode, FrameEncoding, Notice, Status};

use self::attempts::Attempts;
use self::drafts::Drafts;
use self::phase::{Event, Phase};
use self::recovery::PendingWords;
use crate::clipboard::{Clipboard, Copy};
use crate::clock::Clock;
use crate::refused::Answer;
use crate::storage::Storage;

/// What a core is built from.
pub struct Config {
    /// The folder of the vault.
    pub folder: PathBuf,
    /// The time.
    pub clock: Box<dyn Clock>,
    /// The clipboard.
    pub clipboard: Box<dyn Clipboard>,
    /// Who reads the camera.
    pub camera: CameraKind,
    /// How frames travel.
    pub frame_encoding: FrameEncoding,
}

type NoticeSink = Box<dyn Fn(Notice) + Send>;

/// The app without its window.
pub struct Core {
    config: Config,
    session: Mutex<Session>,
    notices: Mutex<Option<NoticeSink>>,
    /// Counts camera frames: the reader's costly steps take turns over them.
    frames: AtomicU32,
}

/// The state behind the mutex. `open` is there exactly in the phases `Unlocked` and `ReadOnly`.
struct Session {
    phase: Phase,
    storage: Option<Storage>,
    attempts: Attempts,
    open: Option<Open>,
    copy: Copy,
}

/// An open vault.
struct Open {
    vault: OpenVault,
    entries: Entries,
    /// The file's bytes as they were read or last written: the next change makes them the previous generation.
    sealed: Vec<u8>,
    drafts: Drafts,
    pending_words: Option<PendingWords>,
    active_ms: u64,
    hidden_since_ms: Option<u64>,
    /// Usage counts that are not on disk yet.
    use_unsaved: bool,
}

impl Core {
    /// A core on `config.folder`, which is made where it is missing.
    pub fn new(config: Config) -> Self {
        let session = Session {
            phase: Phase::NoVault,
            storage: None,
            attempts: Attempts::default(),
            open: None,
            copy: Copy::default(),
        };
        let core = Self {
            config,
            session: Mutex::new(session),
            notices: Mutex::new(None),
            frames: AtomicU32::new(0),
        };
        // A folder that another process holds is asked for again with every status.
        let _ = core.status();
        core
    }

    /// Where the session stands.
    ///
    /// # Errors
    /// `SecondProcess`, or what the disk says, while the folder cannot be had.
    pub fn status(&self) -> Answer<Status> {
        let now_ms = self.now_ms();
        let uptime = self.config.clock.uptime();
        let mut session = self.session();
        session.take_folder(&self.config.folder, now_ms, uptime.clone())?;
        session.settle(now_ms, uptime.as_ref());
        let wait_ms = session.attempts.wait_ms(now_ms, uptime.as_ref());
        Ok(Status {
            phase: session.phase.into(),
            delayed_until_ms: (session.phase == Phase::Delayed).then(|| now_ms + wait_ms),
            has_backup: session
                .storage
                .as_ref()
                .is_some_and(|disk| matches!(disk.read_backup(), Ok(Some(_)))),
            recovery_confirmed: session
                .open
                .as_ref()
                .is_none_or(|open| open.entries.preferences().recovery_confirmed),
            platform: crate::platform::PLATFORM,
            camera: self.config.camera,
            frame_encoding: self.config.frame_encoding,
            version: env!("CARGO_PKG_VERSION").into(),
        })
    }

    /// Sends notices to `sink` from now on.
    pub fn watch(&self, sink: impl Fn(Notice) + Send + 'static) {
        *self.notices.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(sink));
    }

    fn notify(&self, notice: Notice) {
        if let Some(sink) = &*self.notices.lock().unwrap_or_else(PoisonError::into_inner) {
            sink(notice);
        }
    }

    fn now_ms(&self) -> u64 {
        self.config.clock.now_ms()
    }

    /// Every change is swapped in whole as its last step, so a panic elsewhere leaves a state that holds.
    fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// Moves the state machine; an event that cannot happen now is a fault of our own.
    fn step(&mut self, event: Event) -> Answer<()> {
        self.phase = phase::next(self.phase, event).ok_or(ErrorCode::Internal)?;
        Ok(())
    }

    /// What is open, for reading.
    fn open(&self) -> Answer<&Open> {
        self.open.as_ref().ok_or(ErrorCode::Locked.into())
    }

    /// What is open, where a change is only to what is in memory.
    fn open_mut(&mut self) -> Answer<&mut Open> {
        self.open.as_mut().ok_or(ErrorCode::Locked.into())
    }

    /// Refuses where nothing may be changed.
    fn writable(&self) -> Answer<()> {
        match self.phase {
            Phase::Unlocked { .. } => Ok(()),
            Phase::ReadOnly => Err(ErrorCode::ReadOnly.into()),
            _ => Err(ErrorCode::Locked.into()),
        }
    }

    /// The folder, held by this process.
    fn storage(&self) -> Answer<&Storage> {
        self.storage.as_ref().ok_or(ErrorCode::SecondProcess.into())
    }
}

/// What the header of the vault file alone tells. A vault that is gone while its previous generation is
/// there counts as unreadable: starting anew would lose it.
fn look(storage: &Storage) -> Event {
    match (storage.read_vault(), storage.read_backup()) {
        (Ok(None), Ok(None)) => Event::FoundNothing,
        (Ok(None), _) | (Err(_), _) => Event::FoundDamaged,
        (Ok(Some(bytes)), _) => match trousseau_vault::inspect(&bytes) {
            Ok(_) => Event::FoundVault,
            Err(OpenError::Newer { .. }) => Event::FoundNewer,
            Err(_) => Event::FoundDamaged,
        },
    }
}
