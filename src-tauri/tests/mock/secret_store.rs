//! A device in memory, whose owner says yes, no, or nothing.
#![allow(dead_code, reason = "each test program takes what it needs of it")]

use std::collections::HashMap;
use std::sync::{Arc, Barrier, Mutex, MutexGuard};

use trousseau_app::platform::secret_store::{
    SecretId, SecretPurpose, SecretStore, SecretStoreError,
};
use trousseau_wire::Biometric;
use zeroize::Zeroizing;

/// Shared with its clones, as a real store outlives the app.
#[derive(Clone, Default)]
pub struct MemorySecretStore(Arc<Mutex<Memory>>);

/// Told of all that is kept.
pub type Watcher = Arc<dyn Fn(&HashMap<SecretId, Vec<u8>>) + Send + Sync>;

/// What is kept, and how the device behaves.
#[derive(Clone, Default)]
pub struct Memory {
    pub absent: bool,
    pub kept: HashMap<SecretId, Vec<u8>>,
    pub biometric: Option<Biometric>,
    /// What the dialog of a biometric ends with, in place of a yes.
    pub dialog: Option<SecretStoreError>,
    /// How often it was shown.
    pub asked: u32,
    /// Nothing is deleted.
    pub keeps_all: bool,
    /// What is written is lost.
    pub loses: bool,
    /// Whoever reads something waits here for the others.
    pub gate: Option<Arc<Barrier>>,
    /// Told of all that is kept, after each change.
    pub watcher: Option<Watcher>,
    /// Whoever writes something waits here for the others, before and after.
    pub write_gate: Option<Arc<Barrier>>,
}

impl MemorySecretStore {
    /// To look at, and to change.
    pub fn memory(&self) -> MutexGuard<'_, Memory> {
        self.0.lock().expect("nobody panics while holding it")
    }

    /// Once somebody waits at `gate`, which is [`Memory::gate`], nobody else does. A thread that is to read may come late.
    pub fn hold_the_first_alone(&self, gate: &Arc<Barrier>) {
        // The test has it, the memory has it, and whoever waits there.
        while Arc::strong_count(gate) < 3 {
            std::thread::yield_now();
        }
        self.memory().gate = None;
    }

    /// Another one, which keeps the same now.
    pub fn copied(&self) -> Self {
        Self(Arc::new(Mutex::new(self.memory().clone())))
    }

    /// One that keeps nothing.
    pub fn absent() -> Self {
        let device = Self::default();
        device.memory().absent = true;
        device
    }

    fn changed(memory: MutexGuard<'_, Memory>) {
        let (watcher, kept) = (memory.watcher.clone(), memory.kept.clone());
        drop(memory);
        if let Some(watcher) = watcher {
            watcher(&kept);
        }
    }

    fn open(&self, item: &SecretId) -> Result<MutexGuard<'_, Memory>, SecretStoreError> {
        let mut memory = self.memory();
        if memory.absent {
            return Err(SecretStoreError::Absent);
        }
        if item.purpose == SecretPurpose::Biometric {
            memory.asked += 1;
            if let Some(error) = memory.dialog {
                return Err(error);
            }
        }
        Ok(memory)
    }
}

impl SecretStore for MemorySecretStore {
    fn keeps_secrets(&self) -> bool {
        !self.memory().absent
    }

    fn biometric(&self) -> Biometric {
        self.memory().biometric.unwrap_or(Biometric::Absent)
    }

    fn read(
        &self,
        item: &SecretId,
        _: &str,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, SecretStoreError> {
        let gate = self.memory().gate.clone();
        gate.map(|gate| gate.wait());
        Ok(self.open(item)?.kept.get(item).cloned().map(Zeroizing::new))
    }

    fn write(&self, item: &SecretId, value: &[u8], _: &str) -> Result<(), SecretStoreError> {
        if let Some(gate) = self.memory().write_gate.take() {
            gate.wait();
            gate.wait();
        }
        let mut memory = self.open(item)?;
        if !memory.loses {
            memory.kept.insert(*item, value.to_vec());
        }
        Self::changed(memory);
        Ok(())
    }

    fn remove(&self, item: &SecretId) -> Result<(), SecretStoreError> {
        let mut memory = self.memory();
        if memory.keeps_all {
            return Err(SecretStoreError::Failed);
        }
        memory.kept.remove(item);
        Self::changed(memory);
        Ok(())
    }
}
