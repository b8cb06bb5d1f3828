//! One version, in whatever a phone or a person is told.

use serde_json::Value;

use crate::tree::text;

fn json(path: &str) -> Value {
    serde_json::from_str(&text(path)).expect("JSON")
}

#[test]
fn every_package_has_the_version_that_the_app_shows() {
    // Tauri's tools look into no Cargo.toml for a phone: without this they write 1.0.
    assert_eq!(json("tauri.conf.json")["version"], "../ui/package.json");
    let shown = env!("CARGO_PKG_VERSION");
    let context = trousseau_app::context::<tauri::test::MockRuntime>();
    assert_eq!(context.config().version.as_deref(), Some(shown));
    assert_eq!(context.package_info().version.to_string(), shown);
    assert_eq!(json("../ui/package.json")["version"], shown);
    let lock = json("../ui/package-lock.json");
    assert_eq!(lock["version"], shown);
    assert_eq!(lock["packages"][""]["version"], shown);
}

/// `scripts/check-kotlin` compiles by npm's package what Gradle compiles by its plugin.
#[test]
fn kotlin_is_checked_by_the_compiler_that_gradle_takes() {
    let package = json("../scripts/kotlin/package.json");
    let compiler = package["dependencies"]["kotlin-compiler"].as_str();
    let plugin = format!(
        "\"org.jetbrains.kotlin:kotlin-gradle-plugin:{}\"",
        compiler.expect("a version")
    );
    assert!(text("gen/android/build.gradle.kts").contains(&plugin));
}

#[test]
fn gradle_takes_the_version_from_tauri() {
    let build = text("gen/android/app/build.gradle.kts");
    for property in ["versionName", "versionCode"] {
        let line = format!("{property} = tauriProperties.getProperty(\"tauri.android.{property}\"");
        assert!(build.contains(&line), "{property}");
    }
    // A version code of the configuration would take the place of the one that is made of the version.
    assert!(json("tauri.conf.json")["bundle"]["android"]["versionCode"].is_null());
}
