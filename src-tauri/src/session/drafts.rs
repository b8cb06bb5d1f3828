//! What was read and waits to be saved: texts become drafts.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use trousseau_entries::{EntryContent, NewEntry};
use trousseau_interchange::google::{Batches, TransferCode};
use trousseau_otp::{KeyUri, Link, OtpauthError, Source, UriWarning, find_links};
use trousseau_scan::Parts;
use trousseau_wire::{
    Draft, DraftChanges, ErrorCode, SavedEntries, SavedEntry, ScanResult, WireError,
};
use uuid::Uuid;

use super::{Core, Session};
use crate::convert;
use crate::error::{Error, Result};

/// The longest text that is read, in characters: 1,600 for each of [`MAX_DRAFTS`] links.
const MAX_CHARS: usize = trousseau_wire::MAX_TEXT_CHARS;
/// As many drafts are held at once, and as many links are read of one text.
const MAX_DRAFTS: usize = 10_000;

/// Drafts by id, in the order in which they were read.
#[derive(Default)]
pub(super) struct Drafts {
    stored: Vec<StoredDraft>,
    /// The transfer codes that some of them come from.
    pub(super) batches: Batches,
    /// The QR codes with parts of texts.
    pub(super) parts: Parts,
}

struct StoredDraft {
    id: Uuid,
    uri: KeyUri,
    /// [`hash_of`] the names: most drafts differ in it.
    hash: u64,
}

impl Drafts {
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Uuid, &KeyUri)> {
        self.stored.iter().map(|held| (&held.id, &held.uri))
    }

    fn get(&self, id: Uuid) -> Option<&KeyUri> {
        self.iter()
            .find(|(held, _)| **held == id)
            .map(|(_, uri)| uri)
    }

    /// The same thing read again is the same draft.
    fn find(&self, uri: &KeyUri) -> Option<Uuid> {
        let hash = hash_of(uri);
        let mut same = self.stored.iter().filter(|held| held.hash == hash);
        same.find(|held| held.uri == *uri).map(|held| held.id)
    }

    /// # Errors
    /// `TooManyCodes` where not all of these can be held: no draft is dropped to make room.
    fn check_room(&self, read: &[Result<ParsedLink>]) -> Result<()> {
        let is_new = |uri: &KeyUri| self.find(uri).is_none();
        let new = |read: &Result<ParsedLink>| match read {
            Ok(ParsedLink::Entry(uri)) => usize::from(is_new(uri)),
            Ok(ParsedLink::Transfer(batch)) => {
                let usable = batch.accounts.iter().flatten();
                usable.filter(|uri| is_new(uri)).count()
            }
            Err(_) => 0,
        };
        let count = self.stored.len() + read.iter().map(new).sum::<usize>();
        if count > MAX_DRAFTS {
            Err(too_many())
        } else {
            Ok(())
        }
    }

    /// # Errors
    /// `TooManyCodes`.
    pub(super) fn insert(&mut self, id: Uuid, uri: KeyUri) -> Result<()> {
        if self.stored.len() >= MAX_DRAFTS {
            return Err(too_many());
        }
        let hash = hash_of(&uri);
        self.stored.push(StoredDraft { id, uri, hash });
        Ok(())
    }

    fn remove(&mut self, id: Uuid) {
        self.stored.retain(|held| held.id != id);
        if self.stored.is_empty() {
            self.batches.clear();
            // Parts of texts that are not whole yet still wait for the others.
            self.parts.remove_complete();
        }
    }
}

fn hash_of(uri: &KeyUri) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&uri.issuer, &uri.account).hash(&mut hasher);
    hasher.finish()
}

fn too_many() -> Error {
    let error = WireError::new(ErrorCode::TooManyCodes);
    error.with("max", MAX_DRAFTS).into()
}

impl Core {
    /// Reads a pasted, typed or shared text: all the links in it.
    ///
    /// # Errors
    /// `TextTooLong`, `TooManyCodes`; the reason where the text holds one thing only and it is refused.
    pub fn import_text(&self, text: &str) -> Result<ScanResult> {
        self.import_text_from(text, Source::User)
    }

    /// Reads the address of a deep link.
    ///
    /// # Errors
    /// As [`Core::import_text`].
    pub(super) fn import_link(&self, link: &str) -> Result<ScanResult> {
        self.import_text_from(link, Source::Program)
    }

    fn import_text_from(&self, text: &str, source: Source) -> Result<ScanResult> {
        if text.chars().count() > MAX_CHARS {
            return Err(WireError::new(ErrorCode::TextTooLong)
                .with("max", MAX_CHARS)
                .into());
        }
        let answer = self.import_links(find_links(text, source))?;
        match (&*answer.drafts, &*answer.errors) {
            ([], []) => Err(ErrorCode::NotOtpauth.into()),
            ([], [only]) => Err(only.clone().into()),
            _ => Ok(answer),
        }
    }

    /// Saves a draft under the names that were confirmed.
    ///
    /// # Errors
    /// `DraftNotFound`, `FieldTooLong`, or what the disk says; then the draft is still held.
    pub fn save_draft(&self, draft_id: &str, changes: DraftChanges) -> Result<SavedEntry> {
        let now_ms = self.now_ms();
        let draft_id = Uuid::parse_str(draft_id).map_err(|_| ErrorCode::DraftNotFound)?;
        let mut session = self.session();
        session.writable()?;
        let draft = session
            .unlocked()?
            .drafts
            .get(draft_id)
            .ok_or(ErrorCode::DraftNotFound)?;
        let entry = new_entry(draft, changes);
        let id = session.change(now_ms, |entries| Ok(entries.add(entry, now_ms)?))?;
        session.unlocked_mut()?.drafts.remove(draft_id);
        Ok(SavedEntry { id: id.to_string() })
    }

