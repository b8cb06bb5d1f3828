use std::ops::Range;

use crate::{
    AnyEntry, EntryId, Group, GroupId, Item, Sort, VaultData,
    search::{SearchText, Term, matches, terms},
};

/// The most rows of one [`ListPage`].
pub const MAX_ROWS: u32 = 100;

/// The characters of a search text that are used.
const MAX_QUERY_CHARS: usize = 256;

/// What to list.
#[derive(Clone, Default)]
pub struct Query {
    /// The search text: each of its words must occur in the issuer, the account name, the note or a group's name. Empty lists all.
    pub text: String,
    /// The order.
    pub sort: Sort,
    /// Lists only this group.
    pub group: Option<GroupId>,
    /// Lists the trash instead.
    pub trash: bool,
    /// The index of the first row.
    pub offset: u32,
    /// The number of rows, at most [`MAX_ROWS`].
    pub limit: u32,
    /// The entry whose index is wanted.
    pub index_of: Option<EntryId>,
}

/// A page of the list.
pub struct ListPage<'a> {
    /// The number of matching entries.
    pub count: u32,
    /// The number of matching favourites; they come first.
    pub favourites: u32,
    /// The number of entries outside the trash, including damaged ones.
    pub total: u32,
    /// The number of damaged entries.
    pub damaged: u32,
    /// The number of entries in the trash.
    pub trashed: u32,
    /// All groups in the order of their creation, with the number of their entries outside the trash.
    pub groups: Vec<(&'a Group, u32)>,
    /// The rows from [`Query::offset`].
    pub rows: Vec<ListRow<'a>>,
    /// The index of [`Query::index_of`] among the matching entries; `None` if it does not match.
    pub index: Option<u32>,
}

/// A row and its matches.
///
/// Ranges are in UTF-16 units of the text, ascending, not overlapping, and never split a user-perceived character.
pub struct ListRow<'a> {
    /// The entry.
    pub entry: &'a AnyEntry,
    /// The matches in the issuer.
    pub issuer_matches: Vec<Range<u32>>,
    /// The matches in the account name.
    pub account_matches: Vec<Range<u32>>,
}

impl VaultData {
    /// The requested page of the matching entries, in order.
    pub fn list(&self, query: &Query) -> ListPage<'_> {
        let text: String = query.text.chars().take(MAX_QUERY_CHARS).collect();
        let terms = terms(&text);
        let named: Vec<_> = terms.iter().map(|term| self.groups_named(term)).collect();
        let has_all_terms = |item: &AnyEntry| {
            let mut terms = terms.iter().zip(&named);
            terms.all(|(term, groups)| matches_term(item, term, groups))
        };
        let listed = |item: &&AnyEntry| is_selected(item, query) && has_all_terms(item);
        let mut found: Vec<&AnyEntry> = self.entries.iter().filter(listed).collect();
        found.sort_unstable_by(|a, b| query.sort.compare(a, b));

        let limit = query.limit.min(MAX_ROWS) as usize;
        let window = found.iter().skip(query.offset as usize).take(limit);
        let rows = window.map(|entry| ListRow {
            entry,
            issuer_matches: matches(entry.issuer(), &terms),
            account_matches: matches(entry.account(), &terms),
        });
        let trashed = self.iter().filter(|entry| entry.trashed.is_some()).count();
        ListPage {
            count: number(found.len()),
            favourites: number(found.iter().filter(|item| item.is_favourite()).count()),
            total: number(self.entries.len() - trashed),
            damaged: number(self.damaged().count()),
            trashed: number(trashed),
            groups: self.group_sizes(),
            rows: rows.collect(),
            index: query
                .index_of
                .and_then(|id| found.iter().position(|item| item.id() == id))
                .map(number),
        }
    }

    fn group_sizes(&self) -> Vec<(&Group, u32)> {
        let mut groups: Vec<_> = self.groups.iter().map(|group| (group, 0)).collect();
        let listed = self.iter().filter(|entry| entry.trashed.is_none());
        for id in listed.flat_map(|entry| &entry.groups) {
            if let Some((_, size)) = groups.iter_mut().find(|(group, _)| group.id == *id) {
                *size += 1;
            }
        }
        groups
    }

    /// The groups whose name contains the term.
    fn groups_named(&self, term: &Term) -> Vec<GroupId> {
        let groups = self.groups.iter();
        let named = groups.filter(|group| SearchText::of(&group.name).contains(term));
        named.map(|group| group.id).collect()
    }
}

/// Whether the entry is in the selected part of the list. Damaged entries are neither in the trash nor in a group.
fn is_selected(item: &AnyEntry, query: &Query) -> bool {
    match item {
        Item::Readable(entry) => {
            let in_group = |group| entry.groups.contains(&group);
            entry.trashed.is_some() == query.trash && query.group.is_none_or(in_group)
        }
        Item::Damaged(_) => !query.trash && query.group.is_none(),
    }
}

/// Whether the term is in a text of the entry, or in the name of one of its groups; `named` are the groups that match.
fn matches_term(item: &AnyEntry, term: &Term, named: &[GroupId]) -> bool {
    let searched = item.search_texts();
    let mut texts = [&searched.issuer, &searched.account, &*searched.note].into_iter();
    let mut groups = item.readable().into_iter().flat_map(|entry| &entry.groups);
    texts.any(|text| text.contains(term)) || groups.any(|group| named.contains(group))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
