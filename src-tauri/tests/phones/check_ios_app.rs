//! `scripts/check-ios-app` accepts the reviewed app and refuses each planted fault. `scripts/smoke-ios` runs
//! with fake tools that answer like those of a Mac.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use plist::{Dictionary, Value};

use crate::project_files::at;
use crate::scripts::{ScriptOutput, run, run_among};

/// `Info.ios.plist` with the keys that Xcode's tools add.
fn info() -> Dictionary {
    let ours = Value::from_file(at("Info.ios.plist")).expect("a property list");
    let mut info = ours.into_dictionary().expect("a dictionary");
    info.insert("MinimumOSVersion".into(), "15.4".into());
    info.insert("CFBundleExecutable".into(), "Trousseau".into());
    info.insert(
        "CFBundleShortVersionString".into(),
        env!("CARGO_PKG_VERSION").into(),
    );
    let icon = Dictionary::from_iter([("CFBundleIconName", Value::from("AppIcon"))]);
    let icons = Dictionary::from_iter([("CFBundlePrimaryIcon", Value::from(icon))]);
    info.insert("CFBundleIcons".into(), icons.into());
    info
}

/// The beginning of a program file as the linker writes it: a header, and a load command for each framework.
fn program(frameworks: &[&str]) -> Vec<u8> {
    const LOAD_DYLIB: u32 = 0xc;
    let commands = frameworks.iter().map(|framework| {
        let path = format!("/System/Library/Frameworks/{framework}.framework/{framework}\0");
        let size = (24 + path.len()).next_multiple_of(8);
        let head = [LOAD_DYLIB, size as u32, 24, 2, 0x1_0000, 0x1_0000];
        let mut command: Vec<u8> = head.into_iter().flat_map(u32::to_le_bytes).collect();
        command.extend(path.bytes());
        command.resize(size, 0);
        command
    });
    let commands: Vec<_> = commands.collect();
    let size = commands.concat().len() as u32;
    let head = [
        0xfeed_facf,
        0x0100_000c,
        0,
        2,
        commands.len() as u32,
        size,
        0,
        0,
    ];
    let head: Vec<u8> = head.into_iter().flat_map(u32::to_le_bytes).collect();
    // A name elsewhere in the file loads nothing.
    [
        &head[..],
        &commands.concat(),
        b"LocalAuthentication.framework/LocalAuthentication",
    ]
    .concat()
}

/// Creates the app with this property list in a folder.
fn create_app(folder: &Path, info: Dictionary) -> PathBuf {
    let app = folder.join("Trousseau.app");
    let texts = ["en", "fr", "de", "it"].map(|it| format!("{it}.lproj/InfoPlist.strings"));
    for file in &texts {
        write(&app.join(file), b"");
    }
    let privacy = fs::read(at("PrivacyInfo.xcprivacy")).expect("the file exists");
    write(&app.join("PrivacyInfo.xcprivacy"), &privacy);
    write(
        &app.join("Trousseau"),
        &program(&["UIKit", "LocalAuthentication"]),
    );
    Value::from(info)
        .to_file_binary(app.join("Info.plist"))
        .expect("the folder can be written");
    app
}

/// Creates the app without one file, and checks it.
fn checked(info: Dictionary, without: &str) -> ScriptOutput {
    let folder = tempfile::tempdir().expect("a folder");
    let app = create_app(folder.path(), info);
    if !without.is_empty() {
        fs::remove_file(app.join(without)).expect("the file exists");
    }
    run("check-ios-app", &[&app])
}

fn write(path: &Path, content: &[u8]) {
    let folder = path.parent().expect("a file of the app");
    fs::create_dir_all(folder).expect("the folder can be written");
    fs::write(path, content).expect("the folder can be written");
}

#[test]
fn the_reviewed_app_passes() {
    let output = checked(info(), "");
    assert!(
        output.passed && output.text.contains("as reviewed"),
        "{output:?}"
    );
}

