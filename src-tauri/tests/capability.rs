//! The one capability: our own commands, each by its own permission, and nothing else.
#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use std::collections::BTreeSet;

use serde_json::Value;
use trousseau_app::commands::COMMANDS;

/// What the window may ask for, as it was reviewed: a new permission is written here as well.
const REVIEWED: [&str; 66] = [
    "allow-status",
    "allow-subscribe",
    "allow-report-activity",
    "allow-set-window-visible",
    "allow-hold-auto-lock",
    "allow-keep-screen-on",
    "allow-vibrate",
    "allow-estimate-strength",
    "allow-create-vault",
    "allow-verify-recovery-words",
    "allow-add-recovery-words",
    "allow-reauthenticate",
    "allow-list-credentials",
    "allow-set-credential",
    "allow-remove-credential",
    "allow-set-kdf-cost",
    "allow-plan-key-replacement",
    "allow-draft-recovery-words",
    "allow-replace-keys",
    "allow-postpone-new-credential",
    "allow-accept-rollback",
    "allow-take-newer-copy",
    "allow-set-aside-files",
    "allow-delete-set-aside-file",
    "allow-new-secrets-checklist",
    "allow-set-new-secrets-checklist",
    "allow-tick-new-secret",
    "allow-unlock",
    "allow-lock",
    "allow-open-previous-generation",
    "allow-restore-previous-generation",
    "allow-list-entries",
    "allow-take-shared",
    "allow-import-text",
    "allow-scan-picture",
    "allow-scan-frame",
    "allow-create-draft",
    "allow-save-draft",
    "allow-save-drafts",
    "allow-discard-draft",
    "allow-save-ui-state",
    "allow-restore-ui-state",
    "allow-reveal",
    "allow-reveal-visible",
    "allow-advance-counter",
    "allow-copy-code",
    "allow-entry-details",
    "allow-damaged-entry-details",
    "allow-check-codes",
    "allow-export-qr",
    "allow-update-entry",
    "allow-set-groups",
    "allow-add-group",
    "allow-rename-group",
    "allow-remove-group",
    "allow-move-entry",
    "allow-trash-entry",
    "allow-restore-entry",
    "allow-delete-entry",
    "allow-empty-trash",
    "allow-security-settings",
    "allow-set-security-settings",
    "allow-appearance",
    "allow-set-appearance",
    "allow-start-camera",
    "allow-stop-camera",
];

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
    assert_eq!(permissions, REVIEWED.into(), "reviewed, or not yet");
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
