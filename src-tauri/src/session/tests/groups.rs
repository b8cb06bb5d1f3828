//! Groups and the manual order, through a restart.

use trousseau_wire::Placement;

use super::*;

fn accounts(fixture: &Fixture, group: Option<&str>) -> Vec<String> {
    let request = ListRequest {
        group: group.map(Into::into),
        ..everything()
    };
    let rows = fixture.core.list_entries(&request).unwrap().rows;
    rows.into_iter().map(|row| row.account).collect()
}

fn groups(fixture: &Fixture) -> Vec<(String, u32)> {
    let groups = fixture.core.list_entries(&everything()).unwrap().groups;
    let facts = groups.into_iter().map(|group| (group.name, group.count));
    facts.collect()
}

#[test]
fn groups_are_kept_and_their_entries_outlive_them() {
    let (fixture, id) = Fixture::open();
    let other = add(&fixture.core, HOTP).unwrap();
    let work = fixture.core.add_group(" Bureau ").unwrap();
    assert_eq!((work.name.as_str(), work.count), ("Bureau", 0));
    let home = fixture.core.add_group("Maison").unwrap();
    let both = [work.id.clone(), home.id.clone(), work.id.clone()];
    let details = fixture.core.set_groups(&id, &both).unwrap();
    assert_eq!(details.groups, both[..2], "each once");
    fixture.core.set_groups(&other, &both[1..2]).unwrap();
    fixture.core.rename_group(&work.id, "Travail").unwrap();
    let fixture = fixture.restart();
    fixture.unlock().unwrap();
    let named = |name: &str, count| (name.to_owned(), count);
    assert_eq!(groups(&fixture), [named("Travail", 1), named("Maison", 2)]);
    assert_eq!(accounts(&fixture, Some(&work.id)), ["jane"]);
    fixture.core.set_groups(&id, &[]).unwrap();
    assert!(accounts(&fixture, Some(&work.id)).is_empty());
    fixture.core.remove_group(&home.id).unwrap();
    assert_eq!(groups(&fixture), [named("Travail", 0)]);
    assert_eq!(accounts(&fixture, None), ["jane", "hotp"]);
    // One that is gone lists nothing; the page says which there are.
    assert!(accounts(&fixture, Some(&home.id)).is_empty());
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let (fixture, id) = Fixture::open();
    let core = &fixture.core;
    let group = core.add_group("Bureau").unwrap().id;
    let gone = "00000000-0000-4000-8000-000000000000";
    let long = "x".repeat(1025);
    for (refused, expected) in [
        (core.add_group("  ").map(drop), ErrorCode::GroupNameMissing),
        (core.add_group("BUREAU").map(drop), ErrorCode::GroupExists),
        (core.add_group(&long).map(drop), ErrorCode::FieldTooLong),
        (core.rename_group(gone, "x"), ErrorCode::GroupNotFound),
        (core.rename_group("x", "x"), ErrorCode::GroupNotFound),
        (core.rename_group(&group, ""), ErrorCode::GroupNameMissing),
        (core.remove_group(gone), ErrorCode::GroupNotFound),
        (
            core.set_groups(&id, &[gone.into()]).map(drop),
            ErrorCode::GroupNotFound,
        ),
        (
            core.set_groups(gone, std::slice::from_ref(&group))
                .map(drop),
            ErrorCode::EntryNotFound,
        ),
        (
            core.move_entry(&id, Placement::After, gone),
            ErrorCode::EntryNotFound,
        ),
        (
            core.move_entry(gone, Placement::Before, &id),
            ErrorCode::EntryNotFound,
        ),
    ] {
        assert_eq!(code(refused), expected);
    }
    assert_eq!(groups(&fixture), [("Bureau".to_owned(), 0)]);
}

#[test]
fn the_manual_order_is_kept() {
    let fixture = Fixture::new();
    fixture.core.create_vault(Credential::Device, "").unwrap();
    let add = |account: &str| add(&fixture.core, &URI.replace("jane", account)).unwrap();
    let [a, b, c, d] = ["a", "b", "c", "d"].map(add);
    fixture.core.move_entry(&d, Placement::Before, &a).unwrap();
    fixture.core.move_entry(&a, Placement::After, &c).unwrap();
    assert_eq!(accounts(&fixture, None), ["d", "b", "c", "a"]);
    fixture.core.move_entry(&b, Placement::Before, &b).unwrap();
    fixture.core.lock();
    fixture.core.unlock(Credential::Device, "").unwrap();
    assert_eq!(accounts(&fixture, None), ["d", "b", "c", "a"]);
}
