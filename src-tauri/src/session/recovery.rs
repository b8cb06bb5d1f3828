//! The twelve recovery words: shown once, asked back.

use trousseau_vault::{Argon2Params, Credential, RecoveryCode, SlotKind, argon2id};
use trousseau_wire::{CoreEvent, ErrorCode, RecoveryWords, TypedWord, WireError};
use zeroize::Zeroizing;

use super::Core;
use crate::error::Result;

/// How many words are asked back.
const ASKED_BACK: usize = 3;

/// The asked words of a code that was shown and is not confirmed yet: (position from 1, word).
pub(super) struct UnconfirmedWords([(u8, &'static str); ASKED_BACK]);

impl UnconfirmedWords {
    /// Chooses what to ask: three positions, in ascending order.
    pub(super) fn choose(code: &RecoveryCode) -> Result<Self> {
        let mut positions: Vec<u8> = (1..=12).collect();
        let mut random = [0; 12 - ASKED_BACK];
        getrandom::fill(&mut random).map_err(|_| ErrorCode::Internal)?;
        for byte in random {
            positions.remove(usize::from(byte) % positions.len());
        }
        let words = code.words();
        let asked =
            std::array::from_fn(|at| (positions[at], words[usize::from(positions[at]) - 1]));
        Ok(Self(asked))
    }

    /// What the person is shown.
    pub(super) fn to_wire(&self, code: &RecoveryCode) -> RecoveryWords {
        RecoveryWords {
            words: code.words().map(str::to_owned).to_vec(),
            ask: self.0.map(|(position, _)| position).to_vec(),
        }
    }

    fn check(&self, answers: &[TypedWord]) -> Result<()> {
        for (position, word) in self.0 {
            let answer = answers.iter().find(|answer| answer.position == position);
            if answer.is_none_or(|answer| answer.word.trim().to_lowercase() != word) {
                return Err(WireError::new(ErrorCode::RecoveryWordDiffers)
                    .with("position", position)
                    .into());
            }
        }
        Ok(())
    }
}

/// Recovery words that were shown, for keys that are not written yet.
pub(super) struct DraftedWords {
    pub(super) code: RecoveryCode,
    pub(super) asked: UnconfirmedWords,
    pub(super) confirmed: bool,
}

/// The same words once more.
///
/// # Errors
/// None that can happen: they were words before.
pub(super) fn clone_words(code: &RecoveryCode) -> Result<RecoveryCode> {
    let phrase = Zeroizing::new(code.words().join(" "));
    Ok(RecoveryCode::parse(&phrase)?)
}

impl Core {
    /// Takes the words that were typed back. The reminder goes: for words of keys that are not written yet, once they are.
    ///
    /// # Errors
    /// `RecoveryWordDiffers` for the first that is wrong; `RecoveryWordsNotFound` where no words wait for it.
    pub fn verify_recovery_words(&self, answers: &[TypedWord]) -> Result<()> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        let open = session.unlocked_mut()?;
        if let Some(drafted) = &mut open.drafted_words {
            let checked = drafted.asked.check(answers);
            drafted.confirmed |= checked.is_ok();
            // They may be those of before, where new ones were shown and left.
            let of_before = open
                .unconfirmed_words
                .as_ref()
                .map(|words| words.check(answers));
            if checked.is_ok() || of_before.is_none_or(|checked| checked.is_err()) {
                return checked;
            }
        }
        session.writable()?;
        session
            .unlocked()?
            .unconfirmed_words
            .as_ref()
            .ok_or(ErrorCode::RecoveryWordsNotFound)?
            .check(answers)?;
        session.change_settings(now_ms, |preferences| preferences.recovery_confirmed = true)?;
        session.unlocked_mut()?.unconfirmed_words = None;
        drop(session);
        self.notify(CoreEvent::StatusChanged);
        Ok(())
    }

    /// Makes recovery words, where there are none.
    ///
    /// # Errors
    /// `ReauthRequired` where a credential was last proved over 30 s ago; `KeyReplacementRequired` where there are some.
    pub fn add_recovery_words(&self) -> Result<RecoveryWords> {
        let now_ms = self.now_ms();
        let mut vault = {
            let session = self.session();
            session.writable()?;
            session.require_recent_proof(self.monotonic())?;
            session.unlocked()?.vault.clone()
        };
        if vault.slots().any(|slot| slot.kind == SlotKind::Recovery) {
            return Err(ErrorCode::KeyReplacementRequired.into());
        }
        let code = RecoveryCode::generate()?;
        let pending = UnconfirmedWords::choose(&code)?;
        let words = pending.to_wire(&code);
        vault.put_slot(
            &Credential::Recovery(code),
            Argon2Params::DEFAULT,
            &argon2id,
        )?;
        let mut session = self.session();
        session.replace_slots(now_ms, vault, None, |preferences| {
            preferences.recovery_confirmed = false
        })?;
        session.unlocked_mut()?.unconfirmed_words = Some(pending);
        drop(session);
        self.notify(CoreEvent::StatusChanged);
        Ok(words)
    }
}
