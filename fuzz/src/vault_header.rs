use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use trousseau_vault::{Argon2Params, OpenError, VaultInfo, inspect};

/// Every accepted vault follows `FORMAT.md` byte for byte; checks the input as a file and as a header after the magic.
pub fn vault_header(data: &[u8]) {
    check(data);
    let length = u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes();
    let magic = b"TROUSSEAU\n\x00\x01";
    check(&[&magic[..], &length, data, &[0; 256 + 16]].concat());
}

fn check(bytes: &[u8]) {
    match inspect(bytes) {
        Ok(info) => is_as_specified(bytes, &info),
        Err(OpenError::NotAVault) => assert!(!bytes.starts_with(b"TROUSSEAU\n")),
        Err(OpenError::UnsupportedVersion { version, supported }) => assert!(version > supported),
        Err(OpenError::CostRefused { cost }) => assert!(cost.exceeds_max()),
        Err(error) => assert_eq!(error, OpenError::Damaged),
    }
}

/// The header, parsed a second time according to the specification alone.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    generation: u64,
    vault: String,
    replace_backup: bool,
    aead: String,
    salt: String,
    nonce: String,
    commitment: String,
    slots: Vec<Slot>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slot {
    id: String,
    r#type: String,
    kdf: Kdf,
    salt: String,
    nonce: String,
    commitment: String,
    key: String,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Kdf {
    Argon2id {
        name: String,
        memory_kib: u32,
        passes: u32,
        lanes: u32,
    },
    Hkdf {
        name: String,
    },
}

fn is_as_specified(bytes: &[u8], info: &VaultInfo) {
    let (prelude, rest) = bytes.split_at(16);
    let length = u32::from_be_bytes([prelude[12], prelude[13], prelude[14], prelude[15]]) as usize;
    let (json, body) = rest.split_at(length);
    assert!(json.len() <= 65536 && body.len() % 256 == 16 && body.len() > 256);

    let header: Header = serde_json::from_slice(json).unwrap_or_else(|error| panic!("{error}"));
    let spelling = serde_json::to_vec(&header).unwrap_or_else(|error| panic!("{error}"));
    assert!(spelling == json, "not the canonical encoding of the header");
    assert_eq!(header.aead, "aes-256-gcm");
    for (text, bytes) in [
        (&header.vault, 16),
        (&header.salt, 32),
        (&header.nonce, 12),
        (&header.commitment, 32),
    ] {
        assert_hex(text, bytes);
    }
    assert!(header.generation >= 1 && (1..=5).contains(&header.slots.len()));
    assert_eq!(info.generation, header.generation);
    assert_eq!(info.previous_is_stale, header.replace_backup);
    assert_eq!(info.vault.to_string(), header.vault);
    assert_eq!(info.slots.len(), header.slots.len());
    for (index, (slot, reported)) in header.slots.iter().zip(&info.slots).enumerate() {
        assert!(
            header.slots[..index]
                .iter()
                .all(|other| other.id != slot.id && other.r#type != slot.r#type)
        );
        assert_eq!(reported.id.to_string(), slot.id);
        assert_eq!(reported.cost, slot.cost());
    }
}

impl Slot {
    /// The Argon2id parameters, if the slot has any; panics if the slot violates the specification.
    fn cost(&self) -> Option<Argon2Params> {
        for (text, bytes) in [
            (&self.id, 8),
            (&self.salt, 32),
            (&self.nonce, 12),
            (&self.commitment, 32),
            (&self.key, 48),
        ] {
            assert_hex(text, bytes);
        }
        match (&*self.r#type, &self.kdf) {
            (
                "passphrase" | "pin",
                Kdf::Argon2id {
                    name,
                    memory_kib,
                    passes,
                    lanes,
                },
            ) => {
                assert_eq!(name, "argon2id");
                assert!((1..=16).contains(passes) && (1..=8).contains(lanes));
                assert!((8 * lanes..=1_048_576).contains(memory_kib));
                assert!(u64::from(*memory_kib) * u64::from(*passes) <= 1_572_864);
                Some(Argon2Params {
                    memory_kib: *memory_kib,
                    passes: *passes,
                    lanes: *lanes,
                })
            }
            ("device" | "biometric" | "recovery", Kdf::Hkdf { name }) => {
                assert_eq!(name, "hkdf-sha-256");
                None
            }
            (kind, _) => panic!("{kind} with the wrong KDF"),
        }
    }
}

fn assert_hex(text: &str, bytes: usize) {
    let decoded = HEXLOWER.decode(text.as_bytes());
    assert!(decoded.is_ok_and(|decoded| decoded.len() == bytes));
}
