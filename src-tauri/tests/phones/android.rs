//! Compares Android's manifests and Gradle files with the reviewed contents.

use crate::project_files::{all, android, attributes, files, removed, text, xml};

const MAIN: &str = "gen/android/app/src/main/AndroidManifest.xml";
const DEBUG: &str = "gen/android/app/src/debug/AndroidManifest.xml";
const BUILD: &str = "gen/android/app/build.gradle.kts";

/// Elements of the libraries' manifests that our manifest removes.
const STRIPPED: [&str; 5] = [
    "uses-permission android.permission.USE_FINGERPRINT",
    "uses-permission ${applicationId}.DYNAMIC_RECEIVER_NOT_EXPORTED_PERMISSION",
    "permission ${applicationId}.DYNAMIC_RECEIVER_NOT_EXPORTED_PERMISSION",
    "meta-data androidx.emoji2.text.EmojiCompatInitializer",
    "receiver androidx.profileinstaller.ProfileInstallReceiver",
];

/// What may start the app from outside.
const FILTERS: [&str; 3] = [
    "action MAIN, category LAUNCHER",
    "action VIEW, category DEFAULT, category BROWSABLE, scheme=otpauth, scheme=otpauth-migration",
    "action SEND, category DEFAULT, mimeType=image/*, mimeType=text/plain",
];

const DEPENDENCIES: [&str; 8] = [
    "androidTestImplementation androidx.test.espresso:espresso-core",
    "androidTestImplementation androidx.test.ext:junit",
    "implementation androidx.activity:activity-ktx",
    "implementation androidx.appcompat:appcompat",
    "implementation androidx.lifecycle:lifecycle-process",
    "implementation androidx.webkit:webkit",
    "implementation com.google.android.material:material",
    "testImplementation junit:junit",
];

#[test]
fn a_release_asks_for_the_camera_and_for_no_network() {
    let manifest = text(MAIN);
    let document = xml(&manifest);
    let root = document.root_element();
    let asked: Vec<_> = root
        .children()
        .filter(|node| node.tag_name().name().starts_with("uses-permission") && !removed(*node))
        .map(attributes)
        .collect();
    assert_eq!(
        asked,
        [
            ["name=android.permission.CAMERA"],
            ["name=android.permission.USE_BIOMETRIC"],
            ["name=android.permission.HIDE_OVERLAY_WINDOWS"]
        ]
    );
    let features: Vec<_> = all(root, "uses-feature").map(attributes).collect();
    let optional = |name: &str| {
        vec![
            format!("name=android.hardware.{name}"),
            "required=false".into(),
        ]
    };
    assert_eq!(features, [optional("camera"), optional("camera.autofocus")]);
    let stripped: Vec<_> = root
        .descendants()
        .filter(|node| removed(*node))
        .map(|node| {
            format!(
                "{} {}",
                node.tag_name().name(),
                android(node, "name").unwrap_or("")
            )
        })
        .collect();
    assert_eq!(stripped, STRIPPED);
}

#[test]
fn only_a_debug_build_may_reach_a_network() {
    let manifest = text(DEBUG);
    let document = xml(&manifest);
    let all: Vec<_> = document
        .root_element()
        .children()
        .filter(|node| node.is_element())
        .map(attributes)
        .collect();
    assert_eq!(all, [["name=android.permission.INTERNET"]]);
    let manifests: Vec<_> = files("gen/android/app/src")
        .into_iter()
        .filter(|file| file.ends_with("AndroidManifest.xml"))
        .collect();
    assert_eq!(
        manifests,
        ["debug/AndroidManifest.xml", "main/AndroidManifest.xml"]
    );

    let build = text(BUILD);
    let (before, debug) = build
        .split_once("getByName(\"debug\")")
        .expect("two build types");
    let (debug, release) = debug
        .split_once("getByName(\"release\")")
        .expect("two build types");
    let cleartext = "manifestPlaceholders[\"usesCleartextTraffic\"]";
    assert!(before.contains(&format!("{cleartext} = \"false\"")));
    assert!(debug.contains(&format!("{cleartext} = \"true\"")));
    assert!(debug.contains("isDebuggable = true"));
    for only_debug in [cleartext, "ebuggable"] {
        assert!(!release.contains(only_debug), "{only_debug}");
    }
}

