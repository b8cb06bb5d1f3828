use data_encoding::HEXLOWER;
use trousseau_vault::{
    Argon2Params, Credential, DeviceKey, KdfError, Passphrase, RecoveryCode, open,
};

/// The golden file of format version 1.
pub const GOLDEN: &[u8] = include_bytes!("../../crates/vault/tests/golden/v1.vault");
/// The passphrase of `GOLDEN`, the salt of its slot and the output of Argon2id, as printed in `FORMAT.md`.
const PASSPHRASE: &str = "trousseau de cl\u{e9}s";
const SALT: &[u8] = b"38393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f5051525354555657";
const STRETCHED: &[u8] = b"9d5fb430afd485bda8163bf297b3987debd3e183c908a7ffe9e5fb3d6a01c80d";
const WORDS: &str = "legal winner thank year wave sausage worth useful legal winner thank yellow";

/// With any credential, no file opens except `GOLDEN`: neither `data` itself nor `GOLDEN` patched with it.
pub fn vault_open(data: &[u8]) {
    for file in [data, &patched(data)] {
        for credential in credentials() {
            let opened = open(file, &credential, &known_answer);
            assert_eq!(opened.is_ok(), file == GOLDEN, "{:?}", credential.kind());
        }
    }
}

/// `GOLDEN` with patches: each three bytes of `data` are an offset (two bytes, big-endian) and the new byte.
fn patched(data: &[u8]) -> Vec<u8> {
    let mut file = GOLDEN.to_vec();
    for patch in data.chunks_exact(3).take(64) {
        let at = usize::from(u16::from_be_bytes([patch[0], patch[1]]));
        file[at % GOLDEN.len()] = patch[2];
    }
    file
}

fn credentials() -> impl Iterator<Item = Credential> {
    let recovery = RecoveryCode::parse(WORDS).ok().map(Credential::Recovery);
    [
        Some(Credential::Passphrase(Passphrase::new(PASSPHRASE))),
        recovery,
        Some(Credential::Device(DeviceKey::new(&[0x22; 32]))),
        Some(Credential::Biometric(DeviceKey::new(&[0x33; 32]))),
    ]
    .into_iter()
    .flatten()
}

/// The output of Argon2id for the input that opens `GOLDEN`; other inputs give other bytes, without the computation.
fn known_answer(
    password: &[u8],
    salt: &[u8; 32],
    cost: Argon2Params,
    key: &mut [u8; 32],
) -> Result<(), KdfError> {
    let is_known = password == PASSPHRASE.as_bytes()
        && HEXLOWER.encode(salt).as_bytes() == SALT
        && cost == Argon2Params::DEFAULT;
    *key = *salt;
    if is_known {
        HEXLOWER
            .decode_mut(STRETCHED, key)
            .map_err(|_| KdfError::Cost)?;
    }
    Ok(())
}
