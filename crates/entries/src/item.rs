use crate::raw::RawJson;

/// An item of a list in the document.
#[derive(Clone, PartialEq)]
pub enum Item<T, D> {
    /// An item that was read.
    Readable(T),
    /// An item that cannot be read; it is written back unchanged.
    Damaged(D),
}

impl<T, D> Item<T, D> {
    /// The item, if it was read.
    pub fn readable(&self) -> Option<&T> {
        match self {
            Self::Readable(item) => Some(item),
            Self::Damaged(_) => None,
        }
    }

    pub(crate) fn readable_mut(&mut self) -> Option<&mut T> {
        match self {
            Self::Readable(item) => Some(item),
            Self::Damaged(_) => None,
        }
    }

    /// The item, if it cannot be read.
    pub fn damaged(&self) -> Option<&D> {
        match self {
            Self::Readable(_) => None,
            Self::Damaged(item) => Some(item),
        }
    }

    pub(crate) fn damaged_mut(&mut self) -> Option<&mut D> {
        match self {
            Self::Readable(_) => None,
            Self::Damaged(item) => Some(item),
        }
    }
}

/// A list of groups or tombstones. Damaged items are kept as JSON.
#[derive(Clone, PartialEq)]
pub(crate) enum Section<T> {
    List(Vec<Item<T, RawJson>>),
    /// The JSON is not a list.
    Damaged(RawJson),
}

impl<T> Section<T> {
    /// The readable items.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.items().iter().filter_map(Item::readable)
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        let items = match self {
            Self::List(items) => items.as_mut_slice(),
            Self::Damaged(_) => &mut [],
        };
        items.iter_mut().filter_map(Item::readable_mut)
    }

    /// The damaged items.
    pub fn damaged(&self) -> impl Iterator<Item = &RawJson> {
        self.items().iter().filter_map(Item::damaged)
    }

    fn items(&self) -> &[Item<T, RawJson>] {
        match self {
            Self::List(items) => items,
            Self::Damaged(_) => &[],
        }
    }

    /// Appends an item. If the JSON is not a list, it becomes the first item of one, so that nothing is lost.
    pub fn push(&mut self, item: T) {
        if let Self::Damaged(text) = self {
            *self = Self::List(vec![Item::Damaged(text.clone())]);
        }
        if let Self::List(items) = self {
            items.push(Item::Readable(item));
        }
    }

    /// Removes the readable items that `gone` accepts. True if there were any.
    pub fn remove(&mut self, gone: impl Fn(&T) -> bool) -> bool {
        let Self::List(items) = self else {
            return false;
        };
        let before = items.len();
        items.retain(|item| !item.readable().is_some_and(&gone));
        items.len() < before
    }
}

impl<T> Default for Section<T> {
    fn default() -> Self {
        Self::List(Vec::new())
    }
}
