//! The one capability: our own commands, each by its own permission, and nothing else.

use std::collections::BTreeSet;

use serde_json::Value;
use trousseau_app::commands::COMMANDS;

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the file is JSON")
}

#[test]
fn every_command_is_allowed_by_name_and_nothing_else_is() {
    let capability = json(include_str!("../capabilities/main.json"));
    let permissions: BTreeSet<&str> = capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    let expected: Vec<String> = COMMANDS
        .iter()
        .map(|(command, _)| format!("allow-{}", command.replace('_', "-")))
        .collect();
    assert_eq!(permissions, expected.iter().map(String::as_str).collect());
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    assert!(capability.get("remote").is_none());
    assert_eq!(
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/capabilities"))
            .unwrap()
            .count(),
        1
    );
}

#[test]
fn the_page_is_closed_in() {
    let configuration = json(include_str!("../tauri.conf.json"));
    let app = &configuration["app"];
    let csp = app["security"]["csp"].as_str().unwrap();
    for directive in [
        "default-src 'self'",
        "connect-src ipc: http://ipc.localhost https://ipc.localhost",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-src 'none'",
    ] {
        assert!(csp.split("; ").any(|part| part == directive), "{directive}");
    }
    assert!(!csp.contains("unsafe") && !csp.contains('*'), "{csp}");
    assert_eq!(app["withGlobalTauri"], false);
    assert_eq!(app["security"]["freezePrototype"], true);
    assert_eq!(configuration["build"]["removeUnusedCommands"], true);
    assert!(!configuration.to_string().contains("dangerous"));
}
