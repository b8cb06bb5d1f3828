use uuid::Uuid;

use crate::{
    EditError, Item, VaultData,
    entry::{clean_name, generate_id, refuse_link},
    fold::fold,
    json::own_id,
    raw::RawFields,
};

/// The id of a group, the same on every device and after edits.
pub type GroupId = Uuid;

/// A group of entries.
#[derive(Clone, PartialEq)]
pub struct Group {
    /// The id.
    pub id: GroupId,
    /// The name.
    pub name: String,
    /// When it was created or last renamed (Unix ms).
    pub modified: u64,
    /// Fields that this version does not know.
    pub(crate) unknown: RawFields,
}

impl VaultData {
    /// The groups in the order of their creation.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter()
    }

    /// Adds a group.
    ///
    /// # Errors
    ///
    /// The name is empty or too long, or another group has it.
    pub fn add_group(&mut self, name: &str, now_ms: u64) -> Result<GroupId, EditError> {
        let name = self.group_name(name, None)?;
        let id = generate_id();
        self.groups.push(Group {
            id,
            name,
            modified: now_ms,
            unknown: RawFields::default(),
        });
        self.bump_revision();
        Ok(id)
    }

    /// Renames a group.
    ///
    /// # Errors
    ///
    /// The group does not exist; the name is empty or too long, or another group has it.
    pub fn rename_group(&mut self, id: GroupId, name: &str, now_ms: u64) -> Result<(), EditError> {
        let name = self.group_name(name, Some(id))?;
        let group = self
            .groups
            .iter_mut()
            .find(|group| group.id == id)
            .ok_or(EditError::NotFound)?;
        if group.name != name {
            group.name = name;
            group.modified = now_ms.max(group.modified);
            self.bump_revision();
        }
        Ok(())
    }

    /// Removes a group, also from its entries, and leaves a tombstone, unless a damaged group has the same id: the tombstone
    /// would apply to that one, too.
    ///
    /// # Errors
    ///
    /// The group does not exist.
    pub fn remove_group(&mut self, id: GroupId, now_ms: u64) -> Result<(), EditError> {
        if !self.groups.remove(|group| group.id == id) {
            return Err(EditError::NotFound);
        }
        let entries = self.entries.iter_mut().filter_map(Item::readable_mut);
        for entry in entries.filter(|entry| entry.groups.contains(&id)) {
            entry.groups.retain(|group| *group != id);
            entry.mark_modified("groups", now_ms);
        }
        if !self.groups.damaged().any(|text| own_id(text) == Some(id)) {
            self.leave_tombstone(id, now_ms);
        }
        self.bump_revision();
        Ok(())
    }

    /// The cleaned name for the group `own` or a new one. Names of two groups must differ not only in case or accents.
    fn group_name(&self, name: &str, own: Option<GroupId>) -> Result<String, EditError> {
        let name = clean_name(name)?;
        refuse_link(&name)?;
        if name.is_empty() {
            return Err(EditError::NameEmpty);
        }
        let folded = fold(&name);
        let mut others = self.groups.iter().filter(|group| Some(group.id) != own);
        if others.any(|group| fold(&group.name) == folded) {
            return Err(EditError::NameTaken);
        }
        Ok(name)
    }
}
