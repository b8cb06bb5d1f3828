//! The clipboard of a Linux desktop, through GTK, the window's own library.
//!
//! GTK reports when another program takes over the clipboard. So the app knows whether a code is still there
//! without reading what others copied. The copied code exists in this process only: it is gone when the process
//! ends, also by a crash.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use gtk::{TargetEntry, TargetFlags, gdk};
use tauri::{AppHandle, Runtime};
use zeroize::Zeroizing;

use crate::clipboard::{Clipboard, Unavailable};

/// How long the window's thread may take to answer.
const TIMEOUT: Duration = Duration::from_secs(1);

/// The targets under which programs request text.
const TEXT_TARGETS: [&str; 5] = [
    "UTF8_STRING",
    "text/plain;charset=utf-8",
    "text/plain",
    "STRING",
    "TEXT",
];

/// Clipboard managers look for this target before they store a text: KDE's Klipper, and those of GNOME and
/// others after it, do not store a text for which it is `secret`.
const SECRET_HINT: &str = "x-kde-passwordManagerHint";
const SECRET_HINT_INFO: u32 = TEXT_TARGETS.len() as u32;

/// The clipboard of the desktop (X11's `CLIPBOARD` selection, and Wayland's).
pub struct GtkClipboard<R: Runtime> {
    app: AppHandle<R>,
    /// Whether the clipboard still contains what this app put there last.
    ours: Arc<AtomicBool>,
}

/// GTK drops this when another program, or another copy by this app, takes over the clipboard.
struct Ownership(Arc<AtomicBool>);

impl Drop for Ownership {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl<R: Runtime> GtkClipboard<R> {
    /// The clipboard of the desktop that `app` runs on.
    pub fn new(app: AppHandle<R>) -> Self {
        Self {
            app,
            ours: Arc::default(),
        }
    }

    /// Runs `work` on the window's thread, the only one that may call GTK.
    fn on_main_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&gtk::Clipboard) -> T + Send + 'static,
    ) -> Result<T, Unavailable> {
        let work = || work(&gtk::Clipboard::get(&gdk::SELECTION_CLIPBOARD));
        if !gtk::is_initialized() {
            return Err(Unavailable);
        }
        if gtk::is_initialized_main_thread() {
            return Ok(work());
        }
        let (answer, answered) = mpsc::channel();
        // Set by the work when it begins and by the caller when it gives up. The first one decides, so work
        // that was given up never runs later.
        let decided = Arc::new(AtomicBool::new(false));
        let begun = Arc::clone(&decided);
        self.app
            .run_on_main_thread(move || {
                if !begun.swap(true, Ordering::AcqRel) {
                    let _ = answer.send(work());
                }
            })
            .map_err(|_| Unavailable)?;
        match answered.recv_timeout(TIMEOUT) {
            Ok(answer) => Ok(answer),
            Err(_) if !decided.swap(true, Ordering::AcqRel) => Err(Unavailable),
            // The work has begun. GTK does not block, so the answer comes soon.
            Err(_) => answered.recv().map_err(|_| Unavailable),
        }
    }
}

impl<R: Runtime> Clipboard for GtkClipboard<R> {
    fn write_secret(&self, text: &str, _seconds: u32) -> Result<(), Unavailable> {
        let text = Zeroizing::new(text.to_owned());
        let ours = Arc::clone(&self.ours);
        let is_set = self.on_main_thread(move |clipboard| {
            let named =
                |(name, info): (&&str, u32)| TargetEntry::new(name, TargetFlags::empty(), info);
            let targets: Vec<_> = TEXT_TARGETS
                .iter()
                .zip(0..)
                .chain([(&SECRET_HINT, SECRET_HINT_INFO)])
                .map(named)
                .collect();
            let ownership = Ownership(Arc::clone(&ours));
            let is_set = clipboard.set_with_data(&targets, move |_, answer, info| {
                // Keeps `ownership` alive for as long as this closure.
                let _ = &ownership;
                if info == SECRET_HINT_INFO {
                    answer.set(&answer.target(), 8, b"secret");
                } else {
                    answer.set_text(&text);
                }
            });
            // Only now, because GTK has dropped the previous contents by then, which set this to false.
            ours.store(is_set, Ordering::Release);
            is_set
        })?;
        if is_set { Ok(()) } else { Err(Unavailable) }
    }

    fn works_in_background(&self) -> bool {
        true
    }

    fn clear_if_ours(&self, _text: &str) -> Result<bool, Unavailable> {
        if !self.ours.load(Ordering::Acquire) {
            return Ok(false);
        }
        self.on_main_thread(gtk::Clipboard::clear)?;
        Ok(true)
    }
}
