//! The device's mark: what the device remembers of the vault that it opened last, to detect an older copy or another file.

use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use crate::{UnlockedVault, sealing, stack_wipe};

const INFO: &[u8] = b"trousseau 1 mark";

/// `x = HKDF-SHA-256(master key, vault id, "trousseau 1 mark", 32 bytes)`.
///
/// Only who had the master key knows it, or a payload under a later master key, which contains it. It cannot be printed or
/// serialised, and is zeroized on drop.
pub struct MarkSecret(Box<[u8; 32]>);

impl MarkSecret {
    /// The secret that was stored in a payload.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        let mut secret = Self(Box::new([0; 32]));
        secret.0.copy_from_slice(bytes);
        secret
    }

    /// The bytes to store in the payload when the master key is replaced.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }

    /// `SHA-256(x)`, which the device stores. It is not secret.
    pub fn check(&self) -> [u8; 32] {
        stack_wipe::with_stack_wiped(|| Sha256::digest(self.0.as_slice()).into())
    }
}

impl Drop for MarkSecret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl UnlockedVault {
    /// The secret of this master key. Later payloads contain it, and the device's mark contains its hash.
    pub fn mark_secret(&self) -> MarkSecret {
        let (master, vault) = (self.master.expose(), self.header.vault.as_bytes());
        stack_wipe::with_stack_wiped(|| {
            let mut secret = MarkSecret(Box::new([0; 32]));
            sealing::hkdf_sha256(master, vault, INFO, &mut *secret.0);
            secret
        })
    }
}

/// What the device stores about the vault that it opened last, under the vault's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The highest generation that the device saw.
    pub generation: u64,
    /// [`MarkSecret::check`] of that vault's master key; `None` in marks of earlier versions of the app.
    pub check: Option<[u8; 32]>,
}

impl Mark {
    /// The mark that makes this vault the current one.
    pub fn of(vault: &UnlockedVault) -> Self {
        Self {
            generation: vault.generation(),
            check: Some(vault.mark_secret().check()),
        }
    }

    /// `generation (8 bytes, big-endian) ‖ check (32 bytes, or none)`.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.generation.to_be_bytes().to_vec();
        bytes.extend(self.check.iter().flatten());
        bytes
    }

    /// Parses 8 or 40 bytes; `None` for other lengths.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let (generation, rest) = bytes.split_first_chunk()?;
        let check = match rest {
            [] => None,
            check => Some(check.try_into().ok()?),
        };
        Some(Self {
            generation: u64::from_be_bytes(*generation),
            check,
        })
    }
}

/// The result of comparing an open vault with the device's mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// The vault that the device opened last, or a later generation of it.
    Good,
    /// Like [`Judgement::Good`], but the keys were replaced since the mark was written.
    OwnPast,
    /// An older copy: its generation is below the mark's.
    Older {
        /// The difference of the generations.
        by: u64,
    },
    /// Sealed with keys that the device does not know, of any generation.
    ///
    /// It may be a copy from before the keys were replaced, or a file written by someone who has those old keys and can choose
    /// any generation. Therefore this is checked before [`Judgement::Older`].
    Foreign,
    /// The device has no mark of this vault.
    NotCompared,
}

