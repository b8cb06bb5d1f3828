use std::error::Error;
use std::path::Path;

use trousseau_vault::{Credential, OpenOutcome, Passphrase, argon2id};

/// Puts another text in the place of the first `from` of what the vault in `folder` holds. The app reads it at the next
/// unlock.
pub fn replace(
    folder: &Path,
    passphrase: &str,
    from: &str,
    to: &str,
) -> Result<(), Box<dyn Error>> {
    let file = folder.join("vault.trousseau");
    let credential = Credential::Passphrase(Passphrase::new(passphrase));
    let opened = trousseau_vault::open(&std::fs::read(&file)?, &credential, &argon2id)?;
    let OpenOutcome {
        mut vault, payload, ..
    } = opened;
    let before = std::str::from_utf8(&payload)?;
    if !before.contains(from) {
        return Err("the vault does not hold this text".into());
    }
    let after = before.replacen(from, to, 1);
    std::fs::write(file, vault.seal(after.as_bytes())?)?;
    Ok(())
}
