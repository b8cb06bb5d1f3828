//! Uses every secret with all logs at their most detailed level, then panics with a secret in the message: `talker FOLDER [aloud]`.
//!
//! Standard input has a passphrase and a link, one per line. With `aloud`, Rust's own hook prints the panic.
//! `tests/canaries.rs` searches the output for the secrets.

use std::io::Write;

use trousseau_app::clipboard::{Clipboard, Unavailable};
use trousseau_app::error::Result;
use trousseau_app::session::{Config, Core};
use trousseau_wire::{Credential, DraftChanges, EntryChanges, ListRequest, Sort};

/// Prints every log record of every crate.
struct Loudest;

impl log::Log for Loudest {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let _ = writeln!(
            std::io::stderr(),
            "{} {}: {}",
            record.level(),
            record.target(),
            record.args()
        );
    }

    fn flush(&self) {}
}

/// A clipboard that panics with the copied code in the message.
struct Panicking(String);

impl Clipboard for Panicking {
    fn write_secret(&self, text: &str, _: u32) -> Result<(), Unavailable> {
        panic!("cannot copy {text} of {}", self.0)
    }

    fn works_in_background(&self) -> bool {
        true
    }

    fn clear_if_ours(&self, _: &str) -> Result<bool, Unavailable> {
        Ok(false)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let folder = words.first().ok_or("usage: talker FOLDER [aloud]")?;
    if words.get(1).is_none_or(|word| word != "aloud") {
        trousseau_app::panic_hook::install();
    }
    log::set_logger(&Loudest).map_err(|_| "one logger is enough")?;
    log::set_max_level(log::LevelFilter::Trace);
    log::trace!("loud");
    let mut lines = std::io::stdin().lines();
    let mut line = || {
        lines
            .next()
            .ok_or("a passphrase and a link")?
            .map_err(|_| "no text")
    };
    let (passphrase, uri) = (line()?, line()?);
    let core = Core::new(Config {
        clipboard: Box::new(Panicking(uri.clone())),
        ..Config::bare(folder.into())
    });
    talk(&core, &passphrase, &uri).map_err(|refused| format!("{refused:?}").into())
}

fn talk(core: &Core, passphrase: &str, uri: &str) -> Result<()> {
    core.create_vault(Credential::Passphrase, passphrase)?;
    // Errors that might quote their input.
    let refused = [
        core.import_text(&format!("{uri}&digits=11")).err(),
        core.import_text(&uri.replace("otpauth://totp", "motp://x"))
            .err(),
        core.import_text(&uri.replace("secret=", "secret=1")).err(),
        core.unlock(Credential::Recovery, passphrase).err(),
        core.reauthenticate(Credential::Passphrase, uri).err(),
    ];
    for refused in refused {
        eprintln(&format!("{refused:?}"));
    }
    let draft = core.import_text(uri)?.drafts.remove(0);
    let names = DraftChanges {
        issuer: draft.issuer,
        account: draft.account,
    };
    let id = core.save_draft(&draft.draft_id, names)?.id;
    let changes = EntryChanges {
        issuer: "a".into(),
        account: "b".into(),
        note: uri.into(),
        favourite: true,
        icon: None,
    };
    core.update_entry(&id, changes)?;
    core.list_entries(&ListRequest {
        query: uri.into(),
        sort: Sort::Manual,
        group: None,
        trash: false,
        offset: 0,
        limit: 9,
        index_of: None,
    })?;
    core.lock();
    core.unlock(Credential::Passphrase, passphrase)?;
    let shown = core.reveal(&id)?.code_ref;
    if let Some(shown) = shown {
        core.copy_code(&id, &shown).map(drop)?;
    }
    Ok(())
}

fn eprintln(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}
