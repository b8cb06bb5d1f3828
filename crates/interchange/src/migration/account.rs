use trousseau_otp::{
    Algorithm, Digits, KeyUri, OtpParams, OtpauthError, Period, Secret, clean_name,
};

use super::message::Parameters;
use super::{Account, Unusable};

/// One account of a batch. A value that is not known is refused: taking another in its place would give wrong codes.
pub fn read(mut parameters: Parameters) -> Account {
    let name = match (&*parameters.issuer, &*parameters.name) {
        ("", name) => name.to_owned(),
        (issuer, "") => issuer.to_owned(),
        (issuer, name) => format!("{issuer}, {name}"),
    };
    key_uri(&mut parameters).map_err(|reason| {
        let name = clean_name(&name).chars().take(KeyUri::MAX_NAME).collect();
        Unusable { name, reason }
    })
}

fn key_uri(parameters: &mut Parameters) -> Result<KeyUri, OtpauthError> {
    let secret = std::mem::take(&mut parameters.secret);
    if secret.is_empty() {
        return Err(OtpauthError::SecretMissing);
    }
    let secret = Secret::from_bytes(secret)?;
    let params = params(parameters)?;
    KeyUri::from_names(&parameters.name, &parameters.issuer, secret, params)
}

/// There is no period in it: it is always 30 s.
fn params(parameters: &Parameters) -> Result<OtpParams, OtpauthError> {
    let algorithm = match parameters.algorithm {
        0 | 1 => Algorithm::Sha1,
        2 => Algorithm::Sha256,
        3 => Algorithm::Sha512,
        _ => return Err(OtpauthError::AlgorithmUnsupported),
    };
    let digits = match parameters.digits {
        0 | 1 => Digits::default(),
        2 => EIGHT,
        _ => {
            let (min, max) = (Digits::MIN, Digits::MAX);
            return Err(OtpauthError::DigitsOutOfRange { min, max });
        }
    };
    match parameters.kind {
        0 | 2 => Ok(OtpParams::Totp {
            algorithm,
            digits,
            period: Period::default(),
        }),
        1 => Ok(OtpParams::Hotp {
            algorithm,
            digits,
            counter: u64::try_from(parameters.counter)
                .map_err(|_| OtpauthError::CounterOutOfRange)?,
        }),
        _ => Err(OtpauthError::UnsupportedType { known: None }),
    }
}

const EIGHT: Digits = match Digits::new(8) {
    Ok(digits) => digits,
    Err(_) => unreachable!(),
};
