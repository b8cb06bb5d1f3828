//! `scripts/check-apk` lets a merged manifest pass that holds what was reviewed, and refuses each planted fault.

use std::fs;
use std::path::Path;

use crate::scripts::{Said, run};

/// A release's manifest as the merger writes it: what the check looks at, and what a library may add.
const REVIEWED: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android"
    package="org.trousseau.authenticator" android:versionCode="CODE" android:versionName="NAME">
    <uses-sdk android:minSdkVersion="28" android:targetSdkVersion="37" />
    <uses-permission android:name="android.permission.CAMERA" />
    <uses-permission android:name="android.permission.USE_BIOMETRIC" />
    <uses-permission android:name="android.permission.HIDE_OVERLAY_WINDOWS" />
    <uses-feature android:name="android.hardware.camera" android:required="false" />
    <application android:allowBackup="false" android:usesCleartextTraffic="false"
        android:dataExtractionRules="@xml/data_extraction_rules" android:fullBackupContent="@xml/backup_rules">
        <activity android:name="org.trousseau.authenticator.MainActivity" android:exported="true">
            <intent-filter>
                <action android:name="android.intent.action.MAIN" />
                <category android:name="android.intent.category.LAUNCHER" />
            </intent-filter>
            <intent-filter>
                <action android:name="android.intent.action.VIEW" />
                <data android:scheme="otpauth" />
                <data android:scheme="otpauth-migration" />
            </intent-filter>
            <intent-filter>
                <action android:name="android.intent.action.SEND" />
                <data android:mimeType="image/*" />
                <data android:mimeType="text/plain" />
            </intent-filter>
        </activity>
        <activity android:name="app.tauri.biometric.BiometricActivity" android:exported="false" />
        <provider android:name="androidx.startup.InitializationProvider" android:exported="false" />
    </application>
</manifest>
"#;

/// What is changed, into what, and the complaint about it.
const FAULTS: [(&str, &str, &str); 20] = [
    (
        "\"org.trousseau.authenticator\" android",
        "\"org.trousseau\" android",
        "package: ['org.trousseau']",
    ),
    // What Gradle writes where Tauri's tools found no version.
    (
        "versionName=\"NAME\"",
        "versionName=\"1.0\"",
        "version: ['1.0']",
    ),
    (
        "versionCode=\"CODE\"",
        "versionCode=\"1\"",
        "version code: ['1']",
    ),
    ("android:versionName=\"NAME\"", "", "version: ['']"),
    (
        "permission.CAMERA",
        "permission.INTERNET",
        "permissions: ['android.permission.INTERNET'",
    ),
    (
        "<uses-permission android:name=\"android.permission.USE_BIOMETRIC\" />",
        "",
        "permissions: ['android.permission.CAMERA', 'android.permission.HIDE_OVERLAY_WINDOWS'], not",
    ),
    (
        "<uses-feature",
        "<permission android:name=\"own\" /><uses-feature",
        "permissions of its own: ['own']",
    ),
    (
        "android:required=\"false\"",
        "",
        "a phone must have android.hardware.camera",
    ),
    (
        "allowBackup=\"false\"",
        "allowBackup=\"true\"",
        "allowBackup: true",
    ),
    (
        "allowBackup=\"false\"",
        "debuggable=\"true\"",
        "debuggable: true",
    ),
    (
        "allowBackup=\"false\"",
        "testOnly=\"true\"",
        "testOnly: true",
    ),
    (
        "Traffic=\"false\"",
        "Traffic=\"true\"",
        "usesCleartextTraffic: true",
    ),
    (
        "android:dataExtractionRules=",
        "android:other=",
        "dataExtractionRules is gone",
    ),
    (
        "android:fullBackupContent=",
        "android:other=",
        "fullBackupContent is gone",
    ),
    (
        "InitializationProvider\" android:exported=\"false\"",
        "InitializationProvider\" android:exported=\"true\"",
        "open to other apps: ['androidx.startup.InitializationProvider'",
    ),
    (
        "android:exported=\"false\" />\n        <provider",
        "><intent-filter /></activity>\n        <provider",
        "BiometricActivity has a filter and does not say that it is closed",
    ),
    (
        "scheme=\"otpauth\"",
        "scheme=\"https\"",
        "schemes: ['https', 'otpauth-migration']",
    ),
    (
        "mimeType=\"image/*\"",
        "mimeType=\"*/*\"",
        "types: ['*/*', 'text/plain']",
    ),
    (
        "category.LAUNCHER",
        "category.LEANBACK_LAUNCHER",
        "for a television",
    ),
    (
        "minSdkVersion=\"28\"",
        "minSdkVersion=\"24\"",
        "older than 9",
    ),
];

/// The version, and the code that Tauri's CLI makes of it.
fn filled(manifest: &str) -> String {
    let [major, minor, patch] = [
        env!("CARGO_PKG_VERSION_MAJOR"),
        env!("CARGO_PKG_VERSION_MINOR"),
        env!("CARGO_PKG_VERSION_PATCH"),
    ]
    .map(|number| number.parse::<u32>().expect("cargo checks it"));
    let code = major * 1_000_000 + minor * 1_000 + patch;
    manifest
        .replace("NAME", env!("CARGO_PKG_VERSION"))
        .replace("CODE", &code.to_string())
}

fn checked(manifest: &str) -> Said {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("AndroidManifest.xml");
    fs::write(&file, filled(manifest)).expect("the folder can be written");
    run("check-apk", &[Path::new("--manifest"), &file])
}

#[test]
fn a_manifest_as_reviewed_passes() {
    let said = checked(REVIEWED);
    assert!(said.passed && said.text.contains("as reviewed"), "{said:?}");
}

#[test]
fn each_fault_is_refused() {
    for (part, fault, complaint) in FAULTS {
        assert!(REVIEWED.contains(part), "{part}");
        let said = checked(&REVIEWED.replace(part, fault));
        assert!(!said.passed, "{complaint}");
        assert!(said.text.contains(complaint), "{complaint}: {said:?}");
    }
}
