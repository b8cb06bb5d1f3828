//! Fast replacements for Argon2id, and one credential of each type.

use std::cell::RefCell;
use std::collections::HashMap;

use sha2::{Digest, Sha256};
use trousseau_vault::{Argon2Params, Credential, DeviceKey, KdfError, Passphrase, RecoveryCode};

pub const WORDS: &str = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";

/// A fast KDF: SHA-256 of all its inputs.
pub fn fast_kdf(
    password: &[u8],
    salt: &[u8; 32],
    cost: Argon2Params,
    key: &mut [u8; 32],
) -> Result<(), KdfError> {
    let Argon2Params {
        memory_kib,
        passes,
        lanes,
    } = cost;
    let digest = Sha256::new()
        .chain_update(salt)
        .chain_update([memory_kib, passes, lanes].map(u32::to_be_bytes).concat())
        .chain_update(password)
        .finalize();
    key.copy_from_slice(&digest);
    Ok(())
}

/// `kdf` with a cache of its results.
#[allow(
    dead_code,
    reason = "each test binary compiles this module and not all use it"
)]
pub fn memoised(
    kdf: impl Fn(&[u8], &[u8; 32], Argon2Params, &mut [u8; 32]) -> Result<(), KdfError>,
) -> impl Fn(&[u8], &[u8; 32], Argon2Params, &mut [u8; 32]) -> Result<(), KdfError> {
    type Inputs = (Vec<u8>, [u8; 32], Argon2Params);
    let cache = RefCell::new(HashMap::<Inputs, Result<[u8; 32], KdfError>>::new());
    move |password, salt, cost, key| {
        let inputs = (password.to_vec(), *salt, cost);
        let outcome = *cache.borrow_mut().entry(inputs).or_insert_with(|| {
            let mut derived = [0; 32];
            kdf(password, salt, cost, &mut derived).map(|()| derived)
        });
        outcome.map(|derived| *key = derived)
    }
}

pub fn passphrase(text: &str) -> Credential {
    Credential::Passphrase(Passphrase::new(text))
}

/// One credential of each type.
pub fn credentials() -> [Credential; 5] {
    [
        passphrase("correct horse"),
        Credential::Recovery(RecoveryCode::parse(WORDS).expect("a vector of BIP-39")),
        Credential::Pin {
            pin: Passphrase::new("123456"),
            device: DeviceKey::new(&[1; 32]),
        },
        Credential::Device(DeviceKey::new(&[2; 32])),
        Credential::Biometric(DeviceKey::new(&[3; 32])),
    ]
}

/// One credential of each type, all different from [`credentials`].
#[allow(
    dead_code,
    reason = "each test binary compiles this module and not all use it"
)]
pub fn other_credentials() -> [Credential; 5] {
    let words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    [
        passphrase("Correct horse"),
        Credential::Recovery(RecoveryCode::parse(words).expect("a vector of BIP-39")),
        Credential::Pin {
            pin: Passphrase::new("123457"),
            device: DeviceKey::new(&[1; 32]),
        },
        Credential::Device(DeviceKey::new(&[3; 32])),
        Credential::Biometric(DeviceKey::new(&[2; 32])),
    ]
}
