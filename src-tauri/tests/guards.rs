//! When each command answers at all: the table of the commands, held against every phase of the app.
#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod mock;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use data_encoding::BASE64;
use serde_json::{Value, json};
use tauri::ipc::InvokeBody;
use trousseau_app::clock::{Clock, MonotonicTime, Uptime};
use trousseau_app::commands::{Access, COMMANDS};
use trousseau_wire::FrameEncoding;

use mock::mount::ReadOnly;
use mock::{MemorySecretStore, MockApp};

const URI: &str = "otpauth://totp/Portail:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const PASSPHRASE: &str = "trois clés de laiton";

/// An hour and a day, in milliseconds: by how much somebody sets the wall clock back or forward.
const CLOCK_SET_BY_MS: [i64; 5] = [0, -86_400_000, -3_600_000, 3_600_000, 86_400_000];

/// When the app was started (Unix ms).
const START_MS: u64 = 1_800_000_000_000;

/// Stands still until it is moved.
#[derive(Clone, Default)]
struct StillClock {
    monotonic_ms: Arc<AtomicU64>,
    /// By how much the wall clock was set forward, or back.
    wall_set_by_ms: Arc<AtomicI64>,
}

impl StillClock {
    fn set_by(&self, ms: i64) {
        self.wall_set_by_ms.store(ms, Ordering::Relaxed);
    }
}

impl Clock for StillClock {
    fn now_ms(&self) -> u64 {
        let monotonic_ms = START_MS + self.monotonic_ms.load(Ordering::Relaxed);
        monotonic_ms.saturating_add_signed(self.wall_set_by_ms.load(Ordering::Relaxed))
    }

    fn monotonic(&self) -> MonotonicTime {
        MonotonicTime::from_ms(self.monotonic_ms.load(Ordering::Relaxed))
    }

    fn uptime(&self) -> Option<Uptime> {
        None
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    NoVault,
    Locked,
    /// A credential was shown to be right 30 s ago.
    Proved,
    /// 31 s ago.
    Unlocked,
    ReadOnly,
    Unreadable,
    /// Proved, on a disk that cannot be written.
    DiskReadOnly,
}

const STATES: [State; 7] = [
    State::NoVault,
    State::Locked,
    State::Proved,
    State::Unlocked,
    State::ReadOnly,
    State::Unreadable,
    State::DiskReadOnly,
];

/// The refusal that the guard alone causes; none where the command may answer what it likes.
fn refusal(guard: Access, state: State) -> Option<&'static str> {
    match (guard, state) {
        (Access::Always, _) => None,
        (_, State::NoVault | State::Locked | State::Unreadable) => Some("locked"),
        (Access::Unlocked, _) => None,
        (_, State::ReadOnly) => Some("readOnly"),
        (Access::CurrentProved | Access::WritableProved, State::Unlocked) => Some("reauthRequired"),
        (Access::Writable | Access::WritableProved, State::DiskReadOnly) => Some("storageReadOnly"),
        _ => None,
    }
}

/// A vault that opens without a code, its files as a person leaves them.
struct Template {
    folder: tempfile::TempDir,
    secret_store: MemorySecretStore,
}

