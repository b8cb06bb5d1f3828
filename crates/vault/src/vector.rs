//! The golden file, made again byte for byte from counted bytes in place of random ones, and the values that `FORMAT.md` prints.

use data_encoding::HEXLOWER;

use crate::random::scripted;
use crate::sealing::{Purpose, derive_bytes};
use crate::{Credential, DeviceKey, Passphrase, RecoveryCode, WorkFactor, argon2id, create};

const GOLDEN: &[u8] = include_bytes!("../tests/golden/v1.vault");
const PAYLOAD: &[u8] = include_bytes!("../tests/golden/v1.payload");
const FORMAT: &str = include_str!("../FORMAT.md");
const PASSPHRASE: &str = "trousseau de cle\u{301}s";
const WORDS: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

fn credentials() -> [Credential; 5] {
    [
        Credential::Passphrase(Passphrase::new(PASSPHRASE)),
        Credential::Recovery(RecoveryCode::parse(WORDS).expect("a vector of BIP-39")),
        Credential::Pin {
            pin: Passphrase::new("314159"),
            device: DeviceKey::new(&[0x11; 32]),
        },
        Credential::Device(DeviceKey::new(&[0x22; 32])),
        Credential::Biometric(DeviceKey::new(&[0x33; 32])),
    ]
}

#[test]
fn golden_file_is_made_again() {
    let (_, bytes) = scripted::with(scripted::counting(), || {
        create(&credentials(), WorkFactor::DEFAULT, PAYLOAD, &argon2id).expect("scripted")
    });
    assert!(bytes == GOLDEN, "version 1 is written differently now");
}

#[test]
fn format_prints_what_is_computed() {
    let counted = |from: u8| std::array::from_fn(|index| from.wrapping_add(index as u8));
    let salt = counted(0x38);
    let mut stretched = [0; 32];
    argon2id(
        "trousseau de cl\u{e9}s".as_bytes(),
        &salt,
        WorkFactor::DEFAULT,
        &mut stretched,
    )
    .expect("64 MiB are to be had");
    let master: [u8; 32] = counted(0x10);
    let passphrase = derive_bytes(&stretched, &salt, Purpose::Slot);
    let recovery = derive_bytes(WORDS.as_bytes(), &counted(0x6c), Purpose::Slot);
    let payload = derive_bytes(&master, &counted(0x34), Purpose::Payload);
    for derived in [passphrase, recovery, payload] {
        assert_printed(&derived[..32]);
        assert_printed(&derived[32..]);
    }
    assert_printed(&stretched);
    assert_printed(&master);
    assert_printed(&GOLDEN[12..16]);
}

fn assert_printed(bytes: &[u8]) {
    let hex = HEXLOWER.encode(bytes);
    assert!(FORMAT.contains(&hex), "FORMAT.md does not have {hex}");
}
