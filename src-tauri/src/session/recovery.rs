//! The twelve recovery words: shown once, asked back, made anew.

use trousseau_vault::{Credential, RecoveryCode, WorkFactor, argon2id};
use trousseau_wire::{ErrorCode, Notice, RecoveryWords, WireError, WordAnswer};

use super::Core;
use crate::refused::Answer;

/// How many words are asked back.
const ASKED: usize = 3;

/// The asked words of a code that was shown and is not confirmed yet: (position from 1, word).
pub(super) struct PendingWords([(u8, &'static str); ASKED]);

impl PendingWords {
    /// Chooses what to ask: three positions, in ascending order.
    pub(super) fn choose(code: &RecoveryCode) -> Answer<Self> {
        let mut positions: Vec<u8> = (1..=12).collect();
        let mut random = [0; 12 - ASKED];
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

    fn check(&self, answers: &[WordAnswer]) -> Answer<()> {
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

impl Core {
    /// Takes the words that were typed back; the reminder goes.
    ///
    /// # Errors
    /// `RecoveryWordDiffers` for the first that is wrong; `DraftGone` where no words wait for it.
    pub fn confirm_recovery(&self, answers: &[WordAnswer]) -> Answer<()> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.writable()?;
        session
            .open()?
            .pending_words
            .as_ref()
            .ok_or(ErrorCode::DraftGone)?
            .check(answers)?;
        session.change_preferences(now_ms, |preferences| preferences.recovery_confirmed = true)?;
        session.open_mut()?.pending_words = None;
        drop(session);
        self.notify(Notice::PhaseChanged);
        Ok(())
    }

    /// Makes new words; the old ones open nothing any more.
    ///
    /// # Errors
    /// `ReauthRequired` where a credential was last proved over 30 s ago.
    pub fn renew_recovery(&self) -> Answer<RecoveryWords> {
        let now_ms = self.now_ms();
        let mut vault = {
            let session = self.session();
            session.writable()?;
            session.proved_lately(self.moment())?;
            session.open()?.vault.clone()
        };
        let code = RecoveryCode::generate()?;
        let pending = PendingWords::choose(&code)?;
        let words = pending.to_wire(&code);
        vault.put_slot(&Credential::Recovery(code), WorkFactor::DEFAULT, &argon2id)?;
        let mut session = self.session();
        session.replace_slots(now_ms, vault, None, |preferences| {
            preferences.recovery_confirmed = false
        })?;
        session.open_mut()?.pending_words = Some(pending);
        drop(session);
        self.notify(Notice::PhaseChanged);
        Ok(words)
    }
}
