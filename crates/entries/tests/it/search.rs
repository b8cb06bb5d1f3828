use proptest::prelude::*;
use trousseau_entries::{EntryContent, EntryPatch, MAX_ROWS, NewEntry, Query, Sort, VaultData};

use crate::support::{NOW, all, entry, issuers, listed_issuers, read, secret, totp, with_body};

fn search(text: &str) -> Query {
    Query {
        text: text.into(),
        ..all()
    }
}

#[test]
fn every_word_must_match_somewhere() {
    let mut entries = VaultData::new();
    entries
        .add(entry("Société Générale", "jean.dupont"), NOW)
        .unwrap();
    entries.add(entry("GitHub", "jean"), NOW).unwrap();
    let noted = NewEntry {
        note: "Straße 7, Zürich".into(),
        ..entry("Poste", "")
    };
    entries.add(noted, NOW).unwrap();
    let grouped = entries.add(entry("demo", "john.doe"), NOW).unwrap();
    let group = entries.add_group("Œuvres privées", NOW).unwrap();
    let changes = EntryPatch {
        groups: Some(vec![group]),
        ..EntryPatch::default()
    };
    entries.edit(grouped, changes, NOW).unwrap();
    for (text, expected) in [
        ("", &["Société Générale", "GitHub", "Poste", "demo"][..]),
        ("  ", &["Société Générale", "GitHub", "Poste", "demo"]),
        ("societe", &["Société Générale"]),
        ("SOCIÉTÉ dupont", &["Société Générale"]),
        ("dupont socie\u{301}te\u{301}", &["Société Générale"]),
        ("jean", &["Société Générale", "GitHub"]),
        ("jean hub", &["GitHub"]),
        ("ｇｉｔ", &["GitHub"]),
        ("strasse zurich", &["Poste"]),
        ("oeuvres", &["demo"]),
        ("privees john", &["demo"]),
        ("privees jean", &[]),
        ("nothing", &[]),
    ] {
        assert_eq!(
            listed_issuers(&entries, &search(text)),
            expected,
            "{text:?}"
        );
    }
    entries.trash(grouped, NOW).unwrap();
    assert!(listed_issuers(&entries, &search("john")).is_empty());
}

#[test]
fn an_umlaut_is_found_in_every_spelling() {
    let (entries, _) = issuers(&["Müller", "Mueller", "Muller", "Mu\u{308}ller"]);
    let all = ["Müller", "Mueller", "Muller", "Mu\u{308}ller"];
    for (text, expected) in [
        ("müller", &all[..]),
        ("MU\u{308}LLER", &all),
        ("mueller", &all),
        ("Muell", &all),
        ("mue", &["Müller", "Mueller", "Mu\u{308}ller"]),
        ("muller", &["Müller", "Muller", "Mu\u{308}ller"]),
        ("ueller", &all),
    ] {
        assert_eq!(
            listed_issuers(&entries, &search(text)),
            expected,
            "{text:?}"
        );
    }
    let (mut entries, ids) = issuers(&[
        "Zürich", "Goethe", "Köln", "Søren", "Åse", "Jörg", "John", "Bauer", "Quelle", "Bar",
        "August",
    ]);
    let changes = EntryPatch {
        note: Some("Größe".into()),
        ..EntryPatch::default()
    };
    entries.edit(ids[10], changes, NOW).unwrap();
    for (text, expected) in [
        ("zuerich", "Zürich"),
        ("zurich", "Zürich"),
        ("göthe", "Goethe"),
        ("koeln", "Köln"),
        ("soeren", "Søren"),
        ("aase", "Åse"),
        ("joerg", "Jörg"),
        // Letters that are no umlaut match only themselves.
        ("joe", "Jörg"),
        ("joh", "John"),
        ("bauer", "Bauer"),
        ("quell", "Quelle"),
        ("baer", ""),
        ("groesse", "August"),
    ] {
        assert_eq!(
            listed_issuers(&entries, &search(text)).concat(),
            expected,
            "{text:?}"
        );
    }
}

