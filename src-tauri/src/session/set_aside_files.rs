//! The files that were put aside when others took their place: they still open with what opened them then.

use trousseau_wire::SetAsideFile;

use super::Core;
use crate::error::Result;
use crate::storage;

impl Core {
    /// All of them, the oldest first.
    ///
    /// # Errors
    /// `Locked`; what the disk says.
    pub fn set_aside_files(&self) -> Result<Vec<SetAsideFile>> {
        let session = self.session();
        session.unlocked()?;
        let files = session.storage()?.list_set_aside()?.into_iter();
        let files = files.map(|file: storage::SetAsideFile| SetAsideFile {
            name: file.name,
            set_aside_ms: file.set_aside_ms,
        });
        Ok(files.collect())
    }

    /// Deletes one of them for ever; one that is gone already is no error.
    ///
    /// Asks for a proof: it may be the only file with an entry that somebody needs.
    ///
    /// # Errors
    /// `ReauthRequired`; `StorageFailed` for the name of anything else, and for a folder; what the disk says.
    pub fn delete_set_aside_file(&self, name: &str) -> Result<()> {
        let session = self.session();
        session.writable()?;
        session.require_recent_proof(self.monotonic())?;
        Ok(session.storage()?.delete_set_aside(name)?)
    }
}
