//! A clipboard that nobody else sees.
#![allow(dead_code, reason = "each test program takes what it needs of it")]

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Barrier, Mutex, MutexGuard};

use trousseau_app::clipboard::{Clipboard, Unavailable};

/// Shared with its clones, as the machine's outlives the app.
#[derive(Clone, Default)]
pub struct MemoryClipboard {
    held: Arc<Mutex<Option<String>>>,
    /// As on a phone: out of reach from behind.
    pub only_in_front: Arc<AtomicBool>,
    /// Whoever asks waits here for the others, before and after.
    pub gate: Arc<Mutex<Option<Arc<Barrier>>>>,
    /// Nobody gets an answer.
    pub silent: Arc<AtomicBool>,
}

impl MemoryClipboard {
    /// To look at, and to change.
    pub fn held(&self) -> MutexGuard<'_, Option<String>> {
        self.held.lock().expect("nobody panics while holding it")
    }

    fn answers(&self) -> Result<(), Unavailable> {
        let gate = self
            .gate
            .lock()
            .expect("nobody panics while holding it")
            .clone();
        if let Some(gate) = gate {
            gate.wait();
            gate.wait();
        }
        match self.silent.load(Ordering::Relaxed) {
            true => Err(Unavailable),
            false => Ok(()),
        }
    }
}

impl Clipboard for MemoryClipboard {
    fn write_secret(&self, text: &str, _: u32) -> Result<(), Unavailable> {
        self.answers()?;
        *self.held() = Some(text.into());
        Ok(())
    }

    fn works_in_background(&self) -> bool {
        !self.only_in_front.load(Ordering::Relaxed)
    }

    fn clear_if_ours(&self, text: &str) -> Result<bool, Unavailable> {
        self.answers()?;
        let ours = self.held().as_deref() == Some(text);
        if ours {
            *self.held() = None;
        }
        Ok(ours)
    }
}
