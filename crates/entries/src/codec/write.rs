use std::{collections::BTreeMap, io};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use trousseau_otp::{Method, Secret};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::VERSION;
use crate::{Body, Entries, Entry, Preferences};

impl Entries {
    /// The whole as JSON: the same bytes for the same content, fields in a fixed order.
    ///
    /// The buffer has its final size from the start, so that no copy is left behind where it grew.
    pub fn to_json(&self) -> Zeroizing<Vec<u8>> {
        let document = Document::of(self);
        let mut size = Count(0);
        write(&mut size, &document);
        let mut json = Zeroizing::new(Vec::with_capacity(size.0));
        write(&mut *json, &document);
        json
    }
}

/// Counts what is written.
struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write(to: impl io::Write, document: &Document) {
    serde_json::to_writer(to, document)
        .expect("every key is a text, and neither counting nor a growing buffer fails");
}

/// What is written for the whole. Borrows everything: the only copies of secrets are the base32 texts of the moment.
#[derive(Serialize)]
struct Document<'a> {
    version: u64,
    entries: Vec<EntryOut<'a>>,
    groups: Vec<GroupOut<'a>>,
    tombstones: Vec<TombstoneOut<'a>>,
    preferences: PreferencesOut<'a>,
    #[serde(flatten)]
    unknown: &'a Map<String, Value>,
}

impl<'a> Document<'a> {
    fn of(entries: &'a Entries) -> Self {
        let groups = entries.groups.iter().map(|group| GroupOut {
            id: group.id,
            name: &group.name,
            modified: group.modified,
            unknown: &group.unknown,
        });
        let tombstones = entries.tombstones.iter().map(|tombstone| TombstoneOut {
            id: tombstone.id,
            purged: tombstone.purged,
            unknown: &tombstone.unknown,
        });
        Self {
            version: VERSION,
            entries: entries.iter().map(EntryOut::of).collect(),
            groups: groups.collect(),
            tombstones: tombstones.collect(),
            preferences: PreferencesOut::of(&entries.preferences, &entries.unknown_preferences),
            unknown: &entries.unknown,
        }
    }
}

#[derive(Serialize)]
struct EntryOut<'a> {
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
    #[serde(flatten)]
    unknown: &'a Map<String, Value>,
}

impl<'a> EntryOut<'a> {
    fn of(entry: &'a Entry) -> Self {
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
            unknown: &entry.unknown,
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
        data: &'a Map<String, Value>,
    },
    /// All of it is among the unknown fields.
    Foreign {},
}

impl<'a> BodyOut<'a> {
    /// The kind's name, and its fields.
    fn of(body: &'a Body) -> (&'static str, Self) {
        match body {
            Body::Otp { secret, method } => match *method {
                Method::Totp {
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
                Method::Hotp {
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
                Method::Steam => ("steam", Self::Steam { secret }),
            },
            Body::Issued { codes } => {
                let codes = codes.iter().map(|code| CodeOut {
                    code: &code.code,
                    used_at: code.used_at,
                    unknown: &code.unknown,
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
            Body::Other { origin, data } => ("other", Self::Other { origin, data }),
        }
    }
}

#[derive(Serialize)]
struct CodeOut<'a> {
    code: &'a str,
    used_at: Option<u64>,
    #[serde(flatten)]
    unknown: &'a Map<String, Value>,
}

#[derive(Serialize)]
struct GroupOut<'a> {
    id: Uuid,
    name: &'a str,
    modified: u64,
    #[serde(flatten)]
    unknown: &'a Map<String, Value>,
}

#[derive(Serialize)]
struct TombstoneOut<'a> {
    id: Uuid,
    purged: u64,
    #[serde(flatten)]
    unknown: &'a Map<String, Value>,
}

#[derive(Serialize)]
struct PreferencesOut<'a> {
    lock_after_s: u32,
    reveal_s: u32,
    show_all: bool,
    copy_on_touch: bool,
    offer_next: bool,
    clipboard_s: u32,
    hide_screen: bool,
    clock_offset_s: i32,
    recovery_confirmed: bool,
    #[serde(flatten)]
    unknown: &'a Map<String, Value>,
}

impl<'a> PreferencesOut<'a> {
    fn of(preferences: &Preferences, unknown: &'a Map<String, Value>) -> Self {
        let Preferences {
            lock_after_s,
            reveal_s,
            show_all,
            copy_on_touch,
            offer_next,
            clipboard_s,
            hide_screen,
            clock_offset_s,
            recovery_confirmed,
        } = *preferences;
        Self {
            lock_after_s,
            reveal_s,
            show_all,
            copy_on_touch,
            offer_next,
            clipboard_s,
            hide_screen,
            clock_offset_s,
            recovery_confirmed,
            unknown,
        }
    }
}

fn base32<S: Serializer>(secret: &&Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&secret.to_base32())
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(Document<'_>: Debug, Display, Clone);
    assert_not_impl_any!(EntryOut<'_>: Debug, Display, Clone);
    assert_not_impl_any!(BodyOut<'_>: Debug, Display, Clone);
    assert_not_impl_any!(CodeOut<'_>: Debug, Display, Clone);
}
