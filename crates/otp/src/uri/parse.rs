use zeroize::Zeroizing;

use super::{
    KeyUri, OtpauthError, UriWarning, label, links,
    query::{self, Query},
    text, vendor,
};
use crate::name::{clean_name, contains_link, form_link};
use crate::{Algorithm, Digits, OtpParams, Period, Secret, SecretError};

/// The type of a URI, before its parameters decide whether a `totp` is Steam.
enum Type {
    Totp,
    Hotp,
    Steam,
}

pub fn parse(text: &str) -> Result<KeyUri, OtpauthError> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    if links::starts(text).len() > 1 {
        return Err(OtpauthError::SecondLink);
    }
    let (scheme, rest) = text.split_once(':').unwrap_or_default();
    let is_scheme = |name: &str| scheme.eq_ignore_ascii_case(name);
    if is_scheme("otpauth") || is_scheme("apple-otpauth") {
        if text.len() > KeyUri::MAX_TEXT {
            return Err(OtpauthError::FieldTooLong {
                max: KeyUri::MAX_TEXT,
            });
        }
        otpauth(rest.strip_prefix("//").ok_or(OtpauthError::Malformed)?)
    } else if is_scheme("otpauth-migration") {
        Err(OtpauthError::Migration)
    } else if is_scheme("motp") {
        Err(OtpauthError::UnsupportedType {
            known: Some("motp"),
        })
    } else if let Some(rest) = rest.strip_prefix("//").filter(|_| is_scheme("steam")) {
        steam(rest)
    } else {
        Err(vendor::classify(text))
    }
}

pub fn from_names(
    label: &str,
    issuer: &str,
    secret: Secret,
    params: OtpParams,
) -> Result<KeyUri, OtpauthError> {
    let (label, issuer) = (clean_name(label), clean_name(issuer));
    let names = if issuer.is_empty() {
        label::Names {
            issuer,
            account: label.trim().to_owned(),
            issuers_differ: false,
        }
    } else {
        label::split(&label, Some(&issuer))
    };
    check(&names)?;
    Ok(KeyUri {
        issuer: names.issuer,
        account: names.account,
        secret,
        params,
        unknown_params: Vec::new(),
        warnings: names
            .issuers_differ
            .then_some(UriWarning::IssuerDiffers)
            .into_iter()
            .collect(),
    })
}

/// `TYPE/LABEL?PARAMETERS`.
fn otpauth(rest: &str) -> Result<KeyUri, OtpauthError> {
    let (path, query) = split_query(rest);
    let (host, label) = path.split_once('/').unwrap_or((path, ""));
    let kind = kind(host)?;
    let mut query = Query::parse(query);
    if query.any_starts_with("2step_") {
        // Two-step enrolment: the app would have to generate the other half of the secret and show it.
        return Err(OtpauthError::VendorCode {
            vendor: vendor::PRIVACYIDEA,
        });
    }
    if query.may_be_truncated("secret") {
        return Err(OtpauthError::BrokenLink);
    }
    let mut warnings = Vec::new();
    let secret = secret(query.take("secret")?, &mut warnings)?;
    let issuer = query.take_name("issuer").map(|issuer| clean_name(&issuer));
    let names = label::split(
        &clean_name(&text::decode_name(label)),
        issuer.as_deref().filter(|issuer| !issuer.is_empty()),
    );
    check(&names)?;
    if names.issuers_differ {
        warnings.push(UriWarning::IssuerDiffers);
    }
    let params = match kind {
        Type::Steam => OtpParams::Steam,
        Type::Totp => totp(&mut query, &names.issuer, &mut warnings)?,
        Type::Hotp => hotp(&mut query, &mut warnings)?,
    };
    if params == OtpParams::Steam {
        for fixed in ["algorithm", "digits", "period", "encoder", "steam"] {
            query.drop_all(fixed);
        }
    }
    let label::Names {
        issuer, account, ..
    } = names;
    Ok(KeyUri {
        issuer,
        account,
        secret,
        params,
        unknown_params: query.into_unknown_params(),
        warnings,
    })
}

/// `BASE32`. Links for the Steam client, such as `steam://run/440`, are refused.
fn steam(rest: &str) -> Result<KeyUri, OtpauthError> {
    let secret_text = rest.trim_end_matches('/');
    if secret_text.contains(['/', '?']) {
        return Err(OtpauthError::NotOtpauth);
    }
    let mut warnings = Vec::new();
    let secret_text = text::decode(secret_text).ok_or(OtpauthError::Malformed)?;
    let secret = secret(Some(secret_text), &mut warnings)?;
    let (issuer, account) = ("Steam".to_owned(), String::new());
    Ok(KeyUri {
        issuer,
        account,
        secret,
        params: OtpParams::Steam,
        unknown_params: Vec::new(),
        warnings,
    })
}

fn kind(host: &str) -> Result<Type, OtpauthError> {
    let unsupported = |known| Err(OtpauthError::UnsupportedType { known });
    match &*host.to_ascii_lowercase() {
        "totp" => Ok(Type::Totp),
        "hotp" => Ok(Type::Hotp),
        "steam" => Ok(Type::Steam),
        "" => Err(OtpauthError::Malformed),
        "pipush" => Err(OtpauthError::VendorCode {
            vendor: vendor::PRIVACYIDEA,
        }),
        "yaotp" => unsupported(Some("yaotp")),
        "motp" => unsupported(Some("motp")),
        "daypassword" => unsupported(Some("daypassword")),
        _ => unsupported(None),
    }
}

