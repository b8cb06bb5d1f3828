//! What a lock interrupts: drafts, and where the person was in the app. Sealed in memory until the vault is open again;
//! never on disk.

use serde::{Deserialize, Serialize};
use trousseau_interchange::google::Batches;
use trousseau_otp::KeyUri;
use trousseau_scan::Part;
use trousseau_wire::{ErrorCode, Resumed, WireError};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::drafts::Drafts;
use super::{Core, Open, Session};
use crate::answer;
use crate::refused::Answer;

/// The screens, what is typed on them (the longest note has 64 KiB), and the ids of up to 10,000 drafts (400 kB), in bytes.
const PLACE_MAX: usize = 1024 * 1024;

/// What is sealed.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Unsaved {
    place: Option<String>,
    /// Draft ids and otpauth URIs.
    drafts: Vec<(String, String)>,
    #[zeroize(skip)]
    series: Batches,
    parts: Vec<KeptPart>,
}

/// A part of a text on several QR codes.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct KeptPart {
    index: u8,
    count: u8,
    parity: u8,
    bytes: Vec<u8>,
    text: String,
}

impl Core {
    /// Keeps where the person is and what was typed there, so that a lock does not lose it. The text is the screen's
    /// own; a secret is no part of it.
    ///
    /// # Errors
    /// `TextTooLong`; `Locked`.
    pub fn keep_place(&self, place: Option<String>) -> Answer<()> {
        let place = checked(place)?;
        let mut session = self.session();
        session.writable()?;
        session.open_mut()?.place = place;
        Ok(())
    }

    /// What the last lock interrupted. It stays here until the page says where the person is now: a lock may come first.
    ///
    /// # Errors
    /// `Locked`.
    pub fn resume(&self) -> Answer<Resumed> {
        let mut session = self.session();
        session.writable()?;
        let open = session.open_mut()?;
        let place = open.place.as_ref().map(|text| text.to_string());
        let drafts = open.drafts.iter();
        Ok(Resumed {
            place,
            drafts: drafts
                .map(|(id, uri)| answer::draft(*id, uri, &open.entries))
                .collect(),
            series: answer::series(&open.drafts.series),
        })
    }
}

/// A place that is not too long to be kept.
///
/// # Errors
/// `TextTooLong`.
pub(super) fn checked(place: Option<String>) -> Answer<Option<Zeroizing<String>>> {
    let place = place.map(Zeroizing::new);
    if place.as_ref().is_some_and(|text| text.len() > PLACE_MAX) {
        return Err(WireError::new(ErrorCode::TextTooLong)
            .with("max", PLACE_MAX)
            .into());
    }
    Ok(place)
}

impl Open {
    /// What is not saved yet, under the vault's key; none where there is nothing.
    pub(super) fn seal_unsaved(&self) -> Option<Vec<u8>> {
        let Drafts { series, parts, .. } = &self.drafts;
        let nothing = self.drafts.iter().next().is_none()
            && series.iter().next().is_none()
            && parts.iter().next().is_none();
        if self.place.is_none() && nothing {
            return None;
        }
        let text = |(id, uri): (&Uuid, &KeyUri)| (id.to_string(), uri.to_uri().to_string());
        let unsaved = Unsaved {
            place: self.place.as_ref().map(|place| place.to_string()),
            drafts: self.drafts.iter().map(text).collect(),
            series: series.clone(),
            parts: parts.iter().map(KeptPart::from).collect(),
        };
        let json = Zeroizing::new(serde_json::to_vec(&unsaved).ok()?);
        self.vault.seal_suspended(&json).ok()
    }

    /// Takes back what [`Open::seal_unsaved`] sealed. Answers whether it was sealed under this vault's keys.
    fn take_unsaved(&mut self, sealed: &[u8]) -> bool {
        let Some(unsaved) = self.vault.open_suspended(sealed) else {
            return false;
        };
        let Ok(mut unsaved) = serde_json::from_slice::<Unsaved>(&unsaved) else {
            return true;
        };
        self.place = unsaved.place.take().map(Zeroizing::new);
        self.drafts = Drafts::default();
        for (id, uri) in &unsaved.drafts {
            if let (Ok(id), Ok(uri)) = (Uuid::parse_str(id), KeyUri::parse(uri)) {
                // As many were held before.
                let _ = self.drafts.insert(id, uri);
            }
        }
        self.drafts.series = std::mem::take(&mut unsaved.series);
        let parts = unsaved.parts.drain(..).filter_map(KeptPart::part);
        parts.for_each(|part| self.drafts.parts.keep(part));
        true
    }
}

impl Session {
    /// Takes back what the last lock interrupted. What was sealed under other keys stays for the vault that has them.
    pub(super) fn take_unsaved(&mut self) {
        if let (Some(kept), Some(open)) = (self.kept.take(), &mut self.open)
            && !open.take_unsaved(&kept)
        {
            self.kept = Some(kept);
        }
    }
}

impl From<&Part> for KeptPart {
    fn from(part: &Part) -> Self {
        Self {
            index: part.index(),
            count: part.count(),
            parity: part.parity(),
            bytes: part.bytes().to_vec(),
            text: part.text().to_owned(),
        }
    }
}

impl KeptPart {
    fn part(mut self) -> Option<Part> {
        let (bytes, text) = (
            std::mem::take(&mut self.bytes),
            std::mem::take(&mut self.text),
        );
        Part::new(self.index, self.count, self.parity, bytes, text)
    }
}
