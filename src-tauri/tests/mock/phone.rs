//! A phone that writes down what it is asked.
#![allow(dead_code, reason = "each test program takes what it needs of it")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use trousseau_app::platform::phone::{Phone, SharedReadError};
use trousseau_wire::Feel;
use zeroize::Zeroizing;

/// Shared with its clones.
#[derive(Clone, Default)]
pub struct MemoryPhone(Arc<Mutex<Around>>);

/// How it stands, and how it answers.
#[derive(Default)]
pub struct Around {
    /// How often it was told that its window is there.
    pub settled: u32,
    pub hidden: bool,
    pub awake: bool,
    pub felt: Vec<Feel>,
    pub sets_clock_itself: Option<bool>,
    pub locked: bool,
    /// Asked anything about itself, it panics.
    pub panics: bool,
    pub recorded: bool,
    /// What other apps share, by address.
    pub shared: HashMap<String, Vec<u8>>,
}

impl MemoryPhone {
    /// To look at, and to change.
    pub fn around(&self) -> MutexGuard<'_, Around> {
        self.0.lock().expect("nobody panics while holding it")
    }
}

impl Phone for MemoryPhone {
    fn settle(&self) {
        self.around().settled += 1;
    }

    fn hide_screen(&self, hide: bool) {
        self.around().hidden = hide;
    }

    fn keep_awake(&self, awake: bool) {
        self.around().awake = awake;
    }

    fn feel(&self, feel: Feel) {
        self.around().felt.push(feel);
    }

    fn sets_clock_itself(&self) -> Option<bool> {
        let panics = self.around().panics;
        assert!(!panics, "a phone that panics");
        self.around().sets_clock_itself
    }

    fn is_locked(&self) -> bool {
        let panics = self.around().panics;
        assert!(!panics, "a phone that panics");
        self.around().locked
    }

    fn is_recorded(&self) -> bool {
        self.around().recorded
    }

    fn read_shared(
        &self,
        address: &str,
        limit: usize,
    ) -> Result<Zeroizing<Vec<u8>>, SharedReadError> {
        let around = self.around();
        let bytes = around
            .shared
            .get(address)
            .ok_or(SharedReadError::Unreadable)?;
        if bytes.len() > limit {
            return Err(SharedReadError::TooLarge);
        }
        Ok(Zeroizing::new(bytes.clone()))
    }
}
