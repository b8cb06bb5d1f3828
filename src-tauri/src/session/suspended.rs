//! What a lock interrupts: drafts, and where the person was in the app. Sealed in memory until the vault is open again;
//! never on disk.

use serde::{Deserialize, Serialize};
use trousseau_interchange::google::Batches;
use trousseau_otp::KeyUri;
use trousseau_scan::Part;
use trousseau_wire::{ErrorCode, RestoredState, WireError};
use uuid::Uuid;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::drafts::Drafts;
use super::{Core, Session, Unlocked};
use crate::convert;
use crate::error::Result;

/// The screens, what is typed on them (the longest note has 64 KiB), and the ids of up to 10,000 drafts (400 kB), in bytes.
const MAX_UI_STATE_BYTES: usize = 1024 * 1024;

/// What is sealed.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Suspended {
    ui_state: Option<String>,
    /// Draft ids and otpauth URIs.
    drafts: Vec<(String, String)>,
    #[zeroize(skip)]
    batches: Batches,
    parts: Vec<SuspendedPart>,
}

/// A part of a text on several QR codes.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct SuspendedPart {
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
    pub fn save_ui_state(&self, ui_state: Option<String>) -> Result<()> {
        let ui_state = checked(ui_state)?;
        let mut session = self.session();
        session.writable()?;
        session.unlocked_mut()?.ui_state = ui_state;
        Ok(())
    }

    /// What the last lock interrupted. It stays here until the page says where the person is now: a lock may come first.
    ///
    /// # Errors
    /// `Locked`.
    pub fn restore_ui_state(&self) -> Result<RestoredState> {
        let mut session = self.session();
        session.writable()?;
        let open = session.unlocked_mut()?;
        let ui_state = open.ui_state.as_ref().map(|text| text.to_string());
        let drafts = open.drafts.iter();
        Ok(RestoredState {
            ui_state,
            drafts: drafts
                .map(|(id, uri)| convert::draft(*id, uri, &open.entries))
                .collect(),
            batches: convert::batches(&open.drafts.batches),
        })
    }
}

/// A ui_state that is not too long to be kept.
///
/// # Errors
/// `TextTooLong`.
pub(super) fn checked(ui_state: Option<String>) -> Result<Option<Zeroizing<String>>> {
    let ui_state = ui_state.map(Zeroizing::new);
    if ui_state
        .as_ref()
        .is_some_and(|text| text.len() > MAX_UI_STATE_BYTES)
    {
        return Err(WireError::new(ErrorCode::TextTooLong)
            .with("max", MAX_UI_STATE_BYTES)
            .into());
    }
    Ok(ui_state)
}

impl Unlocked {
    /// What is not saved yet, under the vault's key; none where there is nothing.
    pub(super) fn seal_suspended(&self) -> Option<Vec<u8>> {
        let Drafts { batches, parts, .. } = &self.drafts;
        let nothing = self.drafts.iter().next().is_none()
            && batches.iter().next().is_none()
            && parts.iter().next().is_none();
        if self.ui_state.is_none() && nothing {
            return None;
        }
        let text = |(id, uri): (&Uuid, &KeyUri)| (id.to_string(), uri.to_uri().to_string());
        let unsaved = Suspended {
            ui_state: self.ui_state.as_ref().map(|ui_state| ui_state.to_string()),
            drafts: self.drafts.iter().map(text).collect(),
            batches: batches.clone(),
            parts: parts.iter().map(SuspendedPart::from).collect(),
        };
        let json = Zeroizing::new(serde_json::to_vec(&unsaved).ok()?);
        self.vault.seal_suspended(&json).ok()
    }

    /// Takes back what [`Unlocked::seal_suspended`] sealed. Answers whether it was sealed under this vault's keys.
    fn restore_suspended(&mut self, sealed: &[u8]) -> bool {
        let Some(unsaved) = self.vault.open_suspended(sealed) else {
            return false;
        };
        let Ok(mut unsaved) = serde_json::from_slice::<Suspended>(&unsaved) else {
            return true;
        };
        self.ui_state = unsaved.ui_state.take().map(Zeroizing::new);
        self.drafts = Drafts::default();
        for (id, uri) in &unsaved.drafts {
            if let (Ok(id), Ok(uri)) = (Uuid::parse_str(id), KeyUri::parse(uri)) {
                // As many were held before.
                let _ = self.drafts.insert(id, uri);
            }
        }
        self.drafts.batches = std::mem::take(&mut unsaved.batches);
        let parts = unsaved.parts.drain(..).filter_map(SuspendedPart::part);
        parts.for_each(|part| self.drafts.parts.restore(part));
        true
    }
}

impl Session {
    /// Takes back what the last lock interrupted. What was sealed under other keys stays for the vault that has them.
    pub(super) fn restore_suspended(&mut self) {
        if let (Some(kept), Some(open)) = (self.suspended.take(), &mut self.unlocked)
            && !open.restore_suspended(&kept)
        {
            self.suspended = Some(kept);
        }
    }
}

impl From<&Part> for SuspendedPart {
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

impl SuspendedPart {
    fn part(mut self) -> Option<Part> {
        let (bytes, text) = (
            std::mem::take(&mut self.bytes),
            std::mem::take(&mut self.text),
        );
        Part::new(self.index, self.count, self.parity, bytes, text)
    }
}
