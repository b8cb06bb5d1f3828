use std::ops::Range;

use crate::{
    AnyEntry, Entries, EntryId, Group, GroupId, Item, Sort,
    search::{SearchText, Word, matches, words},
};

/// The most rows of one [`View`].
pub const MAX_ROWS: u32 = 100;

/// What is read of a longer search text, in characters.
const MAX_QUERY_CHARS: usize = 256;

/// What to list.
#[derive(Clone, Default)]
pub struct Query {
    /// What is searched: each of its words must occur in the issuer, the account name, the note or the name of one
    /// of the groups. Empty lists all.
    pub text: String,
    /// The order.
    pub sort: Sort,
    /// Only this group.
    pub group: Option<GroupId>,
    /// Lists the trash instead.
    pub trash: bool,
    /// The first row wanted, from 0.
    pub offset: u32,
    /// How many rows; [`MAX_ROWS`] at most are given.
    pub limit: u32,
    /// The entry whose place is wanted.
    pub place_of: Option<EntryId>,
}

/// A window of the list.
pub struct View<'a> {
    /// How many entries match in all.
    pub count: u32,
    /// How many of these are favourites; they come first.
    pub favourites: u32,
    /// How many entries there are outside the trash, the damaged ones among them.
    pub total: u32,
    /// How many entries cannot be read.
    pub damaged: u32,
    /// How many entries are in the trash.
    pub trashed: u32,
    /// All groups in the order they were made, and how many entries outside the trash each has.
    pub groups: Vec<(&'a Group, u32)>,
    /// The rows from the offset on.
    pub rows: Vec<Hit<'a>>,
    /// The place of [`Query::place_of`] among all entries that match, from 0; none where it does not match.
    pub place: Option<u32>,
}

/// One row, and where the search matched.
///
/// Ranges are in UTF-16 units of the text, ascending and apart, and never split a user-perceived character.
pub struct Hit<'a> {
    /// The entry.
    pub entry: &'a AnyEntry,
    /// What matched in the issuer.
    pub issuer_matches: Vec<Range<u32>>,
    /// What matched in the account name.
    pub account_matches: Vec<Range<u32>>,
}

impl Entries {
    /// The entries that match, in order, and of these the rows that were asked for.
    pub fn view(&self, query: &Query) -> View<'_> {
        let text: String = query.text.chars().take(MAX_QUERY_CHARS).collect();
        let words = words(&text);
        let named: Vec<_> = words.iter().map(|word| self.groups_named(word)).collect();
        let has_words = |item: &AnyEntry| {
            let mut words = words.iter().zip(&named);
            words.all(|(word, groups)| is_in(item, word, groups))
        };
        let listed = |item: &&AnyEntry| is_asked(item, query) && has_words(item);
        let mut found: Vec<&AnyEntry> = self.entries.iter().filter(listed).collect();
        found.sort_unstable_by(|a, b| query.sort.compare(a, b));

        let limit = query.limit.min(MAX_ROWS) as usize;
        let window = found.iter().skip(query.offset as usize).take(limit);
        let rows = window.map(|entry| Hit {
            entry,
            issuer_matches: matches(entry.issuer(), &words),
            account_matches: matches(entry.account(), &words),
        });
        let trashed = self.iter().filter(|entry| entry.trashed.is_some()).count();
        View {
            count: number(found.len()),
            favourites: number(found.iter().filter(|item| item.is_favourite()).count()),
            total: number(self.entries.len() - trashed),
            damaged: number(self.damaged().count()),
            trashed: number(trashed),
            groups: self.sized_groups(),
            rows: rows.collect(),
            place: query
                .place_of
                .and_then(|id| found.iter().position(|item| item.id() == id))
                .map(number),
        }
    }

    fn sized_groups(&self) -> Vec<(&Group, u32)> {
        let mut groups: Vec<_> = self.groups.iter().map(|group| (group, 0)).collect();
        let listed = self.iter().filter(|entry| entry.trashed.is_none());
        for id in listed.flat_map(|entry| &entry.groups) {
            if let Some((_, size)) = groups.iter_mut().find(|(group, _)| group.id == *id) {
                *size += 1;
            }
        }
        groups
    }

    /// The groups whose names have the word.
    fn groups_named(&self, word: &Word) -> Vec<GroupId> {
        let groups = self.groups.iter();
        let named = groups.filter(|group| SearchText::of(&group.name).has(word));
        named.map(|group| group.id).collect()
    }
}

/// Whether the entry is in the part of the list that is asked for. A damaged one is neither in the trash nor in a group.
fn is_asked(item: &AnyEntry, query: &Query) -> bool {
    match item {
        Item::Readable(entry) => {
            let in_group = |group| entry.groups.contains(&group);
            entry.trashed.is_some() == query.trash && query.group.is_none_or(in_group)
        }
        Item::Damaged(_) => !query.trash && query.group.is_none(),
    }
}

/// Whether the word is in one of the entry's texts, or in the name of one of its groups, which are among `named`.
fn is_in(item: &AnyEntry, word: &Word, named: &[GroupId]) -> bool {
    let folded = item.folded();
    let mut texts = [&folded.issuer, &folded.account, &*folded.note].into_iter();
    let mut groups = item.readable().into_iter().flat_map(|entry| &entry.groups);
    texts.any(|text| text.has(word)) || groups.any(|group| named.contains(group))
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