    /// Saves several drafts under the names that were read: all of them, or none.
    ///
    /// # Errors
    /// `DraftNotFound`, `FieldTooLong`, or what the disk says; then the drafts are still held.
    pub fn save_drafts(&self, draft_ids: &[String]) -> Result<SavedEntries> {
        let now_ms = self.now_ms();
        let ids = draft_ids
            .iter()
            .map(|id| Uuid::parse_str(id).map_err(|_| ErrorCode::DraftNotFound))
            .collect::<Result<BTreeSet<_>, _>>()?;
        let mut session = self.session();
        session.writable()?;
        let drafts = session.unlocked()?.drafts.iter();
        let new: Vec<NewEntry> = drafts
            .filter(|(id, _)| ids.contains(id))
            .map(|(_, draft)| {
                let (issuer, account) = (draft.issuer.clone(), draft.account.clone());
                new_entry(draft, DraftChanges { issuer, account })
            })
            .collect();
        if new.len() != ids.len() {
            return Err(ErrorCode::DraftNotFound.into());
        }
        let saved = session.change(now_ms, |entries| {
            new.into_iter()
                .map(|entry| Ok(entries.add(entry, now_ms)?.to_string()))
                .collect()
        })?;
        let open = session.unlocked_mut()?;
        for id in ids {
            open.drafts.remove(id);
        }
        Ok(SavedEntries { ids: saved })
    }

    /// Forgets a draft.
    pub fn discard_draft(&self, draft_id: &str) -> Result<()> {
        if let (Ok(id), Ok(open)) = (Uuid::parse_str(draft_id), self.session().unlocked_mut()) {
            open.drafts.remove(id);
        }
        Ok(())
    }

    /// The texts of QR codes: each link in them becomes a draft or a reason.
    pub(crate) fn import_texts(&self, texts: &[impl AsRef<str>]) -> Result<ScanResult> {
        let links = texts
            .iter()
            .flat_map(|text| find_links(text.as_ref(), Source::Program));
        self.import_links(links.collect())
    }

    /// Each link becomes a draft or a reason. More than can be held are refused as a whole: none is passed over.
    fn import_links(&self, links: Vec<Result<Link, OtpauthError>>) -> Result<ScanResult> {
        if links.len() > MAX_DRAFTS {
            return Err(too_many());
        }
        // With no lock held: they may be many.
        let read: Vec<Result<ParsedLink>> =
            links.into_iter().map(|link| parse_link(link?)).collect();
        let mut session = self.session();
        session.writable()?;
        session.unlocked()?.drafts.check_room(&read)?;
        let mut answer = ScanResult::default();
        for read in read {
            match read {
                Ok(ParsedLink::Entry(uri)) => answer.drafts.push(session.add_draft(*uri)?),
                Ok(ParsedLink::Transfer(code)) => session.add_transfer_code(code, &mut answer)?,
                Err(refused) => answer.errors.push(refused.0),
            }
        }
        Ok(answer)
    }
}

/// What a link held.
pub(super) enum ParsedLink {
    Entry(Box<KeyUri>),
    Transfer(TransferCode),
}

/// Reads one link.
///
/// # Errors
/// Why it is none.
pub(super) fn parse_link(link: Link) -> Result<ParsedLink> {
    match KeyUri::parse(&link.text) {
        Ok(mut uri) => {
            if link.lines_joined {
                uri.warnings.push(UriWarning::LinesJoined);
            }
            Ok(ParsedLink::Entry(Box::new(uri)))
        }
        Err(OtpauthError::Migration) => Ok(ParsedLink::Transfer(TransferCode::parse(&link.text)?)),
        Err(error) => Err(error.into()),
    }
}

impl Session {
    pub(super) fn add_draft(&mut self, uri: KeyUri) -> Result<Draft> {
        let open = self.unlocked_mut()?;
        let held = open.drafts.find(&uri);
        let id = held.unwrap_or_else(Uuid::new_v4);
        let draft = convert::draft(id, &uri, &open.entries);
        if held.is_none() {
            open.drafts.insert(id, uri)?;
        }
        Ok(draft)
    }

    /// A transfer code: each of its accounts becomes a draft or a reason.
    fn add_transfer_code(&mut self, code: TransferCode, answer: &mut ScanResult) -> Result<()> {
        for account in code.accounts {
            match account {
                Ok(uri) => answer.drafts.push(self.add_draft(uri)?),
                Err(skipped) => answer.errors.push(Error::from(skipped).0),
            }
        }
        let drafts = &mut self.unlocked_mut()?.drafts;
        drafts.batches.add(code.position, code.payload_hash);
        answer.batches = convert::batches(&drafts.batches);
        Ok(())
    }
}

fn new_entry(draft: &KeyUri, names: DraftChanges) -> NewEntry {
    NewEntry {
        issuer: names.issuer,
        account: names.account,
        note: String::new(),
        content: EntryContent::Otp {
            secret: draft.secret.clone(),
            params: draft.params,
        },
        // Parameters that mean nothing here stay with the entry and go back out.
        unknown_params: draft.unknown_params.clone(),
    }
}
