//! The session: what is open, since when, and everything that can be asked of it.
//!
//! [`Core`] is what the commands call. It holds one [`Session`] behind a mutex; the mutex is never held
//! while a key is derived or a picture is read.

pub mod attempts;
mod auto_lock;
mod choose_generation;
mod codes;
mod comparison;
mod create_vault;
mod credential_input;
mod credentials;
mod decrypt;
mod device_keys;
mod drafts;
mod export_qr;
mod folder;
mod groups;
mod key_replacement;
mod last_seen;
mod list;
mod manual_entry;
mod new_secrets_checklist;
pub mod phase;
mod reauth;
mod recovery;
mod save;
mod scan;
mod secret_store_sync;
mod security_settings;
mod set_aside_files;
mod shared_in;
mod status;
mod suspended;
#[cfg(test)]
mod tests;
mod trash;
mod unlock;
mod window;

pub use credential_input::estimate_strength;
pub use key_replacement::WantedCredentials;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use trousseau_entries::VaultData;
use trousseau_vault::{SlotId, UnlockedVault};
use trousseau_wire::{Biometric, CameraKind, CoreEvent, ErrorCode, FrameEncoding, Platform};

use self::attempts::Attempts;
use self::auto_lock::Presence;
use self::comparison::Comparison;
use self::drafts::Drafts;
use self::phase::{Event, Phase};
use self::recovery::{DraftedWords, UnconfirmedWords};
use self::secret_store_sync::{DeletedSecrets, PendingMark, UnwrittenMark};
use self::shared_in::SharedQueue;
use crate::clipboard::{Clipboard, CopiedCode, NoClipboard};
use crate::clock::{Clock, MonotonicTime, Now, SystemClock};
use crate::error::Result;
use crate::platform::PLATFORM;
use crate::platform::secret_store::{NoSecretStore, SecretId, SecretStore};
use crate::platform::system_ui::{NoSystemUi, SystemUi};
use crate::storage::{Disk, Storage, SystemDisk};
use zeroize::Zeroizing;

/// What a core is built from.
pub struct Config {
    /// The folder of the vault.
    pub folder: PathBuf,
    /// What keeps the files of it.
    pub disk: Arc<dyn Disk>,
    /// The time.
    pub clock: Box<dyn Clock>,
    /// The clipboard.
    pub clipboard: Box<dyn Clipboard>,
    /// What this device keeps.
    pub secret_store: Arc<dyn SecretStore>,
    /// Who reads the camera.
    pub camera: CameraKind,
    /// How frames travel.
    pub frame_encoding: FrameEncoding,
    /// The kind of machine.
    pub platform: Platform,
    /// What a phone does around the window.
    pub system_ui: Arc<dyn SystemUi>,
}

impl Config {
    /// A machine with a disk and a clock, and nothing else.
    pub fn bare(folder: PathBuf) -> Self {
        Self {
            folder,
            disk: Arc::new(SystemDisk),
            clock: Box::new(SystemClock),
            clipboard: Box::new(NoClipboard),
            secret_store: Arc::new(NoSecretStore),
            camera: CameraKind::Web,
            frame_encoding: FrameEncoding::Raw,
            platform: PLATFORM,
            system_ui: Arc::new(NoSystemUi),
        }
    }
}

type NoticeSink = Box<dyn Fn(CoreEvent) + Send>;

/// The app without its window.
pub struct Core {
    config: Config,
    session: Mutex<Session>,
    /// StoredDraft while a credential is set or the keys are replaced, one at a time.
    changing: Mutex<()>,
    /// Never taken while the session is held: the clipboard is other programs' too, and may be slow.
    copy: Mutex<CopiedCode>,
    notices: Mutex<Option<NoticeSink>>,
    /// Counts camera frames: the reader's costly steps take turns over them.
    frames: AtomicU32,
    /// The device is being told something.
    syncing: Arc<AtomicBool>,
}

/// The state behind the mutex. `open` is there exactly in the phases `Unlocked` and `ReadOnly`.
struct Session {
    phase: Phase,
    storage: Option<Storage>,
    attempts: Attempts,
    unlocked: Option<Unlocked>,
    presence: Presence,
    capabilities: DeviceCapabilities,
    /// What the last lock interrupted, sealed under the vault's key.
    suspended: Option<Vec<u8>>,
    /// The slot of a biometric whose key the device does not give any more: it goes at the next opening.
    biometric_lost: Option<SlotId>,
    pending_mark: Option<PendingMark>,
    /// A mark that the device did not take.
    unwritten_mark: UnwrittenMark,
    /// Secrets that the device keeps for slots of a file that may not have been written: to be forgotten if it was not.
    unconfirmed_secrets: Vec<SecretId>,
    /// The device is to be asked to delete what no slot needs any more.
    delete_due: bool,
    /// What the device's store deleted since the app was started.
    deleted_secrets: DeletedSecrets,
    /// How often somebody locked: what is being opened then is not to stay open.
    lock_count: u64,
    /// It was closed for having been left alone, and the window was not told yet.
    closed_by_time: bool,
    /// Whether the disk was read-only when the window was last told to ask.
    reported_read_only: bool,
    /// What other apps handed over, not read yet.
    shared: SharedQueue,
}

