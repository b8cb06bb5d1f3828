//! What a release must not contain: the inspector, symbols, and settings for development.

use std::process::Command;

use serde_json::Value;

const TARGETS: [&str; 5] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "aarch64-linux-android",
    "aarch64-apple-ios",
];

/// The app's normal dependencies with their features, as a release is built.
fn features(target: &str) -> Vec<(String, Vec<String>)> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--package", "trousseau"])
        .args(["--edges", "normal", "--prefix", "none", "--target", target])
        .args(["--format", "{p}|{f}|"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs this test, so it is installed");
    assert!(
        output.status.success(),
        "`cargo fetch --locked` fetches the packages of every target: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("the output of cargo is UTF-8");
    text.lines()
        .filter_map(|line| {
            let mut parts = line.split('|');
            let name = parts.next()?.split(' ').next()?.to_owned();
            let features = parts.next()?.split(',').map(str::to_owned).collect();
            Some((name, features))
        })
        .collect()
}

#[test]
fn no_release_contains_the_inspector() {
    for target in TARGETS {
        let packages = features(target);
        let mut seen = 0;
        for (name, features) in &packages {
            if ["tauri", "tauri-runtime-wry", "wry"].contains(&name.as_str()) {
                seen += 1;
                let inspector = features.iter().any(|feature| feature == "devtools");
                assert!(!inspector, "{name}, {target}");
            }
            if name == "tauri" {
                // The page is built into the binary; no development server is used.
                assert!(features.iter().any(|feature| feature == "custom-protocol"));
            }
        }
        assert!(seen >= 3, "{target}: the web view is among the packages");
    }
}

#[test]
fn a_release_is_stripped_and_catches_panics() {
    let workspace = include_str!("../../Cargo.toml");
    let (_, rest) = workspace
        .split_once("[profile.release]\n")
        .expect("the profile exists");
    let profile = rest.split("\n[").next().unwrap_or_default();
    assert!(profile.lines().any(|line| line == "strip = true"));
    for line in profile.lines() {
        // A panic of an image decoder is caught, and unwinding wipes the keys of a vault.
        let forbidden = ["debug", "panic", "debug-assertions"];
        let name = line.split('=').next().unwrap_or_default().trim();
        assert!(!forbidden.contains(&name), "{line}");
    }
}

#[test]
fn the_configuration_has_no_development_settings() {
    let text = include_str!("../tauri.conf.json");
    let configuration: Value = serde_json::from_str(text).expect("the file is JSON");
    let app = &configuration["app"];
    assert_eq!(app["withGlobalTauri"], false);
    assert_eq!(app["security"]["freezePrototype"], true);
    assert!(app["security"].get("devCsp").is_none());
    assert!(configuration["build"].get("devUrl").is_none());
    assert_eq!(configuration["build"]["frontendDist"], "../ui/dist");
    for window in app["windows"].as_array().expect("there are windows") {
        assert!(window.get("devtools").is_none());
        assert!(window.get("url").is_none(), "the built page");
    }
}
