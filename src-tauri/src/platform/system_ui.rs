//! What the system does around the window. Only phones do any of this.

use trousseau_wire::Haptic;
use zeroize::Zeroizing;

/// The system's UI; tests use their own. No function waits for the user, and what the system cannot do is
/// skipped.
pub trait SystemUi: Send + Sync {
    /// Sets up the window, which may be a new one: all settings have to be made again.
    fn set_up_window(&self);

    /// Keeps the window's content out of screenshots, recordings and the list of recent apps.
    fn hide_screen(&self, hide: bool);

    /// Keeps the screen from turning off by itself.
    fn keep_screen_on(&self, awake: bool);

    /// Responds to a touch with a short vibration, unless the user turned that off in the system.
    fn vibrate(&self, haptic: Haptic);

    /// Whether the system sets its clock automatically, or `None` if it does not tell.
    fn sets_clock_itself(&self) -> Option<bool>;

    /// Whether the screen is off or locked. Polled while the vault is open, on systems that do not reliably
    /// notify the app.
    fn is_screen_locked(&self) -> bool;

    /// Whether the screen is being recorded or mirrored.
    fn is_screen_recorded(&self) -> bool;

    /// The bytes that another app shared under this address, at most `limit`. Waits for that app for a limited
    /// time, so this must not be called on the window's thread.
    ///
    /// # Errors
    /// See [`SharedReadError`].
    fn read_shared(
        &self,
        address: &str,
        limit: usize,
    ) -> Result<Zeroizing<Vec<u8>>, SharedReadError>;
}

/// Why shared bytes could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SharedReadError {
    /// There are more bytes than the limit.
    TooLarge,
    /// There are none, this app may not read them, or they do not arrive in time.
    Unreadable,
}

/// A system that does nothing around the window.
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
