use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Sort;

/// The colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Light on black, which costs some screens no power.
    Black,
}

/// How large texts are, on top of what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TextSize {
    /// As the system says.
    #[default]
    Normal,
    /// A quarter larger.
    Large,
    /// Half as large again.
    Larger,
}

/// The language of the app.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// As the system says; French where it says none of ours.
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

/// Settings that bear on nothing but looks; kept outside the vault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Appearance {
    /// The language.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// How large texts are.
    pub text_size: TextSize,
    /// The order of the list.
    pub sort: Sort,
}

/// Settings that bear on safety; kept inside the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecuritySettings {
    /// Seconds in the background, or without a touch, before the app locks: 0 (at once when left), 30, 60, 300 or 900.
    pub lock_after_s: u32,
    /// Seconds a row stays open: 15, 30, 60 or 120.
    pub reveal_s: u32,
    /// Shows every code without a touch.
    pub show_all: bool,
    /// Copies a code that is touched; otherwise a button does.
    pub copy_on_touch: bool,
    /// Offers the next code when the one that is shown is about to expire.
    pub offer_next: bool,
    /// Seconds until a copied code is taken out of the clipboard: 15, 30, 60, or 0 for never.
    pub clipboard_s: u32,
    /// Keeps the screen out of screenshots and of the list of apps, on a phone.
    pub hide_screen: bool,
    /// Seconds to add to this device's clock before codes are computed: a day at most, either way.
    pub clock_offset_s: i32,
}
