//! No answer carries a secret: every command is called, and everything it answers is searched.
#![allow(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

mod mock;

use std::collections::BTreeSet;

use data_encoding::{BASE32_NOPAD, BASE64, HEXLOWER};
use serde_json::{Value, json};
use tauri::ipc::InvokeBody;
use trousseau_app::commands::COMMANDS;
use trousseau_wire::FrameEncoding;

use mock::{MockApp, qr, traces, vault};

/// 20 bytes each, unlike anything else in an answer.
const CANARIES: [&[u8; 20]; 3] = [
    b"canary-one-\x81\x92\xa3\xb4\xc5\xd6\xe7\xf8\x19",
    b"canary-two-\x82\x93\xa4\xb5\xc6\xd7\xe8\xf9\x1a",
    b"canary-thr-\x83\x94\xa5\xb6\xc7\xd8\xe9\xfa\x1b",
];

const PASSPHRASE: &str = "canari sur son fil 42";

fn leaks(text: &str) -> Vec<String> {
    let secrets = CANARIES
        .iter()
        .flat_map(|secret| traces::of_bytes("a secret", &secret[..]));
    // The names of the canaries are in them too.
    let names = CANARIES.iter().flat_map(|secret| {
        let name = String::from_utf8_lossy(&secret[..11]);
        traces::of_text("a canary's name", &name)
    });
    let passphrase = traces::of_text("the passphrase", PASSPHRASE);
    let all: Vec<_> = secrets.chain(names).chain(passphrase).collect();
    let found = traces::found(text.as_bytes(), &all);
    found.into_iter().map(str::to_owned).collect()
}

struct Caller {
    app: MockApp,
    called: BTreeSet<String>,
}

impl Caller {
    /// Calls a command and searches its answer, whichever it is.
    fn call(&mut self, command: &str, arguments: Value) -> Result<Value, Value> {
        self.search(command, InvokeBody::Json(arguments))
    }

    fn search(&mut self, command: &str, body: InvokeBody) -> Result<Value, Value> {
        self.called.insert(command.to_owned());
        let answer = self.app.invoke(command, body);
        let text = match &answer {
            Ok(text) => text.clone(),
            Err(error) => error.to_string(),
        };
        assert_eq!(leaks(&text), Vec::<String>::new(), "`{command}` leaks");
        answer.map(|text| serde_json::from_str(&text).expect("every answer is JSON"))
    }

    fn save(&mut self, draft: &Value) -> String {
        let changes = json!({ "issuer": draft["issuer"], "account": draft["account"] });
        let saved = self
            .call(
                "save_draft",
                json!({ "draftId": draft["draftId"], "changes": changes }),
            )
            .unwrap();
        saved["id"].as_str().unwrap().to_owned()
    }
}

/// A transfer code of Google Authenticator.
fn transfer(canary: usize) -> String {
    let secret = CANARIES[canary];
    let fields = [&[0x0a, secret.len() as u8][..], secret, b"\x12\x01a"].concat();
    let message = [&[0x0a, fields.len() as u8][..], &fields].concat();
    let data = BASE64.encode(&message);
    format!("otpauth-migration://offline?data={data}")
}

fn uri(kind: &str, canary: usize, rest: &str) -> String {
    let secret = BASE32_NOPAD.encode(CANARIES[canary]);
    format!("otpauth://{kind}/Portail:jane?secret={secret}&issuer=Portail{rest}")
}

fn frame_of(text: &str) -> Vec<u8> {
    let picture = qr::drawn(text);
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    [
        &width.to_le_bytes()[..],
        &height.to_le_bytes()[..],
        picture.as_raw(),
    ]
    .concat()
}

#[test]
fn the_search_finds_what_it_is_for() {
    for secret in CANARIES {
        assert!(!leaks(&format!("x{}y", BASE64.encode(secret))).is_empty());
        assert!(!leaks(&BASE32_NOPAD.encode(secret)).is_empty());
        assert!(!leaks(&json!(secret.to_vec()).to_string()).is_empty());
        assert!(!leaks(&HEXLOWER.encode(secret)).is_empty());
    }
    assert!(leaks("nothing here").is_empty());
}

