use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where the session stands. One transition function in the app moves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// First run: nothing on disk yet.
    NoVault,
    /// A vault is there and closed.
    Locked,
    /// Too many wrong attempts: no attempt is taken until `Status::delayedUntilMs`.
    Delayed,
    /// A credential is being tried.
    Unlocking,
    /// Open for reading and writing.
    Unlocked,
    /// The previous generation is open; nothing can be changed.
    ReadOnly,
    /// The vault file is there and cannot be read. It is never overwritten.
    Unreadable,
    /// The vault was written by a newer version of the app.
    Newer,
}

/// The kind of machine the app runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Platform {
    /// Linux, macOS or Windows.
    Desktop,
    /// Android.
    Android,
    /// iOS or iPadOS.
    Ios,
}

/// Who reads the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CameraKind {
    /// The web view, by `getUserMedia`; frames go to `read_frame`.
    Web,
    /// The core, by `camera_start`; the preview comes through a channel.
    Native,
}

/// How the web view hands a picture file to `read_picture` and a frame to `read_frame`.
///
/// A frame is its width and height, each two bytes, low byte first, followed by
/// `width * height` bytes of luma.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FrameEncoding {
    /// The bytes as they are.
    Raw,
    /// `{ "picture" or "frame": <base64> }`: Android's bridge turns raw bytes into a list of numbers.
    Base64,
}

/// What the UI needs to know before it draws anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Where the session stands.
    pub phase: Phase,
    /// When the next attempt is taken (Unix time in ms), in phase `delayed`.
    #[ts(type = "number | null")]
    pub delayed_until_ms: Option<u64>,
    /// Whether a previous generation of the vault is on disk.
    pub has_backup: bool,
    /// Whether the recovery words were confirmed; false keeps a reminder up. Only known while open.
    pub recovery_confirmed: bool,
    /// The kind of machine.
    pub platform: Platform,
    /// Who reads the camera here.
    pub camera: CameraKind,
    /// How frames travel here.
    pub frame_encoding: FrameEncoding,
    /// The app's version.
    pub version: String,
}

/// Something the core tells without being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Notice {
    /// The session moved to another phase: ask for `status`.
    PhaseChanged,
    /// The copied code was taken out of the clipboard.
    ClipboardCleared,
}

/// How hard a passphrase is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Strength {
    /// 0 (guessed at once) to 4 (very hard), by zxcvbn.
    pub score: u8,
    /// Whether it is long enough to be taken.
    pub long_enough: bool,
}

/// One of the recovery words, as the person typed it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WordAnswer {
    /// Position in the list, from 1.
    pub position: u8,
    /// The word.
    pub word: String,
}

/// Twelve words of the BIP-39 English list, shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryWords {
    /// The words in order.
    pub words: Vec<String>,
    /// The positions to ask back, from 1, in ascending order.
    pub ask: Vec<u8>,
}

/// Which kind of credential the typed text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Credential {
    /// The passphrase.
    Passphrase,
    /// The twelve recovery words, separated by spaces.
    Recovery,
}
