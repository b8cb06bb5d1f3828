//! The general pasteboard of iOS, restricted to this device and with an expiry date.

use std::sync::atomic::{AtomicIsize, Ordering};

use objc2::runtime::ProtocolObject;
use objc2_foundation::{NSArray, NSDate, NSItemProviderWriting, NSString};
use objc2_ui_kit::UIPasteboard;

use crate::clipboard::{Clipboard, Unavailable};

/// The pasteboard, and its change count after this app's last change. Reading the pasteboard would ask the user
/// for permission; reading the count does not.
#[derive(Default)]
pub struct Pasteboard(AtomicIsize);

impl Pasteboard {
    fn set_contents(
        &self,
        texts: &[&ProtocolObject<dyn NSItemProviderWriting>],
        expires: Option<&NSDate>,
    ) {
        let board = UIPasteboard::generalPasteboard();
        let objects = NSArray::from_slice(texts);
        board.setObjects_localOnly_expirationDate(&objects, true, expires);
        self.0.store(change_count(&board), Ordering::Relaxed);
    }
}

fn change_count(board: &UIPasteboard) -> isize {
    #[expect(
        unsafe_code,
        reason = "a counter of UIKit, read by one thread at a time"
    )]
    // SAFETY: every call is made while the mutex of the copied code is held, and nothing else in the app uses
    // the pasteboard.
    unsafe {
        board.changeCount()
    }
}

impl Clipboard for Pasteboard {
    fn write_secret(&self, text: &str, seconds: u32) -> Result<(), Unavailable> {
        let expires =
            (seconds > 0).then(|| NSDate::dateWithTimeIntervalSinceNow(f64::from(seconds)));
        let text = NSString::from_str(text);
        self.set_contents(&[ProtocolObject::from_ref(&*text)], expires.as_deref());
        Ok(())
    }

    /// iOS stops an app in the background; the expiry date clears the code then.
    fn works_in_background(&self) -> bool {
        false
    }

    fn clear_if_ours(&self, _text: &str) -> Result<bool, Unavailable> {
        let board = UIPasteboard::generalPasteboard();
        let ours = change_count(&board) == self.0.load(Ordering::Relaxed);
        if ours {
            self.set_contents(&[], None);
        }
        Ok(ours)
    }
}
