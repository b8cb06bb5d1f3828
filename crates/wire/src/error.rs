use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong. The page has a text for each code; a code exists only because its text differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum ErrorCode {
    // The session.
    /// The app is locked.
    Locked,
    /// The previous generation is unlocked, which cannot be changed.
    ReadOnly,
    /// Another attempt to unlock is running.
    Busy,
    /// There already is a vault.
    VaultExists,
    /// There is no vault.
    NoVault,
    /// No slot opened with this credential.
    CredentialRejected,
    /// Too many wrong attempts; `seconds` to wait.
    RateLimited,
    /// A credential must be proved again first.
    ReauthRequired,
    /// Shorter than `min` characters.
    PassphraseTooShort,
    /// An access code has at least `min` digits, and nothing else.
    PinTooShort,
    /// An access code that attackers try first.
    PinTooWeak,
    /// This device cannot keep secrets.
    DeviceStoreAbsent,
    /// This device did not give or take the secret this time.
    DeviceStoreFailed,
    /// This device has lost the secret of this credential, so another credential must be used.
    DeviceSecretGone,
    /// No biometric can be used.
    BiometricAbsent,
    /// The user cancelled the system's dialog.
    BiometricCancelled,
    /// The biometric was not recognised, or too many times.
    BiometricFailed,
    /// The biometrics of this device have changed: another credential must be used, and this one set up again.
    BiometricChanged,
    /// The last everyday credential: another one must be set first.
    LastCredential,
    /// No credential would be left that unlocks a copy of the file on another device; must be confirmed.
    NoPortableCredential,
    /// The word at `position` is not in the word list.
    RecoveryWordUnknown,
    /// `count` words were given instead of 12.
    RecoveryWordCount,
    /// The checksum is wrong: one word is wrong or in the wrong position.
    RecoveryChecksum,
    /// The word at `position` is not the one that was shown.
    RecoveryWordDiffers,
    // The vault on disk.
    /// The vault file is damaged.
    VaultDamaged,
    /// The vault file has version `version`; this app reads up to `supported`.
    VaultUnsupported,
    /// The vault is older than a known one: the user must accept it, or switch to the newer copy.
    VaultOlder,
    /// The vault is not the one that this device knows: its keys must be replaced, or the user must switch to the copy.
    VaultForeign,
    /// The vault is still being compared with what this device saw last.
    VaultComparing,
    /// This change is useless while old copies keep the same keys, so it must be made by replacing the keys.
    KeyReplacementRequired,
    /// The vault with new keys is written, but the disk did not confirm it: a power cut may bring back the old one.
    KeyReplacementUnconfirmed,
    /// There is no readable previous generation.
    NoPreviousGeneration,
    /// Another process of the app has the vault open.
    AlreadyRunning,
    /// No space is left; nothing was changed.
    DiskFull,
    /// The folder cannot be written.
    StorageReadOnly,
    /// The disk reported an error; nothing was changed.
    StorageFailed,
    // Pictures and texts.
    /// Larger than `maxMb` megabytes.
    FileTooLarge,
    /// Longer than `max` characters.
    TextTooLong,
    /// Not a picture that can be decoded.
    NotAPicture,
    /// More than `maxMegapixels` million pixels.
    PictureTooLarge,
    /// There is no QR code in it.
    NoCodeInPicture,
    /// There is a QR code in it that cannot be read: it is too small, too blurred or damaged.
    CodeUnreadable,
    /// A part of a text on `count` QR codes (structured append). `read` and `missing` list the part numbers from 1, separated
    /// by commas.
    PartsMissing,
    /// All parts of a text were read, but they do not belong together.
    PartsDiffer,
    /// A QR code or a text without an `otpauth` link.
    NotOtpauth,
    /// A web address. Many services print the address of their site as a QR code.
    WebAddress,
    /// A code for the app of `vendor` only. The user must ask the service for "another authenticator app".
    VendorCode,
    /// A transfer code of Google Authenticator that is truncated or altered.
    TransferCodeMalformed,
    /// A transfer code of Google Authenticator without accounts.
    TransferCodeEmpty,
    /// An unsupported `otpauth` type. `type` names it if it is a known one.
    UnsupportedType,
    /// The URI cannot be parsed.
    UriMalformed,
    /// A link seems to be split over lines or words, so its secret or a number may be truncated.
    BrokenLink,
    /// A name contains another link, whose secret it would show.
    SecondLink,
    /// A secret without a link.
    BareSecret,
    /// More codes than `max` at once.
    TooManyCodes,
    /// Other apps have shared more than can wait; `count` were dropped.
    TooManyShared,
    /// What another app has shared could not be read, or not in time.
    SharedUnreadable,
    /// The secret is missing.
    SecretMissing,
    /// `character` at `position` (from 1) is not in the base32 alphabet.
    SecretCharacter,
    /// A secret cannot have this length.
    SecretLength,
    /// The algorithm is not SHA1, SHA256 or SHA512.
    AlgorithmUnsupported,
    /// Digits outside `min` to `max`.
    DigitsOutOfRange,
    /// The period is outside `min` to `max` seconds.
    PeriodOutOfRange,
    /// The counter is not a number from 0 to 2^64-1.
    CounterOutOfRange,
    /// A camera frame whose size does not match its bytes.
    FrameMalformed,
    // Entries.
    /// The entry does not exist any more.
    EntryNotFound,
    /// The entry is damaged and can only be deleted.
    EntryDamaged,
    /// The group does not exist any more.
    GroupNotFound,
    /// A group without a name.
    GroupNameMissing,
    /// Another group has this name.
    GroupExists,
    /// The draft does not exist any more: read it again.
    DraftNotFound,
    /// There are no recovery words to confirm or to replace the keys with.
    RecoveryWordsNotFound,
    /// This entry has no code of this kind.
    NoCode,
    /// Its names are too long for a QR code.
    QrTooLong,
    /// The shown code has expired and cannot be copied.
    CodeExpired,
    /// The counter is at its maximum.
    CounterExhausted,
    /// A text is longer than `max` characters.
    FieldTooLong,
    /// A setting with a value that is not offered.
    SettingOutOfRange,
    // The system.
    /// The clipboard could not be written.
    ClipboardFailed,
    /// The app is not allowed to use the camera.
    CameraDenied,
    /// There is no camera.
    CameraAbsent,
    /// Another program uses the camera.
    CameraBusy,
    /// The camera stopped.
    CameraFailed,
    /// Not enough memory to derive a key.
    MemoryFull,
    /// A bug of the app; nothing was changed.
    Internal,
}

/// An error on the wire: a code with numbers or names, never input, never a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WireError {
    /// The error code.
    pub code: ErrorCode,
    /// Values for the text.
    pub params: BTreeMap<String, String>,
}

impl WireError {
    /// An error without parameters.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            params: BTreeMap::new(),
        }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.into(), value.to_string());
        self
    }
}

impl From<ErrorCode> for WireError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}
