//! The limits that the core enforces and the page shows or keeps to, each in the core's own unit.

/// Declares each limit once: as a constant for the core, and as text for the page.
macro_rules! limits {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty = $value:expr;)+) => {
        $(
            $(#[doc = $doc])+
            pub const $name: $type = $value;
        )+

        /// The constants for the page.
        pub(crate) fn typescript() -> String {
            let mut text = String::new();
            $(
                text.push_str("\n/**\n");
                $(
                    text.push_str(" *");
                    text.push_str($doc);
                    text.push('\n');
                )+
                text.push_str(" */\nexport const ");
                text.push_str(stringify!($name));
                text.push_str(" = ");
                text.push_str(&value(&$name));
                text.push_str(";\n");
            )+
            text
        }
    };
}

/// A number, or a list that nobody changes.
fn value(of: &impl std::fmt::Debug) -> String {
    let text = format!("{of:?}");
    if text.starts_with('[') {
        text + " as const"
    } else {
        text
    }
}

limits! {
    /// The largest picture file, in millions of bytes.
    MAX_PICTURE_MB: u32 = 64;
    /// The longest text that is read, in characters, not in units of UTF-16.
    MAX_TEXT_CHARS: usize = 16 * 1024 * 1024;
    /// The most rows a `view` gives, and the most ids a `reveal_visible` takes.
    MAX_ROWS: u32 = 100;
    /// How many digits a code may have.
    DIGITS: [u8; 5] = [6, 7, 8, 9, 10];
    /// Seconds until the app locks that can be chosen; 0 is at once when it is left.
    LOCK_AFTER_S: [u32; 5] = [0, 30, 60, 300, 900];
    /// In sight and unused, the app locks after so many seconds at the earliest.
    IDLE_AT_LEAST_S: u32 = 300;
    /// Seconds for which a row stays open that can be chosen.
    REVEAL_S: [u32; 4] = [15, 30, 60, 120];
    /// Seconds until a copied code is cleared that can be chosen; 0 is never.
    CLIPBOARD_S: [u32; 4] = [15, 30, 60, 0];
}
