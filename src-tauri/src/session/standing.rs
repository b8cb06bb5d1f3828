//! How an open vault stands to the one that this device saw last: the same, an older one, or one that it does not know.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::time::Duration;

use trousseau_entries::Entries;
use trousseau_vault::{Judgement, Mark, MarkSecret, OpenVault, VaultId, judge};
use trousseau_wire::ErrorCode;

use super::opening::{Beside, Unsealed};
use super::phase::Phase;
use super::tell_device::last_vault;
use super::{Core, Open, Session};
use crate::clock::Moment;
use crate::platform::device::{Device, Item, Role};
use crate::refused::Answer;

/// How long an unlock waits for the device, beyond the derivation of its key.
pub(super) const MARK_WAIT: Duration = Duration::from_secs(2);

/// How long a vault stays for reading while the device is silent.
const SILENCE_MS: u64 = 10_000;

/// What an open vault is to this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// The device has not answered yet.
    Comparing,
    /// The vault to go on with.
    Present,
    /// An older one stands in its place.
    Older {
        /// How many saves lie between.
        by: u64,
    },
    /// It was sealed under keys that the device does not know, or is another vault than it saw last in this folder.
    Foreign {
        /// The generation that the device remembers.
        after: u64,
    },
}

/// What the device saw last.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    /// Which vault was in this folder.
    last: Option<VaultId>,
    /// Of the vault that was opened, and of the last one: the copy beside another vault may be of that one.
    marks: [Option<(VaultId, Mark)>; 2],
}

