//! Linux: the desktop's clipboard, through the window's own library.
//!
//! GTK says when another program takes the clipboard over, so whether a code is still there is known without reading
//! anything that somebody else put there. What is copied is given out by this process alone: with its end, a crash
//! included, it is gone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use gtk::{TargetEntry, TargetFlags, gdk};
use tauri::{AppHandle, Runtime};
use zeroize::Zeroizing;

use crate::clipboard::{Clipboard, Unavailable};

/// The window's thread has so long to answer.
const PATIENCE: Duration = Duration::from_secs(1);

/// The names under which programs ask for a text.
const TEXT: [&str; 5] = [
    "UTF8_STRING",
    "text/plain;charset=utf-8",
    "text/plain",
    "STRING",
    "TEXT",
];

/// What clipboard managers look for before they keep a text: KDE's Klipper, and GNOME's and others after it, keep none
/// for which this is `secret`.
const MARK: &str = "x-kde-passwordManagerHint";
const MARK_INFO: u32 = TEXT.len() as u32;

/// The clipboard of the desktop (X11's selection of that name, and Wayland's).
pub struct Selection<R: Runtime> {
    app: AppHandle<R>,
    /// Whether what we put there last is there.
    ours: Arc<AtomicBool>,
}

/// Dropped by GTK when another program, or another copy of ours, takes the clipboard over.
struct Held(Arc<AtomicBool>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl<R: Runtime> Selection<R> {
    /// The clipboard of the desktop that `app` runs on.
    pub fn new(app: AppHandle<R>) -> Self {
        Self {
            app,
            ours: Arc::default(),
        }
    }

    /// Does `work` on the window's thread, the only one that may speak with GTK.
    fn with<T: Send + 'static>(
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
        // Whoever sets it first decides whether the work is done: what was given up is never done later.
        let decided = Arc::new(AtomicBool::new(false));
        let begun = Arc::clone(&decided);
        self.app
            .run_on_main_thread(move || {
                if !begun.swap(true, Ordering::AcqRel) {
                    let _ = answer.send(work());
                }
            })
            .map_err(|_| Unavailable)?;
        match answered.recv_timeout(PATIENCE) {
            Ok(answer) => Ok(answer),
            Err(_) if !decided.swap(true, Ordering::AcqRel) => Err(Unavailable),
            // It has begun, and GTK makes nobody wait.
            Err(_) => answered.recv().map_err(|_| Unavailable),
        }
    }
}

impl<R: Runtime> Clipboard for Selection<R> {
    fn write_secret(&self, text: &str, _seconds: u32) -> Result<(), Unavailable> {
        let text = Zeroizing::new(text.to_owned());
        let ours = Arc::clone(&self.ours);
        let taken = self.with(move |clipboard| {
            let named =
                |(name, info): (&&str, u32)| TargetEntry::new(name, TargetFlags::empty(), info);
            let targets: Vec<_> = TEXT
                .iter()
                .zip(0..)
                .chain([(&MARK, MARK_INFO)])
                .map(named)
                .collect();
            let held = Held(Arc::clone(&ours));
            let taken = clipboard.set_with_data(&targets, move |_, answer, info| {
                // Alive for as long as this is.
                let _ = &held;
                if info == MARK_INFO {
                    answer.set(&answer.target(), 8, b"secret");
                } else {
                    answer.set_text(&text);
                }
            });
            // Only now: what we put there before is dropped by then.
            ours.store(taken, Ordering::Release);
            taken
        })?;
        if taken { Ok(()) } else { Err(Unavailable) }
    }

    fn works_in_background(&self) -> bool {
        true
    }

    fn clear_if_ours(&self, _text: &str) -> Result<bool, Unavailable> {
        if !self.ours.load(Ordering::Acquire) {
            return Ok(false);
        }
        self.with(gtk::Clipboard::clear)?;
        Ok(true)
    }
}
