//! Android, macOS, Windows: the system's clipboard, through Tauri's plugin.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use tauri::{AppHandle, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;
use zeroize::Zeroizing;

use crate::clipboard::{Clipboard, Unavailable};

/// Whoever owns the clipboard has so long to answer. Nothing of ours waits longer.
const PATIENCE: Duration = Duration::from_secs(1);

/// The system's clipboard. Each call has a thread of its own, as the program that was copied from may be slow to answer,
/// or never do; while one hangs, no other is made.
pub struct PluginClipboard<R: Runtime> {
    app: AppHandle<R>,
    asked: Arc<AtomicBool>,
}

/// A call that is under way, until it ends, however it does.
struct Asking(Arc<AtomicBool>);

impl Drop for Asking {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl<R: Runtime> PluginClipboard<R> {
    /// The clipboard of `app`.
    pub fn new(app: AppHandle<R>) -> Self {
        Self {
            app,
            asked: Arc::default(),
        }
    }

    /// What `work` answers within a second. Where it comes to its end later, `undo` is done: nobody knows of it any more.
    fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&AppHandle<R>) -> Result<T, Unavailable> + Send + 'static,
        undo: impl FnOnce(&AppHandle<R>) + Send + 'static,
    ) -> Result<T, Unavailable> {
        if self.asked.swap(true, Ordering::AcqRel) {
            return Err(Unavailable);
        }
        let (answer, answered) = mpsc::channel();
        let (app, asked) = (self.app.clone(), Arc::clone(&self.asked));
        // Whoever sets it first decides whether it came in time.
        let decided = Arc::new(AtomicBool::new(false));
        let ended = Arc::clone(&decided);
        std::thread::spawn(move || {
            let _asking = Asking(asked);
            let done = work(&app);
            if ended.swap(true, Ordering::AcqRel) {
                undo(&app);
            } else {
                let _ = answer.send(done);
            }
        });
        match answered.recv_timeout(PATIENCE) {
            Ok(done) => done,
            Err(_) if !decided.swap(true, Ordering::AcqRel) => Err(Unavailable),
            // It came to its end just now, or panicked.
            Err(_) => answered.recv().unwrap_or(Err(Unavailable)),
        }
    }
}

impl<R: Runtime> Clipboard for PluginClipboard<R> {
    fn write_secret(&self, text: &str, _seconds: u32) -> Result<(), Unavailable> {
        let text = Zeroizing::new(text.to_owned());
        self.ask(
            move |app| {
                let written = app.clipboard().write_secret(text.as_str());
                written.map_err(|_| Unavailable)
            },
            |app| drop(app.clipboard().clear()),
        )
    }

    /// Android lets nobody read it from behind.
    fn works_in_background(&self) -> bool {
        cfg!(desktop)
    }

    fn clear_if_ours(&self, text: &str) -> Result<bool, Unavailable> {
        let text = Zeroizing::new(text.to_owned());
        let clear = move |app: &AppHandle<R>| {
            let there = app.clipboard().read_text().map(Zeroizing::new);
            let there = there.map_err(|_| Unavailable)?;
            if there != text {
                return Ok(false);
            }
            let cleared = app.clipboard().clear();
            cleared.map(|()| true).map_err(|_| Unavailable)
        };
        self.ask(clear, |_| ())
    }
}
