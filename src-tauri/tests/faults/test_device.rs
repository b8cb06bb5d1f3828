//! A device with its disk, and what can be read from them after a fault.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tempfile::TempDir;
use trousseau_app::clock::{Clock, MonotonicTime, Uptime};
use trousseau_app::error::Result;
use trousseau_app::platform::secret_store::{SecretId, SecretPurpose};
use trousseau_app::session::{Config, Core};
use trousseau_entries::{EntryId, VaultData};
use trousseau_vault::{
    Argon2Params, Credential as Key, DeviceKey, Mark, NewSlot, Passphrase, RecoveryCode, SlotKind,
    argon2id,
};
use trousseau_wire::{Credential, Phase};

use crate::faulty_disk::FaultyDisk;
use crate::keys::{KeyReplacement, replace};
use crate::secret_store::MemorySecretStore;
use crate::state::{State, attempts, entry_fields, id, no_kdf, slot_ids};
use crate::user_actions::{add, entry};

pub const VAULT: &str = "vault.trousseau";
pub const PREVIOUS_GENERATION: &str = "vault.trousseau.bak";
pub const PASSPHRASE: &str = "trois clés de laiton";
const TOTP: &str = "otpauth://totp/Portail:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const HOTP: &str =
    "otpauth://hotp/Portail:counted?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0";

pub type Files = BTreeMap<String, Vec<u8>>;

/// Everything that outlives the app.
pub struct TestDevice {
    pub disk: FaultyDisk,
    pub secret_store: MemorySecretStore,
    /// The recovery words, if they are known.
    pub words: Option<String>,
    /// The bytes of a file that must not be lost whatever happens.
    pub must_survive: Option<Vec<u8>>,
    folder: TempDir,
}

struct NoonClock;

impl Clock for NoonClock {
    fn now_ms(&self) -> u64 {
        43_200_000
    }
    fn monotonic(&self) -> MonotonicTime {
        MonotonicTime::from_ms(0)
    }
    fn uptime(&self) -> Option<Uptime> {
        None
    }
}

impl TestDevice {
    /// A new device.
    pub fn empty() -> Self {
        Self {
            disk: FaultyDisk::default(),
            secret_store: MemorySecretStore::default(),
            words: None,
            must_survive: None,
            folder: tempfile::tempdir().expect("a temporary folder can be created"),
        }
    }

    /// A vault that opens without a code, with two entries.
    pub fn with_vault() -> Self {
        let mut device = Self::empty();
        let core = device.core();
        let words = core
            .create_vault(Credential::Device, "")
            .expect("the disk works");
        device.words = Some(words.words.join(" "));
        for uri in [TOTP, HOTP] {
            add(&core, uri).expect("the disk works");
        }
        drop(core);
        device
    }

    /// Like [`TestDevice::with_vault`], with one entry in the trash.
    pub fn with_trash() -> Self {
        let device = Self::with_vault();
        let core = device.open();
        core.trash_entry(&entry(&core, "jane"))
            .expect("the disk works");
        drop(core);
        device
    }

    /// Like [`TestDevice::with_vault`], with a biometric.
    pub fn with_biometric() -> Self {
        let device = Self::with_vault();
        let core = device.open();
        core.set_credential(Credential::Biometric, "why")
            .expect("the disk works");
        drop(core);
        device
    }

    /// A vault with a passphrase at the lowest KDF cost.
    pub fn with_passphrase() -> Self {
        let device = Self::empty();
        let words = RecoveryCode::generate().expect("random numbers are available");
        let phrase = words.words().join(" ");
        let credentials = [
            Key::Passphrase(Passphrase::new(PASSPHRASE)),
            Key::Recovery(words),
        ];
        let entries = VaultData::new().to_json();
        let made = trousseau_vault::create(&credentials, Argon2Params::MIN, &entries, &argon2id);
        let (_, sealed) = made.expect("random numbers are available");
        device.disk.put(VAULT, &sealed);
        Self {
            words: Some(phrase),
            ..device
        }
    }

