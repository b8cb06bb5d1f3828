//! A copied code: marked as a secret, and taken out again when its time is over.

use tauri::{AppHandle, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;
use zeroize::Zeroizing;

/// The clipboard could not be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable;

/// The machine's clipboard; tests bring their own.
pub trait Clipboard: Send + Sync {
    /// Puts `text` there, marked so that histories and other devices leave it out.
    ///
    /// # Errors
    /// [`Unavailable`] where the machine has no clipboard or refuses.
    fn write_secret(&self, text: &str) -> Result<(), Unavailable>;

    /// What is there; none where it is empty, no text, or may not be read now.
    fn read(&self) -> Option<Zeroizing<String>>;

    /// Empties it.
    ///
    /// # Errors
    /// [`Unavailable`] where the machine refuses.
    fn clear(&self) -> Result<(), Unavailable>;
}

/// The system clipboard, through Tauri's plugin.
pub struct SystemClipboard<R: Runtime>(pub AppHandle<R>);

impl<R: Runtime> Clipboard for SystemClipboard<R> {
    fn write_secret(&self, text: &str) -> Result<(), Unavailable> {
        self.0
            .clipboard()
            .write_secret(text)
            .map_err(|_| Unavailable)
    }

    fn read(&self) -> Option<Zeroizing<String>> {
        self.0.clipboard().read_text().ok().map(Zeroizing::new)
    }

    fn clear(&self) -> Result<(), Unavailable> {
        self.0.clipboard().clear().map_err(|_| Unavailable)
    }
}

/// A machine without a clipboard.
pub struct NoClipboard;

impl Clipboard for NoClipboard {
    fn write_secret(&self, _: &str) -> Result<(), Unavailable> {
        Err(Unavailable)
    }

    fn read(&self) -> Option<Zeroizing<String>> {
        None
    }

    fn clear(&self) -> Result<(), Unavailable> {
        Err(Unavailable)
    }
}

/// The code that is in the clipboard because of us.
#[derive(Default)]
pub struct Copy {
    text: Option<Zeroizing<String>>,
    due_ms: Option<u64>,
}

impl Copy {
    /// A code copied at `now_ms`, to stay `seconds`; 0 stays until an explicit lock.
    pub fn new(text: &str, seconds: u32, now_ms: u64) -> Self {
        let due_ms = (seconds > 0).then(|| now_ms.saturating_add(u64::from(seconds) * 1000));
        Self {
            text: Some(Zeroizing::new(text.to_owned())),
            due_ms,
        }
    }

    /// Whether its time is over.
    pub fn is_due(&self, now_ms: u64) -> bool {
        self.text.is_some() && self.due_ms.is_some_and(|due| due <= now_ms)
    }

    /// Takes the code out of the clipboard if it is still ours; answers whether it did.
    pub fn clear(&mut self, clipboard: &dyn Clipboard) -> bool {
        let Some(ours) = self.text.take() else {
            return false;
        };
        self.due_ms = None;
        clipboard.read().is_some_and(|there| *there == *ours) && clipboard.clear().is_ok()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    /// A clipboard in memory.
    #[derive(Clone, Default)]
    pub struct FakeClipboard(pub Arc<Mutex<Option<String>>>);

    impl Clipboard for FakeClipboard {
        fn write_secret(&self, text: &str) -> Result<(), Unavailable> {
            *self.0.lock().unwrap() = Some(text.into());
            Ok(())
        }
        fn read(&self) -> Option<Zeroizing<String>> {
            self.0.lock().unwrap().clone().map(Zeroizing::new)
        }
        fn clear(&self) -> Result<(), Unavailable> {
            *self.0.lock().unwrap() = None;
            Ok(())
        }
    }

    #[test]
    fn it_is_cleared_in_time_and_only_while_ours() {
        let clipboard = FakeClipboard::default();
        clipboard.write_secret("123456").unwrap();
        let mut copy = Copy::new("123456", 30, 1000);
        assert!(!copy.is_due(30_999));
        assert!(copy.is_due(31_000));
        assert!(copy.clear(&clipboard));
        assert_eq!(clipboard.read(), None);
        assert!(!copy.is_due(u64::MAX), "once only");

        clipboard.write_secret("a shopping list").unwrap();
        assert!(!Copy::new("123456", 30, 1000).clear(&clipboard));
        assert_eq!(clipboard.read().unwrap().as_str(), "a shopping list");
    }

    #[test]
    fn never_means_never() {
        assert!(!Copy::new("123456", 0, 1000).is_due(u64::MAX));
    }
}
