use trousseau_otp::{Secret, clean_name};

use crate::{Entry, EntryId, VaultData, fold::fold};

/// Whether the vault already has an entry like a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicate {
    /// No such entry.
    New,
    /// The same secret and the same name: adding it would duplicate the entry.
    Same(EntryId),
    /// The same secret with another name.
    SameSecret(EntryId),
    /// Another secret with the same name: services issue a new secret at each enrolment.
    SameName(EntryId),
}

impl VaultData {
    /// Searches by secret first, then by name; returns the entry that was added first.
    ///
    /// Names are compared folded; two empty names do not count as equal. Entries in the trash are ignored, because a user who
    /// deleted an entry and scans it again wants it in the list.
    pub fn find_duplicate(&self, issuer: &str, account: &str, secret: &Secret) -> Duplicate {
        let (issuer, account) = (fold(&clean_name(issuer)), fold(&clean_name(account)));
        let same_name = |entry: &Entry| {
            entry.search_texts.issuer.folded == issuer
                && entry.search_texts.account.folded == account
        };
        let mut found = Duplicate::New;
        for entry in self.iter().filter(|entry| entry.trashed.is_none()) {
            let same_secret = entry.otp().is_some_and(|(own, _)| own == secret);
            match (same_secret, same_name(entry), found) {
                (true, true, _) => return Duplicate::Same(entry.id),
                (true, false, Duplicate::New | Duplicate::SameName(_)) => {
                    found = Duplicate::SameSecret(entry.id)
                }
                (false, true, Duplicate::New) if !(issuer.is_empty() && account.is_empty()) => {
                    found = Duplicate::SameName(entry.id);
                }
                _ => {}
            }
        }
        found
    }
}
