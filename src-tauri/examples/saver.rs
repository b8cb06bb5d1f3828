//! Says `open`, then adds entries until it is killed, and names each that is saved: `saver FOLDER PASSPHRASE`.
//! For `tests/kill.rs`.
#![allow(clippy::print_stdout, reason = "what it prints is what it promises")]

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use trousseau_app::clipboard::NoClipboard;
use trousseau_app::clock::SystemClock;
use trousseau_app::platform::device::NoDevice;
use trousseau_app::refused::Refused;
use trousseau_app::session::{Config, Core};
use trousseau_app::storage::SystemDisk;
use trousseau_wire::{CameraKind, Credential, DraftChanges, FrameEncoding, Phase};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, passphrase] = arguments.as_slice() else {
        return Err("usage: saver FOLDER PASSPHRASE".into());
    };
    let core = Core::new(Config {
        folder: PathBuf::from(folder),
        disk: Arc::new(SystemDisk),
        clock: Box::new(SystemClock),
        clipboard: Box::new(NoClipboard),
        device: Arc::new(NoDevice),
        camera: CameraKind::Web,
        frame_encoding: FrameEncoding::Raw,
    });
    save_forever(&core, passphrase).map_err(|refused| format!("{:?}", refused.code()).into())
}

fn save_forever(core: &Core, passphrase: &str) -> Result<(), Refused> {
    match core.status()?.phase {
        Phase::NoVault => drop(core.create_vault(Credential::Passphrase, passphrase)?),
        _ => drop(core.unlock(Credential::Passphrase, passphrase)?),
    }
    let mut out = std::io::stdout();
    let _ = writeln!(out, "open").and_then(|()| out.flush());
    loop {
        let name = uuid::Uuid::new_v4().to_string();
        let uri = format!("otpauth://totp/kill:{name}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let draft = core.read_text(&uri)?.drafts.remove(0);
        core.save_draft(
            &draft.draft_id,
            DraftChanges {
                issuer: draft.issuer,
                account: draft.account,
            },
        )?;
        // The line is out before the next save begins: what it names must be there ever after.
        let _ = writeln!(out, "{name}").and_then(|()| out.flush());
    }
}
