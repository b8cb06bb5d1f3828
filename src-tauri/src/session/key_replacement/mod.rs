//! New keys for the whole vault, so that an older copy, and what opened it, opens nothing that comes later.

mod new_vault;
mod plan;
mod wanted;

use std::sync::PoisonError;

use trousseau_entries::VaultData;
use trousseau_vault::{DeviceKey, RecoveryCode, SlotInfo, StretchedPin, UnlockedVault};
use trousseau_wire::{CoreEvent, Credential, ErrorCode, KeysReplaced, RecoveryWords};
use zeroize::Zeroizing;

use self::new_vault::NewVault;
pub use self::wanted::WantedCredentials;
use super::comparison::Standing;
use super::device_keys::secrets_of_slots;
use super::recovery::{DraftedWords, UnconfirmedWords, clone_words};
use super::{Core, Session, Unlocked};
use crate::error::{Error, Result};
use crate::platform::secret_store::SecretId;

/// The open vault, as it was when the replacement began.
struct CurrentVault {
    vault: UnlockedVault,
    slots: Vec<SlotInfo>,
    sealed_pin: Option<Zeroizing<Vec<u8>>>,
    words: Option<RecoveryCode>,
    standing: Standing,
    /// How often somebody had locked by then.
    lock_count: u64,
}

impl Core {
    /// Makes recovery words for the vault under other keys. Nothing is written: the present words open it until
    /// [`Core::replace_keys`].
    ///
    /// # Errors
    /// `ReauthRequired`, also after the recovery words opened the vault: these would end; as [`Session::check_replaceable`].
    pub fn draft_recovery_words(&self) -> Result<RecoveryWords> {
        let code = RecoveryCode::generate()?;
        let asked = UnconfirmedWords::choose(&code)?;
        let words = asked.to_wire(&code);
        let now = self.monotonic();
        let mut session = self.session();
        session.check_replaceable()?;
        session.require_recent_proof(now)?;
        session.unlocked_mut()?.drafted_words = Some(DraftedWords {
            code,
            asked,
            confirmed: false,
        });
        Ok(words)
    }

    /// Seals the vault under new keys that open with what is wanted, and with nothing else, and replaces the previous
    /// generation with it. Nothing is written if this refuses, except with `KeyReplacementUnconfirmed`.
    ///
    /// # Errors
    /// `ReauthRequired` if the last proof is over 30 s old and no present passphrase or access code was typed;
    /// `CredentialRejected` (`credential`), `RateLimited` for one that is not the present one; `RecoveryWordsNotFound` without new words;
    /// `LastCredential` if nothing would stay that opens it every day; `NoPortableCredential`; why a new text cannot be a credential;
    /// `VaultOlder`, `VaultComparing`, `Locked`, `ReadOnly`; `Busy` if what opens the vault changed meanwhile; `KeyReplacementUnconfirmed`
    /// if the file is in its place and the disk did not confirm it; what the device or the disk says.
    pub fn replace_keys(&self, wanted: &WantedCredentials<'_>) -> Result<KeysReplaced> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        self.session().check_replaceable()?;
        wanted.check()?;
        for chosen in wanted
            .credentials
            .iter()
            .filter(|chosen| wanted.is_retyped(chosen))
        {
            let verified = self.verify(chosen.credential, wanted.text(chosen.credential));
            verified.map_err(|refused| name_credential(chosen.credential, refused))?;
        }
        let before = {
            let session = self.session();
            session.require_recent_proof(self.monotonic())?;
            session.current_vault()?
        };
        let renewed = self.build_new_vault(&before, wanted)?;
        let (lost, items) = (renewed.lost.clone(), renewed.items.clone());
        let slots: Vec<_> = renewed.vault.slots().collect();
        let written = self.write_new_vault(&before, renewed, wanted);
        let finished = written.map_err(|refused| {
            self.add_unconfirmed_secrets(&items);
            match self.session().is_written(&slots) {
                true => ErrorCode::KeyReplacementUnconfirmed.into(),
                false => refused,
            }
        })?;
        self.sync_secret_store();
        self.notify(CoreEvent::StatusChanged);
        Ok(KeysReplaced { lost, finished })
    }

