//! A device and its disk before something goes wrong, and what can be read of them afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tempfile::TempDir;
use trousseau_app::clock::{Clock, Moment, Uptime};
use trousseau_app::error::Result;
use trousseau_app::platform::secret_store::{SecretId, SecretPurpose};
use trousseau_app::session::{Config, Core};
use trousseau_entries::{EntryId, VaultData};
use trousseau_vault::{
    Argon2Params, Credential as Key, DeviceKey, Mark, NewSlot, Passphrase, RecoveryCode, SlotKind,
    argon2id,
};
use trousseau_wire::{Credential, Phase};

use crate::disk::FaultyDisk;
use crate::keys::{KeyReplacement, replace};
use crate::person::{add, entry};
use crate::secret_store::MemorySecretStore;
use crate::state::{State, attempts, facts, id, no_kdf, slot_ids};

pub const VAULT: &str = "vault.trousseau";
pub const BACKUP: &str = "vault.trousseau.bak";
pub const PASSPHRASE: &str = "trois clés de laiton";
const TOTP: &str = "otpauth://totp/Portail:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const HOTP: &str =
    "otpauth://hotp/Portail:counted?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=0";

pub type Files = BTreeMap<String, Vec<u8>>;

/// Everything that outlives the app.
pub struct World {
    pub disk: FaultyDisk,
    pub secret_store: MemorySecretStore,
    /// The recovery words, where they are known.
    pub words: Option<String>,
    /// Bytes that must stay somewhere, whatever happens.
    pub precious: Option<Vec<u8>>,
    folder: TempDir,
}

struct NoonClock;

impl Clock for NoonClock {
    fn now_ms(&self) -> u64 {
        43_200_000
    }
    fn moment(&self) -> Moment {
        Moment::from_ms(0)
    }
    fn uptime(&self) -> Option<Uptime> {
        None
    }
}

impl World {
    /// A new device.
    pub fn empty() -> Self {
        Self {
            disk: FaultyDisk::default(),
            secret_store: MemorySecretStore::default(),
            words: None,
            precious: None,
            folder: tempfile::tempdir().expect("there is room for a folder"),
        }
    }

    /// A vault that opens without any code, with two entries.
    pub fn with_vault() -> Self {
        let mut world = Self::empty();
        let core = world.core();
        let words = core
            .create_vault(Credential::Device, "")
            .expect("the disk works");
        world.words = Some(words.words.join(" "));
        for uri in [TOTP, HOTP] {
            add(&core, uri).expect("the disk works");
        }
        drop(core);
        world
    }

    /// As [`World::with_vault`], with one of its entries in the trash.
    pub fn with_trash() -> Self {
        let world = Self::with_vault();
        let core = world.open();
        core.trash_entry(&entry(&core, "jane"))
            .expect("the disk works");
        drop(core);
        world
    }

    /// As [`World::with_vault`], with a biometric.
    pub fn with_biometric() -> Self {
        let world = Self::with_vault();
        let core = world.open();
        core.set_credential(Credential::Biometric, "why")
            .expect("the disk works");
        drop(core);
        world
    }

    /// A vault under a passphrase that costs as little as one may.
    pub fn with_passphrase() -> Self {
        let world = Self::empty();
        let words = RecoveryCode::generate().expect("there is randomness");
        let phrase = words.words().join(" ");
        let credentials = [
            Key::Passphrase(Passphrase::new(PASSPHRASE)),
            Key::Recovery(words),
        ];
        let entries = VaultData::new().to_json();
        let made = trousseau_vault::create(&credentials, Argon2Params::MIN, &entries, &argon2id);
        let (_, sealed) = made.expect("there is randomness");
        world.disk.put(VAULT, &sealed);
        Self {
            words: Some(phrase),
            ..world
        }
    }

    /// The vault file cannot be read any more; its previous generation can.
    pub fn damaged() -> Self {
        let world = Self::with_vault();
        let mut bytes = world.disk.files()[VAULT].clone();
        let last = bytes.len() - 20;
        bytes[last] ^= 1;
        world.disk.put(VAULT, &bytes);
        Self {
            precious: Some(bytes),
            ..world
        }
    }

    /// The recovery words were renewed, and the power was cut before the previous generation was replaced.
    pub fn interrupted() -> Self {
        let world = Self::with_vault();
        let old = world.disk.files()[BACKUP].clone();
        let core = world.open();
        let renewed = KeyReplacement {
            same: &[Credential::Device, Credential::Recovery],
            ..KeyReplacement::default()
        };
        replace(&core, renewed).expect("the disk works");
        drop(core);
        world.disk.put(BACKUP, &old);
        world
    }

