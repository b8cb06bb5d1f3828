use zeroize::Zeroizing;

use super::{
    KeyUri, OtpauthError, UriHint, label, links,
    query::{self, Query},
    text, vendor,
};
use crate::name::{clean_name, holds_link, join_to_link};
use crate::{Algorithm, Digits, Method, Period, Secret, SecretError};

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
    let is = |name: &str| scheme.eq_ignore_ascii_case(name);
    if is("otpauth") || is("apple-otpauth") {
        if text.len() > KeyUri::MAX_TEXT {
            return Err(OtpauthError::FieldTooLong {
                max: KeyUri::MAX_TEXT,
            });
        }
        otpauth(rest.strip_prefix("//").ok_or(OtpauthError::Malformed)?)
    } else if is("otpauth-migration") {
        Err(OtpauthError::Migration)
    } else if is("motp") {
        Err(OtpauthError::UnsupportedType {
            known: Some("motp"),
        })
    } else if let Some(rest) = rest.strip_prefix("//").filter(|_| is("steam")) {
        steam(rest)
    } else {
        Err(vendor::classify(text))
    }
}

pub fn from_names(
    label: &str,
    issuer: &str,
    secret: Secret,
    method: Method,
) -> Result<KeyUri, OtpauthError> {
    let (label, issuer) = (clean_name(label), clean_name(issuer));
    let names = if issuer.is_empty() {
        label::Names {
            issuer,
            account: label.trim().to_owned(),
            differ: false,
        }
    } else {
        label::split(&label, Some(&issuer))
    };
    check(&names)?;
    Ok(KeyUri {
        issuer: names.issuer,
        account: names.account,
        secret,
        method,
        extra: Vec::new(),
        hints: names
            .differ
            .then_some(UriHint::IssuerDiffers)
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
        // The phone is to make the other half of the secret and show it.
        return Err(OtpauthError::VendorCode {
            vendor: vendor::PRIVACYIDEA,
        });
    }
    if query.may_be_cut("secret") {
        return Err(OtpauthError::BrokenLink);
    }
    let mut hints = Vec::new();
    let secret = secret(query.take("secret")?, &mut hints)?;
    let issuer = query.take_name("issuer").map(|issuer| clean_name(&issuer));
    let names = label::split(
        &clean_name(&text::decode_name(label)),
        issuer.as_deref().filter(|issuer| !issuer.is_empty()),
    );
    check(&names)?;
    if names.differ {
        hints.push(UriHint::IssuerDiffers);
    }
    let method = match kind {
        Type::Steam => Method::Steam,
        Type::Totp => totp(&mut query, &names.issuer, &mut hints)?,
        Type::Hotp => hotp(&mut query, &mut hints)?,
    };
    if method == Method::Steam {
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
        method,
        extra: query.into_extra(),
        hints,
    })
}

/// `BASE32`; what the Steam client calls `steam://run/440` is not for us.
fn steam(rest: &str) -> Result<KeyUri, OtpauthError> {
    let secret_text = rest.trim_end_matches('/');
    if secret_text.contains(['/', '?']) {
        return Err(OtpauthError::NotOtpauth);
    }
    let mut hints = Vec::new();
    let secret_text = text::decode(secret_text).ok_or(OtpauthError::Malformed)?;
    let secret = secret(Some(secret_text), &mut hints)?;
    let (issuer, account) = ("Steam".to_owned(), String::new());
    Ok(KeyUri {
        issuer,
        account,
        secret,
        method: Method::Steam,
        extra: Vec::new(),
        hints,
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
    hints: &mut Vec<UriHint>,
) -> Result<Secret, OtpauthError> {
    let value = value.ok_or(OtpauthError::SecretMissing)?;
    match Secret::parse_base32_of_any_length(&value) {
        Ok((secret, false)) => Ok(secret),
        Ok((secret, true)) => {
            hints.push(UriHint::SecretLength);
            Ok(secret)
        }
        Err(SecretError::Empty) => Err(OtpauthError::SecretMissing),
        Err(error) => Err(error.into()),
    }
}

/// Refuses names that are too long, and names that hold a link or are one that the colon of the label splits: its secret
/// would be shown with them.
fn check(names: &label::Names) -> Result<(), OtpauthError> {
    const MAX: usize = KeyUri::MAX_NAME;
    for name in [&names.issuer, &names.account] {
        if name.chars().nth(MAX).is_some() {
            return Err(OtpauthError::FieldTooLong { max: MAX });
        }
        if holds_link(name) {
            return Err(OtpauthError::SecondLink);
        }
    }
    if join_to_link(&names.issuer, &names.account) {
        return Err(OtpauthError::SecondLink);
    }
    Ok(())
}

/// Path and query. A label may hold question marks: the query begins at the first one with a known parameter behind
/// it, or else at the first one.
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

fn totp(query: &mut Query, issuer: &str, hints: &mut Vec<UriHint>) -> Result<Method, OtpauthError> {
    let digits = take_or(query, "digits", DIGITS_OUT_OF_RANGE)?;
    let is_steams = issuer.eq_ignore_ascii_case("steam");
    let has_five = digits
        .as_ref()
        .is_some_and(|digits| number(digits) == Some(5));
    if take_steam_marks(query) || (is_steams && has_five) {
        return Ok(Method::Steam);
    }
    if is_steams {
        hints.push(UriHint::MaybeSteam);
    }
    Ok(Method::Totp {
        algorithm: algorithm(query)?,
        digits: self::digits(digits)?,
        period: period(query)?,
    })
}

fn hotp(query: &mut Query, hints: &mut Vec<UriHint>) -> Result<Method, OtpauthError> {
    let counter = match take_or(query, "counter", OtpauthError::CounterOutOfRange)? {
        Some(counter) => number(&counter).ok_or(OtpauthError::CounterOutOfRange)?,
        None => {
            hints.push(UriHint::CounterMissing);
            0
        }
    };
    Ok(Method::Hotp {
        algorithm: algorithm(query)?,
        digits: digits(take_or(query, "digits", DIGITS_OUT_OF_RANGE)?)?,
        counter,
    })
}

/// Takes out `encoder=steam` (KeePassXC) and `steam`; true if one was there.
fn take_steam_marks(query: &mut Query) -> bool {
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
        // Checked before it is narrowed: 262 is not 6.
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

/// Takes a parameter out; `error` where it is not even a text.
fn take_or(
    query: &mut Query,
    name: &str,
    error: OtpauthError,
) -> Result<Option<Zeroizing<String>>, OtpauthError> {
    query.take(name).map_err(|_| error)
}

/// A number in decimal digits only: no sign, no fraction. White space around it does not count.
///
/// None for every other text, and for numbers of more than 64 bits.
pub fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}
