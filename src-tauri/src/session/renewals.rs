//! The services that are to be asked for new secrets, because somebody may have those of an old copy: a list to tick off.

use trousseau_entries as entries;
use trousseau_wire::Renewal;

use super::Core;
use crate::answer;
use crate::refused::Answer;

impl Core {
    /// The list, in the manual order of the entries; empty where there is none.
    ///
    /// # Errors
    /// `Locked`.
    pub fn renewals(&self) -> Answer<Vec<Renewal>> {
        let session = self.session();
        let listed = session.open()?.entries.renewals().into_iter();
        let renewals = listed.map(|(entry, renewal)| Renewal {
            id: entry.id.to_string(),
            issuer: entry.issuer.clone(),
            account: entry.account.clone(),
            done: renewal == entries::Renewal::Done,
        });
        Ok(renewals.collect())
    }

    /// Begins a list of all entries that hold a secret, none of them ticked off; or ends it.
    ///
    /// # Errors
    /// What the phase and the disk say.
    pub fn list_renewals(&self, wanted: bool) -> Answer<()> {
        let now_ms = self.now_ms();
        self.session().change(now_ms, |entries| {
            if wanted {
                entries.begin_renewals();
            } else {
                entries.end_renewals();
            }
            Ok(())
        })
    }

    /// Ticks an entry of the list off, or back.
    ///
    /// # Errors
    /// `EntryGone`, also where it is not in the list; `EntryDamaged`; what the phase and the disk say.
    pub fn tick_renewal(&self, id: &str, done: bool) -> Answer<()> {
        let (now_ms, id) = (self.now_ms(), answer::parse_id(id)?);
        self.session()
            .change(now_ms, |entries| Ok(entries.tick_renewal(id, done)?))
    }
}
