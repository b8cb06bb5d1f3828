//! The security settings, which the vault holds.

use trousseau_otp::ClockOffset;
use trousseau_wire::{CLIPBOARD_S, ErrorCode, LOCK_AFTER_S, REVEAL_S, SecuritySettings};

use super::Core;
use crate::convert;
use crate::error::Result;

impl Core {
    /// The security settings.
    pub fn security_settings(&self) -> Result<SecuritySettings> {
        Ok(convert::security_settings(
            self.session().unlocked()?.entries.settings(),
        ))
    }

    /// Saves the security settings. A change that protects less than before needs a proof of the
    /// last 30 seconds, so that nobody who borrows the unlocked app can weaken it.
    ///
    /// # Errors
    /// `SettingOutOfRange` for a value that is not offered; `ReauthRequired`.
    pub fn set_security_settings(&self, wanted: SecuritySettings) -> Result<SecuritySettings> {
        let offered = LOCK_AFTER_S.contains(&wanted.lock_after_s)
            && REVEAL_S.contains(&wanted.reveal_s)
            && CLIPBOARD_S.contains(&wanted.clipboard_s)
            && ClockOffset::new(wanted.clock_offset_s).is_ok();
        if !offered {
            return Err(ErrorCode::SettingOutOfRange.into());
        }
        let now_ms = self.now_ms();
        let mut session = self.session();
        session.writable()?;
        if weakens(
            &convert::security_settings(session.unlocked()?.entries.settings()),
            &wanted,
        ) {
            session.require_recent_proof(self.monotonic())?;
        }
        session.change_settings(now_ms, |settings| {
            settings.lock_after_s = wanted.lock_after_s;
            settings.reveal_s = wanted.reveal_s;
            settings.show_all = wanted.show_all;
            settings.copy_on_touch = wanted.copy_on_touch;
            settings.offer_next = wanted.offer_next;
            settings.clipboard_s = wanted.clipboard_s;
            settings.hide_screen = wanted.hide_screen;
            settings.clock_offset_s = wanted.clock_offset_s;
        })?;
        drop(session);
        self.apply_screen_hiding();
        Ok(wanted)
    }
}

/// Whether `new` protects less than `old` in anything. Every change of the clock offset counts, because it shows the
/// codes of another time.
fn weakens(old: &SecuritySettings, new: &SecuritySettings) -> bool {
    let cleared_after = |settings: &SecuritySettings| match settings.clipboard_s {
        0 => u32::MAX,
        seconds => seconds,
    };
    new.lock_after_s > old.lock_after_s
        || cleared_after(new) > cleared_after(old)
        || (new.show_all && !old.show_all)
        || (old.hide_screen && !new.hide_screen)
        || new.clock_offset_s != old.clock_offset_s
}
