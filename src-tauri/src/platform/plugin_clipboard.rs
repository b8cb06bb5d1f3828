//! The clipboard of Android, macOS and Windows, through Tauri's plugin.

use std::time::Duration;

use tauri::{AppHandle, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;
use zeroize::Zeroizing;

use super::bounded_calls::BoundedCalls;
use crate::clipboard::{Clipboard, Unavailable};

/// How long the owner of the clipboard may take to answer. Nothing in this app waits longer.
const TIMEOUT: Duration = Duration::from_secs(1);

/// The system's clipboard. The program that last copied something may answer slowly or never. While one call
/// hangs, no other is made.
pub struct PluginClipboard<R: Runtime> {
    app: AppHandle<R>,
    calls: BoundedCalls,
}

impl<R: Runtime> PluginClipboard<R> {
    /// The clipboard of `app`.
    pub fn new(app: AppHandle<R>) -> Self {
        Self {
            app,
            calls: BoundedCalls::new(1, TIMEOUT),
        }
    }
}

impl<R: Runtime> Clipboard for PluginClipboard<R> {
    /// Text that is written after the timeout is cleared again, because the caller was told that writing
    /// failed.
    fn write_secret(&self, text: &str, _seconds: u32) -> Result<(), Unavailable> {
        let text = Zeroizing::new(text.to_owned());
        let (app, undoes) = (self.app.clone(), self.app.clone());
        let write = move || app.clipboard().write_secret(text.as_str());
        let undo = move |_| drop(undoes.clipboard().clear());
        match self.calls.run(write, undo) {
            Some(Ok(())) => Ok(()),
            Some(Err(_)) | None => Err(Unavailable),
        }
    }

    /// Android lets no app in the background read the clipboard.
    fn works_in_background(&self) -> bool {
        cfg!(desktop)
    }

    fn clear_if_ours(&self, text: &str) -> Result<bool, Unavailable> {
        let text = Zeroizing::new(text.to_owned());
        let app = self.app.clone();
        let clear = move || {
            let there = app.clipboard().read_text().map(Zeroizing::new)?;
            if there == text {
                app.clipboard().clear()?;
                return Ok(true);
            }
            Ok(false)
        };
        let done: Option<Result<_, tauri_plugin_clipboard_manager::Error>> =
            self.calls.run(clear, drop);
        done.and_then(Result::ok).ok_or(Unavailable)
    }
}
