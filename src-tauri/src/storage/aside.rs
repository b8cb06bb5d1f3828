//! What another file takes the place of is put aside under a name of its own.

use super::{BACKUP, Storage, StorageError, VAULT};

impl Storage {
    /// Copies a vault file that is not `known` to a name of its own, so that replacing it loses nothing. A file
    /// that this app wrote and the disk did not confirm is not copied: it may accept a credential that is being removed.
    ///
    /// # Errors
    /// The disk's error.
    pub fn keep_foreign(&self, known: &[u8], now_ms: u64) -> Result<(), StorageError> {
        let Some(there) = self.read_vault()?.filter(|there| there != known) else {
            return Ok(());
        };
        if self.replaceable.borrow().contains(&there) {
            return Ok(());
        }
        self.keep_aside(&there, now_ms)?;
        self.replaceable.borrow_mut().push(there);
        Ok(())
    }

    /// Copies the previous generation to a name of its own, so that replacing it loses nothing.
    ///
    /// # Errors
    /// The disk's error.
    pub fn keep_backup(&self, now_ms: u64) -> Result<(), StorageError> {
        match self.read_backup() {
            Ok(Some(backup)) => self.keep_aside(&backup, now_ms),
            Ok(None) => Ok(()),
            Err(_) => self.rename_aside(BACKUP, now_ms),
        }
    }

    /// Gives a vault that cannot be read a name of its own: a folder, a pipe, a bad block, whose bytes nobody can copy.
    ///
    /// # Errors
    /// The disk's error.
    pub fn rename_unreadable_vault(&self, now_ms: u64) -> Result<(), StorageError> {
        match self.read_vault() {
            Ok(_) => Ok(()),
            Err(_) => self.rename_aside(VAULT, now_ms),
        }
    }

    /// Gives what cannot be read a name of its own.
    fn rename_aside(&self, name: &str, now_ms: u64) -> Result<(), StorageError> {
        self.check_lock()?;
        for at in now_ms.. {
            let aside = format!("{VAULT}.damaged-{at}");
            if self.read(&aside)?.is_none() {
                let (from, to) = (self.folder.join(name), self.folder.join(aside));
                let renamed = self.disk.rename(&from, &to);
                return renamed.map_err(|error| self.refused(error));
            }
        }
        Ok(())
    }

    fn keep_aside(&self, bytes: &[u8], now_ms: u64) -> Result<(), StorageError> {
        // Whatever the clock says, what was kept before stays.
        for at in now_ms.. {
            let name = format!("{VAULT}.damaged-{at}");
            match self.read(&name)? {
                Some(kept) if kept != bytes => {}
                Some(_) => break,
                None => {
                    self.replace(&name, bytes)?;
                    break;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::tests::open;
    use super::*;

    #[test]
    fn what_is_kept_aside_replaces_nothing_that_was() {
        let folder = tempfile::tempdir().unwrap();
        let storage = open(folder.path()).unwrap();
        for foreign in ["one", "two", "one", "two"] {
            fs::write(folder.path().join(VAULT), foreign).unwrap();
            storage.keep_foreign(b"ours", 7).unwrap();
            storage.write_vault(b"ours").unwrap();
            storage.keep_foreign(b"ours", 7).unwrap();
        }
        let kept = |at| fs::read(folder.path().join(format!("{VAULT}.damaged-{at}"))).ok();
        assert_eq!(kept(7).as_deref(), Some(&b"one"[..]));
        assert_eq!(kept(8).as_deref(), Some(&b"two"[..]));
        assert_eq!(kept(9), None);
    }
}
