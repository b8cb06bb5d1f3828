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