#[test]
fn a_group_is_found_in_every_spelling() {
    let (mut entries, ids) = issuers(&["a", "b"]);
    let group = entries.add_group("Überweisungen", NOW).unwrap();
    let changes = EntryPatch {
        groups: Some(vec![group]),
        ..EntryPatch::default()
    };
    entries.edit(ids[1], changes, NOW).unwrap();
    for text in ["ueberweis", "uber", "über", "UEBER", "ue"] {
        assert_eq!(listed_issuers(&entries, &search(text)), ["b"], "{text:?}");
    }
}

#[test]
fn an_edit_is_found_under_its_new_name() {
    let (mut entries, ids) = issuers(&["Before"]);
    let changes = EntryPatch {
        issuer: Some("Après".into()),
        ..EntryPatch::default()
    };
    entries.edit(ids[0], changes, NOW).unwrap();
    assert_eq!(listed_issuers(&entries, &search("apres")), ["Après"]);
    assert!(listed_issuers(&entries, &search("before")).is_empty());
}

#[test]
#[expect(clippy::single_range_in_vec_init, reason = "a list of ranges")]
fn rows_have_the_ranges_of_their_matches() {
    let mut entries = VaultData::new();
    entries
        .add(entry("🔑 Société", "jean@socie\u{301}te\u{301}.ch"), NOW)
        .unwrap();
    let view = entries.list(&search("societe jean"));
    assert_eq!(view.rows[0].issuer_matches, [3..10]);
    assert_eq!(view.rows[0].account_matches, [0..4, 5..14]);
    let view = entries.list(&all());
    assert!(view.rows[0].issuer_matches.is_empty() && view.rows[0].account_matches.is_empty());
}

#[test]
fn every_order() {
    let (mut entries, ids) = issuers(&["zeta", "Émile", "alpha", "eric", "last"]);
    entries.add(entry("", "beta@label"), NOW).unwrap();
    for (at, times) in [(3, 3), (0, 2), (2, 1)] {
        for used in 0..times {
            entries.record_use(ids[at], NOW + 10 * at as u64 + used);
        }
    }
    let order = |entries: &VaultData, sort| {
        let query = Query { sort, ..all() };
        listed_issuers(entries, &query).join(" ")
    };
    assert_eq!(order(&entries, Sort::Manual), "zeta Émile alpha eric last ");
    assert_eq!(order(&entries, Sort::Name), "alpha  Émile eric last zeta");
    assert_eq!(
        order(&entries, Sort::MostUsed),
        "eric zeta alpha Émile last "
    );
    assert_eq!(order(&entries, Sort::Recent), "eric alpha zeta Émile last ");
    let changes = EntryPatch {
        favourite: Some(true),
        ..EntryPatch::default()
    };
    entries.edit(ids[4], changes, NOW).unwrap();
    for sort in [Sort::Manual, Sort::Name, Sort::MostUsed, Sort::Recent] {
        assert!(order(&entries, sort).starts_with("last "), "{sort:?}");
    }
}

#[test]
fn names_sort_by_account_within_an_issuer() {
    let mut entries = VaultData::new();
    for account in ["c", "B", "á"] {
        entries.add(entry("Acme", account), NOW).unwrap();
    }
    let view = entries.list(&Query {
        sort: Sort::Name,
        ..all()
    });
    let accounts: Vec<_> = view.rows.iter().map(|hit| hit.entry.account()).collect();
    assert_eq!(accounts, ["á", "B", "c"]);
}

