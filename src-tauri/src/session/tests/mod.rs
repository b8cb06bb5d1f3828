//! The core without a window, on a folder of its own, with a clock that stands still until it is moved.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use secrecy::SecretString;
use tempfile::TempDir;
use trousseau_vault::{DeviceKey, OpenOutcome, SlotKind};
use trousseau_wire::{
    Algorithm, Alphabet, CodeRef, CoreEvent, Credential, Diagnosis, Draft, DraftChanges, Duplicate,
    EntryChanges, ErrorCode, Kind, ListRequest, ManualEntry, ManualEntryResult, Mistyped, Phase,
    ScanResult, SecuritySettings, Sort, TypedWord, Warning,
};

use super::{Config, Core};
use crate::clipboard::mock::MemoryClipboard;
use crate::clock::{Clock, MonotonicTime, Uptime};
use crate::error::Result;
use crate::platform::secret_store::{SecretId, SecretPurpose, SecretStoreError};

#[path = "../../../tests/mock/keys.rs"]
mod keys;
#[path = "../../../tests/mock/qr.rs"]
mod qr;
#[path = "../../../tests/mock/secret_store.rs"]
mod secret_store;
#[path = "../../../tests/mock/system_ui.rs"]
mod system_ui;

use keys::{KeyReplacement, replace};
use secret_store::MemorySecretStore;
use system_ui::MemorySystemUi;

mod adding;
mod attacks;
mod attempts;
mod batches;
mod biometric;
mod codes;
mod comparison;
mod credentials;
mod damage;
mod damaged_entry;
mod decrypt;
mod device_keys;
mod export_qr;
mod files;
mod groups;
mod interrupted;
mod key_replacement;
mod leaving;
mod links;
mod manual_entry;
mod new_secrets_checklist;
mod noting_disk;
mod old_keys;
mod rollback;
mod security_settings;
mod set_aside_files;
mod structured_append;
mod trash;
mod window;

const PASSPHRASE: &str = "trois clés de laiton";
/// RFC 6238 App. B's SHA-1 secret, "12345678901234567890".
const URI: &str =
    "otpauth://totp/Portail:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Portail&digits=8";
const HOTP: &str =
    "otpauth://hotp/Portail:hotp?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Portail&counter=0";

#[derive(Clone)]
struct StillClock {
    monotonic_ms: Arc<AtomicU64>,
    /// By how much the wall clock was set forward, or back.
    wall_set_by_ms: Arc<AtomicI64>,
}

impl StillClock {
    fn at(ms: u64) -> Self {
        Self {
            monotonic_ms: Arc::new(AtomicU64::new(ms)),
            wall_set_by_ms: Arc::default(),
        }
    }
}

impl Clock for StillClock {
    fn now_ms(&self) -> u64 {
        let monotonic_ms = self.monotonic_ms.load(Ordering::Relaxed);
        monotonic_ms.saturating_add_signed(self.wall_set_by_ms.load(Ordering::Relaxed))
    }

    fn monotonic(&self) -> MonotonicTime {
        MonotonicTime::from_ms(self.monotonic_ms.load(Ordering::Relaxed))
    }

    fn uptime(&self) -> Option<Uptime> {
        Some(Uptime {
            boot_id: "boot".into(),
            ms: self.monotonic_ms.load(Ordering::Relaxed),
        })
    }
}

struct Fixture {
    folder: TempDir,
    clock: StillClock,
    clipboard: MemoryClipboard,
    secret_store: MemorySecretStore,
    system_ui: MemorySystemUi,
    core: Core,
}

