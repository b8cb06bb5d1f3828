//! `scripts/check-apk` accepts the reviewed merged manifest and refuses each planted fault.

use std::fs;
use std::path::Path;

use crate::scripts::{ScriptOutput, run};

/// The manifest of a release as the merger writes it: the app's own elements and those of the libraries.
const REVIEWED: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<manifest xmlns:android="http://schemas.android.com/apk/res/android"
    package="org.trousseau.authenticator" android:versionCode="CODE" android:versionName="NAME">
    <uses-sdk android:minSdkVersion="28" android:targetSdkVersion="37" />
    <uses-permission android:name="android.permission.CAMERA" />
    <uses-permission android:name="android.permission.USE_BIOMETRIC" />
    <uses-permission android:name="android.permission.HIDE_OVERLAY_WINDOWS" />
    <uses-feature android:name="android.hardware.camera" android:required="false" />
    <uses-feature android:name="android.hardware.camera.autofocus" android:required="false" />
    <application android:allowBackup="false" android:usesCleartextTraffic="false" android:extractNativeLibs="false"
        android:appComponentFactory="androidx.core.app.CoreComponentFactory" android:taskAffinity=""
        android:icon="@mipmap/ic_launcher" android:label="@string/app_name" android:theme="@style/Theme.trousseau"
        android:dataExtractionRules="@xml/data_extraction_rules" android:fullBackupContent="@xml/backup_rules">
        <meta-data android:name="android.webkit.WebView.MetricsOptOut" android:value="true" />
        <meta-data android:name="android.webkit.WebView.EnableSafeBrowsing" android:value="false" />
        <activity android:name="org.trousseau.authenticator.MainActivity" android:exported="true"
            android:configChanges="assetsPaths|colorMode|density|fontScale|fontWeightAdjustment|grammaticalGender|keyboard|keyboardHidden|layoutDirection|locale|navigation|orientation|screenLayout|screenSize|smallestScreenSize|touchscreen|uiMode"
            android:launchMode="singleTask" android:windowSoftInputMode="adjustResize"
            android:label="@string/main_activity_title">
            <intent-filter>
                <action android:name="android.intent.action.MAIN" />
                <category android:name="android.intent.category.LAUNCHER" />
            </intent-filter>
            <intent-filter android:label="@string/add_to_app">
                <action android:name="android.intent.action.VIEW" />
                <category android:name="android.intent.category.DEFAULT" />
                <category android:name="android.intent.category.BROWSABLE" />
                <data android:scheme="otpauth" />
                <data android:scheme="otpauth-migration" />
            </intent-filter>
            <intent-filter android:label="@string/add_to_app">
                <action android:name="android.intent.action.SEND" />
                <category android:name="android.intent.category.DEFAULT" />
                <data android:mimeType="image/*" />
                <data android:mimeType="text/plain" />
            </intent-filter>
        </activity>
        <activity android:name="app.tauri.biometric.BiometricActivity" android:exported="false"
            android:label="BiometricActivity" android:theme="@style/AppTheme.Transparent" />
        <provider android:name="androidx.startup.InitializationProvider" android:exported="false"
            android:authorities="org.trousseau.authenticator.androidx-startup">
            <meta-data android:name="androidx.lifecycle.ProcessLifecycleInitializer" android:value="androidx.startup" />
            <meta-data android:name="androidx.profileinstaller.ProfileInstallerInitializer" android:value="androidx.startup" />
        </provider>
    </application>
</manifest>
"#;

/// Values that apkanalyzer prints differently: numbers instead of names, and addresses of resources instead of
/// their names.
const PACKED: [(&str, &str); 12] = [
    (
        "package=",
        "android:compileSdkVersion=\"37\" platformBuildVersionCode=\"37\" package=",
    ),
    ("\"singleTask\"", "\"2\""),
    ("\"adjustResize\"", "\"0x10\""),
    (
        "\"assetsPaths|colorMode|density|fontScale|fontWeightAdjustment|grammaticalGender|keyboard|keyboardHidden|layoutDirection|locale|navigation|\
         orientation|screenLayout|screenSize|smallestScreenSize|touchscreen|uiMode\"",
        "\"0xd000fffc\"",
    ),
    ("@mipmap/ic_launcher", "@ref/0x7f0d0000"),
    ("@string/app_name", "@ref/0x7f0f001c"),
    ("@string/main_activity_title", "@ref/0x7f0f0058"),
    ("@string/add_to_app", "@ref/0x7f0f001b"),
    ("@style/Theme.trousseau", "@ref/0x7f100244"),
    ("@style/AppTheme.Transparent", "@ref/0x7f100009"),
    ("@xml/data_extraction_rules", "@ref/0x7f120001"),
    ("@xml/backup_rules", "@ref/0x7f120000"),
];

