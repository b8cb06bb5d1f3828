//! Runs the real core for a page in an ordinary browser: reads commands and writes answers as lines of JSON.
//!
//! `bridge FOLDER [base64] [android | ios]`. Input: `{"id", "cmd", "args"}`, or `"raw"` (base64) instead of `args`.
//! Output: `{"id", "ok"}` or `{"id", "err"}`; `{"notice"}` for the core's notices.
//! `test:clipboard`, `test:device` and `test:phone` return the state of the mocks; the last two also change their behaviour.
//! `test:pass` advances the core's clock by `ms`.
//! `test:handOver` passes an address to the core as another app does; `test:replace` replaces a text in the vault's payload.
//! Used by the browser tests; not part of the app.
#![allow(clippy::print_stdout, reason = "the page reads standard output")]

#[path = "../tests/mock/mod.rs"]
mod mock;

use std::io::BufRead;
use std::path::Path;

use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::{Value, json};
use tauri::ipc::InvokeBody;
use trousseau_app::platform::secret_store::{SecretPurpose, SecretStoreError};
use trousseau_vault::Mark;
use trousseau_wire::{Biometric, FrameEncoding, Platform};

#[derive(Deserialize)]
struct Call {
    id: u64,
    cmd: String,
    #[serde(default)]
    args: Value,
    raw: Option<String>,
}

/// Changes the behaviour of the mock device; missing fields stay unchanged.
#[derive(Deserialize)]
struct Behaviour {
    absent: Option<bool>,
    biometric: Option<Biometric>,
    /// The result of the biometric's dialog; `yes` returns the secret.
    dialog: Option<Ending>,
    /// Deletes everything in the device's store.
    #[serde(default)]
    forget: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Ending {
    Yes,
    Cancelled,
    NotRecognised,
    Changed,
}

/// Returns how often the dialog was shown, and the generation in the device's mark.
fn turn_device(app: &mock::MockApp, behaviour: Behaviour) -> Value {
    let mut memory = app.secret_store.memory();
    memory.absent = behaviour.absent.unwrap_or(memory.absent);
    memory.biometric = behaviour.biometric.or(memory.biometric);
    match behaviour.dialog {
        Some(Ending::Yes) => memory.dialog = None,
        Some(Ending::Cancelled) => memory.dialog = Some(SecretStoreError::Cancelled),
        Some(Ending::NotRecognised) => memory.dialog = Some(SecretStoreError::NotRecognised),
        Some(Ending::Changed) => memory.dialog = Some(SecretStoreError::Changed),
        None => {}
    }
    if behaviour.forget {
        memory.kept.clear();
    }
    let mut marks = memory
        .kept
        .iter()
        .filter(|(item, _)| item.purpose == SecretPurpose::Mark);
    let mark = marks.next().and_then(|(_, kept)| Mark::parse(kept));
    let generation = mark.map(|mark| mark.generation);
    let asked = memory.asked;
    drop(memory);
    app.core().refresh_capabilities();
    json!({ "asked": asked, "generation": generation })
}

/// Changes the behaviour of the mock phone; missing fields stay unchanged.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Surroundings {
    sets_clock_itself: Option<bool>,
    recorded: Option<bool>,
}

/// Returns the state of the mock phone, and its vibrations.
fn turn_phone(app: &mock::MockApp, surroundings: Surroundings) -> Value {
    let mut state = app.system_ui.state();
    state.sets_clock_itself = surroundings.sets_clock_itself.or(state.sets_clock_itself);
    state.recorded = surroundings.recorded.unwrap_or(state.recorded);
    let told =
        json!({ "hidden": state.hidden, "awake": state.awake, "vibrations": state.vibrations });
    drop(state);
    app.core().refresh_capabilities();
    app.core().recording_changed();
    told
}

/// Passes a link, a shared text or a shared picture to the core, as the system does.
fn receive_shared_url(
    app: &mock::MockApp,
    address: &str,
) -> Result<Value, Box<dyn std::error::Error>> {
    app.core().receive_shared_url(&address.parse()?);
    Ok(Value::Null)
}

/// A text in the vault's payload, and its replacement.
#[derive(Deserialize)]
struct Replacement {
    passphrase: String,
    from: String,
    to: String,
}

fn replace(folder: &str, change: &Replacement) -> Result<Value, Box<dyn std::error::Error>> {
    let Replacement {
        passphrase,
        from,
        to,
    } = change;
    mock::vault::replace(Path::new(folder), passphrase, from, to)?;
    Ok(Value::Null)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: bridge FOLDER [base64]")?;
    let (mut encoding, mut platform) = (FrameEncoding::Raw, Platform::Desktop);
    for word in arguments {
        match word.as_str() {
            "base64" => encoding = FrameEncoding::Base64,
            "android" => platform = Platform::Android,
            "ios" => platform = Platform::Ios,
            _ => {}
        }
    }
    let clock = mock::MovedClock::default();
    let app = mock::MockApp::start_as(platform, Path::new(&folder), encoding, &clock);
    app.core()
        .subscribe(|notice| println!("{}", json!({ "notice": notice })));
    for line in std::io::stdin().lock().lines() {
        let Call { id, cmd, args, raw } = serde_json::from_str(&line?)?;
        let answer = match (cmd.as_str(), raw) {
            // The channel of a page that is not Tauri's: notices are lines of their own.
            ("subscribe", _) => Ok("null".into()),
            ("test:clipboard", _) => Ok(json!(*app.clipboard.held()).to_string()),
            ("test:device", _) => Ok(turn_device(&app, serde_json::from_value(args)?).to_string()),
            ("test:phone", _) => Ok(turn_phone(&app, serde_json::from_value(args)?).to_string()),
            ("test:pass", _) => {
                clock.pass(args["ms"].as_u64().unwrap_or_default());
                Ok("null".into())
            }
            ("test:handOver", _) => {
                receive_shared_url(&app, args["address"].as_str().unwrap_or_default())
                    .map(|_| "null".into())
                    .map_err(|error| json!(error.to_string()))
            }
            ("test:replace", _) => replace(&folder, &serde_json::from_value(args)?)
                .map(|_| "null".into())
                .map_err(|error| json!(error.to_string())),
            (_, Some(raw)) => app.invoke(&cmd, InvokeBody::Raw(BASE64.decode(raw.as_bytes())?)),
            (_, None) => app.invoke(&cmd, InvokeBody::Json(args)),
        };
        match answer {
            Ok(text) => println!(
                "{}",
                json!({ "id": id, "ok": serde_json::from_str::<Value>(&text)? })
            ),
            Err(error) => println!("{}", json!({ "id": id, "err": error })),
        }
    }
    Ok(())
}
