//! Opening with credentials, and adding, replacing and removing slots.

mod support;

use support::{credentials, fast_kdf, other_credentials, passphrase};
use trousseau_vault::{
    Argon2Params, Credential, DeviceKey, KdfError, OpenError, Passphrase, SealError, SlotError,
    SlotKind, argon2id, create, inspect, open,
};

const COST: Argon2Params = Argon2Params::DEFAULT;

#[test]
fn every_credential_opens_its_slot_and_no_other() {
    let (vault, bytes) = create(&credentials(), COST, b"payload", &fast_kdf).expect("sealed");
    for (credential, slot) in credentials().iter().zip(vault.slots()) {
        let opened = open(&bytes, credential, &fast_kdf).expect("its own");
        assert_eq!(opened.payload.as_slice(), b"payload");
        assert_eq!((opened.slot, credential.kind()), (slot.id, slot.kind));
        let verified = vault.verify(credential, &fast_kdf);
        assert!(verified.is_ok_and(|used| used.slot == slot.id));
        assert!(!opened.upgrade_due);
    }
    for stranger in other_credentials() {
        let error = open(&bytes, &stranger, &fast_kdf).err();
        assert_eq!(error, Some(OpenError::CredentialRejected));
        let error = vault.verify(&stranger, &fast_kdf).err();
        assert_eq!(error, Some(OpenError::CredentialRejected));
    }
    let other_device = Credential::Pin {
        pin: Passphrase::new("123456"),
        device: DeviceKey::new(&[9; 32]),
    };
    assert_eq!(
        open(&bytes, &other_device, &fast_kdf).err(),
        Some(OpenError::CredentialRejected)
    );
}

#[test]
fn a_type_without_a_slot_is_told_apart_from_a_wrong_credential() {
    let [passphrase, recovery, ..] = credentials();
    let (_, bytes) = create(&[passphrase], COST, b"", &fast_kdf).expect("sealed");
    assert_eq!(
        open(&bytes, &recovery, &fast_kdf).err(),
        Some(OpenError::NoSuchSlot)
    );
}

#[test]
fn the_real_argon2_opens_what_it_sealed() {
    let (_, bytes) = create(
        &credentials()[..3],
        Argon2Params::MIN,
        b"payload",
        &argon2id,
    )
    .expect("sealed");
    for credential in &credentials()[..3] {
        let opened = open(&bytes, credential, &argon2id).expect("its own");
        assert_eq!(opened.payload.as_slice(), b"payload");
    }
    let rejected = open(&bytes, &passphrase("wrong"), &argon2id).err();
    assert_eq!(rejected, Some(OpenError::CredentialRejected));
}

#[test]
fn slots_are_added_replaced_and_removed() {
    let (mut vault, _) = create(&[passphrase("old")], COST, b"", &fast_kdf).expect("sealed");
    let [old] = vault.slots().map(|slot| slot.id).collect::<Vec<_>>()[..] else {
        panic!("one slot")
    };
    let recovery = || credentials().into_iter().nth(1).expect("five");
    let added = vault.put_slot(&recovery(), COST, &fast_kdf);
    let words = added.expect("there was none").slot;
    let replaced = vault.put_slot(&passphrase("new"), COST, &fast_kdf);
    let new = replaced.expect("there was one").slot;
    assert_ne!(new, old);
    let there = vault.slots().map(|slot| slot.id).collect::<Vec<_>>();
    assert_eq!(there, [new, words], "the new one is in the old one's place");
    let bytes = vault.seal(b"payload").expect("sealed");
    let opened = |bytes: &[u8], credential: &Credential| {
        open(bytes, credential, &fast_kdf).map(|opened| opened.slot)
    };
    let rejected = Err(OpenError::CredentialRejected);
    assert_eq!(opened(&bytes, &passphrase("old")), rejected);
    assert_eq!(opened(&bytes, &passphrase("new")), Ok(new));
    assert_eq!(opened(&bytes, &recovery()), Ok(words));

    assert_eq!(vault.remove_slot(SlotKind::Pin), Err(SlotError::NoSuchSlot));
    assert_eq!(vault.remove_slot(SlotKind::Passphrase), Ok(()));
    assert_eq!(
        vault.remove_slot(SlotKind::Recovery),
        Err(SlotError::LastSlot)
    );
    let bytes = vault.seal(b"payload").expect("sealed");
    let gone = Err(OpenError::NoSuchSlot);
    assert_eq!(opened(&bytes, &passphrase("new")), gone);
    assert_eq!(opened(&bytes, &recovery()), Ok(words));
}

#[test]
fn a_vault_has_at_least_one_slot_and_at_most_one_of_each_type() {
    let none = create(&[], COST, b"", &fast_kdf).err();
    assert_eq!(none, Some(SealError::Slot(SlotError::LastSlot)));
    let (_, bytes) = create(&credentials(), COST, b"", &fast_kdf).expect("one of each type");
    assert_eq!(inspect(&bytes).expect("well formed").slots.len(), 5);
    for (one, other) in credentials().into_iter().zip(other_credentials()) {
        let twice = create(&[one, other], COST, b"", &fast_kdf).err();
        assert_eq!(twice, Some(SealError::Slot(SlotError::DuplicateType)));
    }
}

#[test]
fn costs_out_of_bounds_are_refused_before_the_kdf_runs() {
    let untouched =
        |_: &[u8], _: &[u8; 32], _: Argon2Params, _: &mut [u8; 32]| -> Result<(), KdfError> {
            panic!("the KDF was asked")
        };
    for (memory_kib, passes, lanes) in [
        (19 * 1024 - 1, 2, 1),
        (19 * 1024, 1, 1),
        (19 * 1024, 2, 0),
        (1024 * 1024 + 1, 3, 1),
        (64 * 1024, 17, 1),
        (64 * 1024, 3, 9),
        (512 * 1024 + 1, 3, 1),
        (96 * 1024 + 1, 16, 1),
        (u32::MAX, u32::MAX, u32::MAX),
    ] {
        let cost = Argon2Params {
            memory_kib,
            passes,
            lanes,
        };
        let refused = create(&[passphrase("p")], cost, b"", &untouched).err();
        assert_eq!(
            refused,
            Some(SealError::Slot(SlotError::CostRefused { cost }))
        );
    }
}

#[test]
fn a_failing_kdf_is_reported() {
    let failing = |_: &[u8], _: &[u8; 32], _: Argon2Params, _: &mut [u8; 32]| Err(KdfError::Memory);
    let (mut vault, bytes) = create(&credentials(), COST, b"", &fast_kdf).expect("sealed");
    let error = open(&bytes, &passphrase("correct horse"), &failing).err();
    assert_eq!(error, Some(OpenError::Kdf(KdfError::Memory)));
    let error = vault.put_slot(&passphrase("p"), COST, &failing).err();
    assert_eq!(error, Some(SlotError::Kdf(KdfError::Memory)));
    assert_eq!(vault.slots().count(), 5);
}