impl Seen {
    fn ask(device: &dyn Device, vault: VaultId, folder: &Item) -> Option<Self> {
        let last = device.read(folder, "").ok()?;
        let last = last.and_then(|kept| VaultId::parse(std::str::from_utf8(&kept).ok()?));
        let mark = |of: VaultId| {
            let kept = device.read(&Item::by_role(of, Role::Mark), "");
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

    fn judge(&self, vault: &OpenVault, entries: &Entries) -> Judgement {
        if self.last.is_some_and(|last| last != vault.id()) {
            return Judgement::Foreign;
        }
        judge(self.mark(vault.id()), vault, &earlier(entries))
    }
}

/// The secrets of the vault's earlier keys.
pub(super) fn earlier(entries: &Entries) -> Vec<MarkSecret> {
    let marks = entries.device().marks.iter();
    marks.map(|kept| MarkSecret::from_bytes(kept)).collect()
}

/// What was asked of the device at an opening; none is a device that does not say.
pub(super) struct Question {
    answer: Receiver<Option<Seen>>,
    /// What it answered while somebody waited.
    early: Option<Option<Seen>>,
    asked_at: Moment,
}

impl Question {
    /// Waits for the answer, but not longer.
    pub(super) fn wait(&mut self, longest: Duration) {
        self.early = self.answer.recv_timeout(longest).ok();
    }

    fn take(&mut self) -> Result<Option<Seen>, TryRecvError> {
        match self.early.take() {
            Some(seen) => Ok(seen),
            None => self.answer.try_recv(),
        }
    }
}

/// An open vault, beside what the device saw.
pub(super) struct Comparison {
    pub(super) standing: Standing,
    /// The device keeps secrets and did not say what it saw.
    pub(super) is_missing: bool,
    /// Not answered yet: a late answer is judged all the same.
    question: Option<Question>,
    seen: Seen,
    /// The copy beside the vault, where it is not simply the generation before.
    beside: Option<Beside>,
}

impl Comparison {
    /// Of a vault that was just made.
    pub(super) fn of_new() -> Self {
        Self {
            standing: Standing::Present,
            is_missing: false,
            question: None,
            seen: Seen::default(),
            beside: None,
        }
    }

    /// Of a vault that was just opened.
    pub(super) fn begun(question: Question, beside: Option<Beside>) -> Self {
        Self {
            standing: Standing::Comparing,
            question: Some(question),
            beside,
            ..Self::of_new()
        }
    }

    /// Refuses while this is not the vault to go on with.
    pub(super) fn check_present(&self) -> Answer<()> {
        Err(match self.standing {
            Standing::Present => return Ok(()),
            Standing::Comparing => ErrorCode::VaultComparing,
            Standing::Older { .. } => ErrorCode::VaultOlder,
            Standing::Foreign { .. } => ErrorCode::VaultForeign,
        }
        .into())
    }

    /// By how many saves it is older than the newest that is known.
    pub(super) fn behind(&self) -> u64 {
        match self.standing {
            Standing::Older { by } => by,
            _ => 0,
        }
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.standing == Standing::Comparing
    }

    pub(super) fn is_foreign(&self) -> bool {
        matches!(self.standing, Standing::Foreign { .. })
    }

    /// The copy beside it that is to be preferred, where it opened.
    pub(super) fn copy_to_take(&self) -> Option<&Unsealed> {
        let is_second = matches!(
            self.standing,
            Standing::Older { .. } | Standing::Foreign { .. }
        );
        let beside = self.beside.as_ref().filter(|_| is_second)?;
        beside.opened.as_deref()
    }

    /// The person goes on with this vault.
    pub(super) fn accept(&mut self) {
        (self.standing, self.beside, self.question) = (Standing::Present, None, None);
    }
}

impl Open {
    /// Judges the vault, and the copy beside it, by what the device saw; none is a device that did not say.
    fn compare(&mut self, seen: Option<Seen>) {
        let Comparison { beside, .. } = &mut self.comparison;
        let known = seen.unwrap_or_default();
        let outcome = known.judge(&self.vault, &self.entries);
        let judged = |copy: &Unsealed| known.judge(&copy.vault, &copy.entries);
        let copy = beside.as_ref().and_then(|beside| beside.opened.as_deref());
        let copy = copy.map(judged);
        let standing = match outcome {
            Judgement::Good | Judgement::OwnPast | Judgement::NotCompared => Standing::Present,
            Judgement::Older { by } => Standing::Older { by },
            Judgement::Foreign => Standing::Foreign {
                after: known
                    .mark(self.vault.id())
                    .map_or(0, |mark| mark.generation),
            },
        };
        let standing = match (standing, &beside) {
            // Only what the device knows is better than what it does not.
            (Standing::Foreign { .. }, _) => {
                if matches!(
                    copy,
                    None | Some(Judgement::Foreign | Judgement::NotCompared)
                ) {
                    *beside = None;
                }
                standing
            }
            (_, Some(other)) if copy != Some(Judgement::Foreign) => {
                match other.generation.checked_sub(self.vault.generation()) {
                    None | Some(0) => standing,
                    Some(newer) => match standing {
                        Standing::Older { by } => Standing::Older { by: by.max(newer) },
                        _ => Standing::Older { by: newer },
                    },
                }
            }
            _ => standing,
        };
        if copy == Some(Judgement::Foreign) {
            (*beside, self.strange_backup) = (None, true);
        }
        let comparison = &mut self.comparison;
        (comparison.standing, comparison.seen) = (standing, known);
        comparison.is_missing = outcome == Judgement::NotCompared;
        if standing == Standing::Present && comparison.question.is_none() {
            comparison.beside = None;
        }
        self.strange_backup |= comparison.is_foreign();
    }

    /// The copy beside the vault takes its place, in memory.
    pub(super) fn take_copy(&mut self) {
        let taken = self.comparison.beside.take();
        let Some(copy) = taken.and_then(|beside| beside.opened) else {
            return;
        };
        (self.vault, self.entries, self.sealed) = (copy.vault, copy.entries, copy.sealed);
        (self.use_unsaved, self.strange_backup) = (false, false);
        self.compare(Some(self.comparison.seen));
    }
}

impl Core {
    /// Asks what the device saw last, on a thread of its own: a store that asks somebody something must not keep a vault
    /// closed.
    pub(super) fn ask_device(&self, vault: VaultId) -> Question {
        let (answer, seen) = mpsc::channel();
        let (device, folder) = (Arc::clone(&self.config.device), last_vault(&self.config));
        std::thread::spawn(move || {
            // Nobody waits any more where the vault was closed meanwhile.
            let _ = answer.send(Seen::ask(&*device, vault, &folder));
        });
        Question {
            answer: seen,
            early: None,
            asked_at: self.moment(),
        }
    }
}

impl Session {
    /// Takes what the device answered by now. Tells whether the vault stands otherwise since.
    pub(super) fn hear_device(&mut self, now: Moment, now_ms: u64) -> bool {
        let Some(open) = &mut self.open else {
            return false;
        };
        let comparison = &mut open.comparison;
        let Some(question) = &mut comparison.question else {
            return false;
        };
        let is_silent = now.ms_since(question.asked_at) >= SILENCE_MS;
        let seen = match question.take() {
            Ok(seen) => {
                comparison.question = None;
                seen
            }
            Err(TryRecvError::Disconnected) => {
                comparison.question = None;
                None
            }
            Err(TryRecvError::Empty) if is_silent && comparison.standing == Standing::Comparing => {
                None
            }
            Err(TryRecvError::Empty) => return false,
        };
        let before = comparison.standing;
        open.compare(seen);
        let after = open.comparison.standing;
        if before == Standing::Comparing && matches!(self.phase, Phase::Unlocked { .. }) {
            self.mark();
            self.tidy_up(now_ms);
            self.purge_expired(now, now_ms);
        }
        before != after
    }
}
