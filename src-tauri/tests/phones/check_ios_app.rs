//! `scripts/check-ios-app` lets an app pass that holds what was reviewed, and refuses each planted fault.

use std::fs;
use std::path::Path;

use plist::{Dictionary, Value};

use crate::scripts::{Said, run};
use crate::tree::at;

/// What the tools make beside the keys of `Info.ios.plist`.
fn info() -> Dictionary {
    let ours = Value::from_file(at("Info.ios.plist")).expect("a property list");
    let mut info = ours.into_dictionary().expect("a dictionary");
    info.insert("MinimumOSVersion".into(), "15.4".into());
    info.insert(
        "CFBundleShortVersionString".into(),
        env!("CARGO_PKG_VERSION").into(),
    );
    let icon = Dictionary::from_iter([("CFBundleIconName", Value::from("AppIcon"))]);
    let icons = Dictionary::from_iter([("CFBundlePrimaryIcon", Value::from(icon))]);
    info.insert("CFBundleIcons".into(), icons.into());
    info
}

/// Makes the app of this property list, without one file, and has it looked into.
fn checked(info: Dictionary, without: &str) -> Said {
    let folder = tempfile::tempdir().expect("a folder");
    let app = folder.path().join("Trousseau.app");
    let texts = ["en", "fr", "de", "it"].map(|it| format!("{it}.lproj/InfoPlist.strings"));
    for file in &texts {
        write(&app.join(file), b"");
    }
    let privacy = fs::read(at("PrivacyInfo.xcprivacy")).expect("it is kept");
    write(&app.join("PrivacyInfo.xcprivacy"), &privacy);
    let list = app.join("Info.plist");
    Value::from(info)
        .to_file_binary(&list)
        .expect("the folder can be written");
    if !without.is_empty() {
        fs::remove_file(app.join(without)).expect("it was made");
    }
    run("check-ios-app", &[&app])
}

fn write(path: &Path, content: &[u8]) {
    let folder = path.parent().expect("a file of the app");
    fs::create_dir_all(folder).expect("the folder can be written");
    fs::write(path, content).expect("the folder can be written");
}

#[test]
fn an_app_as_reviewed_passes() {
    let said = checked(info(), "");
    assert!(said.passed && said.text.contains("as reviewed"), "{said:?}");
}

#[test]
fn each_fault_is_refused() {
    let changed = |key: &str, value: Value| {
        let mut info = info();
        info.insert(key.into(), value);
        checked(info, "")
    };
    let empty = || Value::from(Dictionary::new());
    for (said, complaint) in [
        (
            changed("MinimumOSVersion", "15.0".into()),
            "it installs on iOS 15.0",
        ),
        // What the tools write where tauri.conf.json has no version.
        (
            changed("CFBundleShortVersionString", "1.0.0".into()),
            "the version is 1.0.0",
        ),
        (
            changed("NSCameraUsageDescription", "Camera".into()),
            "NSCameraUsageDescription is Camera",
        ),
        (
            changed("UIFileSharingEnabled", true.into()),
            "UIFileSharingEnabled is True",
        ),
        (
            changed("NSAppTransportSecurity", empty()),
            "an exception for networks",
        ),
        (
            changed("UIApplicationSceneManifest", empty()),
            "by which a link that starts the app is lost",
        ),
        (changed("CFBundleIcons", empty()), "no icon"),
        (
            checked(info(), "PrivacyInfo.xcprivacy"),
            "PrivacyInfo.xcprivacy",
        ),
        (
            checked(info(), "fr.lproj/InfoPlist.strings"),
            "fr: no texts",
        ),
    ] {
        assert!(!said.passed, "{complaint}");
        assert!(said.text.contains(complaint), "{complaint}: {said:?}");
    }
}
