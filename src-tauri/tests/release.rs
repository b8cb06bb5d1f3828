//! What a release leaves out: the inspector, the symbols, and every allowance for those who build the app.

use std::process::Command;

use serde_json::Value;

const TARGETS: [&str; 5] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "aarch64-linux-android",
    "aarch64-apple-ios",
];

/// Each of the app's normal dependencies with its features, as a release is built.
fn features(target: &str) -> Vec<(String, Vec<String>)> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--package", "trousseau"])
        .args(["--edges", "normal", "--prefix", "none", "--target", target])
        .args(["--format", "{p}|{f}|"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs its tests");
    assert!(
        output.status.success(),
        "`cargo fetch --locked` brings the packages of every target: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("cargo prints text");
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
fn no_release_has_an_inspector() {
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
                // The built page is in the binary, and no development server is asked for it.
                assert!(features.iter().any(|feature| feature == "custom-protocol"));
            }
        }
        assert!(seen >= 3, "{target}: the web view is among the packages");
    }
}

#[test]
fn a_release_is_stripped_and_catches_what_panics() {
    let workspace = include_str!("../../Cargo.toml");
    let (_, rest) = workspace
        .split_once("[profile.release]\n")
        .expect("there is one");
    let profile = rest.split("\n[").next().unwrap_or_default();
    assert!(profile.lines().any(|line| line == "strip = true"));
    for line in profile.lines() {
        // A picture's reader that panics is caught; a vault's key is wiped on the way.
        let left_in = ["debug", "panic", "debug-assertions"];
        let name = line.split('=').next().unwrap_or_default().trim();
        assert!(!left_in.contains(&name), "{line}");
    }
}

#[test]
fn the_configuration_allows_nothing_for_builders() {
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