    /// The vault file is damaged; its previous generation is not.
    pub fn with_damaged_vault() -> Self {
        let device = Self::with_vault();
        let mut bytes = device.disk.files()[VAULT].clone();
        let last = bytes.len() - 20;
        bytes[last] ^= 1;
        device.disk.put(VAULT, &bytes);
        Self {
            must_survive: Some(bytes),
            ..device
        }
    }

    /// The recovery words were renewed, and the power was cut before the previous generation was replaced.
    pub fn with_interrupted_change() -> Self {
        let device = Self::with_vault();
        let old = device.disk.files()[PREVIOUS_GENERATION].clone();
        let core = device.open();
        let renewed = KeyReplacement {
            same: &[Credential::Device, Credential::Recovery],
            ..KeyReplacement::default()
        };
        replace(&core, renewed).expect("the disk works");
        drop(core);
        device.disk.put(PREVIOUS_GENERATION, &old);
        device
    }

    /// The vault file is one that the device does not know; the previous generation is one that it knows.
    pub fn with_foreign_vault() -> Self {
        let device = Self::empty();
        let words = RecoveryCode::generate().expect("random numbers are available");
        let phrase = words.words().join(" ");
        let keys = [Key::Device(DeviceKey::new(&[1; 32])), Key::Recovery(words)];
        let payload = VaultData::new().to_json();
        let made = trousseau_vault::create(&keys, Argon2Params::MIN, &payload, &no_kdf);
        let (vault, _) = made.expect("random numbers are available");
        let own_key = Key::Device(DeviceKey::new(&[2; 32]));
        let own_slot = NewSlot::Credential {
            credential: &own_key,
            cost: Argon2Params::MIN,
        };
        let own = vault.with_new_keys(&[own_slot], &no_kdf);
        let mut own = own.expect("random numbers are available").vault;
        let sealed = own.seal(&payload).expect("random numbers are available");
        // Its author chose a higher generation.
        let mut foreign = vault.clone();
        foreign.continue_after(own.generation());
        let foreign = foreign
            .seal(&payload)
            .expect("random numbers are available");
        let stored = [
            (
                SecretId::without_slot(vault.id(), SecretPurpose::Device),
                vec![1; 32],
            ),
            (
                SecretId::without_slot(vault.id(), SecretPurpose::Mark),
                Mark::of(&own).to_bytes(),
            ),
        ];
        device.secret_store.memory().kept.extend(stored);
        device.disk.put(VAULT, &foreign);
        device.disk.put(PREVIOUS_GENERATION, &sealed);
        Self {
            words: Some(phrase),
            must_survive: Some(sealed),
            ..device
        }
    }

    /// Like this device, with bytes that must not be lost.
    pub fn with_file_that_must_survive(mut self, bytes: &[u8]) -> Self {
        self.must_survive = Some(bytes.into());
        self
    }

    /// A copy of this device that can be broken independently.
    pub fn fork(&self) -> Self {
        self.holding(&self.disk.files())
    }

    /// A copy of this device with these files on its disk.
    pub fn holding(&self, files: &Files) -> Self {
        let secret_store = MemorySecretStore::default();
        secret_store.memory().kept = self.secret_store.memory().kept.clone();
        Self {
            disk: FaultyDisk::holding(files),
            secret_store,
            words: self.words.clone(),
            must_survive: self.must_survive.clone(),
            ..Self::empty()
        }
    }

    /// Starts the app.
    pub fn core(&self) -> Core {
        let core = Core::new(Config {
            disk: Arc::new(self.disk.clone()),
            clock: Box::new(NoonClock),
            secret_store: Arc::new(self.secret_store.clone()),
            ..Config::bare(self.folder.path().into())
        });
        core.refresh_capabilities();
        core
    }

