//! Every format version that was ever written is opened forever, with the real Argon2.

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
fn version_1_says_what_it_is() {
    let summary = inspect(V1).expect("well formed");
    assert_eq!(
        (summary.version, summary.generation, summary.replace_backup),
        (1, 1, false)
    );
    assert_eq!(
        summary.vault.to_string(),
        "000102030405060708090a0b0c0d0e0f"
    );
}