/// Compares an open vault with the device's mark of its id. `earlier` are the secrets of earlier master keys in its payload.
pub fn judge(mark: Option<&Mark>, open: &UnlockedVault, earlier: &[MarkSecret]) -> Judgement {
    let Some(mark) = mark else {
        return Judgement::NotCompared;
    };
    let own = |check| check == open.mark_secret().check();
    let past = |check| earlier.iter().any(|secret| secret.check() == check);
    let accepted = match mark.check {
        None => Judgement::Good,
        Some(check) if own(check) => Judgement::Good,
        Some(check) if past(check) => Judgement::OwnPast,
        Some(_) => return Judgement::Foreign,
    };
    match mark.generation.checked_sub(open.generation()) {
        None | Some(0) => accepted,
        Some(by) => Judgement::Older { by },
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use serde::Serialize;
    use static_assertions::assert_not_impl_any;

    use super::*;
    use crate::{Argon2Params, Credential, DeviceKey, KdfError, NewSlot, create};

    assert_not_impl_any!(MarkSecret: Debug, Display, Serialize, Clone);

    fn no_kdf(_: &[u8], _: &[u8; 32], _: Argon2Params, _: &mut [u8; 32]) -> Result<(), KdfError> {
        panic!("a device key needs no KDF")
    }

    fn device() -> Credential {
        Credential::Device(DeviceKey::new(&[1; 32]))
    }

    fn vault() -> UnlockedVault {
        let made = create(&[device()], Argon2Params::DEFAULT, b"", &no_kdf);
        made.expect("sealed").0
    }

    /// The same vault with new keys, sealed.
    fn with_new_keys(vault: &UnlockedVault) -> UnlockedVault {
        let credential = device();
        let slot = NewSlot::Credential {
            credential: &credential,
            cost: Argon2Params::DEFAULT,
        };
        let mut new = vault
            .with_new_keys(&[slot], &no_kdf)
            .expect("one slot")
            .vault;
        new.seal(b"").expect("sealed");
        new
    }

    /// The same vault of another generation.
    fn at(vault: &UnlockedVault, generation: u64) -> UnlockedVault {
        let mut other = vault.clone();
        other.header.generation = generation;
        other
    }

    #[test]
    fn a_mark_is_8_or_40_bytes() {
        let all: Vec<u8> = (1..=41).collect();
        let generation = 0x0102_0304_0506_0708;
        for length in 0..=41 {
            let mark = Mark::parse(&all[..length]);
            let check = match length {
                8 => None,
                40 => Some(std::array::from_fn(|index| index as u8 + 9)),
                _ => {
                    assert_eq!(mark, None, "{length}");
                    continue;
                }
            };
            assert_eq!(mark, Some(Mark { generation, check }));
            assert_eq!(mark.map(|mark| mark.to_bytes()), Some(all[..length].into()));
        }
    }

    #[test]
    fn a_secret_survives_its_bytes() {
        let secret = vault().mark_secret();
        let again = MarkSecret::from_bytes(secret.expose());
        assert_eq!(again.expose(), secret.expose());
        assert_eq!(again.check(), secret.check());
        assert_ne!(secret.check(), *secret.expose());
    }

    #[test]
    fn other_keys_and_another_id_give_another_secret() {
        let vault = vault();
        let own = vault.mark_secret().check();
        assert_eq!(at(&vault, 99).mark_secret().check(), own, "any generation");
        assert_ne!(with_new_keys(&vault).mark_secret().check(), own);
        let mut renamed = vault.clone();
        renamed.header.vault = self::vault().header.vault;
        assert_ne!(renamed.mark_secret().check(), own);
    }

    #[test]
    fn without_a_mark_the_vault_is_not_compared() {
        let vault = vault();
        let earlier = [vault.mark_secret()];
        assert_eq!(judge(None, &vault, &earlier), Judgement::NotCompared);
    }

    #[test]
    fn under_the_same_keys_the_generation_decides() {
        let vault = at(&vault(), 10);
        for check in [None, Mark::of(&vault).check] {
            for (generation, expected) in [
                (0, Judgement::Good),
                (9, Judgement::Good),
                (10, Judgement::Good),
                (11, Judgement::Older { by: 1 }),
                (u64::MAX, Judgement::Older { by: u64::MAX - 10 }),
            ] {
                let mark = Mark { generation, check };
                assert_eq!(judge(Some(&mark), &vault, &[]), expected, "{generation}");
            }
        }
    }

    #[test]
    fn the_mark_of_earlier_keys_counts_only_if_the_payload_has_their_secret() {
        let first = at(&vault(), 10);
        let second = with_new_keys(&first);
        let third = with_new_keys(&second);
        let mark = Mark::of(&first);
        let earlier = || [first.mark_secret(), second.mark_secret()];
        assert_eq!(judge(Some(&mark), &third, &earlier()), Judgement::OwnPast);
        assert_eq!(
            judge(Some(&Mark::of(&second)), &third, &earlier()),
            Judgement::OwnPast
        );
        assert_eq!(
            judge(Some(&mark), &third, &earlier()[1..]),
            Judgement::Foreign
        );
        assert_eq!(judge(Some(&mark), &third, &[]), Judgement::Foreign);
        let of_generation_alone = Mark {
            check: None,
            ..mark
        };
        assert_eq!(
            judge(Some(&of_generation_alone), &third, &[]),
            Judgement::Good
        );
        let older = judge(Some(&mark), &at(&third, 8), &earlier());
        assert_eq!(older, Judgement::Older { by: 2 });
    }

    /// An attacker with only the old keys can choose any generation and add every secret that they know.
    #[test]
    fn old_keys_write_no_file_that_is_judged_good() {
        let old = at(&vault(), 10);
        let new = with_new_keys(&old);
        let mark = Mark::of(&new);
        for generation in [1, 10, 11, 12, u64::MAX] {
            let written = at(&old, generation);
            let outcome = judge(Some(&mark), &written, &[old.mark_secret()]);
            assert_eq!(outcome, Judgement::Foreign, "{generation}");
        }
    }

    #[test]
    fn another_vault_with_the_same_id_is_foreign() {
        let own = at(&vault(), 10);
        let mut stranger = at(&vault(), 11);
        stranger.header.vault = own.header.vault;
        let outcome = judge(Some(&Mark::of(&own)), &stranger, &[stranger.mark_secret()]);
        assert_eq!(outcome, Judgement::Foreign);
    }
}
