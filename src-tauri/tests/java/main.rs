//! Every member of an Android class that Rust or Kotlin uses is one that Android publishes, with exactly these
//! types.

mod stub;

use std::collections::BTreeSet;

use trousseau_app::platform::jni_members::{MEMBERS, Member};

/// The signatures that Android publishes of these members, written by `make android-api`.
const PUBLISHED: &str = include_str!("android-api.txt");
const SYSTEM_UI: &str = include_str!("../../src/platform/android/system_ui.rs");
const GRADLE: &str = include_str!("../../gen/android/app/build.gradle.kts");

/// Class, name, `class` or `object`, descriptor.
fn published() -> impl Iterator<Item = [&'static str; 4]> {
    let lines = PUBLISHED.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let fields: Vec<_> = line.split(' ').collect();
        fields.try_into().expect("four fields")
    })
}

/// `{BIJS}` stands for any of these letters, because Python has one type for all of them.
fn matches_type(published: &str, descriptor: &str) -> bool {
    match published.split_once('{') {
        None => published == descriptor,
        Some((before, rest)) => {
            let (any, after) = rest.split_once('}').expect("the brace is closed");
            any.chars()
                .any(|one| matches_type(&format!("{before}{one}{after}"), descriptor))
        }
    }
}

/// Why a row is not a member that Android publishes.
fn error_for(member: &Member) -> Option<String> {
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
    let right = |known: &&[&str; 4]| known[2] == owner && matches_type(known[3], descriptor);
    match known.iter().find(right) {
        Some(_) => None,
        None => Some(format!(
            "{class}.{name} {owner} {descriptor}; Android: {known:?}"
        )),
    }
}

#[test]
fn every_row_matches_what_android_publishes() {
    let errors: Vec<_> = MEMBERS.iter().filter_map(error_for).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn the_kotlin_stub_matches_what_android_publishes() {
    let members = stub::members();
    let errors: Vec<_> = members
        .iter()
        .filter_map(|it| not_published(&it.class, &it.name, &it.descriptor, it.is_static))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    assert!(members.len() > 20, "{members:#?}");
}

#[test]
fn android_api_lists_only_members_that_are_used() {
    let rows: BTreeSet<_> = MEMBERS.iter().map(|row| (row.class, row.name)).collect();
    assert_eq!(rows.len(), MEMBERS.len(), "a member is listed twice");
    let stub = stub::members();
    let stub = stub.iter().map(|it| (it.class.as_str(), it.name.as_str()));
    let reached: BTreeSet<_> = rows.into_iter().chain(stub).collect();
    let known: BTreeSet<_> = published().map(|[class, name, ..]| (class, name)).collect();
    assert_eq!(reached, known, "make android-api");
}

/// Members that are newer than the oldest supported Android, and the constant in
/// `platform/android/system_ui.rs` with which the code checks the version first.
const NEWER_MEMBERS: [(&str, &str); 1] = [(
    "setHideOverlayWindows",
    "const HIDES_OVERLAYS_SINCE: jint = 31;",
)];

/// Android 9 is the oldest supported version.
#[test]
fn newer_members_are_used_only_after_a_version_check() {
    let (_, rest) = GRADLE.split_once("minSdk = ").expect("minSdk is set");
    let least: u8 = rest
        .lines()
        .next()
        .and_then(|text| text.trim().parse().ok())
        .expect("a number");
    let newer = MEMBERS.iter().filter(|member| member.since > least);
    let newer: Vec<_> = newer.map(|member| member.name).collect();
    assert_eq!(newer, NEWER_MEMBERS.map(|(name, _)| name));
    for (name, asked) in NEWER_MEMBERS {
        assert!(SYSTEM_UI.contains(asked), "{name}");
    }
}

#[test]
fn a_typing_error_is_found() {
    let [flags] = MEMBERS
        .iter()
        .filter(|member| member.name == "addFlags")
        .collect::<Vec<_>>()[..]
    else {
        panic!("it is listed once");
    };
    assert_eq!(error_for(flags), None);
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
        assert!(error_for(&wrong).is_some(), "{wrong:?}");
    }
}
