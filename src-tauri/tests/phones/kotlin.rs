//! Tests of the Kotlin code that no compiler can make. `scripts/check-kotlin` compiles it.

use crate::project_files::{files, text};

const MAIN_ACTIVITY: &str =
    "gen/android/app/src/main/java/org/trousseau/authenticator/MainActivity.kt";

#[test]
fn a_recreated_activity_or_a_start_from_recent_apps_imports_nothing_again() {
    let activity = text(MAIN_ACTIVITY);
    let drop_intent = activity
        .find("if (savedInstanceState != null || fromRecents) Intent(Intent.ACTION_MAIN)")
        .expect("the old intent is dropped");
    let read_intent = activity
        .find("super.onCreate(")
        .expect("tao reads the intent there");
    assert!(drop_intent < read_intent);
    assert!(
        activity
            .contains("fromRecents = intent.flags and Intent.FLAG_ACTIVITY_LAUNCHED_FROM_HISTORY")
    );
}

/// No compiler checks these calls by name: of the page's function, and of the Rust function.
#[test]
fn functions_called_by_name_from_kotlin_exist() {
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
