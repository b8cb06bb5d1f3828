use serde_json::value::RawValue;
use trousseau_otp::{Algorithm, Digits, OtpParams, Period, Secret};
use zeroize::Zeroizing;

use super::object::{FieldError, Object};
use super::times::Times;
use super::unparsed_fields::{Text, UnparsedFields};
use crate::{
    Entry, EntryContent, FractionalIndex, IssuedCode, NewSecretState, RawJsonObject,
    entry::SearchTexts,
    raw::{RawFields, RawJson},
};

/// Reads the fields in the order in which they are written.
pub(super) fn read_entry(object: &mut Object) -> Result<Entry, FieldError> {
    let id = object.required("id")?;
    let Text(kind) = object.required("kind")?;
    let (issuer, account): (String, String) =
        (object.or_default("issuer")?, object.or_default("account")?);
    let note = Zeroizing::new(object.or_default::<String>("note")?);
    let groups = object.or_default("groups")?;
    let favourite = object.or_default("favourite")?;
    let icon = object.take("icon")?;
    let Text(position) = object.required("position")?;
    let position = FractionalIndex::parse(&position).ok_or_else(|| object.invalid("position"))?;
    let use_count = object.or_default("use_count")?;
    let last_used = object.take("last_used")?;
    let created = object.required("created")?;
    let Times(modified) = object.or_default("modified")?;
    let trashed = object.take("trashed")?;
    let unknown_params: Vec<(String, String)> = object.or_default("extra")?;
    let unknown_params = unknown_params
        .into_iter()
        .map(|(name, value)| (name, Zeroizing::new(value)));
    let unknown_params = unknown_params.collect();
    let content = read_body(&kind, object)?;
    let mut unknown = object.unknown_fields()?;
    let new_secret = take_new_secret(&mut unknown);
    Ok(Entry {
        id,
        search_texts: SearchTexts::of(&issuer, &account, &note),
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
        new_secret,
        unknown_params,
        unknown_kind: content.is_none().then(|| kind.to_string()),
        content: content.unwrap_or_else(|| EntryContent::Other {
            origin: kind.into_owned(),
            data: RawJsonObject::default(),
        }),
        unknown,
    })
}

/// A value that cannot be read stays among the unknown fields, because the entry is usable without it.
fn take_new_secret(unknown: &mut RawFields) -> Option<NewSecretState> {
    let read = |text: &RawJson| {
        let Text(name) = serde_json::from_str(text.text()).ok()?;
        NewSecretState::named(&name)
    };
    let state = unknown.get(NewSecretState::FIELD).and_then(read)?;
    unknown.remove(NewSecretState::FIELD);
    Some(state)
}

/// Reads the fields of the kind; `None`, without reading any, if the kind is unknown.
fn read_body(kind: &str, object: &mut Object) -> Result<Option<EntryContent>, FieldError> {
    let content = match kind {
        "totp" => {
            let (secret, algorithm, digits) = read_otp(object)?;
            let period =
                Period::new(object.required("period")?).map_err(|_| object.invalid("period"))?;
            EntryContent::Otp {
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
            let counter = object.required("counter")?;
            EntryContent::Otp {
                secret,
                params: OtpParams::Hotp {
                    algorithm,
                    digits,
                    counter,
                },
            }
        }
        "steam" => EntryContent::Otp {
            secret: read_secret(object)?,
            params: OtpParams::Steam,
        },
        "issued" => EntryContent::Issued {
            codes: read_codes(object)?,
        },
        "message" => EntryContent::Message {
            sender: object.or_default("sender")?,
            holds_for_s: object.or_default("holds_for")?,
        },
        "other" => EntryContent::Other {
            origin: object.or_default("origin")?,
            data: read_data(object)?,
        },
        _ => return Ok(None),
    };
    Ok(Some(content))
}

fn read_secret(object: &mut Object) -> Result<Secret, FieldError> {
    let text = Zeroizing::new(object.required::<String>("secret")?);
    Secret::parse_base32(&text).map_err(|_| object.invalid("secret"))
}

fn read_otp(object: &mut Object) -> Result<(Secret, Algorithm, Digits), FieldError> {
    let secret = read_secret(object)?;
    let Text(name) = object.required("algorithm")?;
    let algorithm = [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512]
        .into_iter()
        .find(|algorithm| algorithm.name() == name)
        .ok_or_else(|| object.invalid("algorithm"))?;
    let digits = Digits::new(object.required("digits")?).map_err(|_| object.invalid("digits"))?;
    Ok((secret, algorithm, digits))
}

/// The values inside are not parsed, so that numbers keep their digits and repeated names are kept.
fn read_data(object: &mut Object) -> Result<RawJsonObject, FieldError> {
    let Some(text) = object.take::<&RawValue>("data")? else {
        return Ok(RawJsonObject::default());
    };
    RawJsonObject::new(RawJson::of(text)).ok_or_else(|| object.invalid("data"))
}

fn read_codes(object: &mut Object) -> Result<Vec<IssuedCode>, FieldError> {
    let items: Vec<UnparsedFields> = object.or_default("codes")?;
    let items = items.into_iter().map(|fields| {
        let mut item = Object(fields);
        Ok(IssuedCode {
            code: Zeroizing::new(item.required("code")?),
            used_at: item.take("used_at")?,
            unknown: item.unknown_fields()?,
        })
    });
    items
        .collect::<Result<_, FieldError>>()
        .map_err(|_| object.invalid("codes"))
}
