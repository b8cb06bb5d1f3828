use crate::{AnyEntry, EditError, Entry, EntryContent, EntryId, Item, Sort, VaultData};

/// The state of an entry in the list of services to ask for a new secret, because someone may have the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewSecretState {
    /// Not done yet.
    Due,
    /// The user ticked it off.
    Done,
}

impl NewSecretState {
    /// The name of the field in the JSON.
    pub(crate) const FIELD: &str = "renewal";

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Done => "done",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        [Self::Due, Self::Done]
            .into_iter()
            .find(|state| state.name() == name)
    }
}

impl VaultData {
    /// Starts a list of all entries outside the trash that have a secret, none ticked off. Replaces an earlier list.
    ///
    /// This does not count as a modification of the entries. Damaged entries are not listed, because they are written back
    /// byte for byte.
    pub fn begin_new_secrets_checklist(&mut self) {
        self.set_new_secrets(|entry| {
            let is_listed = entry.trashed.is_none() && holds_secret(&entry.content);
            is_listed.then_some(NewSecretState::Due)
        });
    }

    /// Ends the list. Also removes values of the field that cannot be read.
    pub fn end_new_secrets_checklist(&mut self) {
        self.set_new_secrets(|_| None);
    }

    /// Ticks off an entry of the list, or removes the tick.
    ///
    /// # Errors
    ///
    /// The entry does not exist, is damaged, or is not in the list.
    pub fn tick_new_secret(&mut self, id: EntryId, done: bool) -> Result<(), EditError> {
        let entry = self.find_mut(id)?;
        if entry.listed_new_secret().is_none() {
            return Err(EditError::NotFound);
        }
        let state = if done {
            NewSecretState::Done
        } else {
            NewSecretState::Due
        };
        if entry.set_new_secret(Some(state)) {
            self.bump_revision();
        }
        Ok(())
    }

    /// The listed entries in manual order, without those in the trash.
    pub fn new_secrets_checklist(&self) -> Vec<(&Entry, NewSecretState)> {
        let mut items: Vec<&AnyEntry> = self.entries.iter().collect();
        items.sort_unstable_by(|a, b| Sort::Manual.compare(a, b));
        let entries = items.into_iter().filter_map(Item::readable);
        entries
            .filter_map(|entry| Some((entry, entry.listed_new_secret()?)))
            .collect()
    }

    fn set_new_secrets(&mut self, state: impl Fn(&Entry) -> Option<NewSecretState>) {
        let entries = self.entries.iter_mut().filter_map(Item::readable_mut);
        let changed = entries.filter_map(|entry| {
            let state = state(entry);
            entry.set_new_secret(state).then_some(())
        });
        if changed.count() > 0 {
            self.bump_revision();
        }
    }
}

impl Entry {
    /// `None` if it is not listed or in the trash.
    fn listed_new_secret(&self) -> Option<NewSecretState> {
        self.new_secret.filter(|_| self.trashed.is_none())
    }

    /// Replaces the value, readable or not. True if it differs.
    fn set_new_secret(&mut self, state: Option<NewSecretState>) -> bool {
        let was_unreadable = self.unknown.has(NewSecretState::FIELD);
        self.unknown.remove(NewSecretState::FIELD);
        std::mem::replace(&mut self.new_secret, state) != state || was_unreadable
    }
}

/// Whether a copy of the entry is of use to an attacker. Codes in messages are new each time; unknown kinds may have a secret.
fn holds_secret(content: &EntryContent) -> bool {
    match content {
        EntryContent::Otp { .. } | EntryContent::Issued { .. } | EntryContent::Other { .. } => true,
        EntryContent::Message { .. } => false,
    }
}
