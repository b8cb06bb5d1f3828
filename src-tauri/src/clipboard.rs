//! The copied code: marked as a secret, and cleared from the clipboard when its time is over.

use zeroize::Zeroizing;

use crate::clock::MonotonicTime;

/// The clipboard could not be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable;

/// The system's clipboard; tests use their own.
pub trait Clipboard: Send + Sync {
    /// Writes `text`, marked so that clipboard histories and other devices ignore it. If the system supports an
    /// expiry date, the text expires after `seconds`; 0 means never.
    ///
    /// # Errors
    /// [`Unavailable`] if the system has no clipboard or refuses.
    fn write_secret(&self, text: &str, seconds: u32) -> Result<(), Unavailable>;

    /// Whether it can be read and cleared while the window is in the background.
    fn works_in_background(&self) -> bool;

    /// Clears the clipboard if it still contains `text`, which this app wrote; returns whether it did. Another
    /// program can delay this by at most a second.
    ///
    /// # Errors
    /// [`Unavailable`] if the clipboard could not be read or cleared; the caller tries again.
    fn clear_if_ours(&self, text: &str) -> Result<bool, Unavailable>;
}

/// A system without a clipboard.
pub struct NoClipboard;

impl Clipboard for NoClipboard {
    fn write_secret(&self, _: &str, _: u32) -> Result<(), Unavailable> {
        Err(Unavailable)
    }

    fn works_in_background(&self) -> bool {
        true
    }

    fn clear_if_ours(&self, _: &str) -> Result<bool, Unavailable> {
        Ok(false)
    }
}

/// How long to retry clearing a code if the clipboard does not answer. Limited, because some clipboards report
/// with the same error that they contain no text.
const RETRY_FOR_MS: u64 = 60_000;

/// The code that this app wrote into the clipboard.
#[derive(Default)]
pub struct CopiedCode(Option<Copied>);

struct Copied {
    text: Zeroizing<String>,
    /// When to clear it; `None` to keep it until the user locks the vault.
    clear_at: Option<MonotonicTime>,
    /// When the app first tried to clear it without success.
    clearing_since: Option<MonotonicTime>,
}

impl CopiedCode {
    /// Copies `text` into the clipboard for `seconds` from `now`; 0 keeps it until the user locks the vault.
    ///
    /// # Errors
    /// [`Unavailable`]. A code copied before is still cleared in time. The new code is, too, because it may be
    /// there in spite of the error.
    pub fn copy_code(
        &mut self,
        text: &str,
        seconds: u32,
        now: MonotonicTime,
        clipboard: &dyn Clipboard,
    ) -> Result<(), Unavailable> {
        let copied = Copied {
            text: Zeroizing::new(text.to_owned()),
            clear_at: (seconds > 0).then(|| now.plus_ms(u64::from(seconds) * 1000)),
            clearing_since: None,
        };
        let written = clipboard.write_secret(text, seconds);
        if written.is_ok() || self.0.is_none() {
            self.0 = Some(copied);
        }
        written
    }

    /// Whether it is time to clear the code.
    pub fn is_due(&self, now: MonotonicTime) -> bool {
        let clear_at = self.0.as_ref().and_then(|copied| copied.clear_at);
        clear_at.is_some_and(|clear_at| clear_at <= now)
    }

    /// Clears the clipboard if it still contains the code; returns whether it did. If the clipboard does not
    /// answer, the code is due from `now` on, and given up after [`RETRY_FOR_MS`].
    pub fn clear(&mut self, now: MonotonicTime, clipboard: &dyn Clipboard) -> bool {
        let Some(ours) = &mut self.0 else {
            return false;
        };
        let cleared = clipboard.clear_if_ours(&ours.text);
        ours.clear_at = Some(ours.clear_at.map_or(now, |clear_at| clear_at.min(now)));
        let clearing_since = *ours.clearing_since.get_or_insert(now);
        if cleared.is_ok() || now.ms_since(clearing_since) >= RETRY_FOR_MS {
            self.0 = None;
        }
        cleared == Ok(true)
    }
}

#[cfg(test)]
#[path = "../tests/mock/clipboard.rs"]
pub(crate) mod mock;

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::mock::MemoryClipboard;
    use super::*;

    fn at(ms: u64) -> MonotonicTime {
        MonotonicTime::from_ms(ms)
    }

    fn copied(clipboard: &MemoryClipboard, seconds: u32) -> CopiedCode {
        let mut copy = CopiedCode::default();
        copy.copy_code("123456", seconds, at(1000), clipboard)
            .unwrap();
        copy
    }

    #[test]
    fn the_code_is_cleared_in_time_and_other_text_is_not() {
        let clipboard = MemoryClipboard::default();
        let mut copy = copied(&clipboard, 30);
        assert_eq!(clipboard.held().as_deref(), Some("123456"));
        assert!(!copy.is_due(at(30_999)));
        assert!(copy.is_due(at(31_000)));
        assert!(copy.clear(at(31_000), &clipboard));
        assert_eq!(*clipboard.held(), None);
        assert!(!copy.is_due(at(u64::MAX)), "it is cleared only once");

        let mut copy = copied(&clipboard, 30);
        *clipboard.held() = Some("a shopping list".into());
        assert!(!copy.clear(at(31_000), &clipboard));
        assert_eq!(clipboard.held().as_deref(), Some("a shopping list"));
        assert!(!copy.is_due(at(u64::MAX)), "the code is not there any more");
    }

    #[test]
    fn clearing_is_retried_while_the_clipboard_does_not_answer() {
        let clipboard = MemoryClipboard::default();
        let mut copy = copied(&clipboard, 30);
        clipboard.silent.store(true, Ordering::Relaxed);
        assert!(
            !copy.clear(at(5_000), &clipboard),
            "the vault was locked by the user"
        );
        assert!(copy.is_due(at(5_001)), "it still has to be cleared");
        assert_eq!(
            copy.copy_code("654321", 30, at(5000), &clipboard),
            Err(Unavailable)
        );
        clipboard.silent.store(false, Ordering::Relaxed);
        assert!(
            copy.clear(at(32_000), &clipboard),
            "the earlier code, which is still there"
        );
        assert_eq!(*clipboard.held(), None);
    }

    #[test]
    fn retrying_stops_after_a_minute() {
        for seconds in [0, 30] {
            let clipboard = MemoryClipboard::default();
            let mut copy = copied(&clipboard, seconds);
            clipboard.silent.store(true, Ordering::Relaxed);
            // Hours late, as after the app was in the background.
            copy.clear(at(9_000_000), &clipboard);
            copy.clear(at(9_059_999), &clipboard);
            assert!(copy.is_due(at(9_060_000)));
            copy.clear(at(9_060_000), &clipboard);
            assert!(!copy.is_due(at(u64::MAX)));
        }
    }

    #[test]
    fn zero_seconds_means_never() {
        let clipboard = MemoryClipboard::default();
        assert!(!copied(&clipboard, 0).is_due(at(u64::MAX)));
    }
}
