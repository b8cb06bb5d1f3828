//! The stretched PIN: which operations return it, and when a sealed one opens.

mod support;

use support::{credentials, fast_kdf};
use trousseau_vault::{
    Argon2Params, Credential, DeviceKey, NewSlot, Passphrase, SlotError, SlotKind, StretchedPin,
    UnlockedVault, create, open, prepare,
};

const COST: Argon2Params = Argon2Params::DEFAULT;

fn key(byte: u8) -> DeviceKey {
    DeviceKey::new(&[byte; 32])
}

fn pin(text: &str, device: u8) -> Credential {
    Credential::Pin {
        pin: Passphrase::new(text),
        device: key(device),
    }
}

/// A vault with a PIN on the device of key 1, and the stretched PIN.
fn vault() -> (UnlockedVault, Vec<u8>, StretchedPin) {
    let (vault, bytes) = create(&credentials(), COST, b"payload", &fast_kdf).expect("sealed");
    let stretched = stretched(&vault, &pin("123456", 1));
    (vault, bytes, stretched)
}

fn stretched(vault: &UnlockedVault, pin: &Credential) -> StretchedPin {
    let used = vault.verify(pin, &fast_kdf).expect("its own");
    used.stretched_pin.expect("a PIN was typed")
}

fn opens(vault: &UnlockedVault, sealed: &[u8], device: u8) -> bool {
    vault.open_stretched_pin(sealed, &key(device)).is_some()
}

/// Whether `stretched` makes a slot that the PIN opens on the device of key 7.
fn is_the_pin(vault: &UnlockedVault, stretched: &StretchedPin) -> bool {
    let new = NewSlot::StretchedPin {
        pin: stretched,
        device: &key(7),
    };
    let vault = vault
        .with_new_keys(&[new], &fast_kdf)
        .expect("one slot")
        .vault;
    vault.verify(&pin("123456", 7), &fast_kdf).is_ok()
}

#[test]
fn only_a_typed_pin_gives_a_stretched_pin() {
    let (mut vault, bytes, _) = vault();
    for credential in credentials() {
        let is_pin = credential.kind() == SlotKind::Pin;
        let new = NewSlot::Credential {
            credential: &credential,
            cost: COST,
        };
        let opened = open(&bytes, &credential, &fast_kdf).expect("its own");
        for found in [
            opened.stretched_pin,
            vault
                .verify(&credential, &fast_kdf)
                .expect("its own")
                .stretched_pin,
            vault
                .with_new_keys(&[new], &fast_kdf)
                .expect("one")
                .stretched_pin,
            prepare(&[new], &fast_kdf).expect("one").stretched_pin,
            vault
                .put_slot(&credential, COST, &fast_kdf)
                .expect("one")
                .stretched_pin,
        ] {
            assert_eq!(found.is_some(), is_pin);
            assert!(found.is_none_or(|found| is_the_pin(&vault, &found)));
        }
    }
}

#[test]
fn a_sealed_pin_opens_with_its_device_key() {
    let (vault, bytes, stretched) = vault();
    let sealed = vault
        .seal_stretched_pin(&stretched, &key(1))
        .expect("its own");
    let again = vault
        .seal_stretched_pin(&stretched, &key(1))
        .expect("its own");
    assert_eq!(sealed.len(), 124);
    assert_ne!(sealed, again, "salt and nonce are fresh");
    let opened = vault.open_stretched_pin(&sealed, &key(1)).expect("its own");
    assert!(is_the_pin(&vault, &opened));

    // In a later generation, opened by another credential.
    let [passphrase, ..] = credentials();
    let mut later = open(&bytes, &passphrase, &fast_kdf).expect("its own").vault;
    later.seal(b"later").expect("sealed");
    assert!(opens(&later, &sealed, 1));
    assert!(!opens(&later, &sealed, 2), "another device");
}

