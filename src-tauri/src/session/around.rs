//! What the session asks of the phone around the window: hidden from screenshots, kept awake, a short vibration.

use trousseau_wire::Feel;

use super::Core;
use crate::refused::Answer;

impl Core {
    /// The window is there, or there again.
    pub fn settle_window(&self) {
        self.config.phone.settle();
        self.guard_screen();
    }

    /// A code is on the screen, or none is any more: somebody is typing it off.
    ///
    /// # Errors
    /// `Locked`.
    pub fn show_code(&self, shown: bool) -> Answer<()> {
        self.session().open()?;
        self.config.phone.keep_awake(shown);
        Ok(())
    }

    /// Answers a touch by a short vibration.
    pub fn feel(&self, feel: Feel) {
        self.config.phone.feel(feel);
    }

    /// A recording of the screen began or ended.
    pub fn recording_changed(&self) {
        self.notify(trousseau_wire::Notice::PhaseChanged);
    }

    /// Hides the window as the person chose; a closed vault says nothing of that choice, and hides.
    pub(super) fn guard_screen(&self) {
        let hide = {
            let session = self.session();
            let open = session.open.as_ref();
            open.is_none_or(|open| open.entries.settings().hide_screen)
        };
        self.config.phone.hide_screen(hide);
    }

    /// The vault was opened or closed.
    pub(super) fn phase_changed(&self) {
        self.guard_screen();
        if self.session().open.is_none() {
            self.config.phone.keep_awake(false);
        }
    }
}
