//! The Flatpak's manifest, against what was reviewed.

use serde_json::Value;

use crate::tree::{at, json};

const MANIFEST: &str = "flatpak/org.trousseau.authenticator.json";

/// All that the sandbox lets the app reach. docs/release.md says why each is needed.
const PERMISSIONS: [&str; 5] = [
    "--socket=wayland",
    "--socket=fallback-x11",
    "--share=ipc",
    "--device=all",
    "--talk-name=org.freedesktop.secrets",
];

/// The texts of a list.
fn texts(list: &Value) -> Vec<&str> {
    let list = list.as_array().expect("a list");
    list.iter()
        .map(|one| one.as_str().expect("a text"))
        .collect()
}

#[test]
fn it_may_reach_what_was_reviewed_and_no_network() {
    let manifest = json(MANIFEST);
    assert_eq!(texts(&manifest["finish-args"]), PERMISSIONS);
    // Neither while it runs nor while it is built.
    let whole = manifest.to_string();
    for way_out in [
        "network",
        "socket=system-bus",
        "socket=session-bus",
        "filesystem",
        "build-args",
    ] {
        assert!(!whole.contains(way_out), "{way_out}");
    }
}

#[test]
fn it_is_of_this_app() {
    let manifest = json(MANIFEST);
    let configuration = json("src-tauri/tauri.conf.json");
    assert_eq!(manifest["app-id"], configuration["identifier"]);
    assert_eq!(manifest["command"], "trousseau");
    // A sandbox gives out no icon under another name than the app's.
    assert_eq!(manifest["rename-icon"], "trousseau");
    assert_eq!(manifest["runtime"], "org.gnome.Platform");
    assert_eq!(manifest["sdk"], "org.gnome.Sdk");
    let [module] = &manifest["modules"].as_array().expect("a list")[..] else {
        panic!("the app alone is built");
    };
    assert_eq!(module["name"], "trousseau");
}

/// Every file of ours that its commands copy is there.
#[test]
fn what_it_installs_is_there() {
    let manifest = json(MANIFEST);
    let commands = texts(&manifest["modules"][0]["build-commands"]);
    let sources = commands.iter().filter_map(|command| {
        let words = command.strip_prefix("install -D -m 644 ")?;
        words.split(' ').next()
    });
    let sources: Vec<_> = sources.collect();
    for source in &sources {
        assert!(at(source).is_file(), "{source}");
    }
    for kind in [".desktop", ".metainfo.xml", ".service", ".png"] {
        assert!(
            sources.iter().any(|source| source.ends_with(kind)),
            "no {kind}"
        );
    }
}

/// `cargo` and `npm` refuse what is not locked, and look nowhere but in the sources.
#[test]
fn it_is_built_from_what_is_locked() {
    let manifest = json(MANIFEST);
    let commands = texts(&manifest["modules"][0]["build-commands"]);
    let of = |program: &str| commands.iter().find(|command| command.starts_with(program));
    let cargo = of("cargo build").expect("it is built");
    assert!(
        cargo.contains(" --locked") && cargo.contains(" --offline"),
        "{cargo}"
    );
    let npm = of("npm ci").expect("its packages are installed");
    assert!(npm.contains(" --offline"), "{npm}");
    let sources = manifest["modules"][0]["sources"]
        .as_array()
        .expect("a list");
    for file in ["cargo-sources.json", "node-sources.json"] {
        assert!(sources.iter().any(|source| source == file), "{file}");
    }
}