impl Template {
    fn make() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let secret_store = MemorySecretStore::default();
        let app = MockApp::start_on(
            folder.path(),
            FrameEncoding::Raw,
            secret_store.clone(),
            None,
        );
        call(
            &app,
            "create_vault",
            json!({ "credential": "device", "text": "" }),
        )
        .unwrap();
        let text = call(&app, "import_text", json!({ "text": URI })).unwrap();
        let draft = &text["drafts"][0];
        let changes = json!({ "issuer": draft["issuer"], "account": draft["account"] });
        let saved = json!({ "draftId": draft["draftId"], "changes": changes });
        call(&app, "save_draft", saved).unwrap();
        let mut settings = call(&app, "security_settings", json!({})).unwrap();
        settings["showAll"] = true.into();
        call(
            &app,
            "set_security_settings",
            json!({ "settings": settings }),
        )
        .unwrap();
        app.core().lock();
        Self {
            folder,
            secret_store,
        }
    }

    /// An app in `state`, its clock, and what goes with it.
    fn app(&self, state: State) -> (MockApp, StillClock, Option<ReadOnly>, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        if state != State::NoVault {
            for name in ["vault.trousseau", "vault.trousseau.bak"] {
                std::fs::copy(self.folder.path().join(name), folder.path().join(name)).unwrap();
            }
        }
        if matches!(state, State::ReadOnly | State::Unreadable) {
            damage(&folder.path().join("vault.trousseau"));
        }
        let read_only = (state == State::DiskReadOnly).then(|| ReadOnly::mount(folder.path()));
        let clock = StillClock::default();
        let app = MockApp::start_on(
            folder.path(),
            FrameEncoding::Raw,
            self.secret_store.copied(),
            Some(Box::new(clock.clone())),
        );
        let open = json!({ "credential": "device", "text": "" });
        match state {
            State::Proved | State::Unlocked | State::DiskReadOnly => {
                drop(call(&app, "unlock", open).unwrap())
            }
            State::ReadOnly => drop(call(&app, "open_previous_generation", open).unwrap()),
            State::NoVault | State::Locked | State::Unreadable => {}
        }
        let passed = if state == State::Unlocked {
            31_000
        } else {
            30_000
        };
        clock.monotonic_ms.fetch_add(passed, Ordering::Relaxed);
        (app, clock, read_only, folder)
    }
}

