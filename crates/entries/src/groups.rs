use uuid::Uuid;

use crate::{
    EditError, Entries, Item,
    codec::claimed_id,
    entry::{check_link, clean_name, generate_id},
    fold::fold,
    raw::RawFields,
};

/// Names a group for as long as it lives.
pub type GroupId = Uuid;

/// A name under which entries are put together.
#[derive(Clone, PartialEq)]
pub struct Group {
    /// Its name across devices and edits.
    pub id: GroupId,
    /// What the person calls it.
    pub name: String,
    /// When it was last named (Unix ms).
    pub modified: u64,
    /// Fields that this version does not know.
    pub(crate) unknown: RawFields,
}

impl Entries {
    /// The groups in the order they were made.
    pub fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter()
    }

    /// Makes a group.
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
        self.changed();
        Ok(id)
    }

    /// Names a group anew.
    ///
    /// # Errors
    ///
    /// The group is gone; the name is empty or too long, or another group has it.
    pub fn rename_group(&mut self, id: GroupId, name: &str, now_ms: u64) -> Result<(), EditError> {
        let name = self.group_name(name, Some(id))?;
        let group = self
            .groups
            .iter_mut()
            .find(|group| group.id == id)
            .ok_or(EditError::Gone)?;
        if group.name != name {
            group.name = name;
            group.modified = now_ms.max(group.modified);
            self.changed();
        }
        Ok(())
    }

    /// Takes a group away, and its entries out of it; a tombstone stays, unless a group that cannot be read has the same
    /// id: the tombstone would stand for that one too.
    ///
    /// # Errors
    ///
    /// The group is gone.
    pub fn remove_group(&mut self, id: GroupId, now_ms: u64) -> Result<(), EditError> {
        if !self.groups.remove(|group| group.id == id) {
            return Err(EditError::Gone);
        }
        let entries = self.entries.iter_mut().filter_map(Item::readable_mut);
        for entry in entries.filter(|entry| entry.groups.contains(&id)) {
            entry.groups.retain(|group| *group != id);
            entry.touch("groups", now_ms);
        }
        if !self
            .groups
            .damaged()
            .any(|text| claimed_id(text) == Some(id))
        {
            self.leave_tombstone(id, now_ms);
        }
        self.changed();
        Ok(())
    }

    /// `name`, cleaned, for the group `own` or a new one. Two that differ in case or accents alone cannot be told apart.
    fn group_name(&self, name: &str, own: Option<GroupId>) -> Result<String, EditError> {
        let name = clean_name(name)?;
        check_link(&name)?;
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
