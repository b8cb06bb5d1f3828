use trousseau_otp::{Algorithm, Digits, KeyUri, Method, OtpauthError, Period, Secret};

use super::message::{DigitCount, Hash, Parameters, Type};
use super::{Account, Unusable};

/// One account of a batch. A value that is not known is refused: taking another in its place would give wrong codes.
pub fn read(mut parameters: Parameters) -> Account {
    let name = match (&*parameters.issuer, &*parameters.name) {
        ("", name) => name.to_owned(),
        (issuer, "") => issuer.to_owned(),
        (issuer, name) => format!("{issuer}, {name}"),
    };
    key_uri(&mut parameters).map_err(|reason| Unusable { name, reason })
}

fn key_uri(parameters: &mut Parameters) -> Result<KeyUri, OtpauthError> {
    let secret = std::mem::take(&mut parameters.secret);
    if secret.is_empty() {
        return Err(OtpauthError::SecretMissing);
    }
    let secret = Secret::from_bytes(secret)?;
    let method = method(parameters)?;
    KeyUri::from_names(&parameters.name, &parameters.issuer, secret, method)
}

/// There is no period in it: it is always 30 s.
fn method(parameters: &Parameters) -> Result<Method, OtpauthError> {
    let algorithm = match Hash::try_from(parameters.algorithm) {
        Ok(Hash::Unspecified | Hash::Sha1) => Algorithm::Sha1,
        Ok(Hash::Sha256) => Algorithm::Sha256,
        Ok(Hash::Sha512) => Algorithm::Sha512,
        Ok(Hash::Md5) | Err(_) => return Err(OtpauthError::AlgorithmUnsupported),
    };
    let digits = match DigitCount::try_from(parameters.digits) {
        Ok(DigitCount::Unspecified | DigitCount::Six) => Digits::default(),
        Ok(DigitCount::Eight) => EIGHT,
        Err(_) => {
            let (min, max) = (Digits::MIN, Digits::MAX);
            return Err(OtpauthError::DigitsOutOfRange { min, max });
        }
    };
    match Type::try_from(parameters.kind) {
        Ok(Type::Unspecified | Type::Totp) => Ok(Method::Totp {
            algorithm,
            digits,
            period: Period::default(),
        }),
        Ok(Type::Hotp) => Ok(Method::Hotp {
            algorithm,
            digits,
            counter: u64::try_from(parameters.counter)
                .map_err(|_| OtpauthError::CounterOutOfRange)?,
        }),
        Err(_) => Err(OtpauthError::UnsupportedType { known: None }),
    }
}

const EIGHT: Digits = match Digits::new(8) {
    Ok(digits) => digits,
    Err(_) => unreachable!(),
};
