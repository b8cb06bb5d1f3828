//! Creates, opens and seals a vault.

use zeroize::Zeroizing;

use crate::header::{Header, Hex, RawVault};
use crate::sealing::Purpose;
use crate::slot::{MasterKey, Slot};
use crate::{
    Argon2Params, Credential, Kdf, NewSlot, OpenError, SealError, SlotId, SlotInfo, SlotKind,
    SlotUse, StretchedPin, VaultId, VaultInfo, prepare, random,
};

/// An unlocked vault: the master key, and the header for the next save. The caller keeps the payload.
///
/// The master key is zeroized on drop. Callers change a clone, and keep it once its bytes are on disk.
#[derive(Clone)]
pub struct UnlockedVault {
    pub(crate) header: Header,
    pub(crate) master: MasterKey,
}

/// The result of [`open`].
pub struct OpenOutcome {
    /// The unlocked vault, to seal the next generation.
    pub vault: UnlockedVault,
    /// The decrypted payload.
    pub payload: Zeroizing<Vec<u8>>,
    /// The slot that opened.
    pub slot: SlotId,
    /// The slot's cost is below [`Argon2Params::MIN`]: the caller should replace the slot, with the same credential, and save.
    pub upgrade_due: bool,
    /// Argon2id's output, if the credential is a PIN.
    pub stretched_pin: Option<StretchedPin>,
}

/// Reads the header of a vault. Checks everything that needs no credential.
pub fn inspect(bytes: &[u8]) -> Result<VaultInfo, OpenError> {
    Ok(RawVault::parse(bytes)?.header.info())
}

/// Creates a vault with one slot for each of `credentials`, and seals generation 1.
pub fn create(
    credentials: &[Credential],
    cost: Argon2Params,
    payload: &[u8],
    kdf: &Kdf<'_>,
) -> Result<(UnlockedVault, Vec<u8>), SealError> {
    let slots: Vec<_> = credentials
        .iter()
        .map(|credential| NewSlot::Credential { credential, cost })
        .collect();
    let mut vault = prepare(&slots, kdf)?.vault;
    let bytes = vault.seal(payload)?;
    Ok((vault, bytes))
}

