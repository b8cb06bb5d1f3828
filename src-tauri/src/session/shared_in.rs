//! What another app hands over: a link, a text, a picture. It waits in memory until the vault is open, becomes a
//! draft as if it had been scanned, and is never saved by itself.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use tauri::Url;
use trousseau_wire::{CoreEvent, ErrorCode, ScanResult, WireError};
use zeroize::Zeroizing;

use super::Core;
use crate::error::Result;
use crate::platform::system_ui::SharedReadError;

/// As many as wait at once. What comes later is counted and told, so that no other app pushes out what the user handed
/// over.
const MAX_WAITING: usize = 20;
/// As many bytes as wait at once: one picture of the largest.
const MAX_SHARED_BYTES: usize = trousseau_scan::MAX_PICTURE_MB as usize * 1_000_000;

/// What waits.
pub(super) enum SharedItem {
    /// A deep link, which a program wrote.
    Link(Zeroizing<String>),
    /// A text that a person shared.
    Text(Zeroizing<String>),
    Picture(Zeroizing<Vec<u8>>),
    /// Nothing but why.
    Refused(WireError),
}

impl SharedItem {
    /// In bytes.
    fn len(&self) -> usize {
        match self {
            Self::Link(text) | Self::Text(text) => text.len(),
            Self::Picture(bytes) => bytes.len(),
            Self::Refused(_) => 0,
        }
    }
}

/// What waits, and how many found no room since it was taken last.
#[derive(Default)]
pub(super) struct SharedQueue {
    waiting: VecDeque<SharedItem>,
    turned_away: usize,
}

impl SharedQueue {
    /// Whether there is nothing to take and nothing to tell.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.turned_away == 0
    }

    /// Keeps `handover` behind the others, or counts it where there is no room.
    fn keep(&mut self, handover: SharedItem) {
        let bytes: usize = self.waiting.iter().map(SharedItem::len).sum();
        if self.waiting.len() < MAX_WAITING && bytes + handover.len() <= MAX_SHARED_BYTES {
            self.waiting.push_back(handover);
        } else {
            self.turned_away += 1;
        }
    }

    /// Puts back what was taken and not read, before what came since.
    fn put_back(&mut self, taken: Self) {
        let since = std::mem::replace(self, taken);
        self.turned_away += since.turned_away;
        since.waiting.into_iter().for_each(|later| self.keep(later));
    }
}

/// What an address stands for.
#[derive(Debug, PartialEq, Eq)]
enum SharedUrl {
    /// It is the link itself.
    Link(String),
    /// It holds the text.
    Text(String),
    /// A file that the system made for us.
    File(PathBuf),
    /// To be asked for by this name.
    Shared(String),
}

impl SharedUrl {
    /// Of a deep link, or of what was shared: the system puts a shared text into a `data:` address, unless it has the form
    /// of an address itself, as "Secret:JBSW…" has.
    fn of(url: &Url) -> Self {
        let known = match url.scheme() {
            "otpauth" | "otpauth-migration" | "steam" | "http" | "https" => {
                Some(Self::Link(url.as_str().to_owned()))
            }
            "data" => match url.path().split_once(',') {
                Some(("text/plain", text)) => decoded(text).map(Self::Text),
                _ => None,
            },
            "file" => url
                .to_file_path()
                .ok()
                .filter(|file| is_in_inbox(file))
                .map(Self::File),
            "content" => Some(Self::Shared(url.as_str().to_owned())),
            _ => decoded(url.as_str()).map(Self::Text),
        };
        // Kept as a text, so that the user is told that it is no link.
        known.unwrap_or_else(|| Self::Text(url.as_str().to_owned()))
    }
}

impl Core {
    /// Takes what another app hands over. Reads files, and waits for that app: not for the window's own thread.
    pub fn receive_shared_url(&self, url: &Url) {
        let handover = match SharedUrl::of(url) {
            SharedUrl::Link(link) => SharedItem::Link(Zeroizing::new(link)),
            SharedUrl::Text(text) => SharedItem::Text(Zeroizing::new(text)),
            SharedUrl::File(file) => picture(read_once(&file, MAX_SHARED_BYTES)),
            SharedUrl::Shared(name) => {
                picture(self.config.system_ui.read_shared(&name, MAX_SHARED_BYTES))
            }
        };
        self.session().shared.keep(handover);
        self.notify(CoreEvent::StatusChanged);
    }

    /// What was handed over, read; none where nothing waits.
    ///
    /// # Errors
    /// `Locked`, `ReadOnly`; the reason where there was one thing only and it was refused.
    pub fn take_shared(&self) -> Result<Option<ScanResult>> {
        let shared = {
            let mut session = self.session();
            session.writable()?;
            std::mem::take(&mut session.shared)
        };
        self.read_all(shared, |handover| match handover {
            SharedItem::Link(link) => self.import_link(link),
            SharedItem::Text(text) => self.import_text(text),
            SharedItem::Picture(bytes) => self.scan_picture(bytes),
            SharedItem::Refused(error) => Err(error.clone().into()),
        })
    }

