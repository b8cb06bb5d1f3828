//! Making, opening and sealing a vault.

use zeroize::Zeroizing;

use crate::header::{Header, Hex, Parsed};
use crate::sealing::Purpose;
use crate::slot::{MasterKey, Slot};
use crate::{
    Credential, Kdf, NewSlot, OpenError, SealError, SlotId, SlotInfo, SlotKind, SlotUse,
    StretchedPin, Summary, VaultId, WorkFactor, prepare, random,
};

/// An open vault: the master key, and the header as it will be written next. The payload is its owner's.
///
/// The master key is wiped when this is dropped. Change a clone and keep it once its bytes are on disk.
#[derive(Clone)]
pub struct OpenVault {
    pub(crate) header: Header,
    pub(crate) master: MasterKey,
}

/// What [`open`] gives.
pub struct Opened {
    /// To seal the next generation with.
    pub vault: OpenVault,
    /// What was sealed.
    pub payload: Zeroizing<Vec<u8>>,
    /// The slot that opened.
    pub slot: SlotId,
    /// The slot's work factor is below [`WorkFactor::FLOOR`]: put the slot anew, with the same credential, and save.
    pub upgrade_due: bool,
    /// What Argon2id made of the PIN, if it was one that opened.
    pub stretched_pin: Option<StretchedPin>,
}

/// What a vault says of itself: everything that can be checked without a credential is checked.
pub fn inspect(bytes: &[u8]) -> Result<Summary, OpenError> {
    Ok(Parsed::parse(bytes)?.header.summary())
}

/// A new vault of generation 1 and its bytes, with one slot for each of `credentials`.
pub fn create(
    credentials: &[Credential],
    cost: WorkFactor,
    payload: &[u8],
    kdf: &Kdf<'_>,
) -> Result<(OpenVault, Vec<u8>), SealError> {
    let slots: Vec<_> = credentials
        .iter()
        .map(|credential| NewSlot::Credential { credential, cost })
        .collect();
    let mut vault = prepare(&slots, kdf)?.vault;
    let bytes = vault.seal(payload)?;
    Ok((vault, bytes))
}

/// Opens a vault with one credential, by the slot of its type.
pub fn open(bytes: &[u8], credential: &Credential, kdf: &Kdf<'_>) -> Result<Opened, OpenError> {
    let Parsed {
        header,
        aad,
        sealed,
        tag,
    } = Parsed::parse(bytes)?;
    let (slot, master, stretched_pin) = header.open_slot(credential, kdf)?;
    let sealing = master.derive_sealing_key(&header.salt.0, Purpose::Payload);
    if !sealing.commits_to(&header.commitment.0) {
        return Err(OpenError::Damaged);
    }
    let payload = sealing
        .open_padded(&header.nonce.0, aad, sealed, &tag)
        .ok_or(OpenError::Damaged)?;
    Ok(Opened {
        vault: OpenVault { header, master },
        payload,
        slot: slot.id,
        upgrade_due: slot.cost.is_some_and(WorkFactor::is_below_floor),
        stretched_pin,
    })
}

impl Header {
    pub(crate) fn open_slot(
        &self,
        credential: &Credential,
        kdf: &Kdf<'_>,
    ) -> Result<(SlotInfo, MasterKey, Option<StretchedPin>), OpenError> {
        let slot = self.slot(credential.kind()).ok_or(OpenError::NoSuchSlot)?;
        let opened = slot.open(&self.vault, credential, kdf)?;
        let (master, stretched_pin) = opened.ok_or(OpenError::CredentialRejected)?;
        Ok((slot.into(), master, stretched_pin))
    }

    /// The slot of a type.
    pub(crate) fn slot(&self, kind: SlotKind) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.kind == kind)
    }
}

impl OpenVault {
    /// Seals `payload` as the next generation: fresh salt, fresh nonce, generation + 1.
    ///
    /// On an error the vault is as it was.
    pub fn seal(&mut self, payload: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut header = self.header.clone();
        header.generation = header
            .generation
            .checked_add(1)
            .ok_or(SealError::Exhausted)?;
        header.salt = Hex(random::generate()?);
        header.nonce = Hex(random::generate()?);
        let sealing = self
            .master
            .derive_sealing_key(&header.salt.0, Purpose::Payload);
        header.commitment = Hex(sealing.commitment());
        let bytes = sealing
            .seal_padded(&header.nonce.0, &header.to_bytes(), payload)
            .ok_or(SealError::Exhausted)?;
        self.header = header;
        Ok(bytes)
    }

    /// The generation that was opened or sealed last, or that the next one is to be above.
    pub fn generation(&self) -> u64 {
        self.header.generation
    }

    /// The vault's name.
    pub fn id(&self) -> VaultId {
        self.header.vault
    }

    /// The slots, in the order of the file.
    pub fn slots(&self) -> impl Iterator<Item = SlotInfo> {
        self.header.slots.iter().map(SlotInfo::from)
    }

    /// Whether the file says that the generation before it must be replaced too.
    pub fn replace_backup(&self) -> bool {
        self.header.replace_backup
    }

    /// Says, from the next seal on, whether the generation that is kept beside the vault must be replaced by this one.
    ///
    /// Set it for a save after which the old payload or an old credential must be gone. Whoever opens a vault that says so
    /// replaces the kept generation, whether or not that was done before; the save after that clears it.
    pub fn set_replace_backup(&mut self, replace: bool) {
        self.header.replace_backup = replace;
    }