/// Opens a vault with a credential, through the slot of its type.
pub fn open(
    bytes: &[u8],
    credential: &Credential,
    kdf: &Kdf<'_>,
) -> Result<OpenOutcome, OpenError> {
    let RawVault {
        header,
        aad,
        sealed,
        tag,
    } = RawVault::parse(bytes)?;
    let (slot, master, stretched_pin) = header.open_slot(credential, kdf)?;
    let sealing = master.derive_sealing_key(&header.salt.0, Purpose::Payload);
    if !sealing.commits_to(&header.commitment.0) {
        return Err(OpenError::Damaged);
    }
    let payload = sealing
        .open_padded(&header.nonce.0, aad, sealed, &tag)
        .ok_or(OpenError::Damaged)?;
    Ok(OpenOutcome {
        vault: UnlockedVault { header, master },
        payload,
        slot: slot.id,
        upgrade_due: slot.cost.is_some_and(Argon2Params::is_below_min),
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

impl UnlockedVault {
    /// Seals `payload` as the next generation, with a new salt and a new nonce.
    ///
    /// On an error the vault is unchanged.
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

    /// The generation that was opened or sealed last, or that [`UnlockedVault::continue_after`] or
    /// [`UnlockedVault::restart_after`] set.
    pub fn generation(&self) -> u64 {
        self.header.generation
    }

    /// The vault's id.
    pub fn id(&self) -> VaultId {
        self.header.vault
    }

    /// The slots, in the order of the file.
    pub fn slots(&self) -> impl Iterator<Item = SlotInfo> {
        self.header.slots.iter().map(SlotInfo::from)
    }

    /// Whether the previous generation beside the vault must be replaced by this one; see
    /// [`UnlockedVault::set_previous_stale`].
    pub fn previous_is_stale(&self) -> bool {
        self.header.previous_is_stale
    }

    /// Sets the flag in the next sealed header that the previous generation beside the vault must be replaced by this one.
    ///
    /// Used for saves after which the old payload or an old credential must be gone. Whoever opens a vault with this flag
    /// replaces the previous generation, whether or not that was done before; the save after that clears the flag.
    pub fn set_previous_stale(&mut self, is_stale: bool) {
        self.header.previous_is_stale = is_stale;
    }

    /// Makes the next generation greater than `generation`, which is that of a mark or of the file that this one replaces.
    pub fn continue_after(&mut self, generation: u64) {
        self.header.generation = self.header.generation.max(generation);
    }

    /// Makes the next generation `generation + 1`, ignoring the file's own, which an attacker may have chosen.
    pub fn restart_after(&mut self, generation: u64) {
        self.header.generation = generation;
    }

    /// Verifies a credential without opening the file again, and returns its slot.
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

    assert_not_impl_any!(UnlockedVault: Debug, Display, Serialize);
    assert_not_impl_any!(OpenOutcome: Debug, Display, Serialize, Clone);

    fn no_kdf(_: &[u8], _: &[u8; 32], _: Argon2Params, _: &mut [u8; 32]) -> Result<(), KdfError> {
        panic!("a device key needs no KDF")
    }

    fn device(byte: u8) -> Credential {
        Credential::Device(DeviceKey::new(&[byte; 32]))
    }

    fn vault() -> UnlockedVault {
        create(&[device(1)], Argon2Params::DEFAULT, b"", &no_kdf)
            .expect("sealed")
            .0
    }

    #[test]
    fn creating_fails_without_randomness() {
        let attempt = |times| {
            let create = || create(&[device(1)], Argon2Params::DEFAULT, b"", &no_kdf).err();
            with(failing_after(times), create)
        };
        // Vault id; master key; id, salt and nonce of the slot; salt and nonce of the payload.
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
            let cost = Argon2Params::DEFAULT;
            let put = with(failing_after(times), || {
                vault.put_slot(&device(2), cost, &no_kdf).err()
            });
            assert_eq!(put, Some(SlotError::Random(RandomError)));
        }
        assert_eq!(vault.generation(), 1);
        assert_eq!(vault.slots().collect::<Vec<_>>(), before);
    }

    #[test]
    fn no_generation_follows_the_last() {
        let mut vault = vault();
        vault.header.generation = u64::MAX - 1;
        let bytes = vault.seal(b"payload").expect("one is left");
        let mut opened = open(&bytes, &device(1), &no_kdf).expect("its own");
        assert_eq!(opened.vault.generation(), u64::MAX);
        assert_eq!(opened.vault.seal(b""), Err(SealError::Exhausted));
    }

    #[test]
    fn continuing_after_a_generation_never_lowers_it() {
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
    fn restarting_after_a_generation_may_lower_it() {
        for (after, next) in [(0, 1), (7, 8), (1 << 40, (1 << 40) + 1)] {
            let mut vault = vault();
            vault.continue_after(9);
            vault.restart_after(after);
            let bytes = vault.seal(b"").expect("sealed");
            assert_eq!(inspect(&bytes).expect("well formed").generation, next);
        }
    }

    #[test]
    fn a_slot_below_the_minimum_opens_and_is_to_be_upgraded() {
        let kdf = |_: &[u8], _: &[u8; 32], _: Argon2Params, _: &mut [u8; 32]| Ok(());
        let credential = Credential::Passphrase(Passphrase::new("p"));
        let cost = Argon2Params {
            passes: 1,
            ..Argon2Params::MIN
        };
        let mut vault = vault();
        let new = NewSlot::Credential {
            credential: &credential,
            cost,
        };
        let slot = Slot::seal_unchecked(&vault.header.vault, &vault.master, new, &kdf);
        vault.header.slots.push(slot.expect("sealed").0);
        let bytes = vault.seal(b"").expect("sealed");
        let mut opened = open(&bytes, &credential, &kdf).expect("its own");
        assert!(opened.upgrade_due);

        let put = opened
            .vault
            .put_slot(&credential, Argon2Params::DEFAULT, &kdf);
        assert!(put.is_ok_and(|put| put.slot != opened.slot));
        let bytes = opened.vault.seal(b"").expect("sealed");
        assert!(
            !open(&bytes, &credential, &kdf)
                .expect("its own")
                .upgrade_due
        );
    }
}
