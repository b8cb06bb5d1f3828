//! A copied code: marked as a secret, and taken out again when its time is over.

#[cfg(not(target_os = "ios"))]
use tauri_plugin_clipboard_manager::ClipboardExt;
use zeroize::Zeroizing;

use crate::clock::Moment;

/// The clipboard could not be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable;

/// The machine's clipboard; tests bring their own.
pub trait Clipboard: Send + Sync {
    /// Puts `text` there, marked so that histories and other devices leave it out. Where the system takes an expiry
    /// date it goes by itself after `seconds`; 0 stays.
    ///
    /// # Errors
    /// [`Unavailable`] where the machine has no clipboard or refuses.
    fn write_secret(&self, text: &str, seconds: u32) -> Result<(), Unavailable>;

    /// Whether `text`, which we put there, is what is there.
    fn holds(&self, text: &str) -> bool;

    /// Whether it can be asked and emptied while the window is not in front.
    fn works_in_background(&self) -> bool;

    /// Empties it.
    ///
    /// # Errors
    /// [`Unavailable`] where the machine refuses.
    fn clear(&self) -> Result<(), Unavailable>;
}

/// The system clipboard, through Tauri's plugin.
#[cfg(not(target_os = "ios"))]
pub struct SystemClipboard<R: tauri::Runtime>(pub tauri::AppHandle<R>);

#[cfg(not(target_os = "ios"))]
impl<R: tauri::Runtime> Clipboard for SystemClipboard<R> {
    fn write_secret(&self, text: &str, _seconds: u32) -> Result<(), Unavailable> {
        self.0
            .clipboard()
            .write_secret(text)
            .map_err(|_| Unavailable)
    }

    fn holds(&self, text: &str) -> bool {
        let there = self.0.clipboard().read_text().ok().map(Zeroizing::new);
        there.is_some_and(|there| *there == text)
    }

    /// Android lets nobody read it from behind.
    fn works_in_background(&self) -> bool {
        cfg!(desktop)
    }

    fn clear(&self) -> Result<(), Unavailable> {
        self.0.clipboard().clear().map_err(|_| Unavailable)
    }
}

/// A machine without a clipboard.
pub struct NoClipboard;

impl Clipboard for NoClipboard {
    fn write_secret(&self, _: &str, _: u32) -> Result<(), Unavailable> {
        Err(Unavailable)
    }

    fn holds(&self, _: &str) -> bool {
        false
    }

    fn works_in_background(&self) -> bool {
        true
    }

    fn clear(&self) -> Result<(), Unavailable> {
        Err(Unavailable)
    }
}

/// The code that is in the clipboard because of us.
#[derive(Default)]
pub struct Copy {
    text: Option<Zeroizing<String>>,
    due: Option<Moment>,
}

impl Copy {
    /// A code copied `now`, to stay `seconds`; 0 stays until an explicit lock.
    pub fn new(text: &str, seconds: u32, now: Moment) -> Self {
        let due = (seconds > 0).then(|| now.plus_ms(u64::from(seconds) * 1000));
        Self {
            text: Some(Zeroizing::new(text.to_owned())),
            due,
        }
    }

    /// Whether its time is over.
    pub fn is_due(&self, now: Moment) -> bool {
        self.text.is_some() && self.due.is_some_and(|due| due <= now)
    }

    /// Takes the code out of the clipboard if it is still ours; answers whether it did.
    pub fn clear(&mut self, clipboard: &dyn Clipboard) -> bool {
        let Some(ours) = self.text.take() else {
            return false;
        };
        self.due = None;
        clipboard.holds(&ours) && clipboard.clear().is_ok()
    }
}

#[cfg(test)]
#[path = "../tests/mock/clipboard.rs"]
pub(crate) mod mock;

#[cfg(test)]
mod tests {
    use super::mock::MemoryClipboard;
    use super::*;

    fn at(ms: u64) -> Moment {
        Moment::from_ms(ms)
    }

    #[test]
    fn it_is_cleared_in_time_and_only_while_ours() {
        let clipboard = MemoryClipboard::default();
        clipboard.write_secret("123456", 30).unwrap();
        let mut copy = Copy::new("123456", 30, at(1000));
        assert!(!copy.is_due(at(30_999)));
        assert!(copy.is_due(at(31_000)));
        assert!(copy.clear(&clipboard));
        assert_eq!(*clipboard.held(), None);
        assert!(!copy.is_due(at(u64::MAX)), "once only");

        clipboard.write_secret("a shopping list", 0).unwrap();
        assert!(!Copy::new("123456", 30, at(1000)).clear(&clipboard));
        assert_eq!(clipboard.held().as_deref(), Some("a shopping list"));
    }

    #[test]
    fn never_means_never() {
        assert!(!Copy::new("123456", 0, at(1000)).is_due(at(u64::MAX)));
    }
}
