//! What was read and waits to be saved: texts become drafts.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use trousseau_entries::{EntryContent, NewEntry};
use trousseau_interchange::google::{Batches, TransferCode};
use trousseau_otp::{KeyUri, Link, OtpauthError, Source, UriWarning, find_links};
use trousseau_scan::Parts;
use trousseau_wire::{
    Draft, DraftChanges, ErrorCode, SavedEntries, SavedEntry, ScanAnswer, WireError,
};
use uuid::Uuid;

use super::{Core, Session};
use crate::answer;
use crate::refused::{Answer, Refused};

/// The longest text that is read, in characters: 1,600 for each of [`MOST`] links.
const TEXT_MAX: usize = trousseau_wire::MAX_TEXT_CHARS;
/// As many drafts are held at once, and as many links are read of one text.
const MOST: usize = 10_000;

/// Drafts by id, in the order in which they were read.
#[derive(Default)]
pub(super) struct Drafts {
    held: Vec<Held>,
    /// The transfer codes that some of them come from.
    pub(super) series: Batches,
    /// The QR codes with parts of texts.
    pub(super) parts: Parts,
}

struct Held {
    id: Uuid,
    uri: KeyUri,
    /// [`hash_of`] the names: most drafts differ in it.
    hash: u64,
}

impl Drafts {
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Uuid, &KeyUri)> {
        self.held.iter().map(|held| (&held.id, &held.uri))
    }

    fn get(&self, id: Uuid) -> Option<&KeyUri> {
        self.iter()
            .find(|(held, _)| **held == id)
            .map(|(_, uri)| uri)
    }

    /// The same thing read again is the same draft.
    fn id_of(&self, uri: &KeyUri) -> Option<Uuid> {
        let hash = hash_of(uri);
        let mut same = self.held.iter().filter(|held| held.hash == hash);
        same.find(|held| held.uri == *uri).map(|held| held.id)
    }

    /// # Errors
    /// `TooManyCodes` where not all of these can be held: no draft is dropped to make room.
    fn check_room(&self, read: &[Answer<Read>]) -> Answer<()> {
        let is_new = |uri: &KeyUri| self.id_of(uri).is_none();
        let new = |read: &Answer<Read>| match read {
            Ok(Read::Entry(uri)) => usize::from(is_new(uri)),
            Ok(Read::Transfer(batch)) => {
                let usable = batch.accounts.iter().flatten();
                usable.filter(|uri| is_new(uri)).count()
            }
            Err(_) => 0,
        };
        let count = self.held.len() + read.iter().map(new).sum::<usize>();
        if count > MOST {
            Err(too_many())
        } else {
            Ok(())
        }
    }

    /// # Errors
    /// `TooManyCodes`.
    pub(super) fn insert(&mut self, id: Uuid, uri: KeyUri) -> Answer<()> {
        if self.held.len() >= MOST {
            return Err(too_many());
        }
        let hash = hash_of(&uri);
        self.held.push(Held { id, uri, hash });
        Ok(())
    }

    fn remove(&mut self, id: Uuid) {
        self.held.retain(|held| held.id != id);
        if self.held.is_empty() {
            self.series.clear();
            // Parts of texts that are not whole yet still wait for the others.
            self.parts.forget_joined();
        }
    }
}

fn hash_of(uri: &KeyUri) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&uri.issuer, &uri.account).hash(&mut hasher);
    hasher.finish()
}

fn too_many() -> Refused {
    let error = WireError::new(ErrorCode::TooManyCodes);
    error.with("max", MOST).into()
}

impl Core {
    /// Reads a pasted, typed or shared text: all the links in it.
    ///
    /// # Errors
    /// `TextTooLong`, `TooManyCodes`; the reason where the text holds one thing only and it is refused.
    pub fn read_text(&self, text: &str) -> Answer<ScanAnswer> {
        self.read_text_from(text, Source::User)
    }

    /// Reads the address of a deep link.
    ///
    /// # Errors
    /// As [`Core::read_text`].
    pub(super) fn read_link(&self, link: &str) -> Answer<ScanAnswer> {
        self.read_text_from(link, Source::Program)
    }

    fn read_text_from(&self, text: &str, source: Source) -> Answer<ScanAnswer> {
        if text.chars().count() > TEXT_MAX {
            return Err(WireError::new(ErrorCode::TextTooLong)
                .with("max", TEXT_MAX)
                .into());
        }
        let answer = self.take_links(find_links(text, source))?;
        match (&*answer.drafts, &*answer.refused) {
            ([], []) => Err(ErrorCode::NotOtpauth.into()),
            ([], [only]) => Err(only.clone().into()),
            _ => Ok(answer),
        }
    }