#[test]
fn nothing_altered_opens() {
    let (vault, _, stretched) = vault();
    let sealed = vault
        .seal_stretched_pin(&stretched, &key(1))
        .expect("its own");
    assert!(opens(&vault, &sealed, 1));
    let flipped = |bit: usize| {
        let mut altered = sealed.clone();
        altered[bit / 8] ^= 1 << (bit % 8);
        altered
    };
    let flips = (0..sealed.len() * 8).filter(|&bit| opens(&vault, &flipped(bit), 1));
    let cuts = (0..sealed.len()).filter(|&length| {
        opens(&vault, &sealed[..length], 1) || opens(&vault, &sealed[length + 1..], 1)
    });
    let longer = (0..=u8::MAX).filter(|&byte| opens(&vault, &[&sealed[..], &[byte]].concat(), 1));
    assert_eq!([flips.count(), cuts.count(), longer.count()], [0, 0, 0]);
}

/// The slot that it was sealed for was replaced: by another PIN, by the same PIN with a new salt, or with all keys.
#[test]
fn a_pin_sealed_for_another_slot_does_not_open() {
    let (vault, _, stretched) = vault();
    let sealed = vault
        .seal_stretched_pin(&stretched, &key(1))
        .expect("its own");
    for (text, device) in [("123456", 1), ("654321", 1), ("123456", 2)] {
        let mut other = vault.clone();
        let put = other.put_slot(&pin(text, device), COST, &fast_kdf);
        assert!(put.is_ok() && !opens(&other, &sealed, 1) && !opens(&other, &sealed, device));
    }
    for device in [1, 2] {
        let new = NewSlot::StretchedPin {
            pin: &stretched,
            device: &key(device),
        };
        let replaced = vault
            .with_new_keys(&[new], &fast_kdf)
            .expect("one slot")
            .vault;
        assert!(!opens(&replaced, &sealed, device) && !opens(&replaced, &sealed, 1));
        let anew = replaced.seal_stretched_pin(&stretched, &key(device));
        assert!(opens(&replaced, &anew.expect("its own"), device));
    }
    let mut without = vault.clone();
    without.remove_slot(SlotKind::Pin).expect("others are left");
    assert!(!opens(&without, &sealed, 1));
    let (stranger, ..) = self::vault();
    assert!(!opens(&stranger, &sealed, 1));
}

#[test]
fn a_pin_that_does_not_open_the_slot_is_not_sealed() {
    let (vault, _, own) = vault();
    let (stranger, _, theirs) = self::vault();
    let refused = |vault: &UnlockedVault, pin: &StretchedPin, device| {
        vault.seal_stretched_pin(pin, &key(device)).err()
    };
    for outcome in [
        refused(&vault, &own, 2),
        refused(&vault, &theirs, 1),
        refused(&stranger, &own, 1),
    ] {
        assert_eq!(outcome, Some(SlotError::NoSuchSlot));
    }
    assert_eq!(refused(&vault, &own, 1), None);
    let mut without = vault.clone();
    without.remove_slot(SlotKind::Pin).expect("others are left");
    assert_eq!(refused(&without, &own, 1), Some(SlotError::NoSuchSlot));
}

#[test]
fn a_slot_of_a_stretched_pin_keeps_salt_and_cost() {
    let cost = Argon2Params {
        memory_kib: 128 * 1024,
        ..COST
    };
    let (mut vault, ..) = vault();
    let put = vault.put_slot(&pin("123456", 1), cost, &fast_kdf);
    let stretched = put.ok().and_then(|put| put.stretched_pin).expect("a PIN");
    let new = NewSlot::StretchedPin {
        pin: &stretched,
        device: &key(2),
    };
    let replaced = vault
        .with_new_keys(&[new], &fast_kdf)
        .expect("one slot")
        .vault;
    assert!(replaced.slots().all(|slot| slot.cost == Some(cost)));
    let asked = std::cell::RefCell::new(Vec::new());
    let recording = |password: &[u8], salt: &[u8; 32], cost: Argon2Params, key: &mut [u8; 32]| {
        asked.borrow_mut().push((*salt, cost));
        fast_kdf(password, salt, cost, key)
    };
    assert!(vault.verify(&pin("123456", 1), &recording).is_ok());
    assert!(replaced.verify(&pin("123456", 2), &recording).is_ok());
    let asked = asked.into_inner();
    assert_eq!(asked[0], asked[1]);
}
