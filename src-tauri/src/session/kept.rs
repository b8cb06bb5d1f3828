//! What a lock interrupts: drafts, and where the person was in the app. Sealed in memory until the vault is open again;
//! never on disk.

use serde::{Deserialize, Serialize};
use trousseau_interchange::migration::Series;
use trousseau_otp::KeyUri;
use trousseau_wire::{ErrorCode, Resumed, WireError};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::drafts::Drafts;
use super::{Core, Open};
use crate::answer;
use crate::refused::Answer;

/// A screen's name and the few fields that are typed on it.
const PLACE_MAX: usize = 32_768;

/// What is sealed.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Unsaved {
    place: Option<String>,
    /// Draft ids and otpauth URIs.
    drafts: Vec<(String, String)>,
    #[zeroize(skip)]
    series: Option<Series>,
}

impl Core {
    /// Keeps where the person is and what was typed there, so that a lock does not lose it. The text is the screen's
    /// own; a secret is no part of it.
    ///
    /// # Errors
    /// `TextTooLong`; `Locked`.
    pub fn keep_place(&self, place: Option<String>) -> Answer<()> {
        let place = place.map(Zeroizing::new);
        if place.as_ref().is_some_and(|text| text.len() > PLACE_MAX) {
            return Err(WireError::new(ErrorCode::TextTooLong)
                .with("max", PLACE_MAX)
                .into());
        }
        let mut session = self.session();
        session.writable()?;
        session.open_mut()?.place = place;
        Ok(())
    }

    /// What the last lock interrupted.
    ///
    /// # Errors
    /// `Locked`.
    pub fn resume(&self) -> Answer<Resumed> {
        let mut session = self.session();
        session.writable()?;
        let open = session.open_mut()?;
        let place = open.place.take().map(|text| text.to_string());
        let drafts = open.drafts.iter();
        Ok(Resumed {
            place,
            drafts: drafts
                .map(|(id, uri)| answer::draft(*id, uri, &open.entries))
                .collect(),
            series: open.drafts.series.as_ref().map(answer::series),
        })
    }
}

impl Open {
    /// What is not saved yet, under the vault's key; none where there is nothing.
    pub(super) fn seal_unsaved(&self) -> Option<Vec<u8>> {
        if self.place.is_none() && self.drafts.iter().next().is_none() {
            return None;
        }
        let text = |(id, uri): (&Uuid, &KeyUri)| (id.to_string(), uri.to_uri().to_string());
        let unsaved = Unsaved {
            place: self.place.as_ref().map(|place| place.to_string()),
            drafts: self.drafts.iter().map(text).collect(),
            series: self.drafts.series.clone(),
        };
        let json = Zeroizing::new(serde_json::to_vec(&unsaved).ok()?);
        self.vault.seal_draft(&json).ok()
    }

    /// Takes back what [`Open::seal_unsaved`] sealed. What another vault sealed stays closed.
    pub(super) fn take_unsaved(&mut self, sealed: &[u8]) {
        let Some(unsaved) = self.vault.open_draft(sealed) else {
            return;
        };
        let Ok(mut unsaved) = serde_json::from_slice::<Unsaved>(&unsaved) else {
            return;
        };
        self.place = unsaved.place.take().map(Zeroizing::new);
        self.drafts = Drafts::default();
        for (id, uri) in &unsaved.drafts {
            if let (Ok(id), Ok(uri)) = (Uuid::parse_str(id), KeyUri::parse(uri)) {
                // As many were held before.
                let _ = self.drafts.insert(id, uri);
            }
        }
        self.drafts.series = unsaved.series.take();
    }
}
