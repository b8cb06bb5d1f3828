//! Drafts: what a person was typing, sealed in memory while the vault is locked. They never reach a file.

use zeroize::Zeroizing;

use crate::sealing::{Purpose, TAG};
use crate::{OpenVault, SealError, random};

impl OpenVault {
    /// `vault id ‖ salt ‖ nonce ‖ commitment ‖ AES-256-GCM(padded draft)`, all before the sealed draft being authenticated.
    ///
    /// The salt and the nonce are fresh; whoever opens the vault again, in any generation, can open the draft.
    pub fn seal_draft(&self, draft: &[u8]) -> Result<Vec<u8>, SealError> {
        self.seal_as(Purpose::Draft, draft)
    }

    /// The draft that [`OpenVault::seal_draft`] sealed; `None` for what was altered or is another vault's.
    pub fn open_draft(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (vault, rest) = sealed.split_first_chunk()?;
        let (salt, rest) = rest.split_first_chunk()?;
        let (nonce, rest) = rest.split_first_chunk()?;
        let (commitment, rest) = rest.split_first_chunk()?;
        let (text, tag) = rest.split_last_chunk::<TAG>()?;
        let sealing = self.master.derive_sealing_key(salt, Purpose::Draft);
        if vault != self.header.vault.as_bytes() || !sealing.commits_to(commitment) {
            return None;
        }
        let head = &sealed[..sealed.len() - rest.len()];
        sealing.open_padded(nonce, head, text, tag)
    }

    fn seal_as(&self, purpose: Purpose, draft: &[u8]) -> Result<Vec<u8>, SealError> {
        let salt = random::generate()?;
        let nonce = random::generate()?;
        let sealing = self.master.derive_sealing_key(&salt, purpose);
        let vault = self.header.vault.as_bytes();
        let head = [&vault[..], &salt, &nonce, &sealing.commitment()].concat();
        sealing
            .seal_padded(&nonce, &head, draft)
            .ok_or(SealError::Exhausted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::{Hex, VaultId};
    use crate::padding::STEP;
    use crate::random::scripted::{failing_after, with};
    use crate::{Credential, DeviceKey, KdfError, OpenError, RandomError, WorkFactor};
    use crate::{create, open};

    const HEAD: usize = 16 + 32 + 12 + 32;

    fn no_kdf(_: &[u8], _: &[u8; 32], _: WorkFactor, _: &mut [u8; 32]) -> Result<(), KdfError> {
        panic!("a device key needs no KDF")
    }

    fn device() -> Credential {
        Credential::Device(DeviceKey::new(&[1; 32]))
    }

    fn vault() -> (OpenVault, Vec<u8>) {
        create(&[device()], WorkFactor::DEFAULT, b"payload", &no_kdf).expect("sealed")
    }

    fn opens(vault: &OpenVault, sealed: &[u8]) -> bool {
        vault.open_draft(sealed).is_some()
    }

    #[test]
    fn a_draft_outlives_the_lock() {
        let (mut vault, _) = vault();
        for (length, steps) in [(0, 1), (1, 1), (255, 1), (256, 2), (10_000, 40)] {
            let draft = vec![0x80; length];
            let sealed = vault.seal_draft(&draft).expect("sealed");
            assert_eq!(sealed.len(), HEAD + steps * STEP + TAG, "{length}");
            let bytes = vault.seal(b"a later generation").expect("sealed");
            let again = open(&bytes, &device(), &no_kdf).expect("its own").vault;
            assert!(again.open_draft(&sealed).is_some_and(|text| *text == draft));
        }
    }

    #[test]
    fn nothing_altered_opens() {
        let (vault, _) = vault();
        let sealed = vault.seal_draft(b"draft").expect("sealed");
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
    fn another_vault_opens_no_draft() {
        let (vault, _) = vault();
        let sealed = vault.seal_draft(b"draft").expect("sealed");
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
    fn drafts_and_payloads_never_stand_in_for_each_other() {
        let (vault, bytes) = vault();
        for purpose in [Purpose::Payload, Purpose::Slot] {
            let sealed = vault.seal_as(purpose, b"text").expect("sealed");
            assert!(!opens(&vault, &sealed));
        }
        assert!(!opens(&vault, &bytes));

        // A vault whose payload is a draft in every respect but its purpose.
        let mut header = vault.header.clone();
        for (purpose, expected) in [
            (Purpose::Payload, None),
            (Purpose::Draft, Some(OpenError::Damaged)),
        ] {
            let sealing = vault.master.derive_sealing_key(&header.salt.0, purpose);
            header.commitment = Hex(sealing.commitment());
            let file = sealing.seal_padded(&header.nonce.0, &header.to_bytes(), b"text");
            let outcome = open(&file.expect("short"), &device(), &no_kdf).err();
            assert_eq!(outcome, expected);
        }
    }

    #[test]
    fn no_randomness_no_draft() {
        let (vault, _) = vault();
        let attempt = |times| with(failing_after(times), || vault.seal_draft(b"draft"));
        assert_eq!(attempt(0), Err(SealError::Random(RandomError)));
        assert_eq!(attempt(1), Err(SealError::Random(RandomError)));
        assert!(attempt(2).is_ok_and(|sealed| opens(&vault, &sealed)));
    }
}
