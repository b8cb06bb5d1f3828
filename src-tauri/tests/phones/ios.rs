//! Compares the iOS project with the reviewed contents: permissions, texts, privacy manifest, Xcode project.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use plist::{Dictionary, Value};

use crate::project_files::{at, files, text};

/// Apple's categories of required-reason APIs, names of their APIs, and the reason given if one is used.
const REASONS: [(&str, &[&str], Option<&str>); 5] = [
    (
        "FileTimestamp",
        &["std::fs", "fs::", "rustix::fs"],
        Some("C617.1"),
    ),
    (
        "SystemBootTime",
        &["systemUptime", "mach_absolute_time", "NSProcessInfo"],
        None,
    ),
    (
        "DiskSpace",
        &[
            "statfs",
            "statvfs",
            "volumeAvailable",
            "NSFileSystemFreeSize",
        ],
        None,
    ),
    (
        "ActiveKeyboards",
        &["activeInputModes", "UITextInputMode"],
        None,
    ),
    ("UserDefaults", &["NSUserDefaults"], None),
];

fn dictionary(path: &str) -> Dictionary {
    let value = Value::from_file(at(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    value.into_dictionary().expect("a dictionary")
}

fn strings(value: Option<&Value>) -> Vec<&str> {
    let array = value.and_then(Value::as_array).expect("an array");
    array
        .iter()
        .map(|value| value.as_string().expect("a text"))
        .collect()
}

/// The only dictionary in an array.
fn only(value: Option<&Value>) -> &Dictionary {
    let [one] = &value.and_then(Value::as_array).expect("an array")[..] else {
        panic!("one entry");
    };
    one.as_dictionary().expect("a dictionary")
}

#[test]
fn the_app_declares_camera_face_id_links_and_pictures() {
    let info = dictionary("Info.ios.plist");
    let keys: BTreeSet<_> = info.keys().map(String::as_str).collect();
    let reviewed = [
        "CFBundleDisplayName",
        "CFBundleDocumentTypes",
        "CFBundleURLTypes",
        "LSSupportsOpeningDocumentsInPlace",
        "NSCameraUsageDescription",
        "NSFaceIDUsageDescription",
        "UIFileSharingEnabled",
    ];
    assert!(keys.iter().eq(&reviewed), "{keys:?}");
    let url = only(info.get("CFBundleURLTypes"));
    assert_eq!(
        strings(url.get("CFBundleURLSchemes")),
        ["otpauth", "otpauth-migration"]
    );
    let document = only(info.get("CFBundleDocumentTypes"));
    assert_eq!(
        strings(document.get("LSItemContentTypes")),
        ["public.image"]
    );
    // An alternative to the app that opens pictures by default, never its replacement.
    assert_eq!(document.get("LSHandlerRank"), Some(&"Alternate".into()));
    // Neither other apps nor a computer can see the app's folder.
    for closed in ["UIFileSharingEnabled", "LSSupportsOpeningDocumentsInPlace"] {
        assert_eq!(info.get(closed), Some(&false.into()), "{closed}");
    }
}

/// Parses `"key" = "value";` in each line.
fn texts(language: &str) -> BTreeMap<String, String> {
    text(&format!("ios/texts/{language}.lproj/InfoPlist.strings"))
        .lines()
        .map(|line| {
            let inside = line
                .strip_prefix('"')
                .and_then(|line| line.strip_suffix("\";"));
            let (key, value) = inside
                .and_then(|inside| inside.split_once("\" = \""))
                .expect("each line is a pair");
            assert!(
                !value.contains('"') && !value.contains('\\'),
                "{language}: {value}"
            );
            (key.to_owned(), value.to_owned())
        })
        .collect()
}

#[test]
fn permissions_are_explained_in_four_languages() {
    let info = dictionary("Info.ios.plist");
    let asked: BTreeMap<_, _> = info
        .iter()
        .filter(|(key, _)| key.ends_with("UsageDescription"))
        .map(|(key, value)| (key.clone(), value.as_string().expect("a text").to_owned()))
        .collect();
    assert_eq!(
        texts("en"),
        asked,
        "without a translation the plist's own text is shown"
    );
    for language in ["fr", "de", "it"] {
        let texts = texts(language);
        assert!(texts.keys().eq(asked.keys()), "{language}");
        for (key, value) in &texts {
            assert!(
                !value.contains('ß') && *value != asked[key],
                "{language}: {value}"
            );
        }
    }
    assert_eq!(files("ios/texts").len(), 4);
}

#[test]
fn nothing_is_tracked_or_collected_and_each_reason_matches_a_use() {
    let privacy = dictionary("PrivacyInfo.xcprivacy");
    assert_eq!(privacy.len(), 4);
    assert_eq!(privacy.get("NSPrivacyTracking"), Some(&false.into()));
    for empty in ["NSPrivacyTrackingDomains", "NSPrivacyCollectedDataTypes"] {
        assert_eq!(
            privacy.get(empty),
            Some(&Value::Array(Vec::new())),
            "{empty}"
        );
    }
    let given: BTreeMap<_, _> = privacy
        .get("NSPrivacyAccessedAPITypes")
        .and_then(Value::as_array)
        .expect("an array")
        .iter()
        .map(|entry| {
            let entry = entry.as_dictionary().expect("a dictionary");
            let name = entry
                .get("NSPrivacyAccessedAPIType")
                .and_then(Value::as_string);
            let name = name.and_then(|name| name.strip_prefix("NSPrivacyAccessedAPICategory"));
            (
                name.expect("a category"),
                strings(entry.get("NSPrivacyAccessedAPITypeReasons")),
            )
        })
        .collect();
    let sources: String = files("src")
        .iter()
        .map(|file| text(&format!("src/{file}")))
        .collect();
    for (category, names, reason) in REASONS {
        let used = names.iter().any(|name| sources.contains(name));
        assert_eq!(
            used,
            reason.is_some(),
            "{category}: what is used has a reason, and nothing else"
        );
        assert_eq!(
            given.get(category).map(|reasons| &reasons[..]),
            reason.as_ref().map(std::slice::from_ref)
        );
    }
    assert_eq!(given.len(), 1);
}

#[test]
fn the_xcode_project_has_our_resources_and_entitlements() {
    let configuration: serde_json::Value =
        serde_json::from_str(&text("tauri.conf.json")).expect("JSON");
    let ios = &configuration["bundle"]["iOS"];
    // The page uses features of Safari 15.4: `ui/src/built.test.ts`.
    assert_eq!(ios["minimumSystemVersion"], "15.4");
    let vite = text("../ui/vite.config.ts");
    assert!(vite.contains("target: 'safari15.4'"));
    assert_eq!(ios["template"], "ios/project.yml");

    let project = text("ios/project.yml");
    let ours: Vec<_> = project
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- path: ../../"))
        .collect();
    assert_eq!(
        ours,
        ["ios/Assets.xcassets", "ios/texts", "PrivacyInfo.xcprivacy"]
    );
    for path in ours {
        assert!(at(path).exists(), "{path}");
    }
    let (_, entitlements) = project
        .split_once("    entitlements:\n")
        .expect("the project has entitlements");
    let entitlements: Vec<_> = entitlements
        .lines()
        .skip_while(|line| !line.contains("properties:"))
        .skip(1)
        .take_while(|line| line.starts_with("        "))
        .map(str::trim)
        .collect();
    assert_eq!(
        entitlements,
        [
            "com.apple.developer.default-data-protection: NSFileProtectionComplete",
            "keychain-access-groups:",
            "- $(AppIdentifierPrefix){{app.identifier}}",
        ]
    );
    // A release could be debugged with this entitlement.
    assert!(!project.contains("get-task-allow"));
}

/// Xcode links only the frameworks of the project: the `link` attribute of a crate in a static library does not
/// reach it, and objc2 panics if a class is missing. UIKit includes Foundation.
const FRAMEWORKS: [(&str, &str); 5] = [
    ("objc2-core-foundation", "UIKit"),
    ("objc2-foundation", "UIKit"),
    ("objc2-local-authentication", "LocalAuthentication"),
    ("objc2-ui-kit", "UIKit"),
    ("security-framework", "Security"),
];

#[test]
fn every_framework_that_a_crate_uses_is_linked() {
    let manifest = text("Cargo.toml");
    let (_, ios) = manifest
        .split_once("[target.'cfg(target_os = \"ios\")'.dependencies]\n")
        .expect("a section for iOS");
    let crates: BTreeSet<_> = ios
        .lines()
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| Some(line.split_once(" = ")?.0))
        .filter(|name| !["objc2", "block2"].contains(name))
        .collect();
    assert!(
        crates.iter().eq(FRAMEWORKS.map(|(name, _)| name).iter()),
        "{crates:?}"
    );
    let project = text("ios/project.yml");
    for (name, framework) in FRAMEWORKS {
        let line = format!("- sdk: {framework}.framework\n");
        assert!(project.contains(&line), "{name}: {framework}");
    }
}

#[test]
fn the_icon_has_the_required_size() {
    let folder = "ios/Assets.xcassets/AppIcon.appiconset";
    let contents: serde_json::Value =
        serde_json::from_str(&text(&format!("{folder}/Contents.json"))).expect("JSON");
    let file = contents["images"][0]["filename"].as_str().expect("a file");
    assert_eq!(contents["images"][0]["size"], "1024x1024");
    let png = fs::read(at(&format!("{folder}/{file}"))).expect("the icon exists");
    let icon = image::load_from_memory(&png).expect("a picture");
    assert_eq!((icon.width(), icon.height()), (1024, 1024));
    assert!(
        !icon.color().has_alpha(),
        "the App Store takes no channel for transparency"
    );
}