/// What the device can do, as it was last asked: asking may take its time, a status must not.
#[derive(Clone, Copy, PartialEq, Eq)]
struct DeviceCapabilities {
    keeps_secrets: bool,
    biometric: Biometric,
    sets_clock_itself: Option<bool>,
}

/// An open vault.
struct Unlocked {
    vault: UnlockedVault,
    entries: VaultData,
    /// The file's bytes as they were read or last written: the next change makes them the previous generation.
    sealed: Vec<u8>,
    drafts: Drafts,
    unconfirmed_words: Option<UnconfirmedWords>,
    drafted_words: Option<DraftedWords>,
    /// Opened with the recovery words: what was typed before is lost.
    new_credential_due: bool,
    /// Until then a new credential needs no other proof than those words.
    recovery_grace_until: Option<MonotonicTime>,
    /// How it stands to the vault that the device saw last.
    comparison: Comparison,
    /// What lies in the place of the copy is no previous generation of this vault: it is kept before it is replaced.
    strange_previous: bool,
    /// Where the person is in the app, as the screen said last.
    ui_state: Option<Zeroizing<String>>,
    /// When the person was last active.
    active_at: MonotonicTime,
    /// When the trash was last looked through for what may go.
    trash_checked_at: MonotonicTime,
    /// When it was opened, by both clocks.
    opened_at: MonotonicTime,
    opened_ms: u64,
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
            unlocked: None,
            presence: Presence::default(),
            capabilities: DeviceCapabilities {
                keeps_secrets: false,
                biometric: Biometric::Absent,
                sets_clock_itself: None,
            },
            suspended: None,
            biometric_lost: None,
            pending_mark: None,
            unwritten_mark: UnwrittenMark::default(),
            unconfirmed_secrets: Vec::new(),
            delete_due: false,
            deleted_secrets: DeletedSecrets::default(),
            lock_count: 0,
            closed_by_time: false,
            reported_read_only: false,
            shared: SharedQueue::default(),
        };
        let core = Self {
            config,
            session: Mutex::new(session),
            changing: Mutex::default(),
            copy: Mutex::default(),
            notices: Mutex::new(None),
            frames: AtomicU32::new(0),
            syncing: Arc::default(),
        };
        core.set_up_window();
        // A folder that another process holds is asked for again with every status.
        let _ = core.status();
        core
    }

    /// Sends notices to `sink` from now on.
    pub fn subscribe(&self, sink: impl Fn(CoreEvent) + Send + 'static) {
        *self.notices.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(sink));
    }

    /// Not to be called while the session is held.
    fn notify(&self, notice: CoreEvent) {
        if notice == CoreEvent::StatusChanged {
            self.status_changed();
        }
        if let Some(sink) = &*self.notices.lock().unwrap_or_else(PoisonError::into_inner) {
            sink(notice);
        }
    }

    fn now_ms(&self) -> u64 {
        self.config.clock.now_ms()
    }

    fn now(&self) -> Now {
        Now::read(&*self.config.clock)
    }

    fn monotonic(&self) -> MonotonicTime {
        self.config.clock.monotonic()
    }

    /// The session, closed first if it was left alone for too long: whatever is asked next, an absence that no tick saw
    /// is not forgiven.
    ///
    /// Every change is swapped in whole as its last step, so a panic elsewhere leaves a state that holds.
    fn session(&self) -> MutexGuard<'_, Session> {
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        session.close_if_overdue(self.monotonic(), self.now_ms());
        session
    }
}

impl Session {
    /// Moves the state machine; an event that cannot happen now is a fault of our own.
    fn step(&mut self, event: Event) -> Result<()> {
        self.phase = phase::next(self.phase, event).ok_or(ErrorCode::Internal)?;
        Ok(())
    }

    /// What is open, for reading.
    fn unlocked(&self) -> Result<&Unlocked> {
        self.unlocked.as_ref().ok_or(ErrorCode::Locked.into())
    }

    /// What is open, where a change is only to what is in memory.
    fn unlocked_mut(&mut self) -> Result<&mut Unlocked> {
        self.unlocked.as_mut().ok_or(ErrorCode::Locked.into())
    }

    /// When a credential was last shown to be right; none where nothing was asked. Refuses where the vault itself is not open.
    fn proof_at(&self) -> Result<Option<MonotonicTime>> {
        match self.phase {
            Phase::Unlocked { proof_at } => Ok(proof_at),
            Phase::ReadOnly { .. } => Err(ErrorCode::ReadOnly.into()),
            _ => Err(ErrorCode::Locked.into()),
        }
    }

    /// Refuses where nothing may be changed, or nothing can be: a vault is for reading until it is known to be the one to go on
    /// with. What was refused by a disk that cannot be written is asked again each time, so that it goes on as soon as the disk can.
    fn writable(&self) -> Result<()> {
        self.proof_at()?;
        self.unlocked()?.comparison.check_present()?;
        Ok(self.storage()?.check_writable()?)
    }

    /// The folder, held by this process.
    fn storage(&self) -> Result<&Storage> {
        self.storage
            .as_ref()
            .ok_or(ErrorCode::AlreadyRunning.into())
    }
}
