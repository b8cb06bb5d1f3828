//! The services that are to be asked for new secrets, because somebody may have those of an old copy: a list to tick off.

use trousseau_entries as entries;
use trousseau_wire::ChecklistItem;

use super::Core;
use crate::convert;
use crate::error::Result;

impl Core {
    /// The list, in the manual order of the entries; empty where there is none.
    ///
    /// # Errors
    /// `Locked`.
    pub fn new_secrets_checklist(&self) -> Result<Vec<ChecklistItem>> {
        let session = self.session();
        let listed = session
            .unlocked()?
            .entries
            .new_secrets_checklist()
            .into_iter();
        let renewals = listed.map(|(entry, renewal)| ChecklistItem {
            id: entry.id.to_string(),
            issuer: entry.issuer.clone(),
            account: entry.account.clone(),
            done: renewal == entries::NewSecretState::Done,
        });
        Ok(renewals.collect())
    }

    /// Begins a list of all entries that hold a secret, none of them ticked off; or ends it.
    ///
    /// # Errors
    /// What the phase and the disk say.
    pub fn set_new_secrets_checklist(&self, wanted: bool) -> Result<()> {
        let now_ms = self.now_ms();
        self.session().change(now_ms, |entries| {
            if wanted {
                entries.begin_new_secrets_checklist();
            } else {
                entries.end_new_secrets_checklist();
            }
            Ok(())
        })
    }

    /// Ticks an entry of the list off, or back.
    ///
    /// # Errors
    /// `EntryNotFound`, also where it is not in the list; `EntryDamaged`; what the phase and the disk say.
    pub fn tick_new_secret(&self, id: &str, done: bool) -> Result<()> {
        let (now_ms, id) = (self.now_ms(), convert::parse_id(id)?);
        self.session()
            .change(now_ms, |entries| Ok(entries.tick_new_secret(id, done)?))
    }
}
