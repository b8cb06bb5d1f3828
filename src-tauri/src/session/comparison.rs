//! How an open vault stands to the one that this device saw last: the same, an older one, or one that it does not know.

use trousseau_entries::VaultData;
use trousseau_vault::{Judgement, UnlockedVault};
use trousseau_wire::ErrorCode;

use super::decrypt::{Beside, Decrypted};
use super::last_seen::{LastSeen, Question, Reply, earlier};
use super::phase::Phase;
use super::{Session, Unlocked};
use crate::clock::MonotonicTime;
use crate::error::Result;

/// How long a vault stays for reading while the device is silent.
const STORE_TIMEOUT_MS: u64 = 10_000;

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

/// How an open vault stands, and by what that was judged.
pub(super) struct Comparison {
    pub(super) standing: Standing,
    /// The device keeps secrets and did not say what it saw.
    pub(super) is_missing: bool,
    /// The copy opened, and neither the vault's keys nor its earlier ones seal it: it is kept before it is replaced.
    pub(super) copy_has_other_keys: bool,
    /// Not answered yet: a late answer is judged all the same.
    question: Option<Question>,
    seen: LastSeen,
    /// The copy beside the vault, where it is not simply the generation before.
    beside: Option<Beside>,
}

impl Comparison {
    /// Of a vault that was just made.
    pub(super) fn of_new() -> Self {
        Self {
            standing: Standing::Present,
            is_missing: false,
            copy_has_other_keys: false,
            question: None,
            seen: LastSeen::default(),
            beside: None,
        }
    }

    /// Of a vault that was just opened.
    pub(super) fn pending(question: Question, beside: Option<Beside>) -> Self {
        Self {
            standing: Standing::Comparing,
            question: Some(question),
            beside,
            ..Self::of_new()
        }
    }

    /// Refuses while this is not the vault to go on with.
    pub(super) fn check_present(&self) -> Result<()> {
        Err(match self.standing {
            Standing::Present => return Ok(()),
            Standing::Comparing => ErrorCode::VaultComparing,
            Standing::Older { .. } => ErrorCode::VaultOlder,
            Standing::Foreign { .. } => ErrorCode::VaultForeign,
        }
        .into())
    }

    /// By how many saves it is older than the newest that is known.
    pub(super) fn saves_behind(&self) -> u64 {
        match self.standing {
            Standing::Older { by } => by,
            _ => 0,
        }
    }

    pub(super) fn is_pending(&self) -> bool {
        self.standing == Standing::Comparing
    }

    pub(super) fn is_foreign(&self) -> bool {
        matches!(self.standing, Standing::Foreign { .. })
    }

    /// The copy beside it that is to be preferred, where it opened.
    pub(super) fn newer_copy(&self) -> Option<&Decrypted> {
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

/// How a vault stands, by what the device says of it and of the copy beside it, which is newer by so many saves. `after`
/// is the generation that the device remembers.
fn compare_generations(
    vault: Judgement,
    after: u64,
    copy: Option<Judgement>,
    newer_by: u64,
) -> Standing {
    let behind = match vault {
        Judgement::Foreign => return Standing::Foreign { after },
        Judgement::Older { by } => by,
        Judgement::Good | Judgement::OwnPast | Judgement::NotCompared => 0,
    };
    // Anybody can write a foreign file of any generation.
    let newer_by = if copy == Some(Judgement::Foreign) {
        0
    } else {
        newer_by
    };
    match behind.max(newer_by) {
        0 => Standing::Present,
        by => Standing::Older { by },
    }
}

/// What the payloads of a vault and of the copy beside it say of each other's keys: that needs no device.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    /// The copy has the same, or did not open.
    Same,
    /// The vault's payload keeps the mark's secret of the copy's.
    Earlier,
    /// The copy's payload keeps that of the vault's.
    Later,
    /// Neither.
    Others,
}

impl Keys {
    fn of((vault, entries): (&UnlockedVault, &VaultData), copy: Option<&Decrypted>) -> Self {
        let Some(copy) = copy else {
            return Self::Same;
        };
        let (own, others) = (
            vault.mark_secret().check(),
            copy.vault.mark_secret().check(),
        );
        let keeps = |entries, check| earlier(entries).iter().any(|kept| kept.check() == check);
        if own == others {
            Self::Same
        } else if keeps(entries, others) {
            Self::Earlier
        } else if keeps(&copy.entries, own) {
            Self::Later
        } else {
            Self::Others
        }
    }
}

impl Unlocked {
    /// Judges the vault, and the copy beside it, by what the device saw; `None` if the device did not say.
    fn compare(&mut self, seen: Option<LastSeen>) {
        let known = seen.unwrap_or_default();
        let comparison = &mut self.comparison;
        let vault = known.judge(&self.vault, &self.entries);
        let beside = comparison.beside.as_ref();
        let opened = beside.and_then(|beside| beside.opened.as_deref());
        let copy = opened.map(|copy| known.judge(&copy.vault, &copy.entries));
        let generation = self.vault.generation();
        let newer_by = beside.map_or(0, |beside| beside.generation.saturating_sub(generation));

        let keys = Keys::of((&self.vault, &self.entries), opened);
        comparison.copy_has_other_keys = keys == Keys::Others || keys == Keys::Later;
        let after = known.generation(self.vault.id());
        let (vault, copy, after) = match (keys, copy) {
            // Somebody put an earlier file in the vault's place; unless the device knows that one, and not the copy.
            (Keys::Later, Some(judged)) if judged != Judgement::Foreign => {
                let newest = beside.map_or(0, |beside| beside.generation);
                (Judgement::Foreign, Some(Judgement::Good), after.max(newest))
            }
            // Whatever its generation, it is of before the keys were replaced.
            (Keys::Earlier, _) => (vault, Some(Judgement::Foreign), after),
            _ => (vault, copy, after),
        };
        comparison.standing = compare_generations(vault, after, copy, newer_by);
        comparison.is_missing = vault == Judgement::NotCompared;
        comparison.seen = known;
        let may_be_offered = match comparison.standing {
            // Only what the device knows is better than what it does not.
            Standing::Foreign { .. } => !matches!(
                copy,
                None | Some(Judgement::Foreign | Judgement::NotCompared)
            ),
            Standing::Older { .. } => copy != Some(Judgement::Foreign),
            Standing::Present | Standing::Comparing => false,
        };
        // A late answer may say otherwise.
        if !may_be_offered && comparison.question.is_none() {
            comparison.beside = None;
        }
        let is_forged = copy == Some(Judgement::Foreign) && (keys != Keys::Earlier || newer_by > 0);
        self.strange_previous |=
            comparison.is_foreign() || is_forged || comparison.copy_has_other_keys;
    }

