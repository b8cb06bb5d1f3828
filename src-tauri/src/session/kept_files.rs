//! The files that were put aside when others took their place: they still open with what opened them then.

use trousseau_wire::KeptFile;

use super::Core;
use crate::refused::Answer;
use crate::storage::Aside;

impl Core {
    /// All of them, the oldest first.
    ///
    /// # Errors
    /// `Locked`; what the disk says.
    pub fn kept_files(&self) -> Answer<Vec<KeptFile>> {
        let session = self.session();
        session.open()?;
        let asides = session.storage()?.kept_aside()?.into_iter();
        let files = asides.map(|Aside { name, kept_ms }| KeptFile { name, kept_ms });
        Ok(files.collect())
    }

    /// Deletes one of them for ever; one that is gone already is no error.
    ///
    /// Asks for a proof: it may be the only file with an entry that somebody needs.
    ///
    /// # Errors
    /// `ReauthRequired`; `StorageFailed` for the name of anything else, and for a folder; what the disk says.
    pub fn delete_kept_file(&self, name: &str) -> Answer<()> {
        let session = self.session();
        session.writable()?;
        session.proved_lately(self.moment())?;
        Ok(session.storage()?.delete_aside(name)?)
    }
}