#[test]
fn entries_move_one_at_a_time() {
    let (mut entries, ids) = issuers(&["a", "b", "c", "d"]);
    for (moved, previous, expected) in [
        (3, None, "d a b c"),
        (0, Some(2), "d b c a"),
        (3, Some(1), "b d c a"),
        (1, Some(1), "b d c a"),
        (0, Some(1), "b a d c"),
    ] {
        let before: Vec<_> = entries.iter().map(|entry| entry.position.clone()).collect();
        entries
            .move_after(ids[moved], previous.map(|at: usize| ids[at]), NOW)
            .unwrap();
        assert_eq!(listed_issuers(&entries, &all()).join(" "), expected);
        let others = entries
            .iter()
            .zip(before)
            .filter(|(entry, _)| entry.id != ids[moved]);
        assert!(
            others
                .into_iter()
                .all(|(entry, before)| entry.position == before)
        );
    }
    for _ in 0..100 {
        entries.move_after(ids[2], Some(ids[1]), NOW).unwrap();
        entries.move_after(ids[3], Some(ids[1]), NOW).unwrap();
    }
    assert_eq!(listed_issuers(&entries, &all()).join(" "), "b d c a");
}

#[test]
fn an_entry_is_put_directly_before_another() {
    let (mut entries, ids) = issuers(&["a", "b", "c", "d"]);
    for (moved, next, expected) in [
        (3, 0, "d a b c"),
        (3, 2, "a b d c"),
        (0, 2, "b d a c"),
        (1, 1, "b d a c"),
    ] {
        entries.move_before(ids[moved], ids[next], NOW).unwrap();
        assert_eq!(listed_issuers(&entries, &all()).join(" "), expected);
    }
    for _ in 0..100 {
        entries.move_before(ids[0], ids[1], NOW).unwrap();
        entries.move_before(ids[3], ids[1], NOW).unwrap();
    }
    assert_eq!(listed_issuers(&entries, &all()).join(" "), "a d b c");
    let (mut many, ids) = issuers(&["a", "b", "c", "d", "e", "f"]);
    many.move_before(ids[0], ids[5], NOW).unwrap();
    assert_eq!(listed_issuers(&many, &all()).join(" "), "b c d e a f");
    let gone = uuid::Uuid::nil();
    for refused in [
        entries.move_before(gone, ids[0], NOW),
        entries.move_before(ids[0], gone, NOW),
    ] {
        assert_eq!(refused, Err(trousseau_entries::EditError::NotFound));
    }
}

#[test]
fn equal_positions_are_ordered_by_id() {
    // Two devices may each have added an entry at one position; both must show the same order after a merge.
    let entry = |id: u128, issuer: &str| {
        serde_json::json!({
            "id": uuid::Uuid::from_u128(id), "kind": "steam", "secret": "MFRGG", "created": NOW,
            "issuer": issuer, "position": "i00000",
        })
    };
    let list = [entry(3, "c"), entry(1, "a"), entry(2, "b")];
    let entries = read(&serde_json::json!({"version": 1, "entries": list})).unwrap();
    assert_eq!(listed_issuers(&entries, &all()), ["a", "b", "c"]);
}

#[test]
fn ten_thousand_entries_in_pages() {
    let mut json = serde_json::json!({"version": 1, "entries": []});
    let list = json["entries"].as_array_mut().unwrap();
    for n in 0..10_000u32 {
        list.push(serde_json::json!({
            "id": uuid::Uuid::from_u128(n.into()), "kind": "steam", "secret": "MFRGG", "created": NOW,
            "issuer": format!("Société {}", n % 100), "account": format!("user{n}"), "position": "i00000",
        }));
    }
    let entries = VaultData::from_json(json.to_string().as_bytes()).unwrap();
    let view = entries.list(&Query {
        limit: 5000,
        ..search("societe USER99")
    });
    assert_eq!(
        (view.count, view.total, view.rows.len()),
        (111, 10_000, MAX_ROWS as usize)
    );
    let mut seen = Vec::new();
    for offset in (0..10_100).step_by(100) {
        let query = Query {
            offset,
            sort: Sort::Name,
            ..all()
        };
        seen.extend(entries.list(&query).rows.iter().map(|hit| hit.entry.id()));
    }
    assert_eq!(seen.len(), 10_000);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 10_000, "windows neither repeat nor skip");
    assert!(
        entries
            .list(&Query {
                offset: u32::MAX,
                ..all()
            })
            .rows
            .is_empty()
    );
    assert!(entries.list(&Query { limit: 0, ..all() }).rows.is_empty());
}

