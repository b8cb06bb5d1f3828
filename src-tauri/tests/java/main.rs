//! Every member of an Android class that Rust or Kotlin reaches is one that Android publishes, with these very types.

mod stub;

use std::collections::BTreeSet;

use trousseau_app::platform::java::{MEMBERS, Member};

/// What Android publishes of these members, made by `make android-api`.
const PUBLISHED: &str = include_str!("android-api.txt");
const PHONE: &str = include_str!("../../src/platform/android/system_ui.rs");
const GRADLE: &str = include_str!("../../gen/android/app/build.gradle.kts");

/// Class, name, `class` or `object`, descriptor.
fn published() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = PUBLISHED.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let fields: Vec<_> = line.split(' ').collect();
        fields.try_into().expect("four fields")
    })
}

/// `{BIJS}` stands for any one of these letters: Python has one word for them.
fn fits(published: &str, descriptor: &str) -> bool {
    match published.split_once('{') {
        None => published == descriptor,
        Some((before, rest)) => {
            let (any, after) = rest.split_once('}').expect("it is closed");
            any.chars()
                .any(|one| fits(&format!("{before}{one}{after}"), descriptor))
        }
    }
}

/// Why a row is no member that Android publishes.
fn complaint(member: &Member) -> Option<String> {
    let Member {
        class,
        name,
        descriptor,
        is_static,
        ..
    } = member;
    not_published(class, name, descriptor, *is_static)
}

fn not_published(class: &str, name: &str, descriptor: &str, is_static: bool) -> Option<String> {
    let known: Vec<_> = published()
        .filter(|known| known[0] == class && known[1] == name)
        .collect();
    let owner = if is_static { "class" } else { "object" };
    let right = |known: &&[&str; 4]| known[2] == owner && fits(known[3], descriptor);
    match known.iter().find(right) {
        Some(_) => None,
        None => Some(format!(
            "{class}.{name} {owner} {descriptor}; Android: {known:?}"
        )),
    }
}

#[test]
fn every_row_is_as_android_publishes_it() {
    let complaints: Vec<_> = MEMBERS.iter().filter_map(complaint).collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn the_stub_of_our_kotlin_is_as_android_publishes_it() {
    let members = stub::members();
    let complaints: Vec<_> = members
        .iter()
        .filter_map(|it| not_published(&it.class, &it.name, &it.descriptor, it.is_static))
        .collect();
    assert!(complaints.is_empty(), "{complaints:#?}");
    assert!(members.len() > 20, "{members:#?}");
}

#[test]
fn nothing_is_published_that_is_not_reached() {
    let rows: BTreeSet<_> = MEMBERS.iter().map(|row| (row.class, row.name)).collect();
    assert_eq!(rows.len(), MEMBERS.len(), "a member stands there twice");
    let stub = stub::members();
    let stub = stub.iter().map(|it| (it.class.as_str(), it.name.as_str()));
    let reached: BTreeSet<_> = rows.into_iter().chain(stub).collect();
    let known: BTreeSet<_> = published().map(|[class, name, ..]| (class, name)).collect();
    assert_eq!(reached, known, "make android-api");
}

/// What came after the oldest Android that we serve, and is reached where `platform/android/system_ui.rs` asked for its version.
const LATER: [(&str, &str); 1] = [("setHideOverlayWindows", "const HIDES_OVERLAYS: jint = 31;")];

/// Android 9 is the oldest that we serve.
#[test]
fn the_oldest_phone_has_them_all_or_is_asked_first() {
    let (_, rest) = GRADLE.split_once("minSdk = ").expect("it is set");
    let least: u8 = rest
        .lines()
        .next()
        .and_then(|text| text.trim().parse().ok())
        .expect("a number");
    let newer = MEMBERS.iter().filter(|member| member.since > least);
    let newer: Vec<_> = newer.map(|member| member.name).collect();
    assert_eq!(newer, LATER.map(|(name, _)| name));
    for (name, asked) in LATER {
        assert!(PHONE.contains(asked), "{name}");
    }
}

#[test]
fn a_slip_of_the_pen_is_found() {
    let [flags] = MEMBERS
        .iter()
        .filter(|member| member.name == "addFlags")
        .collect::<Vec<_>>()[..]
    else {
        panic!("it is there once");
    };
    assert_eq!(complaint(flags), None);
    for wrong in [
        Member {
            descriptor: "(J)V",
            ..*flags
        },
        Member {
            descriptor: "(I)Z",
            ..*flags
        },
        Member {
            descriptor: "(I)",
            ..*flags
        },
        Member {
            name: "addFlag",
            ..*flags
        },
        Member {
            class: "android/view/View",
            ..*flags
        },
        Member {
            is_static: true,
            ..*flags
        },
    ] {
        assert!(complaint(&wrong).is_some(), "{wrong:?}");
    }
}
