//! The Kotlin of the Android project: what no compiler sees of it. `scripts/check-kotlin` compiles it.

use crate::tree::{files, text};

const MAIN_ACTIVITY: &str =
    "gen/android/app/src/main/java/org/trousseau/authenticator/MainActivity.kt";

#[test]
fn an_activity_made_again_or_opened_from_the_list_of_apps_adds_nothing_again() {
    let activity = text(MAIN_ACTIVITY);
    let forget = activity
        .find("if (savedInstanceState != null || fromRecents) Intent(Intent.ACTION_MAIN)")
        .expect("it is forgotten");
    let read = activity
        .find("super.onCreate(")
        .expect("where tao reads it");
    assert!(forget < read);
    assert!(
        activity
            .contains("fromRecents = intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY")
    );
}

/// The compiler sees neither side of these: a page that is asked by name, a function that Java finds by name.
#[test]
fn what_kotlin_calls_by_name_is_there() {
    let activity = text(MAIN_ACTIVITY);
    assert!(activity.contains("window.oneStepBack()"));
    let page = text("../ui/src/state/system-back.ts");
    assert!(page.contains("window.oneStepBack = "));
    assert!(activity.contains("private external fun onScreenOff()"));
    let rust = text("src/platform/android/screen.rs");
    assert!(rust.contains("fn Java_org_trousseau_authenticator_MainActivity_onScreenOff("));
}

#[test]
fn the_kotlin_is_one_short_file() {
    assert!(text(MAIN_ACTIVITY).lines().count() <= 60);
    let kotlin = files("gen/android/app/src/main/java");
    let ours: Vec<_> = kotlin
        .iter()
        .filter(|file| !file.contains("/generated/"))
        .collect();
    assert_eq!(ours, ["org/trousseau/authenticator/MainActivity.kt"]);
}