    /// Writes both files. Answers whether the second has the new keys as well.
    fn write_new_vault(
        &self,
        before: &CurrentVault,
        renewed: NewVault,
        wanted: &WantedCredentials<'_>,
    ) -> Result<bool> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.check_replaceable()?;
        if session.lock_count != before.lock_count {
            // Whoever opened it again was not asked.
            return Err(ErrorCode::Locked.into());
        }
        let open = session.unlocked()?;
        if !before.is_unchanged(open) {
            return Err(ErrorCode::Busy.into());
        }
        let drafted = open.drafted_words.as_ref();
        let has_words = wanted.has(Credential::Recovery);
        let are_confirmed = has_words && drafted.is_some_and(|words| words.confirmed);
        let entries = session.entries_for(&renewed, are_confirmed)?;
        let mut vault = renewed.vault;
        let was_foreign = open.comparison.is_foreign();
        match open.comparison.standing {
            Standing::Foreign { after } => vault.restart_after(after),
            _ => vault.continue_after(open.vault.generation()),
        }
        session.replace_both(now_ms, vault, entries)?;
        session.biometric_lost = None;
        let open = session.unlocked_mut()?;
        let drafted = open.drafted_words.take();
        // What was postponed can still be typed back while the app is open.
        open.unconfirmed_words = drafted
            .filter(|words| has_words && !words.confirmed)
            .map(|words| words.asked);
        (open.new_credential_due, open.recovery_grace_until) = (false, None);
        if was_foreign {
            open.comparison.accept();
        }
        let finished = !open.vault.previous_is_stale();
        session.confirm_secrets();
        // While the copy still has the old keys, the mark waits for the next opening; but without its mark a foreign vault would
        // be foreign again.
        match (was_foreign, finished) {
            (true, _) => session.accept_as_present(now_ms),
            (false, true) => session.mark(),
            (false, false) => {}
        }
        Ok(finished)
    }

    /// The device keeps these for a file that may not have been written.
    fn add_unconfirmed_secrets(&self, items: &[SecretId]) {
        self.session().unconfirmed_secrets.extend(items);
    }
}

/// Says of a wrong credential which one it was.
fn name_credential(credential: Credential, refused: Error) -> Error {
    let name = match credential {
        Credential::Pin => "pin",
        _ => "passphrase",
    };
    match refused.code() {
        ErrorCode::CredentialRejected => refused.0.with("credential", name).into(),
        _ => refused,
    }
}

impl CurrentVault {
    /// Whether what opens the vault, and the words that were shown, are as they were. Usage counts may have been saved.
    fn is_unchanged(&self, open: &Unlocked) -> bool {
        let drafted = open.drafted_words.as_ref();
        let same =
            |words: &RecoveryCode| drafted.is_some_and(|now| now.code.words() == words.words());
        open.vault.id() == self.vault.id()
            && open.comparison.standing == self.standing
            && open.vault.slots().eq(self.slots.iter().copied())
            && self.words.as_ref().is_none_or(same)
    }

    fn stretched_pin(&self, key: &DeviceKey) -> Option<StretchedPin> {
        self.vault
            .open_stretched_pin(self.sealed_pin.as_ref()?, key)
    }
}

impl Session {
    /// The entries, with what the app keeps for the device beside the new keys: [`Session::device_section_for`], and the mark's
    /// secret of the keys that go.
    fn entries_for(&self, renewed: &NewVault, words_confirmed: bool) -> Result<VaultData> {
        let open = self.unlocked()?;
        let mut entries = open.entries.clone();
        let mut preferences = *entries.settings();
        preferences.recovery_confirmed = words_confirmed;
        entries.set_settings(preferences);

        let mut device = self.device_section_for(&renewed.vault, None)?;
        if open.comparison.is_foreign() {
            // What a foreign file names may belong to the one that the device knows.
            device.forget.clear();
        }
        device.pin = renewed.pin.clone();
        let secret = open.vault.mark_secret();
        device.marks.push(Zeroizing::new(*secret.expose()));
        // What the device was asked to keep for a slot that did not stay.
        let present = secrets_of_slots(renewed.vault.id(), renewed.vault.slots());
        let lost = renewed.items.iter().filter(|item| !present.contains(item));
        device.forget.extend(lost.map(SecretId::name_in_vault));
        entries.set_device(device);
        Ok(entries)
    }

    /// Refuses where the keys cannot be replaced: as [`Session::writable`], but a foreign vault is kept in no other way.
    fn check_replaceable(&self) -> Result<()> {
        self.proof_at()?;
        let comparison = &self.unlocked()?.comparison;
        if !comparison.is_foreign() {
            comparison.check_present()?;
        }
        Ok(self.storage()?.check_writable()?)
    }

    /// Whether the file on disk is one that opens with these slots.
    fn is_written(&self, slots: &[SlotInfo]) -> bool {
        let there = self.storage().and_then(|storage| Ok(storage.read_vault()?));
        let Ok(Some(there)) = there else {
            return false;
        };
        trousseau_vault::inspect(&there).is_ok_and(|there| there.slots == slots)
    }

    fn current_vault(&self) -> Result<CurrentVault> {
        let open = self.unlocked()?;
        let words = open.drafted_words.as_ref();
        let words = words.map(|drafted| clone_words(&drafted.code));
        Ok(CurrentVault {
            slots: open.vault.slots().collect(),
            sealed_pin: open.entries.device().pin.clone(),
            words: words.transpose()?,
            standing: open.comparison.standing,
            lock_count: self.lock_count,
            vault: open.vault.clone(),
        })
    }
}
