use std::cmp::{Ordering, Reverse};

use crate::{AnyEntry, EditError, Entries, EntryId, Position};

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
    /// A total order: ids settle what positions leave equal. Damaged entries are no favourites, and were never used.
    pub(crate) fn compare(self, a: &AnyEntry, b: &AnyEntry) -> Ordering {
        let by_sort = || match self {
            Self::Manual => Ordering::Equal,
            Self::Name => name(a).cmp(&name(b)),
            Self::MostUsed => Reverse(use_count(a)).cmp(&Reverse(use_count(b))),
            Self::Recent => Reverse(last_used(a)).cmp(&Reverse(last_used(b))),
        };
        Reverse(a.is_favourite())
            .cmp(&Reverse(b.is_favourite()))
            .then_with(by_sort)
            .then_with(|| a.position().is_none().cmp(&b.position().is_none()))
            .then_with(|| a.position().cmp(&b.position()))
            .then_with(|| a.id().cmp(&b.id()))
    }
}

fn use_count(item: &AnyEntry) -> u32 {
    item.readable().map_or(0, |entry| entry.use_count)
}

fn last_used(item: &AnyEntry) -> Option<u64> {
    item.readable()?.last_used
}

/// The text that a row begins with, then the rest.
fn name(item: &AnyEntry) -> (&str, &str) {
    let folded = item.folded();
    let (issuer, account) = (&folded.issuer.folded, &folded.account.folded);
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
    /// One of the entries is gone; the moved one cannot be read.
    pub fn move_after(
        &mut self,
        id: EntryId,
        previous: Option<EntryId>,
        now_ms: u64,
    ) -> Result<(), EditError> {
        self.find(id)?;
        if previous == Some(id) {
            return Ok(());
        }
        let position = match previous {
            None => self.positions_but(id).min().map(Position::before),
            Some(previous) => match self.any(previous)?.position() {
                // Two devices may have given the same position: the next is the next larger one.
                Some(lower) => match self.positions_but(id).filter(|one| *one > lower).min() {
                    Some(upper) => lower.between(upper),
                    None => Some(lower.after()),
                },
                None => self.last_but(id),
            },
        };
        self.put_at(id, position, now_ms)
    }

    /// Puts an entry directly before `next` in the manual order.
    ///
    /// # Errors
    ///
    /// One of the entries is gone; the moved one cannot be read.
    pub fn move_before(
        &mut self,
        id: EntryId,
        next: EntryId,
        now_ms: u64,
    ) -> Result<(), EditError> {
        self.find(id)?;
        if next == id {
            return Ok(());
        }
        let position = match self.any(next)?.position() {
            Some(upper) => match self.positions_but(id).filter(|one| *one < upper).max() {
                Some(lower) => lower.between(upper),
                None => Some(upper.before()),
            },
            None => self.last_but(id),
        };
        self.put_at(id, position, now_ms)
    }

    /// Behind all other positions: as near as can be to a damaged entry that has none.
    fn last_but(&self, id: EntryId) -> Option<Position> {
        self.positions_but(id).max().map(Position::after)
    }

    fn positions_but(&self, id: EntryId) -> impl Iterator<Item = &Position> {
        let others = self.entries.iter().filter(move |item| item.id() != id);
        others.filter_map(AnyEntry::position)
    }

    fn put_at(
        &mut self,
        id: EntryId,
        position: Option<Position>,
        now_ms: u64,
    ) -> Result<(), EditError> {
        if let Some(position) = position {
            let entry = self.find_mut(id)?;
            entry.position = position;
            entry.touch("position", now_ms);
            self.changed();
        }
        Ok(())
    }
}