#[test]
fn matching_favourites_are_counted() {
    let (mut entries, ids) = issuers(&["demo", "bank one", "bank two", "shop"]);
    for id in [ids[0], ids[2]] {
        let favourite = EntryPatch {
            favourite: Some(true),
            ..EntryPatch::default()
        };
        entries.edit(id, favourite, NOW).unwrap();
    }
    assert_eq!(entries.list(&all()).favourites, 2);
    assert_eq!(entries.list(&search("bank")).favourites, 1);
    assert_eq!(entries.list(&search("shop")).favourites, 0);
    assert!(
        entries.list(&all()).rows[..2]
            .iter()
            .all(|hit| hit.entry.readable().is_some_and(|entry| entry.favourite))
    );
}

#[test]
fn the_index_of_an_entry_is_its_row_in_the_requested_list() {
    let (mut entries, ids) = issuers(&["demo", "Bank", "Attic", "bank"]);
    let place = |entries: &VaultData, text: &str, sort, id| {
        let query = Query {
            sort,
            index_of: Some(id),
            limit: 1,
            ..search(text)
        };
        entries.list(&query).index
    };
    assert_eq!(place(&entries, "", Sort::Manual, ids[2]), Some(2));
    assert_eq!(place(&entries, "", Sort::Name, ids[2]), Some(0));
    assert_eq!(place(&entries, "", Sort::Name, ids[0]), Some(3));
    assert_eq!(place(&entries, "bank", Sort::Manual, ids[3]), Some(1));
    assert_eq!(place(&entries, "bank", Sort::Manual, ids[0]), None);
    assert_eq!(place(&entries, "", Sort::Manual, uuid::Uuid::nil()), None);
    entries.trash(ids[0], NOW).unwrap();
    assert_eq!(place(&entries, "", Sort::Manual, ids[0]), None);
    assert_eq!(place(&entries, "", Sort::Manual, ids[2]), Some(1));
    assert_eq!(entries.list(&all()).index, None, "nobody asked");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn any_text_is_found_by_its_parts(issuer in "\\PC{0,24}", account in any::<String>(), skip in 0usize..24, take in 1usize..8) {
        let mut entries = VaultData::new();
        let content = EntryContent::Otp { secret: secret(b"k"), params: totp() };
        let id = entries.add(with_body(&issuer, &account, content), NOW).unwrap();
        let issuer = entries.get(id).unwrap().issuer.clone();
        let part: String = issuer.chars().skip(skip).take(take).collect();
        let view = entries.list(&search(&part));
        prop_assert_eq!(view.count, 1);
        prop_assert!(entries.list(&search(&part.to_uppercase())).count <= 1);
    }

    #[test]
    fn any_search_gives_ranges_within_the_texts(issuer in any::<String>(), account in any::<String>(), text in any::<String>(), near in "[a-zß-ÿé\u{301} ]{0,4}") {
        let mut entries = VaultData::new();
        let content = EntryContent::Otp { secret: secret(b"k"), params: totp() };
        entries.add(with_body(&issuer, &account, content), NOW).unwrap();
        for text in [&text, &near, &issuer] {
            for hit in entries.list(&search(text)).rows {
                for (field, ranges) in [(hit.entry.issuer(), &hit.issuer_matches), (hit.entry.account(), &hit.account_matches)] {
                    let units: Vec<u16> = field.encode_utf16().collect();
                    for range in ranges {
                        prop_assert!(range.start < range.end);
                        let slice = units.get(range.start as usize..range.end as usize);
                        prop_assert!(slice.is_some_and(|units| String::from_utf16(units).is_ok()));
                    }
                }
            }
        }
    }
}