#[test]
fn no_answer_of_any_command_carries_a_secret() {
    let folder = tempfile::tempdir().unwrap();
    let mut caller = Caller {
        app: MockApp::start(folder.path(), FrameEncoding::Raw),
        called: BTreeSet::new(),
    };
    let c = &mut caller;
    c.call("status", json!({})).unwrap();
    c.call("appearance", json!({})).unwrap();
    c.call(
        "set_appearance",
        json!({ "appearance": { "language": "fr", "theme": "dark" } }),
    )
    .unwrap();
    c.call("estimate_strength", json!({ "passphrase": PASSPHRASE }))
        .unwrap();
    c.call("list_entries", json!({ "request": { "query": "", "sort": "manual", "group": null, "trash": false, "offset": 0, "limit": 9 } })).unwrap_err();
    c.call(
        "create_vault",
        json!({ "credential": "passphrase", "text": PASSPHRASE }),
    )
    .unwrap();
    let wrong = json!([{ "position": 1, "word": "zoo" }]);
    c.call("verify_recovery_words", json!({ "answers": wrong }))
        .unwrap_err();
    c.call("report_activity", json!({})).unwrap();
    c.call("set_window_visible", json!({ "visible": true }))
        .unwrap();
    c.call("subscribe", json!({ "events": "__CHANNEL__:1" }))
        .unwrap();

    let pasted = c
        .call("import_text", json!({ "text": uri("totp", 0, "") }))
        .unwrap();
    let totp = c.save(&pasted["drafts"][0]);
    let scanned = c
        .search(
            "scan_picture",
            InvokeBody::Raw(qr::picture_of(&uri("hotp", 1, "&counter=0"))),
        )
        .unwrap();
    let hotp = c.save(&scanned["drafts"][0]);
    let frame = frame_of(&uri("steam", 2, ""));
    let filmed = c
        .search("scan_frame", InvokeBody::Raw(frame.clone()))
        .unwrap();
    c.save(&filmed["drafts"][0]);
    // Android's way: the same frame as base64.
    let again = c
        .call("scan_frame", json!({ "frame": BASE64.encode(&frame) }))
        .unwrap();
    assert_eq!(again["drafts"][0]["duplicate"]["is"], "same");
    c.call(
        "discard_draft",
        json!({ "draftId": again["drafts"][0]["draftId"] }),
    )
    .unwrap();
    let fields = json!({ "kind": "totp", "issuer": "A", "account": "b", "algorithm": "SHA1", "digits": 6, "period": 30, "counter": "0" });
    c.call(
        "create_draft",
        json!({ "fields": fields, "secret": BASE32_NOPAD.encode(CANARIES[0]) }),
    )
    .unwrap();
    // A secret that can be read in two ways is asked about; a link in its place is read, or refused.
    let hex = HEXLOWER.encode(CANARIES[0]);
    for secret in ["ABCDEF234567ABCD", &hex, &uri("totp", 0, "")] {
        c.call(
            "create_draft",
            json!({ "fields": fields, "secret": secret }),
        )
        .unwrap();
    }
    let chosen = json!({ "fields": fields, "secret": "ABCDEF234567ABCD", "alphabet": "hex" });
    c.call("create_draft", chosen).unwrap();
    let bad = uri("totp", 0, "&digits=11");
    c.call("create_draft", json!({ "fields": fields, "secret": bad }))
        .unwrap_err();
    // Refusals carry nothing of what was refused.
    let bad = format!("{}1", BASE32_NOPAD.encode(CANARIES[0]));
    c.call("create_draft", json!({ "fields": fields, "secret": bad }))
        .unwrap_err();
    c.call(
        "import_text",
        json!({ "text": uri("totp", 0, "&digits=11") }),
    )
    .unwrap_err();
    c.call("import_text", json!({ "text": uri("motp", 0, "") }))
        .unwrap_err();
    c.call(
        "import_text",
        json!({ "text": BASE32_NOPAD.encode(CANARIES[0]) }),
    )
    .unwrap_err();
    // A malformed call is answered by Tauri itself, which quotes types but must not quote what was sent.
    c.call(
        "create_draft",
        json!({ "fields": fields, "secret": [BASE32_NOPAD.encode(CANARIES[0])] }),
    )
    .unwrap_err();

    let rows = c.call("list_entries", json!({ "request": { "query": "", "sort": "manual", "group": null, "trash": false, "offset": 0, "limit": 100 } })).unwrap();
    assert_eq!(rows["count"], 3);
    let revealed = c.call("reveal", json!({ "id": totp })).unwrap();
    c.call(
        "copy_code",
        json!({ "id": totp, "codeRef": revealed["codeRef"] }),
    )
    .unwrap();
    c.call("advance_counter", json!({ "id": hotp })).unwrap();
    c.call("reveal_visible", json!({ "ids": [totp] }))
        .unwrap_err();
    c.call("entry_details", json!({ "id": totp })).unwrap();
    let codes = json!({ "id": totp, "first": "000000", "second": "111111" });
    c.call("check_codes", codes).unwrap();
    let changes = json!({ "issuer": "Portail", "account": "jane", "note": "n", "favourite": false, "icon": "none" });
    c.call("update_entry", json!({ "id": totp, "changes": changes }))
        .unwrap();
    c.call("trash_entry", json!({ "id": totp })).unwrap();
    c.call("restore_entry", json!({ "id": totp })).unwrap();
    let group = c.call("add_group", json!({ "name": "Bureau" })).unwrap();
    let group = group["id"].clone();
    let into = json!({ "id": totp, "groups": [group] });
    c.call("set_groups", into).unwrap();
    c.call("rename_group", json!({ "id": group, "name": "Travail" }))
        .unwrap();
    c.call("remove_group", json!({ "id": group })).unwrap();
    let before = json!({ "id": hotp, "placement": "before", "other": totp });
    c.call("move_entry", before).unwrap();
    let settings = c.call("security_settings", json!({})).unwrap();
    c.call("set_security_settings", json!({ "settings": settings }))
        .unwrap();
    let typed = json!({ "credential": "passphrase", "text": PASSPHRASE });
    c.call("reauthenticate", typed.clone()).unwrap();
    c.call("list_credentials", json!({})).unwrap();
    c.call("trash_entry", json!({ "id": hotp })).unwrap();
    c.call("delete_entry", json!({ "id": hotp })).unwrap();
    c.call("empty_trash", json!({})).unwrap();
    c.call(
        "set_credential",
        json!({ "credential": "pin", "text": "314159" }),
    )
    .unwrap();
    c.call(
        "set_credential",
        json!({ "credential": "biometric", "text": "Trousseau" }),
    )
    .unwrap();
    c.call("remove_credential", json!({ "credential": "pin" }))
        .unwrap();
    let dearer = json!({ "credential": "passphrase", "text": PASSPHRASE, "memoryMib": 128 });
    c.call("set_kdf_cost", dearer).unwrap();
    c.call("hold_auto_lock", json!({ "hold": true })).unwrap();
    c.call("keep_screen_on", json!({ "on": true })).unwrap();
    c.call("vibrate", json!({ "haptic": "key" })).unwrap();
    let handed: tauri::Url = uri("totp", 0, "").parse().unwrap();
    c.app.core().receive_shared_url(&handed);
    c.call("take_shared", json!({})).unwrap();
    c.call("postpone_new_credential", json!({})).unwrap();
    c.call("accept_rollback", json!({})).unwrap();
    c.call("take_newer_copy", json!({})).unwrap_err();
    c.call("add_recovery_words", json!({})).unwrap_err();
    c.call("plan_key_replacement", json!({})).unwrap();
    c.call("draft_recovery_words", json!({})).unwrap();
    c.call(
        "replace_keys",
        json!({
            "credentials": [
                { "credential": "passphrase", "isNew": false },
                { "credential": "recovery", "isNew": false },
            ],
            "passphrase": PASSPHRASE, "pin": "", "dialog": "", "confirmed": false,
        }),
    )
    .unwrap();
    c.call("set_new_secrets_checklist", json!({ "wanted": true }))
        .unwrap();
    let listed = c.call("new_secrets_checklist", json!({})).unwrap();
    assert_eq!(listed[0]["done"], false);
    let ticked = json!({ "id": listed[0]["id"], "done": true });
    c.call("tick_new_secret", ticked).unwrap();
    let aside = "vault.trousseau.damaged-7";
    std::fs::write(folder.path().join(aside), CANARIES[0]).unwrap();
    let kept = c.call("set_aside_files", json!({})).unwrap();
    assert_eq!(kept[0]["name"], aside);
    c.call("delete_set_aside_file", json!({ "name": aside }))
        .unwrap();
    c.call(
        "delete_set_aside_file",
        json!({ "name": "vault.trousseau" }),
    )
    .unwrap_err();
    // Asked for and proved, it is the secret, as a drawing: `session/tests/export_qr.rs` reads it.
    c.call("export_qr", json!({ "id": totp })).unwrap();
    c.call(
        "start_camera",
        json!({ "events": "__CHANNEL__:2", "preview": "__CHANNEL__:3" }),
    )
    .unwrap();
    c.call("stop_camera", json!({})).unwrap();
    c.call("restore_previous_generation", json!({}))
        .unwrap_err();
    c.call("import_text", json!({ "text": uri("totp", 2, "") }))
        .unwrap();
    let others = json!({ "text": transfer(2) });
    let others = c.call("import_text", others).unwrap()["drafts"].clone();
    let ids = [&others[0]["draftId"]];
    c.call("save_drafts", json!({ "draftIds": ids })).unwrap();
    c.call("save_ui_state", json!({ "uiState": "{}" })).unwrap();
    c.call("lock", json!({})).unwrap();
    c.call(
        "open_previous_generation",
        json!({ "credential": "passphrase", "text": PASSPHRASE }),
    )
    .unwrap_err();
    c.call(
        "unlock",
        json!({ "credential": "passphrase", "text": "not this one" }),
    )
    .unwrap_err();
    c.call(
        "unlock",
        json!({ "credential": "passphrase", "text": PASSPHRASE }),
    )
    .unwrap();

    let resumed = c.call("restore_ui_state", json!({})).unwrap();
    assert_eq!(resumed["drafts"].as_array().map(Vec::len), Some(5));

    c.call("lock", json!({})).unwrap();
    // An entry that cannot be read holds its secret still.
    let damage = ("\"digits\":6", "\"digits\":0");
    vault::replace(folder.path(), PASSPHRASE, damage.0, damage.1).unwrap();
    c.call("unlock", typed).unwrap();
    let rows = c.call("list_entries", json!({ "request": { "query": "", "sort": "manual", "group": null, "trash": false, "offset": 0, "limit": 100 } })).unwrap();
    let row = &rows["rows"][0];
    assert_eq!(
        (&row["kind"], &row["id"]),
        (&json!("damaged"), &json!(totp))
    );
    c.call("damaged_entry_details", json!({ "id": totp }))
        .unwrap();
    for command in ["entry_details", "reveal", "export_qr", "trash_entry"] {
        let refused = c.call(command, json!({ "id": totp })).unwrap_err();
        assert_eq!(refused["code"], "entryDamaged", "{command}");
    }
    c.call("delete_entry", json!({ "id": totp })).unwrap();

    let every: BTreeSet<String> = COMMANDS
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    assert_eq!(
        c.called, every,
        "a command was added without being searched"
    );
}

/// The page waits for the answer before it shows anything again.
#[test]
fn a_window_that_is_back_gets_an_answer_whatever_the_device_does() {
    let folder = tempfile::tempdir().unwrap();
    let app = MockApp::start(folder.path(), FrameEncoding::Raw);
    app.system_ui.state().panics = true;
    let back = json!({ "visible": true, "uiState": null });
    let refused = app.invoke("set_window_visible", InvokeBody::Json(back));
    assert_eq!(refused.unwrap_err()["code"], "internal");
}
