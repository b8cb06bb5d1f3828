use serde_json::value::RawValue;
use trousseau_otp::{Algorithm, Digits, OtpParams, Period, Secret};
use zeroize::Zeroizing;

use super::object::{Object, Unreadable};
use super::times::Times;
use super::unread::{Text, Unread};
use crate::{
    Body, Entry, Fields, IssuedCode, Position, Renewal,
    entry::Folded,
    raw::{RawFields, RawJson},
};

/// In the order in which they are written.
pub(super) fn read_entry(object: &mut Object) -> Result<Entry, Unreadable> {
    let id = object.need("id")?;
    let Text(kind) = object.need("kind")?;
    let (issuer, account): (String, String) =
        (object.or_default("issuer")?, object.or_default("account")?);
    let note = Zeroizing::new(object.or_default::<String>("note")?);
    let groups = object.or_default("groups")?;
    let favourite = object.or_default("favourite")?;
    let icon = object.take("icon")?;
    let Text(position) = object.need("position")?;
    let position = Position::parse(&position).ok_or_else(|| object.invalid("position"))?;
    let use_count = object.or_default("use_count")?;
    let last_used = object.take("last_used")?;
    let created = object.need("created")?;
    let Times(modified) = object.or_default("modified")?;
    let trashed = object.take("trashed")?;
    let extra: Vec<(String, String)> = object.or_default("extra")?;
    let extra = extra
        .into_iter()
        .map(|(name, value)| (name, Zeroizing::new(value)));
    let extra = extra.collect();
    let body = read_body(&kind, object)?;
    let mut unknown = object.left_over()?;
    let renewal = take_renewal(&mut unknown);
    Ok(Entry {
        id,
        folded: Folded::of(&issuer, &account, &note),
        issuer,
        account,
        note,
        groups,
        favourite,
        icon,
        position,
        use_count,
        last_used,
        created,
        modified,
        trashed,
        renewal,
        extra,
        foreign_kind: body.is_none().then(|| kind.to_string()),
        body: body.unwrap_or_else(|| Body::Other {
            origin: kind.into_owned(),
            data: Fields::default(),
        }),
        unknown,
    })
}

/// A value that cannot be read stays among the unknown fields: the entry is as good without it.
fn take_renewal(unknown: &mut RawFields) -> Option<Renewal> {
    let read = |text: &RawJson| {
        let Text(name) = serde_json::from_str(text.text()).ok()?;
        Renewal::named(&name)
    };
    let renewal = unknown.get(Renewal::FIELD).and_then(read)?;
    unknown.remove(Renewal::FIELD);
    Some(renewal)
}

/// The fields of the kind; none, and nothing taken, where the kind is unknown.
fn read_body(kind: &str, object: &mut Object) -> Result<Option<Body>, Unreadable> {
    let body = match kind {
        "totp" => {
            let (secret, algorithm, digits) = read_otp(object)?;
            let period =
                Period::new(object.need("period")?).map_err(|_| object.invalid("period"))?;
            Body::Otp {
                secret,
                params: OtpParams::Totp {
                    algorithm,
                    digits,
                    period,
                },
            }
        }
        "hotp" => {
            let (secret, algorithm, digits) = read_otp(object)?;
            let counter = object.need("counter")?;
            Body::Otp {
                secret,
                params: OtpParams::Hotp {
                    algorithm,
                    digits,
                    counter,
                },
            }
        }
        "steam" => Body::Otp {
            secret: read_secret(object)?,
            params: OtpParams::Steam,
        },
        "issued" => Body::Issued {
            codes: read_codes(object)?,
        },
        "message" => Body::Message {
            sender: object.or_default("sender")?,
            holds_for_s: object.or_default("holds_for")?,
        },
        "other" => Body::Other {
            origin: object.or_default("origin")?,
            data: read_data(object)?,
        },
        _ => return Ok(None),
    };
    Ok(Some(body))
}

fn read_secret(object: &mut Object) -> Result<Secret, Unreadable> {
    let text = Zeroizing::new(object.need::<String>("secret")?);
    Secret::parse_base32(&text).map_err(|_| object.invalid("secret"))
}

fn read_otp(object: &mut Object) -> Result<(Secret, Algorithm, Digits), Unreadable> {
    let secret = read_secret(object)?;
    let Text(name) = object.need("algorithm")?;
    let algorithm = [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512]
        .into_iter()
        .find(|algorithm| algorithm.name() == name)
        .ok_or_else(|| object.invalid("algorithm"))?;
    let digits = Digits::new(object.need("digits")?).map_err(|_| object.invalid("digits"))?;
    Ok((secret, algorithm, digits))
}

/// No value inside is read: numbers keep their digits, and repeated names stay.
fn read_data(object: &mut Object) -> Result<Fields, Unreadable> {
    let Some(text) = object.take::<&RawValue>("data")? else {
        return Ok(Fields::default());
    };
    Fields::new(RawJson::of(text)).ok_or_else(|| object.invalid("data"))
}

fn read_codes(object: &mut Object) -> Result<Vec<IssuedCode>, Unreadable> {
    let items: Vec<Unread> = object.or_default("codes")?;
    let items = items.into_iter().map(|fields| {
        let mut item = Object(fields);
        Ok(IssuedCode {
            code: Zeroizing::new(item.need("code")?),
            used_at: item.take("used_at")?,
            unknown: item.left_over()?,
        })
    });
    items
        .collect::<Result<_, Unreadable>>()
        .map_err(|_| object.invalid("codes"))
}
