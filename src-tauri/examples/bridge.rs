//! The real core for a page in an ordinary browser: commands in as lines of JSON, answers out.
//!
//! `bridge FOLDER [base64]`. In: `{"id", "cmd", "args"}`, or `"raw"` (base64) in place of `args`.
//! Out: `{"id", "ok"}` or `{"id", "err"}`; `{"notice"}` for what the core tells by itself.
//! Used by the browser tests; no part of the app.
#![allow(clippy::print_stdout, reason = "standard output is its wire")]

#[path = "../tests/mock/mod.rs"]
mod mock;

use std::io::BufRead;
use std::path::Path;

use data_encoding::BASE64;
use serde::Deserialize;
use serde_json::{Value, json};
use tauri::ipc::InvokeBody;
use trousseau_wire::FrameEncoding;

#[derive(Deserialize)]
struct Call {
    id: u64,
    cmd: String,
    #[serde(default)]
    args: Value,
    raw: Option<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: bridge FOLDER [base64]")?;
    let encoding = match arguments.next().as_deref() {
        Some("base64") => FrameEncoding::Base64,
        _ => FrameEncoding::Raw,
    };
    let app = mock::MockApp::start(Path::new(&folder), encoding);
    app.core()
        .watch(|notice| println!("{}", json!({ "notice": notice })));
    for line in std::io::stdin().lock().lines() {
        let Call { id, cmd, args, raw } = serde_json::from_str(&line?)?;
        let answer = match (cmd.as_str(), raw) {
            // The channel of a page that is not Tauri's: notices are lines of their own.
            ("watch", _) => Ok("null".into()),
            ("test:clipboard", _) => Ok(json!(*app.clipboard.held()).to_string()),
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
