//! New keys for the whole vault, so that an older copy, and what opened it, opens nothing that comes later.

mod plan;
mod renewed;
mod wanted;

use std::sync::PoisonError;

use trousseau_entries::Entries;
use trousseau_vault::{DeviceKey, OpenVault, RecoveryCode, SlotInfo, StretchedPin};
use trousseau_wire::{Credential, ErrorCode, KeysReplaced, Notice, RecoveryWords};
use zeroize::Zeroizing;

use self::renewed::Renewed;
pub use self::wanted::Wanted;
use super::comparison::Standing;
use super::device_keys::needed;
use super::recovery::{DraftedWords, PendingWords, same_words};
use super::{Core, Open, Session};
use crate::platform::device::Item;
use crate::refused::{Answer, Refused};

/// The open vault, as it was when the replacement began.
struct Before {
    vault: OpenVault,
    slots: Vec<SlotInfo>,
    sealed_pin: Option<Zeroizing<Vec<u8>>>,
    words: Option<RecoveryCode>,
}

impl Core {
    /// Makes recovery words for the vault under other keys. Nothing is written: the present words open it until
    /// [`Core::replace_keys`].
    ///
    /// # Errors
    /// `ReauthRequired`, unless the recovery words opened the vault just now; as [`Session::replaceable`].
    pub fn draft_words(&self) -> Answer<RecoveryWords> {
        let code = RecoveryCode::generate()?;
        let asked = PendingWords::choose(&code)?;
        let words = asked.to_wire(&code);
        let now = self.moment();
        let mut session = self.session();
        session.replaceable()?;
        session.proved_for_keys(now)?;
        session.open_mut()?.drafted_words = Some(DraftedWords {
            code,
            asked,
            confirmed: false,
        });
        Ok(words)
    }

    /// Seals the vault under new keys that open with what is wanted, and with nothing else, and replaces the previous
    /// generation with it. Nothing is written if this refuses, except with `KeysNotConfirmed`.
    ///
    /// # Errors
    /// `ReauthRequired` if the last proof is over 30 s old and no present passphrase or access code was typed;
    /// `CredentialRejected` (`credential`), `Delayed` for one that is not the present one; `WordsGone` without new words;
    /// `LastCredential` if nothing would stay that opens it every day; `CopyUnopenable`; why a new text cannot be a credential;
    /// `VaultOlder`, `VaultComparing`, `Locked`, `ReadOnly`; `Busy` if what opens the vault changed meanwhile; `KeysNotConfirmed`
    /// if the file is in its place and the disk did not confirm it; what the device or the disk says.
    pub fn replace_keys(&self, wanted: &Wanted<'_>) -> Answer<KeysReplaced> {
        let _changing = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        self.session().replaceable()?;
        wanted.check()?;
        for way in wanted.ways.iter().filter(|way| wanted.is_retyped(way)) {
            let verified = self.verify(way.credential, wanted.text(way.credential));
            verified.map_err(|refused| which(way.credential, refused))?;
        }
        let before = {
            let session = self.session();
            session.proved_for_keys(self.moment())?;
            session.before()?
        };
        let renewed = self.renew(&before, wanted)?;
        let (lost, items) = (renewed.lost.clone(), renewed.items.clone());
        let slots: Vec<_> = renewed.vault.slots().collect();
        let written = self.write_renewed(&before, renewed, wanted);
        let finished = written.map_err(|refused| {
            self.note_unsure(&items);
            match self.session().is_in_place(&slots) {
                true => ErrorCode::KeysNotConfirmed.into(),
                false => refused,
            }
        })?;
        self.tell_device();
        self.notify(Notice::PhaseChanged);
        Ok(KeysReplaced { lost, finished })
    }

