//! Groups and the manual order, through a restart.

use trousseau_wire::Side;

use super::*;

fn accounts(bench: &Bench, group: Option<&str>) -> Vec<String> {
    let request = ViewRequest {
        group: group.map(Into::into),
        ..everything()
    };
    let rows = bench.core.view(&request).unwrap().rows;
    rows.into_iter().map(|row| row.account).collect()
}

fn groups(bench: &Bench) -> Vec<(String, u32)> {
    let groups = bench.core.view(&everything()).unwrap().groups;
    let facts = groups.into_iter().map(|group| (group.name, group.count));
    facts.collect()
}

#[test]
fn groups_are_kept_and_their_entries_outlive_them() {
    let (bench, id) = Bench::open();
    let other = add(&bench.core, HOTP).unwrap();
    let work = bench.core.add_group(" Bureau ").unwrap();
    assert_eq!((work.name.as_str(), work.count), ("Bureau", 0));
    let home = bench.core.add_group("Maison").unwrap();
    let both = [work.id.clone(), home.id.clone(), work.id.clone()];
    let details = bench.core.set_groups(&id, &both).unwrap();
    assert_eq!(details.groups, both[..2], "each once");
    bench.core.set_groups(&other, &both[1..2]).unwrap();
    bench.core.rename_group(&work.id, "Travail").unwrap();
    let bench = bench.restart();
    bench.unlock().unwrap();
    let named = |name: &str, count| (name.to_owned(), count);
    assert_eq!(groups(&bench), [named("Travail", 1), named("Maison", 2)]);
    assert_eq!(accounts(&bench, Some(&work.id)), ["jane"]);
    bench.core.set_groups(&id, &[]).unwrap();
    assert!(accounts(&bench, Some(&work.id)).is_empty());
    bench.core.remove_group(&home.id).unwrap();
    assert_eq!(groups(&bench), [named("Travail", 0)]);
    assert_eq!(accounts(&bench, None), ["jane", "hotp"]);
    // One that is gone lists nothing; the page says which there are.
    assert!(accounts(&bench, Some(&home.id)).is_empty());
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let (bench, id) = Bench::open();
    let core = &bench.core;
    let group = core.add_group("Bureau").unwrap().id;
    let gone = "00000000-0000-4000-8000-000000000000";
    let long = "x".repeat(1025);
    for (refused, expected) in [
        (core.add_group("  ").map(drop), ErrorCode::GroupNameMissing),
        (core.add_group("BUREAU").map(drop), ErrorCode::GroupExists),
        (core.add_group(&long).map(drop), ErrorCode::FieldTooLong),
        (core.rename_group(gone, "x"), ErrorCode::GroupGone),
        (core.rename_group("x", "x"), ErrorCode::GroupGone),
        (core.rename_group(&group, ""), ErrorCode::GroupNameMissing),
        (core.remove_group(gone), ErrorCode::GroupGone),
        (
            core.set_groups(&id, &[gone.into()]).map(drop),
            ErrorCode::GroupGone,
        ),
        (
            core.set_groups(gone, std::slice::from_ref(&group))
                .map(drop),
            ErrorCode::EntryGone,
        ),
        (
            core.move_entry(&id, Side::After, gone),
            ErrorCode::EntryGone,
        ),
        (
            core.move_entry(gone, Side::Before, &id),
            ErrorCode::EntryGone,
        ),
    ] {
        assert_eq!(code(refused), expected);
    }
    assert_eq!(groups(&bench), [("Bureau".to_owned(), 0)]);
}

#[test]
fn the_manual_order_is_kept() {
    let bench = Bench::new();
    bench.core.create_vault(Credential::Device, "").unwrap();
    let add = |account: &str| add(&bench.core, &URI.replace("jane", account)).unwrap();
    let [a, b, c, d] = ["a", "b", "c", "d"].map(add);
    bench.core.move_entry(&d, Side::Before, &a).unwrap();
    bench.core.move_entry(&a, Side::After, &c).unwrap();
    assert_eq!(accounts(&bench, None), ["d", "b", "c", "a"]);
    bench.core.move_entry(&b, Side::Before, &b).unwrap();
    bench.core.lock();
    bench.core.unlock(Credential::Device, "").unwrap();
    assert_eq!(accounts(&bench, None), ["d", "b", "c", "a"]);
}
