use std::cmp::{Ordering, Reverse};

use crate::{AnyEntry, EditError, EntryId, FractionalIndex, VaultData};

/// The order of the list. In every order favourites come first, and equal entries are in manual order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// As the user arranged them.
    #[default]
    Manual,
    /// By issuer, then account name, both folded; by account name if there is no issuer.
    Name,
    /// Most used first.
    MostUsed,
    /// Most recently used first.
    Recent,
}

impl Sort {
    /// A total order: ids decide between equal positions. Damaged entries are not favourites and were never used.
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

/// The text that a row begins with, and the rest.
fn name(item: &AnyEntry) -> (&str, &str) {
    let texts = item.search_texts();
    let (issuer, account) = (&texts.issuer.folded, &texts.account.folded);
    match issuer.as_str() {
        "" => (account, ""),
        issuer => (issuer, account),
    }
}

impl VaultData {
    /// Moves an entry directly after `previous` in the manual order, or to the start.
    ///
    /// # Errors
    ///
    /// One of the entries does not exist, or the moved one is damaged.
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
            None => self.positions_except(id).min().map(FractionalIndex::before),
            Some(previous) => match self.find_item(previous)?.position() {
                // Two devices may have assigned the same position, so the next larger one is used.
                Some(lower) => match self.positions_except(id).filter(|one| *one > lower).min() {
                    Some(upper) => lower.between(upper),
                    None => Some(lower.after()),
                },
                None => self.after_others(id),
            },
        };
        self.set_position(id, position, now_ms)
    }

    /// Moves an entry directly before `next` in the manual order.
    ///
    /// # Errors
    ///
    /// One of the entries does not exist, or the moved one is damaged.
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
        let position = match self.find_item(next)?.position() {
            Some(upper) => match self.positions_except(id).filter(|one| *one < upper).max() {
                Some(lower) => lower.between(upper),
                None => Some(upper.before()),
            },
            None => self.after_others(id),
        };
        self.set_position(id, position, now_ms)
    }

    /// A position after all others, which is next to damaged entries without a position.
    fn after_others(&self, id: EntryId) -> Option<FractionalIndex> {
        self.positions_except(id).max().map(FractionalIndex::after)
    }

    fn positions_except(&self, id: EntryId) -> impl Iterator<Item = &FractionalIndex> {
        let others = self.entries.iter().filter(move |item| item.id() != id);
        others.filter_map(AnyEntry::position)
    }

    fn set_position(
        &mut self,
        id: EntryId,
        position: Option<FractionalIndex>,
        now_ms: u64,
    ) -> Result<(), EditError> {
        if let Some(position) = position {
            let entry = self.find_mut(id)?;
            entry.position = position;
            entry.mark_modified("position", now_ms);
            self.bump_revision();
        }
        Ok(())
    }
}