fn secret(
    value: Option<Zeroizing<String>>,
    warnings: &mut Vec<UriWarning>,
) -> Result<Secret, OtpauthError> {
    let value = value.ok_or(OtpauthError::SecretMissing)?;
    match Secret::parse_base32_of_any_length(&value) {
        Ok((secret, false)) => Ok(secret),
        Ok((secret, true)) => {
            warnings.push(UriWarning::SecretLength);
            Ok(secret)
        }
        Err(SecretError::Empty) => Err(OtpauthError::SecretMissing),
        Err(error) => Err(error.into()),
    }
}

/// Refuses names that are too long, and names that contain a link or form one together, because its secret would be shown.
fn check(names: &label::Names) -> Result<(), OtpauthError> {
    const MAX: usize = KeyUri::MAX_NAME;
    for name in [&names.issuer, &names.account] {
        if name.chars().nth(MAX).is_some() {
            return Err(OtpauthError::FieldTooLong { max: MAX });
        }
        if contains_link(name) {
            return Err(OtpauthError::SecondLink);
        }
    }
    if form_link(&names.issuer, &names.account) {
        return Err(OtpauthError::SecondLink);
    }
    Ok(())
}

/// Splits path and query. The label may contain question marks: the query begins at the first one that a known parameter
/// follows, or else at the first one.
fn split_query(rest: &str) -> (&str, &str) {
    let begins = |at: usize| {
        let query = &rest[at + 1..];
        let key = query.split(['=', '&']).next().unwrap_or_default();
        query::KNOWN.iter().any(|name| query::is_named(key, name))
    };
    let marks = || rest.match_indices('?').map(|(at, _)| at);
    match marks().find(|&at| begins(at)).or_else(|| marks().next()) {
        Some(at) => (&rest[..at], &rest[at + 1..]),
        None => (rest, ""),
    }
}

fn totp(
    query: &mut Query,
    issuer: &str,
    warnings: &mut Vec<UriWarning>,
) -> Result<OtpParams, OtpauthError> {
    let digits = take_or(query, "digits", DIGITS_OUT_OF_RANGE)?;
    let is_issuer_steam = issuer.eq_ignore_ascii_case("steam");
    let has_five_digits = digits
        .as_ref()
        .is_some_and(|digits| number(digits) == Some(5));
    if take_steam_params(query) || (is_issuer_steam && has_five_digits) {
        return Ok(OtpParams::Steam);
    }
    if is_issuer_steam {
        warnings.push(UriWarning::MaybeSteam);
    }
    Ok(OtpParams::Totp {
        algorithm: algorithm(query)?,
        digits: self::digits(digits)?,
        period: period(query)?,
    })
}

fn hotp(query: &mut Query, warnings: &mut Vec<UriWarning>) -> Result<OtpParams, OtpauthError> {
    let counter = match take_or(query, "counter", OtpauthError::CounterOutOfRange)? {
        Some(counter) => number(&counter).ok_or(OtpauthError::CounterOutOfRange)?,
        None => {
            warnings.push(UriWarning::CounterMissing);
            0
        }
    };
    Ok(OtpParams::Hotp {
        algorithm: algorithm(query)?,
        digits: digits(take_or(query, "digits", DIGITS_OUT_OF_RANGE)?)?,
        counter,
    })
}

/// Removes `encoder=steam` (KeePassXC) and `steam`; true if one was present.
fn take_steam_params(query: &mut Query) -> bool {
    let encoder = query.take_if("encoder", |value| value.eq_ignore_ascii_case("steam"));
    let steam = query.take_if("steam", |value| {
        matches!(
            &*value.to_ascii_lowercase(),
            "" | "1" | "true" | "yes" | "steam"
        )
    });
    encoder || steam
}

fn algorithm(query: &mut Query) -> Result<Algorithm, OtpauthError> {
    take_or(query, "algorithm", OtpauthError::AlgorithmUnsupported)?
        .map_or(Ok(Algorithm::default()), |name| {
            Algorithm::parse(&name).ok_or(OtpauthError::AlgorithmUnsupported)
        })
}

fn digits(value: Option<Zeroizing<String>>) -> Result<Digits, OtpauthError> {
    value.map_or(Ok(Digits::default()), |digits| {
        // `as u8` would make 6 of 262.
        number(&digits)
            .and_then(|digits| u8::try_from(digits).ok())
            .and_then(|digits| Digits::new(digits).ok())
            .ok_or(DIGITS_OUT_OF_RANGE)
    })
}

fn period(query: &mut Query) -> Result<Period, OtpauthError> {
    const OUT_OF_RANGE: OtpauthError = OtpauthError::PeriodOutOfRange {
        min: Period::MIN,
        max: Period::MAX,
    };
    take_or(query, "period", OUT_OF_RANGE)?.map_or(Ok(Period::default()), |period| {
        number(&period)
            .and_then(|period| u32::try_from(period).ok())
            .and_then(|period| Period::new(period).ok())
            .ok_or(OUT_OF_RANGE)
    })
}

const DIGITS_OUT_OF_RANGE: OtpauthError = OtpauthError::DigitsOutOfRange {
    min: Digits::MIN,
    max: Digits::MAX,
};

/// Removes a parameter and returns its value; `error` if it is_scheme not UTF-8.
fn take_or(
    query: &mut Query,
    name: &str,
    error: OtpauthError,
) -> Result<Option<Zeroizing<String>>, OtpauthError> {
    query.take(name).map_err(|_| error)
}

/// Parses a number of decimal digits: no sign, no fraction. White space around it is_scheme ignored.
///
/// `None` for other texts, and for numbers of more than 64 bits.
pub fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}