    /// Saves a draft under the names that were confirmed.
    ///
    /// # Errors
    /// `DraftGone`, `FieldTooLong`, or what the disk says; then the draft is still held.
    pub fn save_draft(&self, draft_id: &str, changes: DraftChanges) -> Answer<SavedEntry> {
        let now_ms = self.now_ms();
        let draft_id = Uuid::parse_str(draft_id).map_err(|_| ErrorCode::DraftGone)?;
        let mut session = self.session();
        session.writable()?;
        let draft = session
            .open()?
            .drafts
            .get(draft_id)
            .ok_or(ErrorCode::DraftGone)?;
        let entry = new_entry(draft, changes);
        let id = session.change(now_ms, |entries| Ok(entries.add(entry, now_ms)?))?;
        session.open_mut()?.drafts.remove(draft_id);
        Ok(SavedEntry { id: id.to_string() })
    }

    /// Saves several drafts under the names that were read: all of them, or none.
    ///
    /// # Errors
    /// `DraftGone`, `FieldTooLong`, or what the disk says; then the drafts are still held.
    pub fn save_drafts(&self, draft_ids: &[String]) -> Answer<SavedEntries> {
        let now_ms = self.now_ms();
        let ids = draft_ids
            .iter()
            .map(|id| Uuid::parse_str(id).map_err(|_| ErrorCode::DraftGone))
            .collect::<Result<BTreeSet<_>, _>>()?;
        let mut session = self.session();
        session.writable()?;
        let drafts = session.open()?.drafts.iter();
        let new: Vec<NewEntry> = drafts
            .filter(|(id, _)| ids.contains(id))
            .map(|(_, draft)| {
                let (issuer, account) = (draft.issuer.clone(), draft.account.clone());
                new_entry(draft, DraftChanges { issuer, account })
            })
            .collect();
        if new.len() != ids.len() {
            return Err(ErrorCode::DraftGone.into());
        }
        let saved = session.change(now_ms, |entries| {
            new.into_iter()
                .map(|entry| Ok(entries.add(entry, now_ms)?.to_string()))
                .collect()
        })?;
        let open = session.open_mut()?;
        for id in ids {
            open.drafts.remove(id);
        }
        Ok(SavedEntries { ids: saved })
    }

    /// Forgets a draft.
    pub fn discard_draft(&self, draft_id: &str) -> Answer<()> {
        if let (Ok(id), Ok(open)) = (Uuid::parse_str(draft_id), self.session().open_mut()) {
            open.drafts.remove(id);
        }
        Ok(())
    }

    /// The texts of QR codes: each link in them becomes a draft or a reason.
    pub(crate) fn take_texts(&self, texts: &[impl AsRef<str>]) -> Answer<ScanAnswer> {
        let links = texts
            .iter()
            .flat_map(|text| find_links(text.as_ref(), Source::Program));
        self.take_links(links.collect())
    }

    /// Each link becomes a draft or a reason. More than can be held are refused as a whole: none is passed over.
    fn take_links(&self, links: Vec<Result<Link, OtpauthError>>) -> Answer<ScanAnswer> {
        if links.len() > MOST {
            return Err(too_many());
        }
        // With no lock held: they may be many.
        let read: Vec<Answer<Read>> = links.into_iter().map(|link| read(link?)).collect();
        let mut session = self.session();
        session.writable()?;
        session.open()?.drafts.check_room(&read)?;
        let mut answer = ScanAnswer::default();
        for read in read {
            match read {
                Ok(Read::Entry(uri)) => answer.drafts.push(session.hold(*uri)?),
                Ok(Read::Transfer(code)) => session.hold_transfer(code, &mut answer)?,
                Err(refused) => answer.refused.push(refused.0),
            }
        }
        Ok(answer)
    }
}

/// What a link held.
pub(super) enum Read {
    Entry(Box<KeyUri>),
    Transfer(TransferCode),
}

/// Reads one link.
///
/// # Errors
/// Why it is none.
pub(super) fn read(link: Link) -> Answer<Read> {
    match KeyUri::parse(&link.text) {
        Ok(mut uri) => {
            if link.lines_joined {
                uri.warnings.push(UriWarning::LinesJoined);
            }
            Ok(Read::Entry(Box::new(uri)))
        }
        Err(OtpauthError::Migration) => Ok(Read::Transfer(TransferCode::parse(&link.text)?)),
        Err(error) => Err(error.into()),
    }
}

impl Session {
    pub(super) fn hold(&mut self, uri: KeyUri) -> Answer<Draft> {
        let open = self.open_mut()?;
        let held = open.drafts.id_of(&uri);
        let id = held.unwrap_or_else(Uuid::new_v4);
        let draft = answer::draft(id, &uri, &open.entries);
        if held.is_none() {
            open.drafts.insert(id, uri)?;
        }
        Ok(draft)
    }

    /// A transfer code: each of its accounts becomes a draft or a reason.
    fn hold_transfer(&mut self, code: TransferCode, answer: &mut ScanAnswer) -> Answer<()> {
        for account in code.accounts {
            match account {
                Ok(uri) => answer.drafts.push(self.hold(uri)?),
                Err(skipped) => answer.refused.push(Refused::from(skipped).0),
            }
        }
        let drafts = &mut self.open_mut()?.drafts;
        drafts.series.add(code.position, code.payload_hash);
        answer.series = answer::series(&drafts.series);
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