#[test]
fn each_fault_is_refused() {
    let changed = |key: &str, value: Value| {
        let mut info = info();
        info.insert(key.into(), value);
        checked(info, "")
    };
    let empty = || Value::from(Dictionary::new());
    for (output, complaint) in [
        (
            changed("MinimumOSVersion", "15.0".into()),
            "it installs on iOS 15.0",
        ),
        // The tools write this if tauri.conf.json has no version.
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
        (checked(info(), "Trousseau"), "Trousseau: no program"),
    ] {
        assert!(!output.passed, "{complaint}");
        assert!(output.text.contains(complaint), "{complaint}: {output:?}");
    }
}

/// The biometric query goes through `objc2`, which panics if the framework of a class is not loaded.
#[test]
fn the_program_must_load_local_authentication() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = create_app(folder.path(), info());
    write(&app.join("Trousseau"), &program(&["UIKit"]));
    let output = run("check-ios-app", &[&app]);
    assert!(
        !output.passed && output.text.contains("LocalAuthentication is not loaded"),
        "{output:?}"
    );
    // In a debug build Xcode puts the code into a library beside a program that only loads it.
    write(
        &app.join("Trousseau.debug.dylib"),
        &program(&["LocalAuthentication"]),
    );
    let output = run("check-ios-app", &[&app]);
    assert!(output.passed, "{output:?}");
    for broken in [&b""[..], b"\xcf\xfa\xed\xfe", b"#!/bin/sh\n"] {
        write(&app.join("Trousseau"), broken);
        let output = run("check-ios-app", &[&app]);
        assert!(
            !output.passed && output.text.contains("no program"),
            "{output:?}"
        );
    }
}

/// Fake tools that log their arguments and answer like a Mac's. `process` is a shell command that prints the id
/// of the app's process.
fn smoke(process: &str, linked: &str) -> (ScriptOutput, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let tools = folder.path().join("tools");
    let asked = folder.path().join("asked");
    let xcrun = format!(
        r#"echo "$*" >>'{}'
case $* in
  *"list devices"*) echo '{{"devices":{{"iOS":[{{"name":"iPhone 16","udid":"THIS"}}]}}}}' ;;
  *launchctl*) echo "1 0 UIKitApplication:org.trousseau.authenticator" ;;
  *launch*) echo "$4: $({process})" ;;
esac"#,
        asked.display()
    );
    let otool = format!("echo \"$2:\"; echo ' {linked} (version 1.0.0)'");
    for (name, body) in [("xcrun", xcrun.as_str()), ("otool", &otool), ("sleep", "")] {
        write(&tools.join(name), format!("#!/bin/sh\n{body}\n").as_bytes());
        let executable = fs::Permissions::from_mode(0o755);
        fs::set_permissions(tools.join(name), executable).expect("the permissions can be set");
    }
    let app = create_app(folder.path(), info());
    let output = run_among(&tools, "smoke-ios", &[&app]);
    (output, fs::read_to_string(asked).unwrap_or_default())
}

const LINKED: &str = "/System/Library/Frameworks/LocalAuthentication.framework/LocalAuthentication";

#[test]
fn smoke_ios_leaves_the_app_and_returns_after_the_link() {
    let (output, asked) = smoke("echo 4242", LINKED);
    assert!(output.passed, "{output:?}");
    let steps = [
        "simctl launch THIS org.trousseau.authenticator",
        "ios-1.png",
        "simctl openurl THIS otpauth://",
        "ios-2.png",
        "simctl launch THIS com.apple.Preferences",
        "simctl launch THIS org.trousseau.authenticator",
        "ios-3.png",
        "launchctl list",
    ];
    let mut rest = asked.as_str();
    for step in steps {
        (_, rest) = rest
            .split_once(step)
            .unwrap_or_else(|| panic!("{step}: {asked}"));
    }
}

#[test]
fn smoke_ios_fails_if_the_app_ended_or_lacks_a_framework() {
    // Each call prints another id, as if the app was restarted.
    let (output, _) = smoke("echo $$", LINKED);
    assert!(
        !output.passed && output.text.contains("ended behind"),
        "{output:?}"
    );
    let (output, _) = smoke(
        "echo 4242",
        "/System/Library/Frameworks/UIKit.framework/UIKit",
    );
    assert!(
        !output.passed && output.text.contains("LocalAuthentication"),
        "{output:?}"
    );
}
