//! Converts every error of the core into an error code for the page. Parameters are numbers and known names; the only input
//! among them is the name of a skipped account.

use serde::Serialize;
use trousseau_entries::{CounterError, EditError, FindError};
use trousseau_interchange::google::{Skipped, TransferCodeError};
use trousseau_otp::{OtpauthError, OutOfRange, SecretError};
use trousseau_scan::{Incomplete, PictureError};
use trousseau_vault::{KdfError, OpenError, RandomError, RecoveryError, SealError, SlotError};
use trousseau_wire::{ErrorCode, WireError};

use crate::platform::secret_store::SecretStoreError;
use crate::storage::StorageError;

/// The error of every command. A type of this crate, so that `?` can convert the errors of other crates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Error(pub WireError);

/// The result of every function of the core that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// The error code.
    pub fn code(&self) -> ErrorCode {
        self.0.code
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self(code.into())
    }
}

impl From<WireError> for Error {
    fn from(error: WireError) -> Self {
        Self(error)
    }
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::AlreadyRunning => ErrorCode::AlreadyRunning,
            StorageError::DiskFull => ErrorCode::DiskFull,
            StorageError::ReadOnly => ErrorCode::StorageReadOnly,
            StorageError::Failed(_) => ErrorCode::StorageFailed,
        }
        .into()
    }
}

impl From<SecretStoreError> for Error {
    fn from(error: SecretStoreError) -> Self {
        match error {
            SecretStoreError::Absent => ErrorCode::DeviceStoreAbsent,
            SecretStoreError::Failed => ErrorCode::DeviceStoreFailed,
            SecretStoreError::Cancelled => ErrorCode::BiometricCancelled,
            SecretStoreError::NotRecognised => ErrorCode::BiometricFailed,
            SecretStoreError::Changed => ErrorCode::BiometricChanged,
        }
        .into()
    }
}

impl From<OpenError> for Error {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::CredentialRejected | OpenError::NoSuchSlot => {
                ErrorCode::CredentialRejected.into()
            }
            OpenError::UnsupportedVersion { version, supported } => {
                WireError::new(ErrorCode::VaultUnsupported)
                    .with("version", version)
                    .with("supported", supported)
                    .into()
            }
            OpenError::Kdf(error) => error.into(),
            _ => ErrorCode::VaultDamaged.into(),
        }
    }
}

impl From<KdfError> for Error {
    fn from(error: KdfError) -> Self {
        match error {
            KdfError::Memory => ErrorCode::MemoryFull.into(),
            _ => ErrorCode::Internal.into(),
        }
    }
}

impl From<RandomError> for Error {
    fn from(_: RandomError) -> Self {
        ErrorCode::Internal.into()
    }
}

impl From<SealError> for Error {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Slot(error) => error.into(),
            _ => ErrorCode::Internal.into(),
        }
    }
}

impl From<SlotError> for Error {
    fn from(error: SlotError) -> Self {
        match error {
            SlotError::Kdf(error) => error.into(),
            _ => ErrorCode::Internal.into(),
        }
    }
}

impl From<RecoveryError> for Error {
    fn from(error: RecoveryError) -> Self {
        match error {
            RecoveryError::Count { count } => WireError::new(ErrorCode::RecoveryWordCount)
                .with("count", count)
                .into(),
            RecoveryError::Unknown { position } => WireError::new(ErrorCode::RecoveryWordUnknown)
                .with("position", position)
                .into(),
            _ => ErrorCode::RecoveryChecksum.into(),
        }
    }
}

impl From<FindError> for Error {
    fn from(error: FindError) -> Self {
        match error {
            FindError::NotFound => ErrorCode::EntryNotFound,
            FindError::Damaged => ErrorCode::EntryDamaged,
            _ => ErrorCode::Internal,
        }
        .into()
    }
}

impl From<EditError> for Error {
    fn from(error: EditError) -> Self {
        match error {
            EditError::NotFound => ErrorCode::EntryNotFound.into(),
            EditError::Damaged => ErrorCode::EntryDamaged.into(),
            EditError::FieldTooLong { max } => WireError::new(ErrorCode::FieldTooLong)
                .with("max", max)
                .into(),
            EditError::ContainsLink => ErrorCode::SecondLink.into(),
            EditError::NameEmpty => ErrorCode::GroupNameMissing.into(),
            EditError::NameTaken => ErrorCode::GroupExists.into(),
            _ => ErrorCode::Internal.into(),
        }
    }
}

impl From<CounterError> for Error {
    fn from(error: CounterError) -> Self {
        match error {
            CounterError::NotFound => ErrorCode::EntryNotFound,
            CounterError::Damaged => ErrorCode::EntryDamaged,
            CounterError::NotCounterBased => ErrorCode::NoCode,
            CounterError::Exhausted => ErrorCode::CounterExhausted,
            _ => ErrorCode::Internal,
        }
        .into()
    }
}

