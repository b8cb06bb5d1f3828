//! One version number everywhere that a phone or a user sees it.

use serde_json::Value;

use crate::project_files::text;

fn json(path: &str) -> Value {
    serde_json::from_str(&text(path)).expect("JSON")
}

#[test]
fn every_package_has_the_version_that_the_app_shows() {
    // For phones Tauri's tools do not read Cargo.toml: without this line they write 1.0.
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

/// `scripts/check-kotlin` uses the compiler of the npm package; Gradle uses that of its plugin.
#[test]
fn kotlin_is_checked_with_the_compiler_version_of_gradle() {
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
    // A version code in the configuration would replace the one derived from the version.
    assert!(json("tauri.conf.json")["bundle"]["android"]["versionCode"].is_null());
}
