/// Settings that bear on safety, kept with the entries.
///
/// What the UI offers is the app's to check; every number is kept as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Seconds without a touch, or in the background, before the app locks; 0 at once when left.
    pub lock_after_s: u32,
    /// Seconds a row stays open.
    pub reveal_s: u32,
    /// Shows every code without a touch.
    pub show_all: bool,
    /// Copies a code that is touched; otherwise a button does.
    pub copy_on_touch: bool,
    /// Offers the next code when the one that is shown is about to expire.
    pub offer_next: bool,
    /// Seconds until a copied code is taken out of the clipboard; 0 never.
    pub clipboard_s: u32,
    /// Keeps the screen out of screenshots and of the list of apps, on a phone.
    pub hide_screen: bool,
    /// Seconds to add to this device's clock before codes are computed.
    pub clock_offset_s: i32,
    /// Whether the recovery words were typed back.
    pub recovery_confirmed: bool,
}

impl Default for Preferences {
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

impl Preferences {
    /// The names of those that differ from `other`.
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