/// Each line: the text to replace, its replacement, and the expected complaint.
const FAULTS: &str = r#"
"org.trousseau.authenticator" android => "org.trousseau" android => not reviewed: package=org.trousseau
versionName="NAME" => versionName="1.0" => not reviewed: android:versionName=1.0
versionCode="CODE" => versionCode="1" => not reviewed: android:versionCode=1
android:versionName="NAME" =>  => missing: android:versionName=
package= => android:sharedUserId="evil" package= => not reviewed: android:sharedUserId=evil
minSdkVersion="28" => minSdkVersion="24" => not reviewed: uses-sdk android:minSdkVersion=24
targetSdkVersion="37" => targetSdkVersion="22" => not reviewed: uses-sdk android:minSdkVersion=28 android:targetSdkVersion=22
permission.CAMERA => permission.INTERNET => not reviewed: uses-permission android.permission.INTERNET
<uses-permission android:name="android.permission.USE_BIOMETRIC" /> =>  => missing: uses-permission android.permission.USE_BIOMETRIC
<uses-feature => <uses-permission-sdk-23 android:name="READ" /><uses-feature => not reviewed: uses-permission-sdk-23 READ
<uses-feature => <uses-permission-sdk-33 android:name="READ" /><uses-feature => not reviewed: uses-permission-sdk-33 READ
<uses-feature => <permission android:name="own" /><uses-feature => not reviewed: permission own
<uses-feature => <queries><package android:name="other" /></queries><uses-feature => not reviewed: queries > package other
camera" android:required="false" => camera" => missing: uses-feature android.hardware.camera: android:required=false
allowBackup="false" => allowBackup="true" => not reviewed: application: android:allowBackup=true
allowBackup="false" => allowBackup="false" android:backupAgent="evil" => not reviewed: application: android:backupAgent=evil
allowBackup="false" => allowBackup="false" android:debuggable="true" => not reviewed: application: android:debuggable=true
allowBackup="false" => allowBackup="false" android:testOnly="true" => not reviewed: application: android:testOnly=true
allowBackup="false" => allowBackup="false" android:name="evil" => not reviewed: application: android:name=evil
allowBackup="false" => allowBackup="false" android:networkSecurityConfig="@xml/all" => not reviewed: application: android:networkSecurityConfig=@xml/all
CoreComponentFactory => Evil => not reviewed: application: android:appComponentFactory=androidx.core.app.Evil
Traffic="false" => Traffic="true" => not reviewed: application: android:usesCleartextTraffic=true
android:dataExtractionRules="@xml/data_extraction_rules" =>  => missing: application: android:dataExtractionRules=
@xml/backup_rules => @xml/other => not reviewed: application: android:fullBackupContent=@xml/other
taskAffinity="" => taskAffinity="evil" => not reviewed: application: android:taskAffinity=evil
MetricsOptOut" android:value="true" => MetricsOptOut" android:value="false" => MetricsOptOut: android:value=false
launchMode= => taskAffinity="evil" android:launchMode= => MainActivity: android:taskAffinity=evil
launchMode="singleTask" => launchMode="standard" => missing: application > activity org.trousseau.authenticator.MainActivity: android:launchMode=singleTask
launchMode="singleTask" => launchMode="0" => MainActivity: android:launchMode=standard
launchMode= => allowTaskReparenting="true" android:launchMode= => MainActivity: android:allowTaskReparenting=true
colorMode|density => density => missing: application > activity org.trousseau.authenticator.MainActivity: android:configChanges=
"adjustResize" => "0x20" => MainActivity: android:windowSoftInputMode=0x20
<intent-filter> => <intent-filter><action android:name="PROCESS_TEXT" /></intent-filter><intent-filter> => MainActivity > intent-filter PROCESS_TEXT
action.SEND => action.SEND_MULTIPLE => MainActivity > intent-filter android.intent.action.SEND_MULTIPLE
scheme="otpauth" => scheme="https" => > data android:scheme=https
scheme="otpauth" => scheme="otpauth" /><data android:host="*" => > data android:host=*
mimeType="image/*" => mimeType="*/*" => > data android:mimeType=*/*
category.LAUNCHER => category.LEANBACK_LAUNCHER => > category android.intent.category.LEANBACK_LAUNCHER
BiometricActivity" android:exported="false" => BiometricActivity" android:exported="true" => BiometricActivity: android:exported=true
InitializationProvider" android:exported="false" => InitializationProvider" android:exported="true" => InitializationProvider: android:exported=true
InitializationProvider" android:exported="false" => InitializationProvider" android:exported="@ref/0x7f050001" => InitializationProvider: android:exported=
InitializationProvider" => InitializationProvider" android:grantUriPermissions="true" => InitializationProvider: android:grantUriPermissions=true
InitializationProvider" => InitializationProvider" android:process=":other" => InitializationProvider: android:process=:other
.ProcessLifecycleInitializer => .Evil => InitializationProvider > meta-data androidx.lifecycle.Evil
</application> => <service android:name="evil" android:process=":other" /></application> => not reviewed: application > service evil: android:process=:other
</application> => <receiver android:name="evil" /></application> => not reviewed: application > receiver evil
</application> => <provider android:name="evil" android:exported="false" /></application> => not reviewed: application > provider evil
</application> => <activity android:name="evil" /></application> => not reviewed: application > activity evil
</application> => <activity-alias android:name="evil" /></application> => not reviewed: application > activity-alias evil
</application> => <uses-library android:name="evil" /></application> => not reviewed: application > uses-library evil
</application> => </application><instrumentation android:name="evil" /> => not reviewed: instrumentation evil
"#;

/// Fills in the version and the version code that Tauri's CLI derives from it.
fn filled(manifest: &str) -> String {
    let [major, minor, patch] = [
        env!("CARGO_PKG_VERSION_MAJOR"),
        env!("CARGO_PKG_VERSION_MINOR"),
        env!("CARGO_PKG_VERSION_PATCH"),
    ]
    .map(|number| number.parse::<u32>().expect("cargo checks the version"));
    let code = major * 1_000_000 + minor * 1_000 + patch;
    manifest
        .replace("NAME", env!("CARGO_PKG_VERSION"))
        .replace("CODE", &code.to_string())
}

fn checked(manifest: &str) -> ScriptOutput {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("AndroidManifest.xml");
    fs::write(&file, filled(manifest)).expect("the folder can be written");
    run("check-apk", &[Path::new("--manifest"), &file])
}

fn packed() -> String {
    PACKED
        .iter()
        .fold(REVIEWED.to_owned(), |manifest, (merged, packed)| {
            assert!(manifest.contains(merged), "{merged}");
            manifest.replace(merged, packed)
        })
}

#[test]
fn the_reviewed_manifest_passes() {
    for manifest in [REVIEWED.to_owned(), packed()] {
        let output = checked(&manifest);
        assert!(
            output.passed && output.text.contains("as reviewed"),
            "{output:?}"
        );
    }
}

#[test]
fn each_fault_is_refused() {
    for row in FAULTS.trim().lines() {
        let [part, fault, complaint] = row.split(" => ").collect::<Vec<_>>()[..] else {
            panic!("three columns: {row}");
        };
        assert!(REVIEWED.contains(part), "{part}");
        let output = checked(&REVIEWED.replace(part, fault));
        assert!(!output.passed, "accepted: {row}");
        assert!(output.text.contains(complaint), "{complaint}: {output:?}");
    }
}

/// A number without a known name, and a resource of the system instead of the app.
#[test]
fn numbers_from_apkanalyzer_are_compared_too() {
    for (part, fault, complaint) in [
        ("\"2\"", "\"1\"", "android:launchMode=singleTop"),
        (
            "0xd000fffc",
            "0xd000fff8",
            "android:configChanges=assetsPaths",
        ),
        (
            "0xd000fffc",
            "0xd800fffc",
            "android:configChanges=0x8000000|assetsPaths",
        ),
        ("\"0x10\"", "\"0x11\"", "android:windowSoftInputMode=0x1|"),
        (
            "@ref/0x7f100244",
            "@ref/0x0103000f",
            "android:theme=@ref/0x0103000f",
        ),
    ] {
        assert!(packed().contains(part), "{part}");
        let output = checked(&packed().replace(part, fault));
        assert!(
            !output.passed && output.text.contains(complaint),
            "{complaint}: {output:?}"
        );
    }
}

#[test]
fn the_message_says_where_to_review_a_new_library() {
    let output = checked(&REVIEWED.replace(
        "</application>",
        "<receiver android:name=\"library\" /></application>",
    ));
    assert!(output.text.contains("add it to ADDED"), "{output:?}");
}
