//! Properties of sealing and opening.

mod support;

use std::collections::HashSet;

use proptest::prelude::*;
use support::{credentials, fast_kdf, passphrase};
use trousseau_vault::{Argon2Params, OpenError, RecoveryCode, create, inspect, open};

const COST: Argon2Params = Argon2Params::DEFAULT;

proptest! {
    #[test]
    fn a_sealed_payload_opens(payload in prop::collection::vec(any::<u8>(), 0..2000), text in ".*", which in 0..5usize) {
        let mut credentials = credentials();
        credentials[0] = passphrase(&text);
        let (_, bytes) = create(&credentials, COST, &payload, &fast_kdf).expect("sealed");
        let mut opened = open(&bytes, &credentials[which], &fast_kdf).expect("its own");
        prop_assert_eq!(opened.payload.as_slice(), &payload);

        let bytes = opened.vault.seal(&payload).expect("sealed");
        let again = open(&bytes, &credentials[which], &fast_kdf).expect("its own");
        prop_assert_eq!(again.payload.as_slice(), &payload);
        prop_assert_eq!(again.vault.generation(), 2);
    }

    #[test]
    fn two_passphrases_open_the_same_only_if_equal(one in ".*", other in "[a-z]{1,20}") {
        let (_, bytes) = create(&[passphrase(&one)], COST, b"", &fast_kdf).expect("sealed");
        let outcome = open(&bytes, &passphrase(&other), &fast_kdf).err();
        prop_assert_eq!(outcome, (one != other).then_some(OpenError::CredentialRejected));
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        prop_assert!(inspect(&bytes).is_err());
        let framed = [b"TROUSSEAU\n\x00\x01\x00\x00\x00\x40".as_slice(), &bytes].concat();
        prop_assert_eq!(open(&framed, &passphrase("p"), &fast_kdf).err(), Some(OpenError::Damaged));
    }

    #[test]
    fn recovery_words_survive_a_round_trip(text in "\\PC*") {
        let code = RecoveryCode::generate().expect("randomness");
        let words = code.words();
        prop_assert_eq!(words.len(), 12);
        let read = RecoveryCode::parse(&words.join(" ").to_uppercase()).expect("12 words");
        prop_assert_eq!(read.words(), words);
        prop_assert!(RecoveryCode::parse(&text).is_err());
    }
}

/// The size reveals the length only to 256 bytes; the padding takes at least one byte.
#[test]
fn payloads_are_padded_in_steps() {
    let (mut vault, bytes) = create(&[passphrase("p")], COST, b"", &fast_kdf).expect("sealed");
    let head = bytes.len() - 256 - 16;
    for (length, steps) in [
        (0, 1),
        (1, 1),
        (255, 1),
        (256, 2),
        (511, 2),
        (512, 3),
        (100_000, 391),
    ] {
        let payload = vec![0x80; length];
        let bytes = vault.seal(&payload).expect("sealed");
        assert_eq!(bytes.len(), head + 256 * steps + 16, "{length}");
        let opened = open(&bytes, &passphrase("p"), &fast_kdf).expect("its own");
        assert_eq!(*opened.payload, payload);
    }
}

#[test]
fn salts_and_nonces_never_repeat() {
    const SEALS: usize = 100_000;
    let (mut vault, _) = create(&[passphrase("p")], COST, b"", &fast_kdf).expect("sealed");
    let (mut salts, mut nonces) = (HashSet::new(), HashSet::new());
    for _ in 0..SEALS {
        let bytes = vault.seal(b"payload").expect("sealed");
        let header = std::str::from_utf8(&bytes[16..bytes.len() - 272]).expect("JSON");
        // The first field of each name is the payload's, the second the slot's.
        for (field, met) in [("\"salt\":\"", &mut salts), ("\"nonce\":\"", &mut nonces)] {
            let (_, rest) = header.split_once(field).expect("a field");
            let (value, _) = rest.split_once('"').expect("its end");
            met.insert(value.to_owned());
        }
    }
    assert_eq!((salts.len(), nonces.len()), (SEALS, SEALS));
    assert!(salts.iter().all(|salt| salt.len() == 64));
    assert!(nonces.iter().all(|nonce| nonce.len() == 24));
}

#[test]
fn two_vaults_of_one_passphrase_share_nothing() {
    let info = || {
        let (_, bytes) = create(&[passphrase("p")], COST, b"same", &fast_kdf).expect("sealed");
        (inspect(&bytes).expect("well formed"), bytes)
    };
    let ((one, first), (other, second)) = (info(), info());
    assert_ne!(one.vault, other.vault);
    assert_ne!(one.slots[0].id, other.slots[0].id);
    let hex = |bytes: &[u8]| -> HashSet<String> {
        let header = String::from_utf8_lossy(&bytes[16..bytes.len() - 272]).into_owned();
        header
            .split('"')
            .filter(|text| text.len() >= 24)
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(hex(&first).len(), 8);
    assert!(hex(&first).is_disjoint(&hex(&second)));
}

#[test]
fn the_stale_flag_is_sealed_and_read() {
    let (mut vault, bytes) = create(&[passphrase("p")], COST, b"", &fast_kdf).expect("sealed");
    assert!(!inspect(&bytes).expect("well formed").previous_is_stale);
    vault.set_previous_stale(true);
    let bytes = vault.seal(b"").expect("sealed");
    assert!(inspect(&bytes).expect("well formed").previous_is_stale);
    let mut opened = open(&bytes, &passphrase("p"), &fast_kdf)
        .expect("its own")
        .vault;
    assert!(opened.previous_is_stale());
    opened.set_previous_stale(false);
    let bytes = opened.seal(b"").expect("sealed");
    assert!(!inspect(&bytes).expect("well formed").previous_is_stale);
}
