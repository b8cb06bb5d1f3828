//! A clipboard that nobody else sees.
#![allow(dead_code, reason = "each test program takes what it needs of it")]

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use trousseau_app::clipboard::{Clipboard, Unavailable};

/// Shared with its clones, as the machine's outlives the app.
#[derive(Clone, Default)]
pub struct MemoryClipboard {
    held: Arc<Mutex<Option<String>>>,
    /// As on a phone: out of reach from behind.
    pub only_in_front: Arc<AtomicBool>,
}

impl MemoryClipboard {
    /// To look at, and to change.
    pub fn held(&self) -> MutexGuard<'_, Option<String>> {
        self.held.lock().expect("nobody panics while holding it")
    }
}

impl Clipboard for MemoryClipboard {
    fn write_secret(&self, text: &str, _: u32) -> Result<(), Unavailable> {
        *self.held() = Some(text.into());
        Ok(())
    }

    fn holds(&self, text: &str) -> bool {
        self.held().as_deref() == Some(text)
    }

    fn works_in_background(&self) -> bool {
        !self.only_in_front.load(Ordering::Relaxed)
    }

    fn clear(&self) -> Result<(), Unavailable> {
        *self.held() = None;
        Ok(())
    }
}