    /// Starts the app and unlocks the vault.
    pub fn open(&self) -> Core {
        let core = self.core();
        self.unlock(&core).expect("the vault opens");
        core
    }

    /// Unlocks without a code, or else with the recovery words. Both are fast.
    pub fn unlock(&self, core: &Core) -> Result<Phase> {
        let status = core.status()?;
        let kind = [Credential::Device, Credential::Recovery]
            .into_iter()
            .find(|kind| status.credentials.contains(kind))
            .unwrap_or(Credential::Device);
        let text = self.words.as_deref().unwrap_or_default();
        Ok(core.unlock(kind, text)?.phase)
    }

    /// The ids of all slots in all files.
    pub fn slot_ids(&self) -> BTreeSet<String> {
        let files = self.disk.files();
        files.values().flat_map(|bytes| slot_ids(bytes)).collect()
    }

    /// The state of these files.
    pub fn state(&self, files: &Files, old_slots: &BTreeSet<String>) -> State {
        let Some(bytes) = files.get(VAULT) else {
            return State::Nothing;
        };
        let Ok(summary) = trousseau_vault::inspect(bytes) else {
            return State::Unreadable(bytes.clone());
        };
        let Some(opened) = self.open_with_crates(bytes) else {
            return State::Unreadable(bytes.clone());
        };
        let slots = summary.slots.iter().map(|slot| {
            (
                format!("{:?}", slot.kind),
                old_slots.contains(&id(slot.id)),
                slot.cost.map(|cost| cost.memory_kib),
            )
        });
        State::Vault {
            entries: entry_fields(&opened),
            slots: slots.collect(),
            opened_by: self.opened_by(bytes),
            attempts: attempts(files),
        }
    }

    /// The kinds of those keys of the device and first recovery words that open a file.
    pub fn opened_by(&self, bytes: &[u8]) -> BTreeSet<String> {
        let keys = self.keys(bytes).into_iter();
        keys.filter(|key| trousseau_vault::open(bytes, key, &no_kdf).is_ok())
            .map(|key| format!("{:?}", key.kind()))
            .collect()
    }

    /// The ids of the entries in a vault file, if a key without a slow KDF opens it.
    pub fn entry_ids(&self, bytes: &[u8]) -> Option<BTreeSet<EntryId>> {
        let entries = self.open_with_crates(bytes)?;
        Some(entries.iter().map(|entry| entry.id).collect())
    }

    /// The entries of a vault file, opened with any key without a slow KDF.
    fn open_with_crates(&self, bytes: &[u8]) -> Option<VaultData> {
        let keys = self.keys(bytes);
        let opened = keys
            .iter()
            .find_map(|key| trousseau_vault::open(bytes, key, &no_kdf).ok())?;
        VaultData::from_json(&opened.payload).ok()
    }

    /// The keys of this device, and the recovery words.
    fn keys(&self, bytes: &[u8]) -> Vec<Key> {
        let Ok(summary) = trousseau_vault::inspect(bytes) else {
            return Vec::new();
        };
        let stored = |kind, purpose| {
            let slot = summary.slots.iter().find(|slot| slot.kind == kind)?;
            let ids = [
                SecretId::for_slot(summary.vault, purpose, slot.id),
                SecretId::without_slot(summary.vault, purpose),
            ];
            let memory = self.secret_store.memory();
            let stored = ids.iter().find_map(|id| memory.kept.get(id))?;
            let key: &[u8; 32] = stored.as_slice().try_into().ok()?;
            Some(DeviceKey::new(key))
        };
        let device = stored(SlotKind::Device, SecretPurpose::Device).map(Key::Device);
        let biometric = stored(SlotKind::Biometric, SecretPurpose::Biometric).map(Key::Biometric);
        let words = self
            .words
            .as_deref()
            .map(|words| Key::Recovery(RecoveryCode::parse(words).expect("the words are valid")));
        device.into_iter().chain(biometric).chain(words).collect()
    }
}
