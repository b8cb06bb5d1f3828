//! What this device saw last: asked at each opening, on a thread of its own.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::time::Duration;

use trousseau_entries::VaultData;
use trousseau_vault::{Judgement, Mark, MarkSecret, UnlockedVault, VaultId, judge};
use trousseau_wire::Platform;

use super::{Config, Core};
use crate::clock::MonotonicTime;
use crate::platform::secret_store::{SecretId, SecretPurpose, SecretStore};

/// How long an unlock waits for the device, beyond the derivation of its key.
pub(super) const MAX_REPLY_WAIT: Duration = Duration::from_secs(2);

/// What the device saw last.
#[derive(Clone, Copy, Default)]
pub(super) struct LastSeen {
    /// Which vault was in this folder.
    last: Option<VaultId>,
    /// Of the vault that was opened, and of the last one: the copy beside another vault may be of that one.
    marks: [Option<(VaultId, Mark)>; 2],
}

impl LastSeen {
    fn ask(device: &dyn SecretStore, vault: VaultId, folder: &SecretId) -> Option<Self> {
        let last = device.read(folder, "").ok().flatten();
        let last = last.and_then(|kept| VaultId::parse(std::str::from_utf8(&kept).ok()?));
        let mark = |of: VaultId| {
            let kept = device.read(&SecretId::without_slot(of, SecretPurpose::Mark), "");
            kept.map(|kept| Some((of, Mark::parse(&kept?)?)))
        };
        let other = last.filter(|last| *last != vault);
        Some(Self {
            last,
            marks: [
                mark(vault).ok()?,
                other.map(mark).transpose().ok()?.flatten(),
            ],
        })
    }

    fn mark(&self, vault: VaultId) -> Option<&Mark> {
        let mut marks = self.marks.iter().flatten();
        marks.find(|(of, _)| *of == vault).map(|(_, mark)| mark)
    }

    /// The highest generation of a vault that the device saw; 0 if it saw none.
    pub(super) fn generation(&self, vault: VaultId) -> u64 {
        self.mark(vault).map_or(0, |mark| mark.generation)
    }

    pub(super) fn judge(&self, vault: &UnlockedVault, entries: &VaultData) -> Judgement {
        if self.last.is_some_and(|last| last != vault.id()) {
            return Judgement::Foreign;
        }
        judge(self.mark(vault.id()), vault, &earlier(entries))
    }
}

/// What was asked of the device at an opening.
pub(super) struct Question {
    /// Which vault was asked about.
    pub(super) vault: Option<VaultId>,
    answer: Receiver<Option<LastSeen>>,
    /// What came while somebody waited for it.
    early: Option<Reply>,
    pub(super) asked_at: MonotonicTime,
}

/// What came of a question.
pub(super) enum Reply {
    /// The device has not answered yet.
    Pending,
    /// It does not say.
    Failed,
    /// What it saw.
    Received(LastSeen),
}

impl From<Option<LastSeen>> for Reply {
    fn from(seen: Option<LastSeen>) -> Self {
        seen.map_or(Self::Failed, Self::Received)
    }
}

impl Question {
    /// Waits for the answer, but not longer.
    pub(super) fn wait(&mut self, longest: Duration) {
        self.early = self.answer.recv_timeout(longest).ok().map(Reply::from);
    }

    /// What came by now, once.
    pub(super) fn heard(&mut self) -> Reply {
        if let Some(early) = self.early.take() {
            return early;
        }
        match self.answer.try_recv() {
            Ok(seen) => seen.into(),
            Err(TryRecvError::Empty) => Reply::Pending,
            Err(TryRecvError::Disconnected) => Reply::Failed,
        }
    }
}

/// The secrets of the vault's earlier keys.
pub(super) fn earlier(entries: &VaultData) -> Vec<MarkSecret> {
    let marks = entries.device().marks.iter();
    marks.map(|kept| MarkSecret::from_bytes(kept)).collect()
}

/// Under what the device keeps which vault it saw last. A phone has one folder, to which iOS gives another path with each
/// update.
pub(super) fn last_vault(config: &Config) -> SecretId {
    match config.platform {
        Platform::Desktop => SecretId::last_vault_in(&config.folder),
        Platform::Android | Platform::Ios => SecretId::last_vault_in("".as_ref()),
    }
}

impl Core {
    /// Asks what the device saw last, on a thread of its own: a store that asks somebody something must not keep a vault
    /// closed.
    pub(super) fn ask_last_seen(&self, vault: Option<VaultId>) -> Question {
        let (answer, seen) = mpsc::channel();
        let (device, folder) = (
            Arc::clone(&self.config.secret_store),
            last_vault(&self.config),
        );
        std::thread::spawn(move || {
            // Nobody waits any more if the vault was closed meanwhile.
            let _ = answer.send(vault.and_then(|vault| LastSeen::ask(&*device, vault, &folder)));
        });
        Question {
            vault,
            answer: seen,
            early: None,
            asked_at: self.monotonic(),
        }
    }
}
