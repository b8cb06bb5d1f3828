//! Limits that the core enforces and the page shows or keeps to, each in the core's unit.

/// Declares each limit once, as a Rust constant and as TypeScript for the page.
macro_rules! limits {
    ($($(#[doc = $doc:literal])+ $name:ident: $type:ty = $value:expr;)+) => {
        $(
            $(#[doc = $doc])+
            pub const $name: $type = $value;
        )+

        /// The limits in TypeScript.
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

/// A number, or a list as a constant.
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
    /// The longest text that is read, in characters, not in UTF-16 units.
    MAX_TEXT_CHARS: usize = 16 * 1024 * 1024;
    /// The most rows that `list_entries` returns, and the most ids that `reveal_visible` takes.
    MAX_ROWS: u32 = 100;
    /// How many digits a code may have.
    DIGITS: [u8; 5] = [6, 7, 8, 9, 10];
    /// The choices for auto-lock, in seconds; 0 locks at once when the app is left.
    LOCK_AFTER_S: [u32; 5] = [0, 30, 60, 300, 900];
    /// Minimum idle time in seconds before auto-lock while the window is visible.
    IDLE_AT_LEAST_S: u32 = 300;
    /// The choices for how long a row stays expanded, in seconds.
    REVEAL_S: [u32; 4] = [15, 30, 60, 120];
    /// The choices for clearing a copied code, in seconds; 0 for never.
    CLIPBOARD_S: [u32; 4] = [15, 30, 60, 0];
}
