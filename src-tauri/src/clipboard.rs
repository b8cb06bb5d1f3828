//! A copied code: marked as a secret, and taken out again when its time is over.

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

    /// Whether it can be asked and emptied while the window is not in front.
    fn works_in_background(&self) -> bool;

    /// Empties it if `text`, which we put there, is still there; answers whether it was. No other program can hold this
    /// up for longer than a second.
    ///
    /// # Errors
    /// [`Unavailable`] where that could not be learnt or done: to be tried again.
    fn clear_if_ours(&self, text: &str) -> Result<bool, Unavailable>;
}

/// A machine without a clipboard.
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

/// For so long a clipboard that does not answer is asked to give up a code that is due. Some say with the same error
/// that they hold no text, so that it cannot go on for ever.
const TRIED_MS: u64 = 60_000;

/// The code that is in the clipboard because of us.
#[derive(Default)]
pub struct Copy(Option<Copied>);

struct Copied {
    text: Zeroizing<String>,
    /// When it goes; none where it stays until the vault is locked by hand.
    due: Option<Moment>,
    /// Since when the clipboard was asked to give it up and did not answer.
    asked_since: Option<Moment>,
}

impl Copy {
    /// Puts `text` into the clipboard, to stay `seconds` from `now` on; 0 stays until an explicit lock.
    ///
    /// # Errors
    /// [`Unavailable`]. What was copied before is still taken out in time; and so is this, should it be there after all.
    pub fn put(
        &mut self,
        text: &str,
        seconds: u32,
        now: Moment,
        clipboard: &dyn Clipboard,
    ) -> Result<(), Unavailable> {
        let copied = Copied {
            text: Zeroizing::new(text.to_owned()),
            due: (seconds > 0).then(|| now.plus_ms(u64::from(seconds) * 1000)),
            asked_since: None,
        };
        let written = clipboard.write_secret(text, seconds);
        if written.is_ok() || self.0.is_none() {
            self.0 = Some(copied);
        }
        written
    }

    /// Whether its time is over.
    pub fn is_due(&self, now: Moment) -> bool {
        let due = self.0.as_ref().and_then(|copied| copied.due);
        due.is_some_and(|due| due <= now)
    }

    /// Takes the code out of the clipboard if it is still ours; answers whether it did. Where the clipboard does not
    /// answer the code is not forgotten: it is due from `now` on, and given up after [`TRIED_MS`] of asking.
    pub fn clear(&mut self, now: Moment, clipboard: &dyn Clipboard) -> bool {
        let Some(ours) = &mut self.0 else {
            return false;
        };
        let cleared = clipboard.clear_if_ours(&ours.text);
        ours.due = Some(ours.due.map_or(now, |due| due.min(now)));
        let asked_since = *ours.asked_since.get_or_insert(now);
        if cleared.is_ok() || now.ms_since(asked_since) >= TRIED_MS {
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

    fn at(ms: u64) -> Moment {
        Moment::from_ms(ms)
    }

    fn copied(clipboard: &MemoryClipboard, seconds: u32) -> Copy {
        let mut copy = Copy::default();
        copy.put("123456", seconds, at(1000), clipboard).unwrap();
        copy
    }

    #[test]
    fn it_is_cleared_in_time_and_only_while_ours() {
        let clipboard = MemoryClipboard::default();
        let mut copy = copied(&clipboard, 30);
        assert_eq!(clipboard.held().as_deref(), Some("123456"));
        assert!(!copy.is_due(at(30_999)));
        assert!(copy.is_due(at(31_000)));
        assert!(copy.clear(at(31_000), &clipboard));
        assert_eq!(*clipboard.held(), None);
        assert!(!copy.is_due(at(u64::MAX)), "once only");

        let mut copy = copied(&clipboard, 30);
        *clipboard.held() = Some("a shopping list".into());
        assert!(!copy.clear(at(31_000), &clipboard));
        assert_eq!(clipboard.held().as_deref(), Some("a shopping list"));
        assert!(!copy.is_due(at(u64::MAX)), "it is somebody else's for good");
    }

    #[test]
    fn a_clipboard_that_does_not_answer_is_asked_again() {
        let clipboard = MemoryClipboard::default();
        let mut copy = copied(&clipboard, 30);
        clipboard.silent.store(true, Ordering::Relaxed);
        assert!(!copy.clear(at(5_000), &clipboard), "locked by hand");
        assert!(copy.is_due(at(5_001)), "still to be cleared");
        assert_eq!(
            copy.put("654321", 30, at(5000), &clipboard),
            Err(Unavailable)
        );
        clipboard.silent.store(false, Ordering::Relaxed);
        assert!(
            copy.clear(at(32_000), &clipboard),
            "the one before, which is there"
        );
        assert_eq!(*clipboard.held(), None);
    }

    #[test]
    fn a_clipboard_that_never_answers_is_left_alone_after_a_minute() {
        for seconds in [0, 30] {
            let clipboard = MemoryClipboard::default();
            let mut copy = copied(&clipboard, seconds);
            clipboard.silent.store(true, Ordering::Relaxed);
            // Hours late, as where the app was not in front meanwhile.
            copy.clear(at(9_000_000), &clipboard);
            copy.clear(at(9_059_999), &clipboard);
            assert!(copy.is_due(at(9_060_000)));
            copy.clear(at(9_060_000), &clipboard);
            assert!(!copy.is_due(at(u64::MAX)));
        }
    }

    #[test]
    fn never_means_never() {
        let clipboard = MemoryClipboard::default();
        assert!(!copied(&clipboard, 0).is_due(at(u64::MAX)));
    }
}
