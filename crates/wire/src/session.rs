use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The phase of the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// First run: there is no vault yet.
    NoVault,
    /// The vault is locked.
    Locked,
    /// Too many wrong attempts: no attempt is taken until `Status::rateLimitedUntilMs`.
    RateLimited,
    /// A credential is being tried.
    Unlocking,
    /// The vault is unlocked.
    Unlocked,
    /// The previous generation is unlocked; nothing can be changed.
    ReadOnly,
    /// The vault file cannot be read. It is never overwritten.
    Damaged,
    /// The vault was written by a newer version of the app.
    Unsupported,
}

/// The platform that the app runs on.
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

/// Who opens the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CameraKind {
    /// The web view, by `getUserMedia`. It sends frames to `scan_frame`.
    Web,
    /// The core, by `start_camera`. The preview comes through a channel.
    Native,
}

/// How the web view sends a picture file to `scan_picture` and a frame to `scan_frame`.
///
/// A frame is its width and height (two bytes each, little-endian), followed by `width * height` bytes of luma.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum FrameEncoding {
    /// Raw bytes.
    Raw,
    /// `{ "picture" or "frame": <base64> }`, because Android's bridge turns raw bytes into a list of numbers.
    Base64,
}

/// The state of the app that the page needs before it shows anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The phase of the session.
    pub phase: Phase,
    /// When the next attempt is accepted (Unix time in ms), in phase `rateLimited`.
    #[ts(type = "number | null")]
    pub rate_limited_until_ms: Option<u64>,
    /// Whether the previous generation of the vault is on disk, and can be read by this version.
    pub has_previous_generation: bool,
    /// The disk cannot be written: the vault can be read, and every change fails with `storageReadOnly`.
    pub disk_read_only: bool,
    /// Whether the user has confirmed the recovery words. If not, a reminder is shown. Only known while unlocked.
    pub recovery_confirmed: bool,
    /// The credentials of the vault, in the order to offer them.
    pub credentials: Vec<Credential>,
    /// Whether this device can keep small secrets. Without that, neither an access code nor "no code" can be set.
    pub device_keeps_secrets: bool,
    /// Whether a biometric can be used on this device.
    pub biometric: Biometric,
    /// The vault was unlocked with the recovery words, so the user should set a new credential now.
    pub new_credential_due: bool,
    /// How many saves the unlocked vault is behind the newest known one: the one that this device saw last, or the copy
    /// beside it. 0 if it is the newest. An older vault is read-only until the user accepts it or switches to the copy.
    #[ts(type = "number")]
    pub saves_behind: u64,
    /// The unlocked vault has keys that this device does not know, or is another vault than it saw last. It is read-only until
    /// its keys are replaced or the user switches to the copy beside it.
    pub foreign: bool,
    /// Beside the vault is a newer copy to switch to; or, beside a foreign vault, one that this device knows.
    pub newer_copy: bool,
    /// Whether the vault is still being compared with what this device saw last. It is read-only until then.
    pub comparing: bool,
    /// This device keeps secrets, but did not answer what it saw last, or has not seen this vault yet. An older or foreign
    /// vault would not be noticed.
    pub not_compared: bool,
    /// Another app has shared something: call `take_shared`.
    pub shared_waiting: bool,
    /// Whether the system sets the clock automatically; `None` if unknown.
    pub sets_clock_itself: Option<bool>,
    /// The screen is being recorded or mirrored.
    pub screen_recorded: bool,
    /// The platform.
    pub platform: Platform,
    /// Who opens the camera.
    pub camera: CameraKind,
    /// How to send frames and pictures.
    pub frame_encoding: FrameEncoding,
    /// The app's version.
    pub version: String,
}

/// A short vibration in response to a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Haptic {
    /// A key was touched.
    Key,
    /// An action succeeded: copied, saved.
    Done,
    /// An action failed.
    Refused,
}

/// An event that the core sends to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CoreEvent {
    /// The status may have changed: call `status`.
    StatusChanged,
    /// The copied code was cleared from the clipboard.
    ClipboardCleared,
}

/// How hard a passphrase is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Strength {
    /// 0 (guessed at once) to 4 (out of reach).
    pub score: u8,
    /// Whether it is long enough to be accepted.
    pub long_enough: bool,
}

/// A recovery word that the user typed back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TypedWord {
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
    /// The positions of the words to type back, from 1, in ascending order.
    pub ask: Vec<u8>,
}

/// A kind of credential that unlocks the vault.
///
/// Commands with a credential also take a `text`: what the user typed; for `biometric` the sentence of the system's dialog
/// and, in a second line, the label of its cancel button; for `device` nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Credential {
    /// A passphrase.
    Passphrase,
    /// The access code: digits, which unlock only together with a secret that this device keeps.
    Pin,
    /// "No code": a secret that this device keeps is enough.
    Device,
    /// A secret that this device gives out after a biometric.
    Biometric,
    /// The twelve recovery words, separated by spaces.
    Recovery,
}

/// Whether a biometric can be used on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Biometric {
    /// There is none, or none that is strong enough.
    Absent,
    /// There is one, but nothing is enrolled.
    NotEnrolled,
    /// It can be used.
    Ready,
}

/// The Argon2id parameters that make guessing a typed credential slow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KdfCost {
    /// Memory in MiB.
    pub memory_mib: u32,
    /// Passes over that memory.
    pub passes: u32,
}

/// A credential of the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CredentialInfo {
    /// Which kind.
    pub credential: Credential,
    /// Its KDF cost; `None` if it is random and cannot be guessed.
    pub kdf_cost: Option<KdfCost>,
}

/// The credentials of the vault, and the KDF costs that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VaultCredentials {
    /// At most one of each kind.
    pub credentials: Vec<CredentialInfo>,
    /// In ascending order.
    pub kdf_costs: Vec<KdfCost>,
}