    /// The answers to all of it in one. What a lock comes before waits again.
    pub(super) fn read_all(
        &self,
        mut shared: SharedQueue,
        mut read: impl FnMut(&SharedItem) -> Result<ScanResult>,
    ) -> Result<Option<ScanResult>> {
        let things = shared.waiting.len() + usize::from(shared.turned_away > 0);
        let mut all: Option<ScanResult> = None;
        let mut refusals = Vec::new();
        while let Some(handover) = shared.waiting.pop_front() {
            match read(&handover) {
                Ok(answer) => {
                    let all = all.get_or_insert_default();
                    all.drafts.extend(answer.drafts);
                    all.errors.extend(answer.errors);
                    if !answer.batches.is_empty() {
                        all.batches = answer.batches;
                    }
                }
                Err(refused) if refused.code() == ErrorCode::Locked => {
                    shared.waiting.push_front(handover);
                    self.session().shared.put_back(shared);
                    return Err(refused);
                }
                Err(refused) => refusals.push(refused),
            }
        }
        if shared.turned_away > 0 {
            let error = WireError::new(ErrorCode::TooManyShared);
            refusals.push(error.with("count", shared.turned_away).into());
        }
        match (things, refusals.pop()) {
            (1, Some(only)) => Err(only),
            (_, last) => {
                for refused in refusals.into_iter().chain(last) {
                    all.get_or_insert_default().errors.push(refused.0);
                }
                Ok(all)
            }
        }
    }
}

/// The text that stands in an address.
fn decoded(text: &str) -> Option<String> {
    let text = percent_encoding::percent_decode_str(text).decode_utf8();
    text.ok().map(Cow::into_owned)
}

fn picture(read: Result<Zeroizing<Vec<u8>>, SharedReadError>) -> SharedItem {
    match read {
        Ok(bytes) => SharedItem::Picture(bytes),
        Err(SharedReadError::TooLarge) => {
            let error = WireError::new(ErrorCode::FileTooLarge);
            SharedItem::Refused(error.with("maxMb", trousseau_scan::MAX_PICTURE_MB))
        }
        Err(SharedReadError::Unreadable) => {
            SharedItem::Refused(WireError::new(ErrorCode::SharedUnreadable))
        }
    }
}

/// iOS puts a copy of what is shared into the app's own inbox. No other file is anybody's to hand over.
fn is_in_inbox(file: &Path) -> bool {
    file.parent()
        .is_some_and(|folder| folder.ends_with("Documents/Inbox"))
}

/// The bytes of a file that was made for us: it is removed, as it shows a secret.
fn read_once(file: &Path, limit: usize) -> Result<Zeroizing<Vec<u8>>, SharedReadError> {
    use std::io::Read;
    let mut bytes = Zeroizing::new(Vec::new());
    let read = crate::storage::open_to_read(file)
        .and_then(|opened| opened.take(limit as u64 + 1).read_to_end(&mut bytes));
    let _ = std::fs::remove_file(file);
    match read {
        Ok(length) if length > limit => Err(SharedReadError::TooLarge),
        Ok(_) => Ok(bytes),
        Err(_) => Err(SharedReadError::Unreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn handed(address: &str) -> SharedUrl {
        SharedUrl::of(&Url::parse(address).unwrap())
    }

    #[test]
    fn an_address_is_a_link_a_text_or_a_picture() {
        let text = |text: &str| SharedUrl::Text(text.into());
        for link in [
            "otpauth://totp/Portail:jane?secret=GEZDGNBVGY3TQOJQ&issuer=Portail",
            "otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8%3D",
        ] {
            assert_eq!(handed(link), SharedUrl::Link(link.into()));
        }
        assert_eq!(
            handed("data:text/plain,otpauth%3A%2F%2Ftotp%2Fx%3Fsecret%3DGEZDGNBV%20%C3%A9"),
            text("otpauth://totp/x?secret=GEZDGNBV é")
        );
        assert_eq!(
            handed("content://media/external/images/7"),
            SharedUrl::Shared("content://media/external/images/7".into())
        );
    }

    #[test]
    fn another_address_is_a_text_that_is_no_link() {
        for address in [
            "javascript:alert(1)",
            "data:text/html,<script>",
            "data:image/png;base64,AAAA",
            "ftp://example.org/code.png",
            "file:///tmp/code.png",
            "file:///tmp/Documents/Inbox/../vault.trousseau",
            "intent://scan#Intent;end",
            "tel:117",
            "secret:JBSWY3DPEHPK3PXP",
        ] {
            let text = Url::parse(address).unwrap().to_string();
            assert_eq!(handed(address), SharedUrl::Text(text), "{address}");
        }
        let words = SharedUrl::Text("clef: été".into());
        assert_eq!(handed("clef:%20%C3%A9t%C3%A9"), words);
    }

    #[test]
    fn a_copy_that_the_system_made_is_removed_and_a_large_one_is_not_read() {
        let home = tempfile::tempdir().unwrap();
        let inbox = home.path().join("Documents/Inbox");
        std::fs::create_dir_all(&inbox).unwrap();
        let file = inbox.join("code.png");
        let address = Url::from_file_path(&file).unwrap();
        assert_eq!(SharedUrl::of(&address), SharedUrl::File(file.clone()));
        std::fs::write(&file, b"picture").unwrap();
        assert_eq!(read_once(&file, 7).unwrap().as_slice(), b"picture");
        assert!(!file.exists());
        std::fs::write(&file, b"too large").unwrap();
        assert_eq!(read_once(&file, 7), Err(SharedReadError::TooLarge));
        assert!(!file.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_the_place_of_a_copy_holds_nothing_up() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("code.png");
        crate::storage::tests::make_pipe(&file);
        assert_eq!(read_once(&file, 7), Err(SharedReadError::Unreadable));
        assert!(!file.exists());
    }
}
