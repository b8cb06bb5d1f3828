//! Groups: made, named anew, taken away; and which of them an entry is in.

use trousseau_entries::{EditError, EntryPatch};
use trousseau_wire::{EntryDetails, ErrorCode, Group};

use super::Core;
use crate::convert;
use crate::error::{Error, Result};

/// What is gone is the group.
fn of_group(error: EditError) -> Error {
    match error {
        EditError::NotFound => ErrorCode::GroupNotFound.into(),
        error => error.into(),
    }
}

impl Core {
    /// Makes a group.
    ///
    /// # Errors
    /// `GroupNameMissing`, `GroupExists`, `FieldTooLong`; what the disk says.
    pub fn add_group(&self, name: &str) -> Result<Group> {
        let now_ms = self.now_ms();
        self.session().change(now_ms, |entries| {
            let id = entries.add_group(name, now_ms)?;
            let group = entries.groups().find(|group| group.id == id);
            Ok(Group {
                id: id.to_string(),
                name: group.map_or(String::new(), |group| group.name.clone()),
                count: 0,
            })
        })
    }

    /// Names a group anew.
    ///
    /// # Errors
    /// As [`Core::add_group`]; `GroupNotFound`.
    pub fn rename_group(&self, id: &str, name: &str) -> Result<()> {
        let (now_ms, id) = (self.now_ms(), convert::parse_group(id)?);
        self.session().change(now_ms, |entries| {
            entries.rename_group(id, name, now_ms).map_err(of_group)
        })
    }

    /// Takes a group away; its entries stay.
    ///
    /// # Errors
    /// `GroupNotFound`; what the disk says.
    pub fn remove_group(&self, id: &str) -> Result<()> {
        let (now_ms, id) = (self.now_ms(), convert::parse_group(id)?);
        self.session().change(now_ms, |entries| {
            entries.remove_group(id, now_ms).map_err(of_group)
        })
    }

    /// Puts an entry into these groups and no other.
    ///
    /// # Errors
    /// `EntryNotFound`, `EntryDamaged`, `GroupNotFound`; what the disk says.
    pub fn set_groups(&self, id: &str, groups: &[String]) -> Result<EntryDetails> {
        let (now_ms, id) = (self.now_ms(), convert::parse_id(id)?);
        let mut wanted = Vec::new();
        for group in groups {
            let group = convert::parse_group(group)?;
            if !wanted.contains(&group) {
                wanted.push(group);
            }
        }
        let changes = EntryPatch {
            groups: Some(wanted),
            ..EntryPatch::default()
        };
        let mut session = self.session();
        session.change(now_ms, |entries| {
            entries.find(id)?;
            entries.edit(id, changes, now_ms).map_err(of_group)
        })?;
        session.details(id)
    }
}
