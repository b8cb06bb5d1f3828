use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use trousseau_otp::{OtpParams, Secret};
use uuid::Uuid;

use super::write_raw::{RawFieldsOut, RawOut};
use crate::{Body, Entry, Renewal};

#[derive(Serialize)]
pub(super) struct EntryOut<'a> {
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
    body: BodyOut<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renewal: Option<&'static str>,
    #[serde(flatten)]
    unknown: RawFieldsOut<'a>,
}

impl<'a> EntryOut<'a> {
    pub fn of(entry: &'a Entry) -> Self {
        let (kind, body) = BodyOut::of(&entry.body);
        let (kind, body) = match &entry.foreign_kind {
            Some(kind) => (kind.as_str(), BodyOut::Foreign {}),
            None => (kind, body),
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
                .extra
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect(),
            body,
            renewal: entry.renewal.map(Renewal::name),
            unknown: RawFieldsOut(&entry.unknown),
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum BodyOut<'a> {
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
        codes: Vec<CodeOut<'a>>,
    },
    Message {
        sender: &'a str,
        holds_for: u32,
    },
    Other {
        origin: &'a str,
        data: RawOut<'a>,
    },
    /// All of it is among the unknown fields.
    Foreign {},
}

impl<'a> BodyOut<'a> {
    /// The kind's name, and its fields.
    fn of(body: &'a Body) -> (&'static str, Self) {
        match body {
            Body::Otp { secret, params } => match *params {
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
            Body::Issued { codes } => {
                let codes = codes.iter().map(|code| CodeOut {
                    code: &code.code,
                    used_at: code.used_at,
                    unknown: RawFieldsOut(&code.unknown),
                });
                (
                    "issued",
                    Self::Issued {
                        codes: codes.collect(),
                    },
                )
            }
            Body::Message {
                sender,
                holds_for_s,
            } => (
                "message",
                Self::Message {
                    sender,
                    holds_for: *holds_for_s,
                },
            ),
            Body::Other { origin, data } => {
                let data = RawOut(data.json());
                ("other", Self::Other { origin, data })
            }
        }
    }
}

#[derive(Serialize)]
struct CodeOut<'a> {
    code: &'a str,
    used_at: Option<u64>,
    #[serde(flatten)]
    unknown: RawFieldsOut<'a>,
}

fn base32<S: Serializer>(secret: &&Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&secret.to_base32())
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(EntryOut<'_>: Debug, Display, Clone);
    assert_not_impl_any!(BodyOut<'_>: Debug, Display, Clone);
    assert_not_impl_any!(CodeOut<'_>: Debug, Display, Clone);
}
