//! The core without a window, on a folder of its own, with a clock that stands still until it is moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use secrecy::SecretString;
use tempfile::TempDir;
use trousseau_wire::{
    Algorithm, ByHand, CameraKind, Credential, DraftChanges, EntryChanges, ErrorCode,
    FrameEncoding, Kind, Known, Phase, Safety, Shown, Sort, ViewRequest, WordAnswer,
};

use super::{Config, Core};
use crate::clipboard::tests::FakeClipboard;
use crate::clock::{Clock, Uptime};
use crate::refused::Answer;

mod adding;
mod codes;
mod damage;
mod opening;

const PASSPHRASE: &str = "trois clés de laiton";
/// RFC 6238 App. B's SHA-1 secret, "12345678901234567890".
const URI: &str =
    "otpauth://totp/Portail:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Portail&digits=8";
const HOTP: &str =
    "otpauth://hotp/Portail:hotp?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Portail&counter=0";

#[derive(Clone)]
struct StillClock(Arc<AtomicU64>);

impl Clock for StillClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
    fn uptime(&self) -> Option<Uptime> {
        Some(Uptime {
            boot_id: "boot".into(),
            ms: self.now_ms(),
        })
    }
}

struct Bench {
    folder: TempDir,
    clock: StillClock,
    clipboard: FakeClipboard,
    core: Core,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = StillClock(Arc::new(AtomicU64::new(59_000)));
        let clipboard = FakeClipboard::default();
        let core = core(&folder, &clock, &clipboard);
        Self {
            folder,
            clock,
            clipboard,
            core,
        }
    }

    /// With a vault, open, and the RFC's entry.
    fn open() -> (Self, String) {
        let bench = Self::new();
        bench.core.create_vault(PASSPHRASE).unwrap();
        let id = add(&bench.core, URI).unwrap();
        (bench, id)
    }

    /// The app is closed and started again.
    fn restart(self) -> Self {
        let Self {
            folder,
            clock,
            clipboard,
            core,
        } = self;
        drop(core);
        let core = self::core(&folder, &clock, &clipboard);
        Self {
            folder,
            clock,
            clipboard,
            core,
        }
    }

    fn pass(&self, ms: u64) {
        self.clock.0.fetch_add(ms, Ordering::Relaxed);
    }

    fn phase(&self) -> Phase {
        self.core.status().unwrap().phase
    }

    fn unlock(&self) -> Answer<Phase> {
        Ok(self.core.unlock(Credential::Passphrase, PASSPHRASE)?.phase)
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
}

fn core(folder: &TempDir, clock: &StillClock, clipboard: &FakeClipboard) -> Core {
    Core::new(Config {
        folder: folder.path().into(),
        clock: Box::new(clock.clone()),
        clipboard: Box::new(clipboard.clone()),
        camera: CameraKind::Web,
        frame_encoding: FrameEncoding::Raw,
    })
}

fn add(core: &Core, uri: &str) -> Answer<String> {
    let draft = core.read_text(uri)?.drafts.remove(0);
    let changes = DraftChanges {
        issuer: draft.issuer,
        account: draft.account,
    };
    Ok(core.save_draft(&draft.draft_id, changes)?.id)
}

fn code(answer: Answer<impl Sized>) -> ErrorCode {
    answer.err().map(|refused| refused.code()).unwrap()
}

fn everything() -> ViewRequest {
    ViewRequest {
        query: String::new(),
        sort: Sort::Manual,
        group: None,
        trash: false,
        offset: 0,
        limit: 100,
    }
}
