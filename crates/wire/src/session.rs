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
    /// Too many wrong attempts: no attempt is taken until `Status::rateLimitedUntilMs`.
    RateLimited,
    /// A credential is being tried.
    Unlocking,
    /// Open for reading and writing.
    Unlocked,
    /// The previous generation is open; nothing can be changed.
    ReadOnly,
    /// The vault file is there and cannot be read. It is never overwritten.
    Damaged,
    /// The vault was written by a newer version of the app.
    Unsupported,
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
    /// The web view, by `getUserMedia`; frames go to `scan_frame`.
    Web,
    /// The core, by `start_camera`; the preview comes through a channel.
    Native,
}

/// How the web view hands a picture file to `scan_picture` and a frame to `scan_frame`.
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
    pub rate_limited_until_ms: Option<u64>,
    /// Whether a previous generation of the vault is on disk, of a version that can be read.
    pub has_previous_generation: bool,
    /// The disk cannot be written: an open vault can be read, and every change is refused with `storageReadOnly`.
    pub disk_read_only: bool,
    /// Whether the recovery words were confirmed; false keeps a reminder up. Only known while open.
    pub recovery_confirmed: bool,
    /// What opens the vault that is there, in the order in which to offer it.
    pub credentials: Vec<Credential>,
    /// Whether this device keeps secrets for us: without, there is no access code and no "no code at all".
    pub device_keeps_secrets: bool,
    /// Whether this device can open by a biometric.
    pub biometric: Biometric,
    /// Opened with the recovery words: a new credential is to be set now.
    pub new_credential_due: bool,
    /// By how many saves what is open is older than the newest that is known: that which this device saw last, or a copy
    /// beside it. 0 where it is not. An older vault is for reading until it is kept, or a newer copy is taken.
    #[ts(type = "number")]
    pub saves_behind: u64,
    /// What is open was sealed under keys that this device does not know, or is another vault than it saw last here: it is for
    /// reading until its keys are replaced, or the copy beside it is taken.
    pub foreign: bool,
    /// A newer copy lies beside the vault and can take its place; or, beside a foreign vault, one that the device knows.
    pub newer_copy: bool,
    /// Whether what is open is still being compared with what this device saw last: it is for reading until then.
    pub comparing: bool,
    /// This device keeps secrets, and did not say what it saw last, or saw nothing of this vault yet: an older vault, or a
    /// foreign one, would not be noticed.
    pub not_compared: bool,
    /// Another app handed something over: ask `take_shared`.
    pub shared_waiting: bool,
    /// Whether the phone sets its clock by itself; none where it does not say.
    pub sets_clock_itself: Option<bool>,
    /// Somebody records the screen or shows it elsewhere.
    pub screen_recorded: bool,
    /// The kind of machine.
    pub platform: Platform,
    /// Who reads the camera here.
    pub camera: CameraKind,
    /// How frames travel here.
    pub frame_encoding: FrameEncoding,
    /// The app's version.
    pub version: String,
}

/// What a touch is answered with, where the phone can vibrate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Haptic {
    /// A key was touched.
    Key,
    /// Something is done: copied, saved.
    Done,
    /// Something was refused.
    Refused,
}

/// Something the core tells without being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CoreEvent {
    /// The session moved to another phase: ask for `status`.
    StatusChanged,
    /// The copied code was taken out of the clipboard.
    ClipboardCleared,
}

/// How hard a passphrase is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Strength {
    /// 0 (guessed at once) to 4 (out of reach).
    pub score: u8,
    /// Whether it is long enough to be taken.
    pub long_enough: bool,
}

/// One of the recovery words, as the person typed it back.
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
    /// The positions to ask back, from 1, in ascending order.
    pub ask: Vec<u8>,
}

/// A kind of credential: what opens the vault.
///
/// Commands that take one take a `text` with it: what was typed; for `biometric` the sentence that the system's own
/// dialog shows and, in a second line, the word of its button that leaves it; for `device` nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Credential {
    /// A passphrase.
    Passphrase,
    /// The access code: digits, together with a secret that this device keeps.
    Pin,
    /// No code at all: the secret that this device keeps opens.
    Device,
    /// A secret that this device gives after a biometric.
    Biometric,
    /// The twelve recovery words, separated by spaces.
    Recovery,
}

/// Whether this device can open by a biometric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Biometric {
    /// It has none that is strong enough, or none that we can use.
    Absent,
    /// It has one, and nobody is enrolled.
    NotEnrolled,
    /// It can be used.
    Ready,
}

/// What guessing a typed credential costs: the parameters of Argon2id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KdfCost {
    /// Memory in MiB.
    pub memory_mib: u32,
    /// Passes over that memory.
    pub passes: u32,
}

/// One credential that opens the vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CredentialInfo {
    /// Which kind.
    pub credential: Credential,
    /// Its cost; none where it is random and cannot be guessed.
    pub kdf_cost: Option<KdfCost>,
}

/// All that opens the vault, and the costs that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VaultCredentials {
    /// One of each kind at most.
    pub credentials: Vec<CredentialInfo>,
    /// From the cheapest to the dearest.
    pub kdf_costs: Vec<KdfCost>,
}