#[test]
fn the_app_has_no_backup_and_one_entry_point() {
    let manifest = text(MAIN);
    let document = xml(&manifest);
    let [application] = all(document.root_element(), "application").collect::<Vec<_>>()[..] else {
        panic!("one application");
    };
    assert_eq!(
        attributes(application),
        [
            "allowBackup=false",
            "dataExtractionRules=@xml/data_extraction_rules",
            "fullBackupContent=@xml/backup_rules",
            "icon=@mipmap/ic_launcher",
            "label=@string/app_name",
            "taskAffinity=",
            "theme=@style/Theme.trousseau",
            "usesCleartextTraffic=${usesCleartextTraffic}",
        ]
    );
    let components: Vec<_> = application
        .children()
        .filter(|node| node.is_element() && !removed(*node) && !node.has_tag_name("meta-data"))
        .map(|node| {
            let value = |name| android(node, name).unwrap_or("unset").to_owned();
            [
                node.tag_name().name().to_owned(),
                value("name"),
                value("exported"),
                value("permission"),
            ]
        })
        .collect();
    assert_eq!(
        components,
        [
            ["activity", ".MainActivity", "true", "unset"],
            [
                "provider",
                "androidx.startup.InitializationProvider",
                "false",
                "unset"
            ],
        ]
    );
    let filters: Vec<_> = all(application, "intent-filter").map(filter).collect();
    assert_eq!(filters, FILTERS);
    assert!(!manifest.contains("debuggable"), "a release is not");
    assert!(
        !manifest.to_lowercase().contains("leanback"),
        "a phone's app"
    );
}

/// What an intent filter accepts, in one line.
fn filter(node: roxmltree::Node<'_, '_>) -> String {
    let parts = node
        .children()
        .filter(|child| child.is_element())
        .map(|child| match child.tag_name().name() {
            "data" => attributes(child).join("+"),
            kind => {
                let name = android(child, "name").unwrap_or("");
                format!("{kind} {}", name.rsplit('.').next().unwrap_or(name))
            }
        });
    parts.collect::<Vec<_>>().join(", ")
}

#[test]
fn gradle_builds_the_reviewed_app() {
    let build = text(BUILD);
    let value = |name: &str| {
        let of = |line: &str| {
            line.trim()
                .strip_prefix(name)?
                .strip_prefix(" = ")
                .map(str::to_owned)
        };
        let values: Vec<_> = build.lines().filter_map(of).collect();
        values.join(" and ")
    };
    assert_eq!(value("applicationId"), "\"org.trousseau.authenticator\"");
    assert_eq!(value("namespace"), "\"org.trousseau.authenticator\"");
    assert_eq!(value("minSdk"), "28");
    assert_eq!(value("targetSdk"), "37");
    assert_eq!(value("compileSdk"), "37");
    // A release is signed with the key beside the project or not at all, never with the debug key.
    assert_eq!(
        value("signingConfig"),
        "signingConfigs.findByName(\"release\")"
    );
    assert_eq!(
        value("storeFile"),
        "file(keystoreProperties.getProperty(\"storeFile\"))"
    );

    let dependency = |line: &str| {
        let (kind, rest) = line.trim().split_once("(\"")?;
        let (name, _version) = rest.strip_suffix("\")")?.rsplit_once(':')?;
        kind.ends_with("mplementation")
            .then(|| format!("{kind} {name}"))
    };
    let mut dependencies: Vec<_> = build.lines().filter_map(dependency).collect();
    dependencies.sort();
    assert_eq!(dependencies, DEPENDENCIES);

    let configuration: serde_json::Value =
        serde_json::from_str(&text("tauri.conf.json")).expect("JSON");
    assert_eq!(configuration["bundle"]["android"]["minSdkVersion"], 28);
    assert_eq!(configuration["identifier"], "org.trousseau.authenticator");
    for file in ["build.gradle.kts", "buildSrc/build.gradle.kts"] {
        let text = text(&format!("gen/android/{file}"));
        for (_, repositories) in text
            .match_indices("repositories {")
            .map(|(at, _)| text[at..].split_at(14))
        {
            let (inside, _) = repositories.split_once('}').expect("the block ends");
            assert_eq!(
                inside.split_whitespace().collect::<Vec<_>>(),
                ["google()", "mavenCentral()"]
            );
        }
    }
}

/// The configuration changes for which Android would recreate the activity if they were not listed; all but the
/// SIM card's.
const CHANGES: &str = "assetsPaths|colorMode|density|fontScale|fontWeightAdjustment|grammaticalGender|keyboard|keyboardHidden|layoutDirection|locale|\
    navigation|orientation|screenLayout|screenSize|smallestScreenSize|touchscreen|uiMode";

#[test]
fn the_activity_is_kept_on_changes_and_resized() {
    let manifest = text(MAIN);
    let document = xml(&manifest);
    let [activity] = all(document.root_element(), "activity").collect::<Vec<_>>()[..] else {
        panic!("one activity");
    };
    assert_eq!(
        attributes(activity),
        [
            format!("configChanges={CHANGES}").as_str(),
            "exported=true",
            "label=@string/main_activity_title",
            "launchMode=singleTask",
            "name=.MainActivity",
            "windowSoftInputMode=adjustResize",
        ]
    );
}

#[test]
fn the_web_view_reports_nothing() {
    let manifest = text(MAIN);
    let document = xml(&manifest);
    let told: Vec<_> = all(document.root_element(), "meta-data")
        .filter(|node| !removed(*node))
        .map(attributes)
        .collect();
    let web_view = |name: &str, value: &str| {
        vec![
            format!("name=android.webkit.WebView.{name}"),
            format!("value={value}"),
        ]
    };
    assert_eq!(
        told,
        [
            web_view("MetricsOptOut", "true"),
            web_view("EnableSafeBrowsing", "false")
        ]
    );
}
