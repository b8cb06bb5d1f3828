//! Compares the Flatpak's manifest with the reviewed content.

use serde_json::Value;

use crate::tree::{json, path_of};

const MANIFEST: &str = "flatpak/org.trousseau.authenticator.json";

/// All permissions of the sandbox. docs/release.md gives the reason for each.
const PERMISSIONS: [&str; 5] = [
    "--socket=wayland",
    "--socket=fallback-x11",
    "--share=ipc",
    "--device=all",
    "--talk-name=org.freedesktop.secrets",
];

/// The strings in a JSON list.
fn texts(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|one| one.as_str().expect("a text"))
        .collect()
}

#[test]
fn it_has_only_the_reviewed_permissions_and_no_network() {
    let manifest = json(MANIFEST);
    assert_eq!(texts(&manifest["finish-args"]), PERMISSIONS);
    // The whole manifest, because these must be missing at run time and at build time.
    let whole = manifest.to_string();
    for permission in [
        "network",
        "socket=system-bus",
        "socket=session-bus",
        "filesystem",
        "build-args",
    ] {
        assert!(!whole.contains(permission), "{permission}");
    }
}

#[test]
fn it_matches_the_app() {
    let manifest = json(MANIFEST);
    let configuration = json("src-tauri/tauri.conf.json");
    assert_eq!(manifest["app-id"], configuration["identifier"]);
    assert_eq!(manifest["command"], "trousseau");
    // Flatpak exports an icon only under the name of the app.
    assert_eq!(manifest["rename-icon"], "trousseau");
    assert_eq!(manifest["runtime"], "org.gnome.Platform");
    assert_eq!(manifest["sdk"], "org.gnome.Sdk");
    let [module] = &manifest["modules"].as_array().expect("a list")[..] else {
        panic!("the app is the only module");
    };
    assert_eq!(module["name"], "trousseau");
}

/// Every file of ours that the build commands install exists.
#[test]
fn the_installed_files_exist() {
    let manifest = json(MANIFEST);
    let commands = texts(&manifest["modules"][0]["build-commands"]);
    let sources = commands.iter().filter_map(|command| {
        let words = command.strip_prefix("install -D -m 644 ")?;
        words.split(' ').next()
    });
    let sources: Vec<_> = sources.collect();
    for source in &sources {
        assert!(path_of(source).is_file(), "{source}");
    }
    for kind in [".desktop", ".metainfo.xml", ".service", ".png"] {
        assert!(
            sources.iter().any(|source| source.ends_with(kind)),
            "no {kind}"
        );
    }
}

/// `cargo` and `npm` use the lock files and no network.
#[test]
fn it_is_built_from_the_lock_files() {
    let manifest = json(MANIFEST);
    let commands = texts(&manifest["modules"][0]["build-commands"]);
    let of = |program: &str| commands.iter().find(|command| command.starts_with(program));
    let cargo = of("cargo build").expect("cargo is called");
    assert!(
        cargo.contains(" --locked") && cargo.contains(" --offline"),
        "{cargo}"
    );
    let npm = of("npm ci").expect("npm is called");
    assert!(npm.contains(" --offline"), "{npm}");
    let sources = manifest["modules"][0]["sources"]
        .as_array()
        .expect("a list");
    for file in ["cargo-sources.json", "node-sources.json"] {
        assert!(sources.iter().any(|source| source == file), "{file}");
    }
}