    /// Has the next seal's generation be above `generation`: that of a mark, or of the file whose place this one takes.
    pub fn continue_after(&mut self, generation: u64) {
        self.header.generation = self.header.generation.max(generation);
    }

    /// Has the next seal's generation be one above `generation`, whatever the file says: whoever wrote it may have chosen any.
    pub fn restart_after(&mut self, generation: u64) {
        self.header.generation = generation;
    }

    /// The slot that this credential opens: a proof, without opening the file again.
    pub fn verify(&self, credential: &Credential, kdf: &Kdf<'_>) -> Result<SlotUse, OpenError> {
        let (slot, _, stretched_pin) = self.header.open_slot(credential, kdf)?;
        Ok(SlotUse {
            slot: slot.id,
            stretched_pin,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use serde::Serialize;
    use static_assertions::assert_not_impl_any;

    use super::*;
    use crate::random::scripted::{failing_after, with};
    use crate::{DeviceKey, KdfError, Passphrase, RandomError, SlotError};

    assert_not_impl_any!(OpenVault: Debug, Display, Serialize);
    assert_not_impl_any!(Opened: Debug, Display, Serialize, Clone);

    fn no_kdf(_: &[u8], _: &[u8; 32], _: WorkFactor, _: &mut [u8; 32]) -> Result<(), KdfError> {
        panic!("a device key needs no KDF")
    }

    fn device(byte: u8) -> Credential {
        Credential::Device(DeviceKey::new(&[byte; 32]))
    }

    fn vault() -> OpenVault {
        create(&[device(1)], WorkFactor::DEFAULT, b"", &no_kdf)
            .expect("sealed")
            .0
    }

    #[test]
    fn no_randomness_no_vault() {
        let attempt = |times| {
            let create = || create(&[device(1)], WorkFactor::DEFAULT, b"", &no_kdf).err();
            with(failing_after(times), create)
        };
        // Vault id, master key, three values of the slot, salt and nonce of the payload.
        for times in 0..7 {
            let error = attempt(times).expect("refused");
            assert!(matches!(
                error,
                SealError::Random(RandomError) | SealError::Slot(SlotError::Random(RandomError))
            ));
        }
        assert_eq!(attempt(7), None);
    }

    #[test]
    fn without_randomness_nothing_changes() {
        let mut vault = vault();
        let before = vault.slots().collect::<Vec<_>>();
        for times in 0..2 {
            let outcome = with(failing_after(times), || vault.seal(b"payload"));
            assert_eq!(outcome, Err(SealError::Random(RandomError)));
            let cost = WorkFactor::DEFAULT;
            let put = with(failing_after(times), || {
                vault.put_slot(&device(2), cost, &no_kdf).err()
            });
            assert_eq!(put, Some(SlotError::Random(RandomError)));
        }
        assert_eq!(vault.generation(), 1);
        assert_eq!(vault.slots().collect::<Vec<_>>(), before);
    }

    #[test]
    fn the_last_generation_is_the_last() {
        let mut vault = vault();
        vault.header.generation = u64::MAX - 1;
        let bytes = vault.seal(b"payload").expect("one is left");
        let mut opened = open(&bytes, &device(1), &no_kdf).expect("its own");
        assert_eq!(opened.vault.generation(), u64::MAX);
        assert_eq!(opened.vault.seal(b""), Err(SealError::Exhausted));
    }

    #[test]
    fn a_vault_goes_on_after_a_generation_and_never_back() {
        for (after, next) in [(0, 2), (1, 2), (2, 3), (1 << 40, (1 << 40) + 1)] {
            let mut vault = vault();
            vault.continue_after(after);
            let bytes = vault.seal(b"").expect("sealed");
            assert_eq!(inspect(&bytes).expect("well formed").generation, next);
        }
        let mut vault = vault();
        vault.continue_after(u64::MAX);
        assert_eq!(vault.seal(b""), Err(SealError::Exhausted));
    }

    #[test]
    fn a_vault_restarts_after_a_generation() {
        for (after, next) in [(0, 1), (7, 8), (1 << 40, (1 << 40) + 1)] {
            let mut vault = vault();
            vault.continue_after(9);
            vault.restart_after(after);
            let bytes = vault.seal(b"").expect("sealed");
            assert_eq!(inspect(&bytes).expect("well formed").generation, next);
        }
    }

    #[test]
    fn a_slot_below_the_floor_opens_and_is_due() {
        let kdf = |_: &[u8], _: &[u8; 32], _: WorkFactor, _: &mut [u8; 32]| Ok(());
        let credential = Credential::Passphrase(Passphrase::new("p"));
        let cost = WorkFactor {
            passes: 1,
            ..WorkFactor::FLOOR
        };
        let mut vault = vault();
        let new = NewSlot::Credential {
            credential: &credential,
            cost,
        };
        let slot = Slot::seal_at(&vault.header.vault, &vault.master, new, &kdf);
        vault.header.slots.push(slot.expect("sealed").0);
        let bytes = vault.seal(b"").expect("sealed");
        let mut opened = open(&bytes, &credential, &kdf).expect("its own");
        assert!(opened.upgrade_due);

        let put = opened
            .vault
            .put_slot(&credential, WorkFactor::DEFAULT, &kdf);
        assert!(put.is_ok_and(|put| put.slot != opened.slot));
        let bytes = opened.vault.seal(b"").expect("sealed");
        assert!(
            !open(&bytes, &credential, &kdf)
                .expect("its own")
                .upgrade_due
        );
    }
}