impl From<PictureError> for Error {
    fn from(error: PictureError) -> Self {
        match error {
            PictureError::TooLarge { max_mb } => WireError::new(ErrorCode::FileTooLarge)
                .with("maxMb", max_mb)
                .into(),
            PictureError::TooManyPixels { max_megapixels } => {
                WireError::new(ErrorCode::PictureTooLarge)
                    .with("maxMegapixels", max_megapixels)
                    .into()
            }
            PictureError::CodeUnreadable => ErrorCode::CodeUnreadable.into(),
            PictureError::NotAPicture => ErrorCode::NotAPicture.into(),
        }
    }
}

impl From<Incomplete> for Error {
    /// The part numbers are separated by commas; the page makes a list of them.
    fn from(incomplete: Incomplete) -> Self {
        let places = |places: &[u8]| {
            let places: Vec<String> = places.iter().map(u8::to_string).collect();
            places.join(",")
        };
        WireError::new(ErrorCode::PartsMissing)
            .with("count", incomplete.count)
            .with("read", places(&incomplete.read))
            .with("missing", places(&incomplete.missing))
            .into()
    }
}

impl From<SecretError> for Error {
    fn from(error: SecretError) -> Self {
        match error {
            SecretError::Empty => ErrorCode::SecretMissing.into(),
            SecretError::Character {
                character,
                position,
            } => WireError::new(ErrorCode::SecretCharacter)
                .with("character", character)
                .with("position", position)
                .into(),
            SecretError::Length { characters } => WireError::new(ErrorCode::SecretLength)
                .with("characters", characters)
                .into(),
            SecretError::TooLong { max } => WireError::new(ErrorCode::FieldTooLong)
                .with("max", max)
                .into(),
            _ => ErrorCode::UriMalformed.into(),
        }
    }
}

impl From<OutOfRange> for Error {
    fn from(error: OutOfRange) -> Self {
        let code = if error.parameter == "period" {
            ErrorCode::PeriodOutOfRange
        } else {
            ErrorCode::DigitsOutOfRange
        };
        WireError::new(code)
            .with("min", error.min)
            .with("max", error.max)
            .into()
    }
}

impl From<OtpauthError> for Error {
    fn from(error: OtpauthError) -> Self {
        match error {
            OtpauthError::NotOtpauth => ErrorCode::NotOtpauth.into(),
            OtpauthError::WebAddress => ErrorCode::WebAddress.into(),
            OtpauthError::VendorCode { vendor } => WireError::new(ErrorCode::VendorCode)
                .with("vendor", vendor)
                .into(),
            OtpauthError::Migration => ErrorCode::TransferCodeMalformed.into(),
            OtpauthError::SecondLink => ErrorCode::SecondLink.into(),
            OtpauthError::BrokenLink => ErrorCode::BrokenLink.into(),
            OtpauthError::BareSecret => ErrorCode::BareSecret.into(),
            OtpauthError::UnsupportedType { known: Some(name) } => {
                WireError::new(ErrorCode::UnsupportedType)
                    .with("type", name)
                    .into()
            }
            OtpauthError::UnsupportedType { known: None } => ErrorCode::UnsupportedType.into(),
            OtpauthError::SecretMissing => ErrorCode::SecretMissing.into(),
            OtpauthError::Secret(error) => error.into(),
            OtpauthError::AlgorithmUnsupported => ErrorCode::AlgorithmUnsupported.into(),
            OtpauthError::DigitsOutOfRange { min, max } => {
                WireError::new(ErrorCode::DigitsOutOfRange)
                    .with("min", min)
                    .with("max", max)
                    .into()
            }
            OtpauthError::PeriodOutOfRange { min, max } => {
                WireError::new(ErrorCode::PeriodOutOfRange)
                    .with("min", min)
                    .with("max", max)
                    .into()
            }
            OtpauthError::CounterOutOfRange => ErrorCode::CounterOutOfRange.into(),
            OtpauthError::FieldTooLong { max } => WireError::new(ErrorCode::FieldTooLong)
                .with("max", max)
                .into(),
            _ => ErrorCode::UriMalformed.into(),
        }
    }
}

impl From<TransferCodeError> for Error {
    fn from(error: TransferCodeError) -> Self {
        match error {
            TransferCodeError::NotTransferCode => ErrorCode::NotOtpauth,
            TransferCodeError::Malformed => ErrorCode::TransferCodeMalformed,
            TransferCodeError::Empty => ErrorCode::TransferCodeEmpty,
        }
        .into()
    }
}

impl From<Skipped> for Error {
    /// Adds the account's name.
    fn from(Skipped { name, reason }: Skipped) -> Self {
        Self(Self::from(reason).0.with("name", name))
    }
}
