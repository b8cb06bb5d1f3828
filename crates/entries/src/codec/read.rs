use std::collections::HashSet;

use serde::Deserialize;
use serde_json::Map;
use trousseau_otp::{Algorithm, Digits, Method, Period, Secret};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::VERSION;
use super::unread::{Text, Unread};
use crate::{
    Body, Entries, EntriesError, Entry, Fields, Group, IssuedCode, Position, Preferences,
    entries::Tombstone, entry::Folded,
};

impl Entries {
    /// The entries that [`Entries::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// Bytes that are no JSON object; a newer format version; a field that is missing, out of range, or an id that is
    /// there twice.
    pub fn from_json(bytes: &[u8]) -> Result<Self, EntriesError> {
        let fields = serde_json::from_slice(bytes).map_err(|error| EntriesError::Malformed {
            line: error.line(),
            column: error.column(),
        })?;
        let mut document = Object {
            fields,
            section: "document",
            index: 0,
        };
        match document.need("version")? {
            VERSION => {}
            0 => return Err(document.invalid("version")),
            version => return Err(EntriesError::Newer { version }),
        }
        let entries = document.section("entries", read_entry, |entry| entry.id)?;
        let groups = document.section("groups", read_group, |group| group.id)?;
        let tombstones =
            document.section("tombstones", read_tombstone, |tombstone| tombstone.id)?;
        let mut preferences = Object {
            fields: document.or_default("preferences")?,
            section: "preferences",
            index: 0,
        };
        let mut read = Self::new();
        read.preferences = read_preferences(&mut preferences)?;
        read.unknown_preferences = preferences.left_over()?;
        read.unknown = document.left_over()?;
        (read.entries, read.groups, read.tombstones) = (entries, groups, tombstones);
        Ok(read)
    }
}

/// A JSON object that is being taken apart; what is left over is unknown to this version.
struct Object<'a> {
    fields: Unread<'a>,
    section: &'static str,
    index: usize,
}

impl<'a> Object<'a> {
    fn invalid(&self, field: &'static str) -> EntriesError {
        EntriesError::Invalid {
            section: self.section,
            index: self.index,
            field,
        }
    }

    /// The field's value; none where it is absent or `null`.
    fn take<T: Deserialize<'a>>(&mut self, field: &'static str) -> Result<Option<T>, EntriesError> {
        let Some(text) = self.fields.take(field) else {
            return Ok(None);
        };
        serde_json::from_str(text).map_err(|_| self.invalid(field))
    }

    fn need<T: Deserialize<'a>>(&mut self, field: &'static str) -> Result<T, EntriesError> {
        self.take(field)?.ok_or_else(|| self.invalid(field))
    }

    fn or_default<T: Deserialize<'a> + Default>(
        &mut self,
        field: &'static str,
    ) -> Result<T, EntriesError> {
        Ok(self.take(field)?.unwrap_or_default())
    }

    /// A list of objects, none of them with the id of another.
    fn section<T>(
        &mut self,
        section: &'static str,
        read: impl Fn(&mut Object<'a>) -> Result<T, EntriesError>,
        id: impl Fn(&T) -> Uuid,
    ) -> Result<Vec<T>, EntriesError> {
        let items: Vec<Unread> = self.or_default(section)?;
        let mut ids = HashSet::with_capacity(items.len());
        let mut read_items = Vec::with_capacity(items.len());
        for (index, fields) in items.into_iter().enumerate() {
            let mut object = Object {
                fields,
                section,
                index,
            };
            let item = read(&mut object)?;
            if !ids.insert(id(&item)) {
                return Err(object.invalid("id"));
            }
            read_items.push(item);
        }
        Ok(read_items)
    }

    /// The fields that nobody took.
    fn left_over(&mut self) -> Result<Fields, EntriesError> {
        let fields = std::mem::take(&mut self.fields);
        // As no app writes it, this one or a later one.
        let malformed = |_| EntriesError::Malformed { line: 0, column: 0 };
        fields.into_fields().map_err(malformed)
    }
}

