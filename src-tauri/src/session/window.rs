//! What the session asks of the phone around the window: hidden from screenshots, kept awake, a short vibration.

use trousseau_wire::Haptic;

use super::Core;
use crate::error::Result;

impl Core {
    /// The window is there, or there again.
    pub fn set_up_window(&self) {
        self.config.system_ui.set_up_window();
        self.apply_screen_hiding();
    }

    /// A code is on the screen, or none is any more: somebody is typing it off.
    ///
    /// # Errors
    /// `Locked`.
    pub fn keep_screen_on(&self, on: bool) -> Result<()> {
        self.session().unlocked()?;
        self.config.system_ui.keep_screen_on(on);
        Ok(())
    }

    /// Answers a touch by a short vibration.
    pub fn vibrate(&self, haptic: Haptic) {
        self.config.system_ui.vibrate(haptic);
    }

    /// A recording of the screen began or ended.
    pub fn recording_changed(&self) {
        self.notify(trousseau_wire::CoreEvent::StatusChanged);
    }

    /// Hides the window as the person chose; a closed vault says nothing of that choice, and hides.
    pub(super) fn apply_screen_hiding(&self) {
        let hide = {
            let session = self.session();
            let open = session.unlocked.as_ref();
            open.is_none_or(|open| open.entries.settings().hide_screen)
        };
        self.config.system_ui.hide_screen(hide);
    }

    /// The vault was opened or closed.
    pub(super) fn status_changed(&self) {
        self.apply_screen_hiding();
        if self.session().unlocked.is_none() {
            self.config.system_ui.keep_screen_on(false);
        }
    }
}