fn damage(file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    bytes[20] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

fn call(app: &MockApp, command: &str, arguments: Value) -> Result<Value, Value> {
    app.invoke(command, InvokeBody::Json(arguments))
        .map(|text| serde_json::from_str(&text).expect("every answer is JSON"))
}

/// A call that means something, whatever is there. Every refusal of the guard comes before it matters.
fn arguments(command: &str) -> Value {
    let id = "00000000-0000-4000-8000-000000000000";
    let typed = json!({ "credential": "passphrase", "text": PASSPHRASE });
    let names = json!({ "issuer": "a", "account": "b" });
    match command {
        "subscribe" => json!({ "events": "__CHANNEL__:1" }),
        "set_window_visible" => json!({ "visible": true }),
        "hold_auto_lock" => json!({ "hold": true }),
        "keep_screen_on" => json!({ "on": true }),
        "vibrate" => json!({ "haptic": "key" }),
        "estimate_strength" => json!({ "passphrase": PASSPHRASE }),
        "create_vault"
        | "set_credential"
        | "unlock"
        | "open_previous_generation"
        | "reauthenticate" => typed,
        "delete_set_aside_file" => json!({ "name": "vault.trousseau.damaged-7" }),
        "set_new_secrets_checklist" => json!({ "wanted": true }),
        "tick_new_secret" => json!({ "id": id, "done": true }),
        "remove_credential" => json!({ "credential": "biometric" }),
        "replace_keys" => json!({
            "credentials": [{ "credential": "passphrase", "isNew": true }],
            "passphrase": PASSPHRASE, "pin": "", "dialog": "", "confirmed": true,
        }),
        "set_kdf_cost" => {
            json!({ "credential": "passphrase", "text": PASSPHRASE, "memoryMib": 128 })
        }
        "verify_recovery_words" => json!({ "answers": [] }),
        "list_entries" => {
            json!({ "request": { "query": "", "sort": "manual", "group": null, "trash": false, "offset": 0, "limit": 9 } })
        }
        "import_text" => json!({ "text": URI }),
        "scan_picture" => json!({ "picture": BASE64.encode(b"no picture") }),
        "scan_frame" => json!({ "frame": BASE64.encode(&[0; 4]) }),
        "create_draft" => {
            let fields = json!({ "kind": "totp", "issuer": "a", "account": "b", "algorithm": "SHA1", "digits": 6, "period": 30, "counter": "0" });
            json!({ "fields": fields, "secret": "GEZDGNBV" })
        }
        "save_drafts" => json!({ "draftIds": [id] }),
        "check_codes" => json!({ "id": id, "first": "000000", "second": "111111" }),
        "save_draft" => json!({ "draftId": id, "changes": names }),
        "discard_draft" => json!({ "draftId": id }),
        "save_ui_state" => json!({ "uiState": "{}" }),
        "reveal_visible" => json!({ "ids": [id] }),
        "copy_code" => {
            json!({ "id": id, "codeRef": { "by": "counter", "counter": "0" } })
        }
        "update_entry" => {
            let changes = json!({ "issuer": "a", "account": "b", "note": "", "favourite": false, "icon": null });
            json!({ "id": id, "changes": changes })
        }
        "set_groups" => json!({ "id": id, "groups": [id] }),
        "add_group" => json!({ "name": "a" }),
        "rename_group" => json!({ "id": id, "name": "a" }),
        "move_entry" => json!({ "id": id, "placement": "before", "other": id }),
        "reveal"
        | "advance_counter"
        | "entry_details"
        | "damaged_entry_details"
        | "export_qr"
        | "trash_entry"
        | "restore_entry"
        | "delete_entry"
        | "remove_group" => json!({ "id": id }),
        "set_security_settings" => {
            json!({ "settings": { "lockAfterS": 60, "revealS": 60, "showAll": false, "copyOnTouch": true, "offerNext": true, "clipboardS": 30, "hideScreen": true, "clockOffsetS": 0 } })
        }
        "set_appearance" => json!({ "appearance": { "language": "fr", "theme": "dark" } }),
        "start_camera" => json!({ "events": "__CHANNEL__:2", "preview": "__CHANNEL__:3" }),
        _ => json!({}),
    }
}

#[test]
fn every_command_keeps_to_its_guard_in_every_phase() {
    let template = Template::make();
    for (place, (command, guard)) in COMMANDS.iter().enumerate() {
        let first = place % CLOCK_SET_BY_MS.len();
        for state in STATES {
            let (app, clock, _read_only, _folder) = template.app(state);
            // What is refused changes nothing, and is asked again with every other time; what is not, once.
            for set_by_ms in CLOCK_SET_BY_MS.iter().cycle().skip(first).take(5) {
                clock.set_by(*set_by_ms);
                let answer = call(&app, command, arguments(command));
                let code = match &answer {
                    Ok(_) => None,
                    Err(error) => Some(error["code"].as_str().unwrap_or_else(|| {
                        panic!("`{command}` was not called as it wants to be: {error}")
                    })),
                };
                let what = format!("`{command}`, {state:?}, clock set by {set_by_ms} ms");
                let Some(expected) = refusal(*guard, state) else {
                    let refused = ["locked", "readOnly", "reauthRequired", "storageReadOnly"];
                    let guarded = code.is_some_and(|code| refused.contains(&code));
                    assert!(!guarded, "{what}: {code:?}");
                    break;
                };
                assert_eq!(code, Some(expected), "{what}");
            }
        }
    }
}

#[test]
fn what_changes_a_credential_or_deletes_for_ever_asks_for_a_proof() {
    let proved: Vec<_> = COMMANDS
        .iter()
        .filter(|(_, guard)| matches!(guard, Access::WritableProved | Access::CurrentProved))
        .map(|(name, _)| *name)
        .collect();
    // `set_kdf_cost` takes the credential itself.
    assert_eq!(
        proved,
        [
            "add_recovery_words",
            "set_credential",
            "remove_credential",
            "draft_recovery_words",
            "replace_keys",
            "delete_set_aside_file",
            "export_qr",
            "delete_entry",
            "empty_trash"
        ]
    );
}

#[test]
fn a_setting_that_protects_less_asks_for_a_proof() {
    let template = Template::make();
    let looser = [
        ("lockAfterS", json!(900)),
        ("clipboardS", json!(0)),
        ("hideScreen", json!(false)),
        ("clockOffsetS", json!(60)),
    ];
    for (name, value) in looser {
        for (state, refused) in [
            (State::Unlocked, Some("reauthRequired")),
            (State::Proved, None),
        ] {
            let (app, _clock, _read_only, _folder) = template.app(state);
            let mut settings = call(&app, "security_settings", json!({})).unwrap();
            settings[name] = value.clone();
            let answer = call(
                &app,
                "set_security_settings",
                json!({ "settings": settings }),
            );
            let code = answer.err().map(|error| error["code"].clone());
            assert_eq!(code, refused.map(Value::from), "{name}, {state:?}");
        }
    }
}
