//! Reproduces the golden file byte for byte with counted bytes instead of random ones, and the values printed in `FORMAT.md`.

use data_encoding::HEXLOWER;

use crate::random::scripted;
use crate::sealing::{Purpose, derive_bytes};
use crate::{
    Argon2Params, Credential, DeviceKey, Mark, Passphrase, RecoveryCode, argon2id, create, open,
};

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
fn golden_file_is_reproduced() {
    let (_, bytes) = scripted::with(scripted::counting(), || {
        create(&credentials(), Argon2Params::DEFAULT, PAYLOAD, &argon2id).expect("scripted")
    });
    assert!(bytes == GOLDEN, "version 1 is written differently now");
}

#[test]
fn format_prints_the_derived_keys() {
    let counted = |from: u8| std::array::from_fn(|index| from.wrapping_add(index as u8));
    let salt = counted(0x38);
    let mut stretched = [0; 32];
    argon2id(
        "trousseau de cl\u{e9}s".as_bytes(),
        &salt,
        Argon2Params::DEFAULT,
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

#[test]
fn format_prints_the_stretched_pin_and_the_mark() {
    let [_, _, pin, ..] = credentials();
    let opened = open(GOLDEN, &pin, &argon2id).expect("its own");
    let stretched = opened.stretched_pin.expect("a PIN was typed");
    let device = DeviceKey::new(&[0x11; 32]);
    let sealed = scripted::with(scripted::counting(), || {
        opened.vault.seal_stretched_pin(&stretched, &device)
    });
    let sealed = sealed.expect("scripted");
    let counted: Vec<u8> = (0..44).collect();
    assert_eq!(sealed[..44], counted);
    assert_printed(&sealed[44..76]);
    assert_printed(&sealed[76..]);
    let purpose = Purpose::StretchedPin;
    let key = derive_bytes(&[0x11; 32], &std::array::from_fn(|at| at as u8), purpose);
    assert_printed(&key[..32]);

    let material = stretched.keying_material(&device);
    assert_printed(&material[..32]);
    let wrapping = derive_bytes(&material, stretched.salt(), Purpose::Slot);
    assert_printed(&wrapping[..32]);
    assert_printed(&wrapping[32..]);

    let secret = opened.vault.mark_secret();
    assert_printed(secret.expose());
    assert_printed(&secret.check());
    let mark = Mark::of(&opened.vault);
    assert_eq!((mark.generation, mark.check), (1, Some(secret.check())));
}

fn assert_printed(bytes: &[u8]) {
    let hex = HEXLOWER.encode(bytes);
    assert!(FORMAT.contains(&hex), "FORMAT.md does not have {hex}");
}
