/// Settings that affect security, stored in the vault.
///
/// Every number is stored as given; the app checks which values the UI offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Seconds without user activity, or in the background, before the app locks; 0 locks at once in the background.
    pub lock_after_s: u32,
    /// Seconds that an entry's code stays visible.
    pub reveal_s: u32,
    /// Whether all codes are always visible.
    pub show_all: bool,
    /// Whether touching a code copies it; otherwise there is a button.
    pub copy_on_touch: bool,
    /// Whether the next code is offered when the visible one is about to expire.
    pub offer_next: bool,
    /// Seconds until a copied code is removed from the clipboard; 0 never.
    pub clipboard_s: u32,
    /// Whether screenshots and the preview in the list of apps are blocked, on a phone.
    pub hide_screen: bool,
    /// Seconds to add to this device's clock when computing codes.
    pub clock_offset_s: i32,
    /// Whether the user confirmed the recovery words by typing them back.
    pub recovery_confirmed: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lock_after_s: 60,
            reveal_s: 60,
            show_all: false,
            copy_on_touch: true,
            offer_next: true,
            clipboard_s: 30,
            hide_screen: true,
            clock_offset_s: 0,
            recovery_confirmed: false,
        }
    }
}

impl Settings {
    /// The names of the settings that differ from `other`.
    pub(crate) fn differing(&self, other: &Self) -> Vec<&'static str> {
        let Self {
            lock_after_s,
            reveal_s,
            show_all,
            copy_on_touch,
            offer_next,
            clipboard_s,
            hide_screen,
            clock_offset_s,
            recovery_confirmed,
        } = *self;
        let differs = [
            ("lock_after_s", lock_after_s != other.lock_after_s),
            ("reveal_s", reveal_s != other.reveal_s),
            ("show_all", show_all != other.show_all),
            ("copy_on_touch", copy_on_touch != other.copy_on_touch),
            ("offer_next", offer_next != other.offer_next),
            ("clipboard_s", clipboard_s != other.clipboard_s),
            ("hide_screen", hide_screen != other.hide_screen),
            ("clock_offset_s", clock_offset_s != other.clock_offset_s),
            (
                "recovery_confirmed",
                recovery_confirmed != other.recovery_confirmed,
            ),
        ];
        let differing = differs.into_iter().filter(|(_, differs)| *differs);
        differing.map(|(name, _)| name).collect()
    }
}