/// In the order in which they are written.
fn read_entry(object: &mut Object) -> Result<Entry, EntriesError> {
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
    let modified = object.or_default("modified")?;
    let trashed = object.take("trashed")?;
    let extra: Vec<(String, String)> = object.or_default("extra")?;
    let extra = extra
        .into_iter()
        .map(|(name, value)| (name, Zeroizing::new(value)));
    let extra = extra.collect();
    let body = read_body(&kind, object)?;
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
        extra,
        foreign_kind: body.is_none().then(|| kind.to_string()),
        body: body.unwrap_or_else(|| Body::Other {
            origin: kind.into_owned(),
            data: Fields::default(),
        }),
        unknown: object.left_over()?,
    })
}

/// The fields of the kind; none, and nothing taken, where the kind is unknown.
fn read_body(kind: &str, object: &mut Object) -> Result<Option<Body>, EntriesError> {
    let body = match kind {
        "totp" => {
            let (secret, algorithm, digits) = read_otp(object)?;
            let period =
                Period::new(object.need("period")?).map_err(|_| object.invalid("period"))?;
            Body::Otp {
                secret,
                method: Method::Totp {
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
                method: Method::Hotp {
                    algorithm,
                    digits,
                    counter,
                },
            }
        }
        "steam" => Body::Otp {
            secret: read_secret(object)?,
            method: Method::Steam,
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
            data: object.or_default::<Map<_, _>>("data")?.into(),
        },
        _ => return Ok(None),
    };
    Ok(Some(body))
}

fn read_secret(object: &mut Object) -> Result<Secret, EntriesError> {
    let text = Zeroizing::new(object.need::<String>("secret")?);
    Secret::parse_base32(&text).map_err(|_| object.invalid("secret"))
}

fn read_otp(object: &mut Object) -> Result<(Secret, Algorithm, Digits), EntriesError> {
    let secret = read_secret(object)?;
    let Text(name) = object.need("algorithm")?;
    let algorithm = [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512]
        .into_iter()
        .find(|algorithm| algorithm.name() == name)
        .ok_or_else(|| object.invalid("algorithm"))?;
    let digits = Digits::new(object.need("digits")?).map_err(|_| object.invalid("digits"))?;
    Ok((secret, algorithm, digits))
}

fn read_codes(object: &mut Object) -> Result<Vec<IssuedCode>, EntriesError> {
    let items: Vec<Unread> = object.or_default("codes")?;
    let items = items.into_iter().map(|fields| {
        let mut item = Object { fields, ..*object };
        Ok(IssuedCode {
            code: Zeroizing::new(item.need("code")?),
            used_at: item.take("used_at")?,
            unknown: item.left_over()?,
        })
    });
    items
        .collect::<Result<_, EntriesError>>()
        .map_err(|_| object.invalid("codes"))
}

fn read_group(object: &mut Object) -> Result<Group, EntriesError> {
    Ok(Group {
        id: object.need("id")?,
        name: object.need("name")?,
        modified: object.or_default("modified")?,
        unknown: object.left_over()?,
    })
}

fn read_tombstone(object: &mut Object) -> Result<Tombstone, EntriesError> {
    Ok(Tombstone {
        id: object.need("id")?,
        purged: object.need("purged")?,
        unknown: object.left_over()?,
    })
}

fn read_preferences(object: &mut Object) -> Result<Preferences, EntriesError> {
    let default = Preferences::default();
    Ok(Preferences {
        lock_after_s: object.take("lock_after_s")?.unwrap_or(default.lock_after_s),
        reveal_s: object.take("reveal_s")?.unwrap_or(default.reveal_s),
        show_all: object.take("show_all")?.unwrap_or(default.show_all),
        copy_on_touch: object
            .take("copy_on_touch")?
            .unwrap_or(default.copy_on_touch),
        offer_next: object.take("offer_next")?.unwrap_or(default.offer_next),
        clipboard_s: object.take("clipboard_s")?.unwrap_or(default.clipboard_s),
        hide_screen: object.take("hide_screen")?.unwrap_or(default.hide_screen),
        clock_offset_s: object
            .take("clock_offset_s")?
            .unwrap_or(default.clock_offset_s),
        recovery_confirmed: object
            .take("recovery_confirmed")?
            .unwrap_or(default.recovery_confirmed),
    })
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use serde::Serialize;
    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(Object<'_>: Debug, Display, Serialize, Clone);
}
