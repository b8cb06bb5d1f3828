use crate::{AnyEntry, Body, EditError, Entries, Entry, EntryId, Item, Sort};

/// How far an entry is whose service is to be asked for a new secret, because somebody may have the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// It is still to be done.
    Due,
    /// The person ticked it off.
    Done,
}

impl Renewal {
    /// The field of an entry.
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
            .find(|renewal| renewal.name() == name)
    }
}

impl Entries {
    /// Lists every entry outside the trash that holds a secret, none of them ticked off. A list that was there is over.
    ///
    /// This is no change of the entries: their times stay. A damaged entry is in no list, because it is written back byte
    /// for byte.
    pub fn begin_renewals(&mut self) {
        self.set_renewals(|entry| {
            let is_listed = entry.trashed.is_none() && holds_secret(&entry.body);
            is_listed.then_some(Renewal::Due)
        });
    }

    /// Ends the list. What stood for it in an entry and could not be read goes too.
    pub fn end_renewals(&mut self) {
        self.set_renewals(|_| None);
    }

    /// Ticks an entry of the list off, or back.
    ///
    /// # Errors
    ///
    /// The entry is gone, is not in the list, or cannot be read.
    pub fn tick_renewal(&mut self, id: EntryId, done: bool) -> Result<(), EditError> {
        let entry = self.find_mut(id)?;
        if entry.listed_renewal().is_none() {
            return Err(EditError::Gone);
        }
        let renewal = if done { Renewal::Done } else { Renewal::Due };
        if entry.set_renewal(Some(renewal)) {
            self.changed();
        }
        Ok(())
    }

    /// The entries whose services are to be asked for a new secret, in the manual order of the list. One in the trash is not
    /// among them until it is taken out.
    pub fn renewals(&self) -> Vec<(&Entry, Renewal)> {
        let mut items: Vec<&AnyEntry> = self.entries.iter().collect();
        items.sort_unstable_by(|a, b| Sort::Manual.compare(a, b));
        let entries = items.into_iter().filter_map(Item::readable);
        entries
            .filter_map(|entry| Some((entry, entry.listed_renewal()?)))
            .collect()
    }

    fn set_renewals(&mut self, renewal: impl Fn(&Entry) -> Option<Renewal>) {
        let entries = self.entries.iter_mut().filter_map(Item::readable_mut);
        let changed = entries.filter_map(|entry| {
            let renewal = renewal(entry);
            entry.set_renewal(renewal).then_some(())
        });
        if changed.count() > 0 {
            self.changed();
        }
    }
}

impl Entry {
    /// None where it is in no list, or in the trash.
    fn listed_renewal(&self) -> Option<Renewal> {
        self.renewal.filter(|_| self.trashed.is_none())
    }

    /// Puts `renewal` in place of what was there, readable or not, and says whether it differs.
    fn set_renewal(&mut self, renewal: Option<Renewal>) -> bool {
        let was_unreadable = self.unknown.has(Renewal::FIELD);
        self.unknown.remove(Renewal::FIELD);
        std::mem::replace(&mut self.renewal, renewal) != renewal || was_unreadable
    }
}

/// Whether somebody who has a copy of the entry has something of use. A code that comes in a message is new each time; what
/// this version does not know may hold a secret.
fn holds_secret(body: &Body) -> bool {
    match body {
        Body::Otp { .. } | Body::Issued { .. } | Body::Other { .. } => true,
        Body::Message { .. } => false,
    }
}
