use trousseau_otp::{Secret, clean_name};

use crate::{Entries, Entry, EntryId, fold::fold};

/// Whether something like a new entry is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing like it.
    New,
    /// The same secret under the same name: adding would double it.
    Same(EntryId),
    /// The same secret under another name.
    SameSecret(EntryId),
    /// Another secret under the same name: services issue a new one at each enrolment.
    SameName(EntryId),
}

impl Entries {
    /// Looks for the secret first, then for the name; of several, the one that was added first.
    ///
    /// Names are compared folded, and two empty ones are no name. Entries in the trash do not count: whoever threw one
    /// away and scans it again wants it in the list, and would not find there what is said to be known.
    pub fn known(&self, issuer: &str, account: &str, secret: &Secret) -> Known {
        let (issuer, account) = (fold(&clean_name(issuer)), fold(&clean_name(account)));
        let same_name = |entry: &Entry| {
            entry.folded.issuer.folded == issuer && entry.folded.account.folded == account
        };
        let mut known = Known::New;
        for entry in self.iter().filter(|entry| entry.trashed.is_none()) {
            let same_secret = entry.otp().is_some_and(|(own, _)| own == secret);
            match (same_secret, same_name(entry), known) {
                (true, true, _) => return Known::Same(entry.id),
                (true, false, Known::New | Known::SameName(_)) => {
                    known = Known::SameSecret(entry.id)
                }
                (false, true, Known::New) if !(issuer.is_empty() && account.is_empty()) => {
                    known = Known::SameName(entry.id);
                }
                _ => {}
            }
        }
        known
    }
}
