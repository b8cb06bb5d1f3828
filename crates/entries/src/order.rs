use std::cmp::{Ordering, Reverse};

use crate::{EditError, Entries, Entry, EntryId, Position};

/// The order of a list. Favourites come first in each; what is equal follows the manual order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// As the person put them.
    #[default]
    Manual,
    /// By issuer, then account name, both folded; by account name alone where there is no issuer.
    Name,
    /// Most used first.
    MostUsed,
    /// Most recently used first.
    Recent,
}

impl Sort {
    /// A total order: ids settle what positions leave equal.
    pub(crate) fn compare(self, a: &Entry, b: &Entry) -> Ordering {
        let by_sort = || match self {
            Self::Manual => Ordering::Equal,
            Self::Name => name(a).cmp(&name(b)),
            Self::MostUsed => Reverse(a.use_count).cmp(&Reverse(b.use_count)),
            Self::Recent => Reverse(a.last_used).cmp(&Reverse(b.last_used)),
        };
        Reverse(a.favourite)
            .cmp(&Reverse(b.favourite))
            .then_with(by_sort)
            .then_with(|| a.position.cmp(&b.position))
            .then_with(|| a.id.cmp(&b.id))
    }
}

/// The text that a row begins with, then the rest.
fn name(entry: &Entry) -> (&str, &str) {
    let (issuer, account) = (&entry.folded.issuer.folded, &entry.folded.account.folded);
    match issuer.as_str() {
        "" => (account, ""),
        issuer => (issuer, account),
    }
}

impl Entries {
    /// Puts an entry directly behind `previous` in the manual order, or first.
    ///
    /// # Errors
    ///
    /// One of the entries is gone.
    pub fn move_after(
        &mut self,
        id: EntryId,
        previous: Option<EntryId>,
        now_ms: u64,
    ) -> Result<(), EditError> {
        self.get(id).ok_or(EditError::Gone)?;
        if previous == Some(id) {
            return Ok(());
        }
        let position = match previous {
            None => self.positions_but(id).min().map(|first| first.before()),
            Some(previous) => {
                let lower = &self.get(previous).ok_or(EditError::Gone)?.position;
                // Two devices may have given the same position: the next is the next larger one.
                let upper = self.positions_but(id).filter(|one| *one > lower).min();
                upper.map_or_else(|| Some(lower.after()), |upper| lower.between(upper))
            }
        };
        self.put_at(id, position, now_ms)
    }

    /// Puts an entry directly before `next` in the manual order.
    ///
    /// # Errors
    ///
    /// One of the entries is gone.
    pub fn move_before(
        &mut self,
        id: EntryId,
        next: EntryId,
        now_ms: u64,
    ) -> Result<(), EditError> {
        self.get(id).ok_or(EditError::Gone)?;
        if next == id {
            return Ok(());
        }
        let upper = &self.get(next).ok_or(EditError::Gone)?.position;
        let lower = self.positions_but(id).filter(|one| *one < upper).max();
        let position = lower.map_or_else(|| Some(upper.before()), |lower| lower.between(upper));
        self.put_at(id, position, now_ms)
    }

    fn positions_but(&self, id: EntryId) -> impl Iterator<Item = &Position> {
        let others = self.entries.iter().filter(move |entry| entry.id != id);
        others.map(|entry| &entry.position)
    }

    fn put_at(
        &mut self,
        id: EntryId,
        position: Option<Position>,
        now_ms: u64,
    ) -> Result<(), EditError> {
        if let Some(position) = position {
            let entry = self.get_mut(id).ok_or(EditError::Gone)?;
            entry.position = position;
            entry.touch("position", now_ms);
            self.changed();
        }
        Ok(())
    }
}
