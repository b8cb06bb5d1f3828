//! Every format version ever written still opens, with the real Argon2.

use trousseau_vault::{Credential, DeviceKey, Passphrase, RecoveryCode, argon2id, inspect, open};

const V1: &[u8] = include_bytes!("golden/v1.vault");
const V1_PAYLOAD: &[u8] = include_bytes!("golden/v1.payload");

#[test]
fn version_1_opens_with_each_of_its_credentials() {
    let words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    for credential in [
        Credential::Passphrase(Passphrase::new("trousseau de clés")),
        Credential::Recovery(RecoveryCode::parse(words).expect("a vector of BIP-39")),
        Credential::Pin {
            pin: Passphrase::new("314159"),
            device: DeviceKey::new(&[0x11; 32]),
        },
        Credential::Device(DeviceKey::new(&[0x22; 32])),
        Credential::Biometric(DeviceKey::new(&[0x33; 32])),
    ] {
        let opened = open(V1, &credential, &argon2id).expect("its own");
        assert_eq!(opened.payload.as_slice(), V1_PAYLOAD);
        assert_eq!(opened.vault.generation(), 1);
    }
}

#[test]
fn version_1_is_inspected() {
    let info = inspect(V1).expect("well formed");
    assert_eq!(
        (info.version, info.generation, info.previous_is_stale),
        (1, 1, false)
    );
    assert_eq!(info.vault.to_string(), "000102030405060708090a0b0c0d0e0f");
}
