use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Sort;

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Light on black, which saves power on some screens.
    Black,
}

/// The text size, relative to the system's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TextSize {
    /// As the system.
    #[default]
    Normal,
    /// 25% larger.
    Large,
    /// 50% larger.
    Larger,
}

/// The language of the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// The system's language; French if the app does not have it.
    #[default]
    System,
    /// French.
    Fr,
    /// English.
    En,
    /// German, in Swiss spelling.
    De,
    /// Italian.
    It,
}

/// The appearance settings, saved outside the vault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Appearance {
    /// The language.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// The text size.
    pub text_size: TextSize,
    /// The order of the list.
    pub sort: Sort,
}

/// The security settings, saved in the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecuritySettings {
    /// Seconds in the background, or without activity, until the app locks: 0 (at once when left), 30, 60, 300 or 900.
    pub lock_after_s: u32,
    /// Seconds for which a row stays expanded: 15, 30, 60 or 120.
    pub reveal_s: u32,
    /// Shows all codes without a touch.
    pub show_all: bool,
    /// Copies a code when it is touched; otherwise a button copies it.
    pub copy_on_touch: bool,
    /// Offers the next code shortly before the shown one expires.
    pub offer_next: bool,
    /// Seconds until a copied code is cleared from the clipboard: 15, 30, 60, or 0 for never.
    pub clipboard_s: u32,
    /// Hides the screen from screenshots and the app switcher, on phones.
    pub hide_screen: bool,
    /// Seconds to add to this device's clock when codes are computed; at most a day in either direction.
    pub clock_offset_s: i32,
}