    /// A file that the device does not know stands in the vault's place, and one that it knows lies beside it.
    pub fn foreign() -> Self {
        let world = Self::empty();
        let words = RecoveryCode::generate().expect("there is randomness");
        let phrase = words.words().join(" ");
        let keys = [Key::Device(DeviceKey::new(&[1; 32])), Key::Recovery(words)];
        let payload = VaultData::new().to_json();
        let made = trousseau_vault::create(&keys, Argon2Params::MIN, &payload, &no_kdf);
        let (vault, _) = made.expect("there is randomness");
        let own_key = Key::Device(DeviceKey::new(&[2; 32]));
        let own_slot = NewSlot::Credential {
            credential: &own_key,
            cost: Argon2Params::MIN,
        };
        let own = vault.with_new_keys(&[own_slot], &no_kdf);
        let mut own = own.expect("there is randomness").vault;
        let sealed = own.seal(&payload).expect("there is randomness");
        // Whoever made it chose a higher generation.
        let mut foreign = vault.clone();
        foreign.continue_after(own.generation());
        let foreign = foreign.seal(&payload).expect("there is randomness");
        let kept = [
            (
                SecretId::without_slot(vault.id(), SecretPurpose::Device),
                vec![1; 32],
            ),
            (
                SecretId::without_slot(vault.id(), SecretPurpose::Mark),
                Mark::of(&own).to_bytes(),
            ),
        ];
        world.secret_store.memory().kept.extend(kept);
        world.disk.put(VAULT, &foreign);
        world.disk.put(BACKUP, &sealed);
        Self {
            words: Some(phrase),
            precious: Some(sealed),
            ..world
        }
    }

    /// With bytes that must stay somewhere.
    pub fn with_precious(mut self, bytes: &[u8]) -> Self {
        self.precious = Some(bytes.into());
        self
    }

    /// The same once more, to be broken apart from this one.
    pub fn fork(&self) -> Self {
        self.holding(&self.disk.files())
    }

    /// The same device, with these files on its disk.
    pub fn holding(&self, files: &Files) -> Self {
        let secret_store = MemorySecretStore::default();
        secret_store.memory().kept = self.secret_store.memory().kept.clone();
        Self {
            disk: FaultyDisk::holding(files),
            secret_store,
            words: self.words.clone(),
            precious: self.precious.clone(),
            ..Self::empty()
        }
    }

    /// The app, started.
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

    /// The app, with its vault open.
    pub fn open(&self) -> Core {
        let core = self.core();
        self.unlock(&core).expect("the vault opens");
        core
    }

    /// Opens without any code, or else with the recovery words: neither takes time.
    pub fn unlock(&self, core: &Core) -> Result<Phase> {
        let status = core.status()?;
        let kind = [Credential::Device, Credential::Recovery]
            .into_iter()
            .find(|kind| status.credentials.contains(kind))
            .unwrap_or(Credential::Device);
        let text = self.words.as_deref().unwrap_or_default();
        Ok(core.unlock(kind, text)?.phase)
    }

    /// The ids of all slots in any of its files.
    pub fn slot_ids(&self) -> BTreeSet<String> {
        let files = self.disk.files();
        files.values().flat_map(|bytes| slot_ids(bytes)).collect()
    }

    /// What is on a disk.
    pub fn state(&self, files: &Files, old_slots: &BTreeSet<String>) -> State {
        let Some(bytes) = files.get(VAULT) else {
            return State::Nothing;
        };
        let Ok(summary) = trousseau_vault::inspect(bytes) else {
            return State::Unreadable(bytes.clone());
        };
        let Some(opened) = self.open_by_crates(bytes) else {
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
            entries: facts(&opened),
            slots: slots.collect(),
            opened_by: self.opened_by(bytes),
            attempts: attempts(files),
        }
    }

    /// The kinds of the device's keys and the first words, where they open a file.
    pub fn opened_by(&self, bytes: &[u8]) -> BTreeSet<String> {
        let keys = self.keys(bytes).into_iter();
        keys.filter(|key| trousseau_vault::open(bytes, key, &no_kdf).is_ok())
            .map(|key| format!("{:?}", key.kind()))
            .collect()
    }

    /// The ids of the entries in a vault file, where a key that takes no time opens it.
    pub fn entry_ids(&self, bytes: &[u8]) -> Option<BTreeSet<EntryId>> {
        let entries = self.open_by_crates(bytes)?;
        Some(entries.iter().map(|entry| entry.id).collect())
    }

    /// The entries of a vault file, by any key that takes no time.
    fn open_by_crates(&self, bytes: &[u8]) -> Option<VaultData> {
        let keys = self.keys(bytes);
        let opened = keys
            .iter()
            .find_map(|key| trousseau_vault::open(bytes, key, &no_kdf).ok())?;
        VaultData::from_json(&opened.payload).ok()
    }

    /// The keys of this device, and the words.
    fn keys(&self, bytes: &[u8]) -> Vec<Key> {
        let Ok(summary) = trousseau_vault::inspect(bytes) else {
            return Vec::new();
        };
        let kept = |kind, role| {
            let slot = summary.slots.iter().find(|slot| slot.kind == kind)?;
            let items = [
                SecretId::for_slot(summary.vault, role, slot.id),
                SecretId::without_slot(summary.vault, role),
            ];
            let memory = self.secret_store.memory();
            let kept = items.iter().find_map(|item| memory.kept.get(item))?;
            let key: &[u8; 32] = kept.as_slice().try_into().ok()?;
            Some(DeviceKey::new(key))
        };
        let device = kept(SlotKind::Device, SecretPurpose::Device).map(Key::Device);
        let biometric = kept(SlotKind::Biometric, SecretPurpose::Biometric).map(Key::Biometric);
        let words = self
            .words
            .as_deref()
            .map(|words| Key::Recovery(RecoveryCode::parse(words).expect("they were made so")));
        device.into_iter().chain(biometric).chain(words).collect()
    }
}
