//! What the phone projects ask for and give away, as far as their sources show it.

const MANIFEST: &str = include_str!("../gen/android/app/src/main/AndroidManifest.xml");
const BUILD: &str = include_str!("../gen/android/app/build.gradle.kts");
const KEYCHAIN: &str = include_str!("../src/platform/ios/keychain.rs");
const KEYSTORE: &str = include_str!("../src/platform/android/keystore.rs");

/// The opening tags of this name, with their attributes.
fn tags<'a>(manifest: &'a str, name: &str) -> Vec<&'a str> {
    let opening = format!("<{name}");
    let named = |at: usize| {
        let rest = &manifest[at + opening.len()..];
        let whole = rest.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/');
        whole.then(|| rest.split_once('>').map_or(rest, |(tag, _)| tag).trim())
    };
    manifest
        .match_indices(&opening)
        .filter_map(|(at, _)| named(at))
        .collect()
}

#[test]
fn a_release_asks_for_the_camera_and_for_no_network() {
    // The biometric plugin's own manifest adds USE_BIOMETRIC.
    let permissions = tags(MANIFEST, "uses-permission");
    assert_eq!(
        permissions,
        ["android:name=\"android.permission.CAMERA\" /"]
    );
    let features = tags(MANIFEST, "uses-feature");
    let optional = "android:name=\"android.hardware.camera\" android:required=\"false\" /";
    assert_eq!(features, [optional]);
    assert!(BUILD.contains("manifestPlaceholders[\"usesCleartextTraffic\"] = \"false\""));
}

#[test]
fn no_backup_and_one_way_in() {
    let [application] = tags(MANIFEST, "application")[..] else {
        panic!("one application");
    };
    assert!(application.contains("android:allowBackup=\"false\""));
    assert!(!MANIFEST.contains("debuggable"), "a release is not");
    assert_eq!(MANIFEST.matches("android:exported=\"true\"").count(), 1);
    let [activity] = tags(MANIFEST, "activity")[..] else {
        panic!("one activity");
    };
    assert!(activity.contains("android:exported=\"true\""));
    // What may start it from outside: the launcher.
    assert_eq!(tags(MANIFEST, "intent-filter").len(), 1);
    assert_eq!(tags(MANIFEST, "action").len(), 1);
    assert!(MANIFEST.contains("android.intent.action.MAIN"));
    for name in ["service", "receiver", "activity-alias"] {
        assert_eq!(tags(MANIFEST, name), Vec::<&str>::new());
    }
}

#[test]
fn a_biometric_gives_a_key_of_the_present_enrolment() {
    assert!(KEYCHAIN.contains("AccessControlOptions::BIOMETRY_CURRENT_SET"));
    assert!(KEYCHAIN.contains("ProtectionMode::AccessibleWhenPasscodeSetThisDeviceOnly"));
    assert!(KEYSTORE.contains(".biometric_cipher("));
    // The bare yes or no of either phone.
    for (name, source) in [("keychain", KEYCHAIN), ("keystore", KEYSTORE)] {
        for refused in [".authenticate(", "evaluatePolicy", "USER_PRESENCE"] {
            assert!(!source.contains(refused), "{name}: {refused}");
        }
    }
}

#[test]
fn tags_are_told_apart() {
    let text = "<activity a=\"1\"\n b=\"2\"><activity-alias c=\"3\"/></activity><action/>";
    assert_eq!(tags(text, "activity"), ["a=\"1\"\n b=\"2\""]);
    assert_eq!(tags(text, "action"), ["/"]);
}
