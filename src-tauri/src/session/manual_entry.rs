//! An entry that is typed by hand.

use secrecy::{ExposeSecret, SecretString};
use trousseau_otp::{
    self as otp, Digits, KeyUri, OtpParams, OtpauthError, Period, Source, UriWarning,
    contains_link, find_links, parse_number, parse_typed_secret,
};
use trousseau_wire::{Alphabet, ErrorCode, Kind, ManualEntry, ManualEntryResult, ScanResult};

use super::Core;
use super::drafts::{self, ParsedLink};
use crate::convert;
use crate::error::Result;

impl Core {
    /// A draft from typed values. A whole link in place of the secret becomes the draft of that link; the typed names
    /// stand where it has none. `alphabet` is what the user chose where the secret is valid in several.
    ///
    /// # Errors
    /// Which value is wrong, and how; what is wrong with the link.
    pub fn create_draft(
        &self,
        fields: &ManualEntry,
        secret: &SecretString,
        alphabet: Option<Alphabet>,
    ) -> Result<ManualEntryResult> {
        self.session().writable()?;
        let text = secret.expose_secret();
        // No alphabet has these.
        if text.contains("://") {
            let read = self.drafts_of_links(fields, text)?;
            return Ok(ManualEntryResult::Read { read });
        }
        let params = typed_method(fields)?;
        let mut readings = parse_typed_secret(text, params)?;
        let chosen = alphabet.map(convert::alphabet);
        if readings.iter().any(|one| Some(one.alphabet) == chosen) {
            readings.retain(|one| Some(one.alphabet) == chosen);
        }
        let alphabets = readings
            .iter()
            .map(|one| convert::wire_alphabet(one.alphabet));
        let alphabets: Vec<Alphabet> = alphabets.collect();
        let (Some(reading), true) = (readings.pop(), alphabets.len() == 1) else {
            return Ok(ManualEntryResult::Ambiguous { alphabets });
        };
        let read = self.hold_alone(KeyUri {
            secret: reading.secret,
            params,
            issuer: fields.issuer.trim().to_owned(),
            account: fields.account.trim().to_owned(),
            unknown_params: Vec::new(),
            warnings: Vec::from_iter(encoding_warning(reading.alphabet)),
        })?;
        Ok(ManualEntryResult::Read { read })
    }

    /// The typed names are for a link that is alone.
    fn drafts_of_links(&self, fields: &ManualEntry, text: &str) -> Result<ScanResult> {
        let mut links = find_links(text, Source::User);
        let (Some(link), true) = (links.pop(), links.is_empty()) else {
            return self.import_text(text);
        };
        let ParsedLink::Entry(mut uri) = drafts::parse_link(link?)? else {
            return self.import_text(text);
        };
        for (name, typed) in [
            (&mut uri.issuer, &fields.issuer),
            (&mut uri.account, &fields.account),
        ] {
            if name.is_empty() {
                typed.trim().clone_into(name);
            }
        }
        self.hold_alone(*uri)
    }

    fn hold_alone(&self, uri: KeyUri) -> Result<ScanResult> {
        if contains_link(&uri.issuer) || contains_link(&uri.account) {
            return Err(OtpauthError::SecondLink.into());
        }
        Ok(ScanResult {
            drafts: vec![self.session().add_draft(uri)?],
            ..ScanResult::default()
        })
    }
}

/// What to say of an alphabet that is not the usual one.
fn encoding_warning(alphabet: otp::Alphabet) -> Option<UriWarning> {
    match alphabet {
        otp::Alphabet::Base32 => None,
        otp::Alphabet::Hex => Some(UriWarning::SecretHex),
        otp::Alphabet::Base64 => Some(UriWarning::SecretBase64),
    }
}

fn typed_method(fields: &ManualEntry) -> Result<OtpParams> {
    let algorithm = convert::algorithm(fields.algorithm);
    match fields.kind {
        Kind::Totp => {
            let (digits, period) = (Digits::new(fields.digits)?, Period::new(fields.period)?);
            Ok(OtpParams::Totp {
                algorithm,
                digits,
                period,
            })
        }
        Kind::Hotp => {
            let counter = parse_number(&fields.counter).ok_or(ErrorCode::CounterOutOfRange)?;
            Ok(OtpParams::Hotp {
                algorithm,
                digits: Digits::new(fields.digits)?,
                counter,
            })
        }
        Kind::Steam => Ok(OtpParams::Steam),
        _ => Err(ErrorCode::UnsupportedType.into()),
    }
}