    /// Writes both files. Answers whether the second has the new keys as well.
    fn write_renewed(
        &self,
        before: &Before,
        renewed: Renewed,
        wanted: &Wanted<'_>,
    ) -> Answer<bool> {
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.replaceable()?;
        let open = session.open()?;
        if !before.is_still(open) {
            return Err(ErrorCode::Busy.into());
        }
        let drafted = open.drafted_words.as_ref();
        let has_words = wanted.has(Credential::Recovery);
        let are_confirmed = has_words && drafted.is_some_and(|words| words.confirmed);
        let entries = open.entries_under(&renewed, are_confirmed);
        let mut vault = renewed.vault;
        let was_foreign = open.comparison.is_foreign();
        let after = match open.comparison.standing {
            Standing::Foreign { after } => after,
            _ => 0,
        };
        vault.continue_after(open.vault.generation().max(after));
        session.replace_both(now_ms, vault, entries)?;
        session.biometric_lost = false;
        let open = session.open_mut()?;
        let drafted = open.drafted_words.take();
        // What was postponed can still be typed back while the app is open.
        open.pending_words = drafted
            .filter(|words| has_words && !words.confirmed)
            .map(|words| words.asked);
        open.unsure_keys.clear();
        (open.new_credential_due, open.unproved_until) = (false, None);
        if was_foreign {
            open.comparison.accept();
        }
        let finished = !open.vault.replace_backup();
        // While the copy still has the old keys, the mark waits for the next opening; but without its mark a foreign vault would
        // be foreign again.
        match (was_foreign, finished) {
            (true, _) => session.go_on(now_ms),
            (false, true) => session.mark(),
            (false, false) => {}
        }
        Ok(finished)
    }

    /// The device keeps these for a file that may not have been written.
    fn note_unsure(&self, items: &[Item]) {
        if let Ok(open) = self.session().open_mut() {
            let names = items.iter().map(Item::name_in_vault);
            open.unsure_keys.extend(names);
        }
    }
}

/// Says of a wrong credential which one it was.
fn which(credential: Credential, refused: Refused) -> Refused {
    let name = match credential {
        Credential::Pin => "pin",
        _ => "passphrase",
    };
    match refused.code() {
        ErrorCode::CredentialRejected => refused.0.with("credential", name).into(),
        _ => refused,
    }
}

impl Before {
    /// Whether what opens the vault, and the words that were shown, are as they were. Usage counts may have been saved.
    fn is_still(&self, open: &Open) -> bool {
        let drafted = open.drafted_words.as_ref();
        let same =
            |words: &RecoveryCode| drafted.is_some_and(|now| now.code.words() == words.words());
        open.vault.id() == self.vault.id()
            && open.vault.slots().eq(self.slots.iter().copied())
            && self.words.as_ref().is_none_or(same)
    }

    fn stretched_pin(&self, key: &DeviceKey) -> Option<StretchedPin> {
        self.vault
            .open_stretched_pin(self.sealed_pin.as_ref()?, key)
    }
}

impl Open {
    /// The entries, with what the app keeps for the device beside the new keys: [`Open::device_after`], and the mark's secret
    /// of the keys that go.
    fn entries_under(&self, renewed: &Renewed, words_confirmed: bool) -> Entries {
        let mut entries = self.entries.clone();
        let mut preferences = *entries.preferences();
        preferences.recovery_confirmed = words_confirmed;
        entries.set_preferences(preferences);

        let mut device = self.device_after(&renewed.vault, None);
        if self.comparison.is_foreign() {
            // What a foreign file names may belong to the one that the device knows.
            device.forget.clear();
        }
        device.pin = renewed.pin.clone();
        let secret = self.vault.mark_secret();
        device.marks.push(Zeroizing::new(*secret.expose()));
        // What the device was asked to keep for a slot that did not stay.
        let present = needed(&renewed.vault);
        let lost = renewed.items.iter().filter(|item| !present.contains(item));
        device.forget.extend(lost.map(Item::name_in_vault));
        entries.set_device(device);
        entries
    }
}

impl Session {
    /// Refuses where the keys cannot be replaced: as [`Session::writable`], but a foreign vault is kept in no other way.
    fn replaceable(&self) -> Answer<()> {
        self.proof_at()?;
        let comparison = &self.open()?.comparison;
        if !comparison.is_foreign() {
            comparison.check_present()?;
        }
        Ok(self.storage()?.check_writable()?)
    }

    /// Whether the file on disk is one that opens with these slots.
    fn is_in_place(&self, slots: &[SlotInfo]) -> bool {
        let there = self.storage().and_then(|storage| Ok(storage.read_vault()?));
        let Ok(Some(there)) = there else {
            return false;
        };
        trousseau_vault::inspect(&there).is_ok_and(|there| there.slots == slots)
    }

    fn before(&self) -> Answer<Before> {
        let open = self.open()?;
        let words = open.drafted_words.as_ref();
        let words = words.map(|drafted| same_words(&drafted.code));
        Ok(Before {
            slots: open.vault.slots().collect(),
            sealed_pin: open.entries.device().pin.clone(),
            words: words.transpose()?,
            vault: open.vault.clone(),
        })
    }
}
