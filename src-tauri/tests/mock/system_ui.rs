//! A phone that writes down what it is asked.
#![allow(dead_code, reason = "each test program takes what it needs of it")]

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use trousseau_app::platform::system_ui::{SharedReadError, SystemUi};
use trousseau_wire::Haptic;
use zeroize::Zeroizing;

/// Shared with its clones.
#[derive(Clone, Default)]
pub struct MemorySystemUi(Arc<Mutex<SystemUiState>>);

/// How it stands, and how it answers.
#[derive(Default)]
pub struct SystemUiState {
    /// How often it was told that its window is there.
    pub window_set_ups: u32,
    pub hidden: bool,
    pub awake: bool,
    pub vibrations: Vec<Haptic>,
    pub sets_clock_itself: Option<bool>,
    pub locked: bool,
    /// Asked anything about itself, it panics.
    pub panics: bool,
    pub recorded: bool,
    /// What other apps share, by address.
    pub shared: HashMap<String, Vec<u8>>,
}

impl MemorySystemUi {
    /// To look at, and to change.
    pub fn state(&self) -> MutexGuard<'_, SystemUiState> {
        self.0.lock().expect("nobody panics while holding it")
    }
}

impl SystemUi for MemorySystemUi {
    fn set_up_window(&self) {
        self.state().window_set_ups += 1;
    }

    fn hide_screen(&self, hide: bool) {
        self.state().hidden = hide;
    }

    fn keep_screen_on(&self, awake: bool) {
        self.state().awake = awake;
    }

    fn vibrate(&self, haptic: Haptic) {
        self.state().vibrations.push(haptic);
    }

    fn sets_clock_itself(&self) -> Option<bool> {
        let panics = self.state().panics;
        assert!(!panics, "a phone that panics");
        self.state().sets_clock_itself
    }

    fn is_screen_locked(&self) -> bool {
        let panics = self.state().panics;
        assert!(!panics, "a phone that panics");
        self.state().locked
    }

    fn is_screen_recorded(&self) -> bool {
        self.state().recorded
    }

    fn read_shared(
        &self,
        address: &str,
        limit: usize,
    ) -> Result<Zeroizing<Vec<u8>>, SharedReadError> {
        let state = self.state();
        let bytes = state
            .shared
            .get(address)
            .ok_or(SharedReadError::Unreadable)?;
        if bytes.len() > limit {
            return Err(SharedReadError::TooLarge);
        }
        Ok(Zeroizing::new(bytes.clone()))
    }
}
