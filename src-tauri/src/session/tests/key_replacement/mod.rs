//! New keys for the whole vault.

use trousseau_entries::VaultData;
use trousseau_vault::{
    self as vault, Argon2Params, Credential as Key, Passphrase, RecoveryCode, SlotInfo, argon2id,
};
use trousseau_wire::WantedCredential;

use super::credentials::{PIN, credentials_of, with_pin};
use super::files::{BACKUP, VAULT, read};
use super::*;
use crate::session::WantedCredentials;

mod combinations;
mod device;
mod refusals;

const OTHER: &str = "quatre clés de laiton";
const WORDS: &str = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";

fn kind(credential: Credential) -> SlotKind {
    crate::session::credential_input::slot_kind(credential)
}

fn role(credential: Credential) -> Option<SecretPurpose> {
    crate::session::device_keys::purpose_of(kind(credential))
}

/// What opens a slot of this kind: the device's part is read from the device.
fn key(fixture: &Fixture, file: &[u8], credential: Credential, text: &str) -> Option<Key> {
    let summary = vault::inspect(file).unwrap();
    let device = || {
        let slot = summary
            .slots
            .iter()
            .find(|slot| slot.kind == kind(credential))?;
        let item = SecretId::for_slot(summary.vault, role(credential)?, slot.id);
        let kept: [u8; 32] = fixture.secret_store.memory().kept.get(&item)?[..]
            .try_into()
            .ok()?;
        Some(DeviceKey::new(&kept))
    };
    Some(match credential {
        Credential::Passphrase => Key::Passphrase(Passphrase::new(text)),
        Credential::Recovery => Key::Recovery(RecoveryCode::parse(text).unwrap()),
        Credential::Device => Key::Device(device()?),
        Credential::Biometric => Key::Biometric(device()?),
        Credential::Pin => Key::Pin {
            pin: Passphrase::new(text),
            device: device()?,
        },
    })
}

fn file_opens(fixture: &Fixture, file: &[u8], credential: Credential, text: &str) -> bool {
    key(fixture, file, credential, text)
        .is_some_and(|key| vault::open(file, &key, &argon2id).is_ok())
}

/// A closed vault of one entry that opens by these, as an earlier version may have written it: no stretched access code, no mark.
fn vault_of(credentials: &[Credential]) -> Fixture {
    let fixture = Fixture::new();
    let device_key = || DeviceKey::new(&[7; 32]);
    let keys: Vec<_> = credentials
        .iter()
        .map(|credential| match credential {
            Credential::Passphrase => Key::Passphrase(Passphrase::new(PASSPHRASE)),
            Credential::Recovery => Key::Recovery(RecoveryCode::parse(WORDS).unwrap()),
            Credential::Device => Key::Device(device_key()),
            Credential::Biometric => Key::Biometric(device_key()),
            Credential::Pin => Key::Pin {
                pin: Passphrase::new(PIN),
                device: device_key(),
            },
        })
        .collect();
    let payload = VaultData::new().to_json();
    let (open, sealed) = vault::create(&keys, Argon2Params::MIN, &payload, &argon2id).unwrap();
    for credential in credentials {
        if let Some(role) = role(*credential) {
            let item = SecretId::without_slot(open.id(), role);
            fixture.secret_store.memory().kept.insert(item, vec![7; 32]);
        }
    }
    fixture.secret_store.memory().biometric = Some(trousseau_wire::Biometric::Ready);
    std::fs::write(fixture.file(VAULT), sealed).unwrap();
    let fixture = fixture.restart();
    let (credential, text) = everyday(credentials);
    fixture.core.unlock(credential, text).unwrap();
    add(&fixture.core, URI).unwrap();
    tell(&fixture.core);
    fixture
}

fn everyday(credentials: &[Credential]) -> (Credential, &'static str) {
    let texts = [
        (Credential::Pin, PIN),
        (Credential::Passphrase, PASSPHRASE),
        (Credential::Device, ""),
    ];
    let found = texts
        .into_iter()
        .find(|(credential, _)| credentials.contains(credential));
    found.unwrap()
}

fn slots(file: &[u8]) -> Vec<SlotInfo> {
    vault::inspect(file).unwrap().slots
}

fn wanted<'a>(credentials: &'a [WantedCredential], passphrase: &'a str) -> WantedCredentials<'a> {
    WantedCredentials {
        credentials,
        passphrase,
        pin: "",
        dialog: "why",
        confirmed: false,
    }
}

fn wanted_credential(credential: Credential, is_new: bool) -> WantedCredential {
    WantedCredential { credential, is_new }
}