    /// The copy beside the vault takes its place, in memory.
    pub(super) fn switch_to_copy(&mut self) {
        let taken = self.comparison.beside.take();
        let Some(copy) = taken.and_then(|beside| beside.opened) else {
            return;
        };
        (self.vault, self.entries, self.sealed) = (copy.vault, copy.entries, copy.sealed);
        (self.use_unsaved, self.strange_previous) = (false, false);
        self.recovery_grace_until = None;
        self.compare(Some(self.comparison.seen));
    }
}

impl Session {
    /// Takes what the device answered by now. Tells whether the vault stands otherwise since.
    pub(super) fn receive_reply(&mut self, now: MonotonicTime, now_ms: u64) -> bool {
        let Some(open) = &mut self.unlocked else {
            return false;
        };
        let comparison = &mut open.comparison;
        let Some(question) = &mut comparison.question else {
            return false;
        };
        let is_silent = now.ms_since(question.asked_at) >= STORE_TIMEOUT_MS;
        let seen = match question.heard() {
            Reply::Pending if is_silent && comparison.standing == Standing::Comparing => None,
            Reply::Pending => return false,
            Reply::Failed => {
                comparison.question = None;
                None
            }
            Reply::Received(seen) => {
                comparison.question = None;
                Some(seen)
            }
        };
        let before = comparison.standing;
        open.compare(seen);
        let after = open.comparison.standing;
        if before == Standing::Comparing && matches!(self.phase, Phase::Unlocked { .. }) {
            self.finish_pending_work(now_ms);
            self.mark();
            self.purge_expired(now, now_ms);
        }
        before != after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vault_stands_by_what_the_device_knows() {
        use Judgement as J;
        let foreign = Standing::Foreign { after: 7 };
        let older = |by| Standing::Older { by };
        for (vault, copy, newer_by, expected) in [
            (J::Good, None, 0, Standing::Present),
            (J::OwnPast, Some(J::Good), 0, Standing::Present),
            (J::NotCompared, None, 0, Standing::Present),
            (J::Good, Some(J::Good), 2, older(2)),
            (J::Good, None, 2, older(2)),
            (J::NotCompared, Some(J::NotCompared), 2, older(2)),
            (J::Older { by: 3 }, Some(J::Older { by: 1 }), 2, older(3)),
            (J::Older { by: 1 }, Some(J::Good), 2, older(2)),
            (J::Good, Some(J::Foreign), 9, Standing::Present),
            (J::Older { by: 1 }, Some(J::Foreign), 9, older(1)),
            (J::Foreign, None, 0, foreign),
            (J::Foreign, Some(J::Good), 9, foreign),
        ] {
            let outcome = compare_generations(vault, 7, copy, newer_by);
            assert_eq!(outcome, expected, "{vault:?} {copy:?} {newer_by}");
        }
    }
}
