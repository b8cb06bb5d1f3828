use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use trousseau_otp::{OtpParams, Secret};
use uuid::Uuid;

use super::write_raw::{RawFieldsJson, RawText};
use crate::{Entry, EntryContent, NewSecretState};

#[derive(Serialize)]
pub(super) struct EntryJson<'a> {
    id: Uuid,
    kind: &'a str,
    issuer: &'a str,
    account: &'a str,
    note: &'a str,
    groups: &'a [Uuid],
    favourite: bool,
    icon: Option<&'a str>,
    position: &'a str,
    use_count: u32,
    last_used: Option<u64>,
    created: u64,
    modified: &'a BTreeMap<String, u64>,
    trashed: Option<u64>,
    extra: Vec<(&'a str, &'a str)>,
    #[serde(flatten)]
    content: ContentJson<'a>,
    #[serde(rename = "renewal", skip_serializing_if = "Option::is_none")]
    new_secret: Option<&'static str>,
    #[serde(flatten)]
    unknown: RawFieldsJson<'a>,
}

impl<'a> EntryJson<'a> {
    pub fn of(entry: &'a Entry) -> Self {
        let (kind, content) = ContentJson::of(&entry.content);
        let (kind, content) = match &entry.unknown_kind {
            Some(kind) => (kind.as_str(), ContentJson::Unknown {}),
            None => (kind, content),
        };
        Self {
            id: entry.id,
            kind,
            issuer: &entry.issuer,
            account: &entry.account,
            note: &entry.note,
            groups: &entry.groups,
            favourite: entry.favourite,
            icon: entry.icon.as_deref(),
            position: entry.position.as_str(),
            use_count: entry.use_count,
            last_used: entry.last_used,
            created: entry.created,
            modified: &entry.modified,
            trashed: entry.trashed,
            extra: entry
                .unknown_params
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect(),
            content,
            new_secret: entry.new_secret.map(NewSecretState::name),
            unknown: RawFieldsJson(&entry.unknown),
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum ContentJson<'a> {
    Totp {
        #[serde(serialize_with = "base32")]
        secret: &'a Secret,
        algorithm: &'static str,
        digits: u8,
        period: u32,
    },
    Hotp {
        #[serde(serialize_with = "base32")]
        secret: &'a Secret,
        algorithm: &'static str,
        digits: u8,
        counter: u64,
    },
    Steam {
        #[serde(serialize_with = "base32")]
        secret: &'a Secret,
    },
    Issued {
        codes: Vec<CodeJson<'a>>,
    },
    Message {
        sender: &'a str,
        holds_for: u32,
    },
    Other {
        origin: &'a str,
        data: RawText<'a>,
    },
    /// All fields are unknown fields.
    Unknown {},
}

impl<'a> ContentJson<'a> {
    /// The kind's name and its fields.
    fn of(content: &'a EntryContent) -> (&'static str, Self) {
        match content {
            EntryContent::Otp { secret, params } => match *params {
                OtpParams::Totp {
                    algorithm,
                    digits,
                    period,
                } => {
                    let (algorithm, digits) = (algorithm.name(), digits.get());
                    (
                        "totp",
                        Self::Totp {
                            secret,
                            algorithm,
                            digits,
                            period: period.get(),
                        },
                    )
                }
                OtpParams::Hotp {
                    algorithm,
                    digits,
                    counter,
                } => {
                    let (algorithm, digits) = (algorithm.name(), digits.get());
                    (
                        "hotp",
                        Self::Hotp {
                            secret,
                            algorithm,
                            digits,
                            counter,
                        },
                    )
                }
                OtpParams::Steam => ("steam", Self::Steam { secret }),
            },
            EntryContent::Issued { codes } => {
                let codes = codes.iter().map(|code| CodeJson {
                    code: &code.code,
                    used_at: code.used_at,
                    unknown: RawFieldsJson(&code.unknown),
                });
                (
                    "issued",
                    Self::Issued {
                        codes: codes.collect(),
                    },
                )
            }
            EntryContent::Message {
                sender,
                holds_for_s,
            } => (
                "message",
                Self::Message {
                    sender,
                    holds_for: *holds_for_s,
                },
            ),
            EntryContent::Other { origin, data } => {
                let data = RawText(data.json());
                ("other", Self::Other { origin, data })
            }
        }
    }
}

#[derive(Serialize)]
struct CodeJson<'a> {
    code: &'a str,
    used_at: Option<u64>,
    #[serde(flatten)]
    unknown: RawFieldsJson<'a>,
}

fn base32<S: Serializer>(secret: &&Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&secret.to_base32())
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(EntryJson<'_>: Debug, Display, Clone);
    assert_not_impl_any!(ContentJson<'_>: Debug, Display, Clone);
    assert_not_impl_any!(CodeJson<'_>: Debug, Display, Clone);
}
