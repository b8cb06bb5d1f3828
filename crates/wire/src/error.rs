use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong, for the UI to put into words. A code exists because the UI says something of its own for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum ErrorCode {
    // The session.
    /// The app is locked.
    Locked,
    /// Open, but only for reading.
    ReadOnly,
    /// A credential is being tried already.
    Busy,
    /// There is a vault already.
    VaultExists,
    /// There is no vault.
    NoVault,
    /// No slot opened with this credential.
    CredentialRejected,
    /// Too early for another attempt. `seconds`.
    RateLimited,
    /// Ask for the passphrase again first.
    ReauthRequired,
    /// Shorter than `min` characters.
    PassphraseTooShort,
    /// An access code has `min` digits or more, and nothing else.
    PinTooShort,
    /// An access code that everybody tries first.
    PinTooWeak,
    /// This device keeps no secrets for us.
    DeviceStoreAbsent,
    /// This device did not give or take the secret now.
    DeviceStoreFailed,
    /// The secret that this device kept for this credential is gone: another one must be used.
    DeviceSecretGone,
    /// No biometric can be used.
    BiometricAbsent,
    /// The system's dialog was left.
    BiometricCancelled,
    /// The biometric was not recognised, or too often not.
    BiometricFailed,
    /// The biometrics of this device changed: another credential must be used, and this one set up again.
    BiometricChanged,
    /// The only credential for every day: another one must be set first.
    LastCredential,
    /// Nothing would be left that opens a copy of the file on another device: to be confirmed.
    NoPortableCredential,
    /// `position`: this is not a word of the list.
    RecoveryWordUnknown,
    /// `count` words were given instead of 12.
    RecoveryWordCount,
    /// The words belong to the list, but not together: one is wrong or out of place.
    RecoveryChecksum,
    /// `position`: not the word that was shown.
    RecoveryWordDiffers,
    // The vault on disk.
    /// The vault file is damaged.
    VaultDamaged,
    /// The vault file is of version `version`; this app reads up to `supported`.
    VaultUnsupported,
    /// The open vault is older than another that is known: it is to be kept first, or the newer copy to be taken.
    VaultOlder,
    /// The open vault is not the one that this device knows: its keys are to be replaced first, or the copy to be taken.
    VaultForeign,
    /// The open vault is still being compared with what this device saw last.
    VaultComparing,
    /// This changes what an older copy of the file opens with: the keys of the vault are replaced with it.
    KeyReplacementRequired,
    /// The vault with new keys is in its place, and the disk did not confirm it: a power cut may bring back the one of before.
    KeyReplacementUnconfirmed,
    /// There is no readable previous generation.
    NoPreviousGeneration,
    /// Another window of the app has the vault.
    AlreadyRunning,
    /// No space left; nothing was changed.
    DiskFull,
    /// The folder cannot be written.
    StorageReadOnly,
    /// The disk answered with an error; nothing was changed.
    StorageFailed,
    // Pictures and texts.
    /// Larger than `maxMb` megabytes.
    FileTooLarge,
    /// Longer than `max` characters.
    TextTooLong,
    /// Not a picture the core can decode.
    NotAPicture,
    /// More than `maxMegapixels` million pixels.
    PictureTooLarge,
    /// No QR code in it.
    NoCodeInPicture,
    /// A QR code in it that cannot be read: it is too small, too blurred or damaged.
    CodeUnreadable,
    /// A QR code with one part of a text on `count` codes. The parts `read` were read, the parts `missing` were not: both are
    /// places from 1, divided by commas.
    PartsMissing,
    /// All parts of a text were read, but they do not belong together.
    PartsDiffer,
    /// A QR code or a text, but no `otpauth` in it.
    NotOtpauth,
    /// A web address (many services print their site's address as a QR code).
    WebAddress,
    /// The code of a vendor's own app: `vendor`. The service must be asked for "another authenticator app".
    VendorCode,
    /// A transfer code of Google Authenticator that was cut short or changed.
    TransferCodeMalformed,
    /// A transfer code of Google Authenticator without an account.
    TransferCodeEmpty,
    /// An `otpauth` type that is not computed: `type` names a known one, or is absent.
    UnsupportedType,
    /// The URI cannot be parsed.
    UriMalformed,
    /// A link seems to be broken over lines or words: its secret or a number may be cut.
    BrokenLink,
    /// A name holds a link, whose secret it would show.
    SecondLink,
    /// A secret without a link around it.
    BareSecret,
    /// More codes than `max` at once.
    TooManyCodes,
    /// More was handed over by other apps than can wait: `count` were not taken.
    TooManyShared,
    /// What another app shared did not come, or not in time.
    SharedUnreadable,
    /// No secret in it.
    SecretMissing,
    /// A character that base32 does not have: `character`, `position` from 1.
    SecretCharacter,
    /// The secret cannot be of this many characters.
    SecretLength,
    /// The hash is none of SHA1, SHA256, SHA512.
    AlgorithmUnsupported,
    /// Digits outside `min` to `max`.
    DigitsOutOfRange,
    /// The period is outside `min` to `max` seconds.
    PeriodOutOfRange,
    /// The counter is not a number from 0 to 2^64-1.
    CounterOutOfRange,
    /// A frame whose size and bytes disagree.
    FrameMalformed,
    // Entries.
    /// The entry is not there any more.
    EntryNotFound,
    /// The entry cannot be read: it can only be deleted for ever.
    EntryDamaged,
    /// The group is not there any more.
    GroupNotFound,
    /// A group without a name.
    GroupNameMissing,
    /// Another group has this name.
    GroupExists,
    /// What was read is not held any more: read it again.
    DraftNotFound,
    /// No recovery words wait to be confirmed, or for new keys.
    RecoveryWordsNotFound,
    /// This entry has no code of this kind.
    NoCode,
    /// Its names are too long for a QR code.
    QrTooLong,
    /// The shown code is too old to be copied.
    CodeExpired,
    /// The counter is at its end.
    CounterExhausted,
    /// A text is longer than `max` characters.
    FieldTooLong,
    /// A setting outside what is offered.
    SettingOutOfRange,
    // The machine.
    /// The clipboard could not be written.
    ClipboardFailed,
    /// The camera may not be used.
    CameraDenied,
    /// There is no camera.
    CameraAbsent,
    /// Another program has the camera.
    CameraBusy,
    /// The camera stopped.
    CameraFailed,
    /// Not enough memory to derive a key.
    MemoryFull,
    /// A fault of our own; nothing was changed.
    Internal,
}

/// An error as it crosses: a code and numbers or names, never input, never a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WireError {
    /// What went wrong.
    pub code: ErrorCode,
    /// Values for the sentence.
    pub params: BTreeMap<String, String>,
}

impl WireError {
    /// An error without values.
    pub fn new(code: ErrorCode) -> Self {
        Self {
            code,
            params: BTreeMap::new(),
        }
    }

    /// The same error with one value more.
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
