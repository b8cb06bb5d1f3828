use std::borrow::Cow;

use data_encoding::{BASE64, Encoding, HEXLOWER};
use serde::de::{self, Deserialize, Deserializer};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use super::object::{Object, read_field};
use super::unparsed_fields::Text;
use super::write_raw::RawFieldsJson;
use crate::{
    DeviceSection,
    preserved::Preserved,
    raw::{RawFields, RawJson},
};

/// Reads each field separately; one that cannot be read has its default.
pub(super) fn read_device(text: &RawValue) -> (DeviceSection, Preserved) {
    let whole = || {
        (
            DeviceSection::default(),
            Preserved::Whole(RawJson::of(text)),
        )
    };
    let Ok(mut object) = Object::parse(text) else {
        return whole();
    };
    let (mut pin, mut marks, mut forget) = (None, Vec::new(), Vec::new());
    let mut damaged = RawFields::default();
    read_field(&mut object, "pin", &mut pin, &mut damaged);
    read_field(&mut object, "marks", &mut marks, &mut damaged);
    read_field(&mut object, "forget", &mut forget, &mut damaged);
    let Ok(unknown) = object.unknown_fields() else {
        return whole();
    };
    let device = DeviceSection {
        pin: pin.map(|Sealed(bytes)| bytes),
        marks: marks.into_iter().map(|Mark(secret)| secret).collect(),
        forget,
    };
    (device, Preserved::Fields(damaged.followed_by(unknown)))
}

/// Bytes in base64.
struct Sealed(Zeroizing<Vec<u8>>);

impl<'de> Deserialize<'de> for Sealed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        decode(deserializer, &BASE64).map(Self)
    }
}

/// 32 bytes in lower-case hex.
struct Mark(Zeroizing<[u8; 32]>);

impl<'de> Deserialize<'de> for Mark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = decode(deserializer, &HEXLOWER)?;
        let mut secret = Zeroizing::new([0; 32]);
        if bytes.len() != secret.len() {
            return Err(de::Error::custom("32 bytes"));
        }
        secret.copy_from_slice(&bytes);
        Ok(Self(secret))
    }
}

fn decode<'de, D: Deserializer<'de>>(
    deserializer: D,
    encoding: &Encoding,
) -> Result<Zeroizing<Vec<u8>>, D::Error> {
    let Text(text) = Text::deserialize(deserializer)?;
    let bytes = encoding.decode(text.as_bytes()).map(Zeroizing::new);
    if let Cow::Owned(text) = text {
        drop(Zeroizing::new(text));
    }
    bytes.map_err(|_| de::Error::custom("another encoding"))
}

/// A field that is `None` is in `kept`, because it could not be read, or there is no PIN.
#[derive(Serialize)]
pub(super) struct DeviceJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pin: Option<Encoded<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    marks: Option<Vec<Encoded<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    forget: Option<&'a [String]>,
    #[serde(flatten)]
    kept: RawFieldsJson<'a>,
}

impl<'a> DeviceJson<'a> {
    pub fn of(device: &'a DeviceSection, kept: &'a RawFields) -> Self {
        let DeviceSection { pin, marks, forget } = device;
        let hex = |secret: &'a Zeroizing<[u8; 32]>| Encoded(HEXLOWER, secret.as_slice());
        let is_read = |name| !kept.has(name);
        Self {
            pin: pin.as_ref().map(|pin| Encoded(BASE64, pin)),
            marks: is_read("marks").then(|| marks.iter().map(hex).collect()),
            forget: is_read("forget").then_some(forget),
            kept: RawFieldsJson(kept),
        }
    }
}

/// Bytes and their encoding.
struct Encoded<'a>(Encoding, &'a [u8]);

impl Serialize for Encoded<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&Zeroizing::new(self.0.encode(self.1)))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(DeviceJson<'_>: Debug, Display, Clone);
    assert_not_impl_any!(Encoded<'_>: Debug, Display, Clone);
    assert_not_impl_any!(Sealed: Debug, Display, Serialize, Clone);
    assert_not_impl_any!(Mark: Debug, Display, Serialize, Clone);
}
