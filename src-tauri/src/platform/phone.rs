//! What a phone does around the window; a desktop does none of it.

use trousseau_wire::Feel;
use zeroize::Zeroizing;

/// A phone; tests bring their own. Nothing here waits for the person, and what cannot be done is left undone.
pub trait Phone: Send + Sync {
    /// The window is there, perhaps another one than before: what it was told is to be told again.
    fn settle(&self);

    /// Keeps what the window shows out of screenshots, recordings and the list of apps.
    fn hide_screen(&self, hide: bool);

    /// Keeps the screen from going dark by itself.
    fn keep_awake(&self, awake: bool);

    /// Answers a touch by a short vibration, where the person has not turned that off in the system.
    fn feel(&self, feel: Feel);

    /// Whether the phone sets its clock by itself; none where it does not say.
    fn sets_clock_itself(&self) -> Option<bool>;

    /// Whether the screen is dark or locked, where only asking tells for sure; asked while the vault is open.
    fn is_locked(&self) -> bool;

    /// Whether somebody records the screen or shows it elsewhere.
    fn is_recorded(&self) -> bool;

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
pub struct NoPhone;

impl Phone for NoPhone {
    fn settle(&self) {}

    fn hide_screen(&self, _: bool) {}

    fn keep_awake(&self, _: bool) {}

    fn feel(&self, _: Feel) {}

    fn sets_clock_itself(&self) -> Option<bool> {
        None
    }

    fn is_locked(&self) -> bool {
        false
    }

    fn is_recorded(&self) -> bool {
        false
    }

    fn read_shared(&self, _: &str, _: usize) -> Result<Zeroizing<Vec<u8>>, SharedReadError> {
        Err(SharedReadError::Unreadable)
    }
}
