//! Seals the app's unsaved state in memory while the vault is locked: drafts and typed texts. It is never written to a file.

use zeroize::Zeroizing;

use crate::sealing::{Purpose, TAG_LEN};
use crate::{SealError, UnlockedVault, random};

impl UnlockedVault {
    /// `vault id ‖ salt ‖ nonce ‖ commitment ‖ AES-256-GCM(padded data)`; all parts before the ciphertext are the AAD.
    ///
    /// Salt and nonce are new for each call. [`UnlockedVault::open_suspended`] opens it with any later generation of the vault,
    /// until the master key is replaced.
    pub fn seal_suspended(&self, data: &[u8]) -> Result<Vec<u8>, SealError> {
        self.seal_as(Purpose::Suspended, data)
    }

    /// Opens what [`UnlockedVault::seal_suspended`] sealed; `None` if it was altered or belongs to another vault.
    pub fn open_suspended(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (vault, rest) = sealed.split_first_chunk()?;
        let (salt, rest) = rest.split_first_chunk()?;
        let (nonce, rest) = rest.split_first_chunk()?;
        let (commitment, rest) = rest.split_first_chunk()?;
        let (ciphertext, tag) = rest.split_last_chunk::<TAG_LEN>()?;
        let sealing = self.master.derive_sealing_key(salt, Purpose::Suspended);
        if vault != self.header.vault.as_bytes() || !sealing.commits_to(commitment) {
            return None;
        }
        let aad = &sealed[..sealed.len() - rest.len()];
        sealing.open_padded(nonce, aad, ciphertext, tag)
    }

    fn seal_as(&self, purpose: Purpose, data: &[u8]) -> Result<Vec<u8>, SealError> {
        let salt = random::generate()?;
        let nonce = random::generate()?;
        let sealing = self.master.derive_sealing_key(&salt, purpose);
        let vault = self.header.vault.as_bytes();
        let aad = [&vault[..], &salt, &nonce, &sealing.commitment()].concat();
        sealing
            .seal_padded(&nonce, &aad, data)
            .ok_or(SealError::Exhausted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::{Hex, VaultId};
    use crate::padding::STEP;
    use crate::random::scripted::{failing_after, with};
    use crate::{Argon2Params, Credential, DeviceKey, KdfError, OpenError, RandomError};
    use crate::{create, open};

    const HEAD: usize = 16 + 32 + 12 + 32;

    fn no_kdf(_: &[u8], _: &[u8; 32], _: Argon2Params, _: &mut [u8; 32]) -> Result<(), KdfError> {
        panic!("a device key needs no KDF")
    }

    fn device() -> Credential {
        Credential::Device(DeviceKey::new(&[1; 32]))
    }

    fn vault() -> (UnlockedVault, Vec<u8>) {
        create(&[device()], Argon2Params::DEFAULT, b"payload", &no_kdf).expect("sealed")
    }

    fn opens(vault: &UnlockedVault, sealed: &[u8]) -> bool {
        vault.open_suspended(sealed).is_some()
    }

    #[test]
    fn suspended_data_opens_after_the_next_unlock() {
        let (mut vault, _) = vault();
        for (length, steps) in [(0, 1), (1, 1), (255, 1), (256, 2), (10_000, 40)] {
            let data = vec![0x80; length];
            let sealed = vault.seal_suspended(&data).expect("sealed");
            assert_eq!(sealed.len(), HEAD + steps * STEP + TAG_LEN, "{length}");
            let bytes = vault.seal(b"a later generation").expect("sealed");
            let again = open(&bytes, &device(), &no_kdf).expect("its own").vault;
            assert!(
                again
                    .open_suspended(&sealed)
                    .is_some_and(|plaintext| *plaintext == data)
            );
        }
    }

    #[test]
    fn nothing_altered_opens() {
        let (vault, _) = vault();
        let sealed = vault.seal_suspended(b"draft").expect("sealed");
        assert!(opens(&vault, &sealed));
        let flipped = |bit: usize| {
            let mut altered = sealed.clone();
            altered[bit / 8] ^= 1 << (bit % 8);
            altered
        };
        let flips = (0..sealed.len() * 8)
            .filter(|&bit| opens(&vault, &flipped(bit)))
            .count();
        let cuts = (0..sealed.len())
            .filter(|&length| {
                opens(&vault, &sealed[..length]) || opens(&vault, &sealed[length + 1..])
            })
            .count();
        let longer = (0..=u8::MAX)
            .filter(|&byte| opens(&vault, &[&sealed[..], &[byte]].concat()))
            .count();
        assert_eq!([flips, cuts, longer], [0, 0, 0]);
    }

    #[test]
    fn another_vault_opens_no_suspended_data() {
        let (vault, _) = vault();
        let sealed = vault.seal_suspended(b"draft").expect("sealed");
        let (stranger, _) = self::vault();
        assert!(!opens(&stranger, &sealed));
        let mut renamed = vault.clone();
        renamed.header.vault = VaultId(Hex([7; 16]));
        assert!(!opens(&renamed, &sealed), "the same key, another vault");
        let mut rekeyed = stranger;
        rekeyed.header.vault = vault.header.vault;
        assert!(!opens(&rekeyed, &sealed), "the same name, another key");
        let theirs = [&[7; 16][..], &sealed[16..]].concat();
        assert!(!opens(&renamed, &theirs), "the name is authenticated");
    }

    #[test]
    fn suspended_data_and_payloads_are_not_interchangeable() {
        let (vault, bytes) = vault();
        for purpose in [Purpose::Payload, Purpose::Slot] {
            let sealed = vault.seal_as(purpose, b"text").expect("sealed");
            assert!(!opens(&vault, &sealed));
        }
        assert!(!opens(&vault, &bytes));

        // A vault whose payload was sealed with the key for suspended data.
        let mut header = vault.header.clone();
        for (purpose, expected) in [
            (Purpose::Payload, None),
            (Purpose::Suspended, Some(OpenError::Damaged)),
        ] {
            let sealing = vault.master.derive_sealing_key(&header.salt.0, purpose);
            header.commitment = Hex(sealing.commitment());
            let file = sealing.seal_padded(&header.nonce.0, &header.to_bytes(), b"text");
            let outcome = open(&file.expect("short"), &device(), &no_kdf).err();
            assert_eq!(outcome, expected);
        }
    }

    #[test]
    fn sealing_fails_without_randomness() {
        let (vault, _) = vault();
        let attempt = |times| with(failing_after(times), || vault.seal_suspended(b"draft"));
        assert_eq!(attempt(0), Err(SealError::Random(RandomError)));
        assert_eq!(attempt(1), Err(SealError::Random(RandomError)));
        assert!(attempt(2).is_ok_and(|sealed| opens(&vault, &sealed)));
    }
}
