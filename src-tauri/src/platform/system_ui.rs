//! What a phone does around the window; a desktop does none of it.

use trousseau_wire::Haptic;
use zeroize::Zeroizing;

/// A phone; tests bring their own. Nothing here waits for the person, and what cannot be done is left undone.
pub trait SystemUi: Send + Sync {
    /// The window is there, perhaps another one than before: what it was told is to be told again.
    fn set_up_window(&self);

    /// Keeps what the window shows out of screenshots, recordings and the list of apps.
    fn hide_screen(&self, hide: bool);

    /// Keeps the screen from going dark by itself.
    fn keep_screen_on(&self, awake: bool);

    /// Answers a touch by a short vibration, where the person has not turned that off in the system.
    fn vibrate(&self, haptic: Haptic);

    /// Whether the phone sets its clock by itself; none where it does not say.
    fn sets_clock_itself(&self) -> Option<bool>;

    /// Whether the screen is dark or locked, where only asking tells for sure; asked while the vault is open.
    fn is_screen_locked(&self) -> bool;

    /// Whether somebody records the screen or shows it elsewhere.
    fn is_screen_recorded(&self) -> bool;

    /// The bytes of what another app shared under this address, `limit` of them at most. Waits for that app, but not for
    /// ever: not for the window's own thread.
    ///
    /// # Errors
    /// As [`SharedReadError`] says.
    fn read_shared(
        &self,
        address: &str,
        limit: usize,
    ) -> Result<Zeroizing<Vec<u8>>, SharedReadError>;
}

/// Why there are no bytes of what another app shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedReadError {
    /// There are more than the limit.
    TooLarge,
    /// There is nothing there, it may not be read, or it does not come.
    Unreadable,
}

/// No phone.
pub struct NoSystemUi;

impl SystemUi for NoSystemUi {
    fn set_up_window(&self) {}

    fn hide_screen(&self, _: bool) {}

    fn keep_screen_on(&self, _: bool) {}

    fn vibrate(&self, _: Haptic) {}

    fn sets_clock_itself(&self) -> Option<bool> {
        None
    }

    fn is_screen_locked(&self) -> bool {
        false
    }

    fn is_screen_recorded(&self) -> bool {
        false
    }

    fn read_shared(&self, _: &str, _: usize) -> Result<Zeroizing<Vec<u8>>, SharedReadError> {
        Err(SharedReadError::Unreadable)
    }
}
