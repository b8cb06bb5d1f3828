use trousseau_otp::{
    Algorithm, Digits, KeyUri, OtpParams, OtpauthError, Period, Secret, clean_name,
};

use super::proto::OtpParameters;
use super::{Account, Skipped};

/// Converts an account. An unknown value is an error, because a default in its stead would give wrong codes.
pub fn convert(mut message: OtpParameters) -> Account {
    let name = match (&*message.issuer, &*message.name) {
        ("", name) => name.to_owned(),
        (issuer, "") => issuer.to_owned(),
        (issuer, name) => format!("{issuer}, {name}"),
    };
    key_uri(&mut message).map_err(|reason| {
        let name = clean_name(&name).chars().take(KeyUri::MAX_NAME).collect();
        Skipped { name, reason }
    })
}

fn key_uri(message: &mut OtpParameters) -> Result<KeyUri, OtpauthError> {
    let secret = std::mem::take(&mut message.secret);
    if secret.is_empty() {
        return Err(OtpauthError::SecretMissing);
    }
    let secret = Secret::from_bytes(secret)?;
    let params = params(message)?;
    KeyUri::from_names(&message.name, &message.issuer, secret, params)
}

/// The message has no period: it is always 30 s.
fn params(message: &OtpParameters) -> Result<OtpParams, OtpauthError> {
    let algorithm = match message.algorithm {
        0 | 1 => Algorithm::Sha1,
        2 => Algorithm::Sha256,
        3 => Algorithm::Sha512,
        _ => return Err(OtpauthError::AlgorithmUnsupported),
    };
    let digits = match message.digits {
        0 | 1 => Digits::default(),
        2 => EIGHT,
        _ => {
            let (min, max) = (Digits::MIN, Digits::MAX);
            return Err(OtpauthError::DigitsOutOfRange { min, max });
        }
    };
    match message.kind {
        0 | 2 => Ok(OtpParams::Totp {
            algorithm,
            digits,
            period: Period::default(),
        }),
        1 => Ok(OtpParams::Hotp {
            algorithm,
            digits,
            counter: u64::try_from(message.counter).map_err(|_| OtpauthError::CounterOutOfRange)?,
        }),
        _ => Err(OtpauthError::UnsupportedType { known: None }),
    }
}

const EIGHT: Digits = match Digits::new(8) {
    Ok(digits) => digits,
    Err(_) => unreachable!(),
};