impl Fixture {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = StillClock::at(59_000);
        let clipboard = MemoryClipboard::default();
        let secret_store = MemorySecretStore::default();
        let system_ui = MemorySystemUi::default();
        let core = with_system_ui(folder.path(), &clock, &clipboard, &secret_store, &system_ui);
        Self {
            folder,
            clock,
            clipboard,
            secret_store,
            system_ui,
            core,
        }
    }

    /// With a vault, open, and the RFC's entry.
    fn open() -> (Self, String) {
        let fixture = Self::new();
        fixture
            .core
            .create_vault(Credential::Passphrase, PASSPHRASE)
            .unwrap();
        let id = add(&fixture.core, URI).unwrap();
        (fixture, id)
    }

    /// The app is closed and started again.
    fn restart(self) -> Self {
        let Self {
            folder,
            clock,
            clipboard,
            secret_store,
            system_ui,
            core,
        } = self;
        drop(core);
        let core = with_system_ui(folder.path(), &clock, &clipboard, &secret_store, &system_ui);
        Self {
            folder,
            clock,
            clipboard,
            secret_store,
            system_ui,
            core,
        }
    }

    fn pass(&self, ms: u64) {
        self.clock.monotonic_ms.fetch_add(ms, Ordering::Relaxed);
    }

    /// Time passes, and somebody is active all the while.
    fn stay(&self, ms: u64) {
        let mut left_ms = ms;
        while left_ms > 0 {
            let step_ms = left_ms.min(299_000);
            self.pass(step_ms);
            self.core.report_activity();
            left_ms -= step_ms;
        }
    }

    /// Sets the wall clock forward or back.
    fn set_clock_by(&self, ms: i64) {
        self.clock.wall_set_by_ms.fetch_add(ms, Ordering::Relaxed);
    }

    /// From now on leaving the app locks it at once.
    fn lock_when_left(&self) {
        let safety = self.core.security_settings().unwrap();
        let at_once = SecuritySettings {
            lock_after_s: 0,
            ..safety
        };
        self.core.set_security_settings(at_once).unwrap();
    }

    fn phase(&self) -> Phase {
        self.core.status().unwrap().phase
    }

    fn unlock(&self) -> Result<Phase> {
        Ok(self.core.unlock(Credential::Passphrase, PASSPHRASE)?.phase)
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
}

fn core(
    folder: &Path,
    clock: &StillClock,
    clipboard: &MemoryClipboard,
    secret_store: &MemorySecretStore,
) -> Core {
    with_system_ui(
        folder,
        clock,
        clipboard,
        secret_store,
        &MemorySystemUi::default(),
    )
}

fn with_system_ui(
    folder: &Path,
    clock: &StillClock,
    clipboard: &MemoryClipboard,
    secret_store: &MemorySecretStore,
    system_ui: &MemorySystemUi,
) -> Core {
    let core = Core::new(Config {
        clock: Box::new(clock.clone()),
        clipboard: Box::new(clipboard.clone()),
        secret_store: Arc::new(secret_store.clone()),
        system_ui: Arc::new(system_ui.clone()),
        ..Config::bare(folder.into())
    });
    core.refresh_capabilities();
    core
}

fn add(core: &Core, uri: &str) -> Result<String> {
    let draft = core.import_text(uri)?.drafts.remove(0);
    let changes = DraftChanges {
        issuer: draft.issuer,
        account: draft.account,
    };
    Ok(core.save_draft(&draft.draft_id, changes)?.id)
}

/// Tells the device what it is due, and waits until it has heard.
fn tell(core: &Core) {
    let heard = || {
        for _ in 0..60_000 {
            if !core.syncing.load(Ordering::Acquire) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        panic!("the device is being told for ever");
    };
    heard();
    core.sync_secret_store();
    heard();
}

fn code(answer: Result<impl Sized>) -> ErrorCode {
    answer.err().map(|refused| refused.code()).unwrap()
}

fn everything() -> ListRequest {
    ListRequest {
        query: String::new(),
        sort: Sort::Manual,
        group: None,
        trash: false,
        offset: 0,
        limit: 100,
        index_of: None,
    }
}

/// A file that the device's key opens, opened by the crates alone.
fn opened(fixture: &Fixture, name: &str) -> OpenOutcome {
    let bytes = std::fs::read(fixture.file(name)).unwrap();
    let summary = trousseau_vault::inspect(&bytes).unwrap();
    let slot = summary
        .slots
        .iter()
        .find(|slot| slot.kind == SlotKind::Device)
        .unwrap();
    let item = SecretId::for_slot(summary.vault, SecretPurpose::Device, slot.id);
    let key: [u8; 32] = fixture.secret_store.memory().kept[&item][..]
        .try_into()
        .unwrap();
    let credential = trousseau_vault::Credential::Device(DeviceKey::new(&key));
    trousseau_vault::open(&bytes, &credential, &trousseau_vault::argon2id).unwrap()
}
