//! A file and a credential to an open vault: reads nothing, writes nothing, holds no lock.

use std::cell::RefCell;

use trousseau_entries::{ParseError, VaultData};
use trousseau_vault::{
    Argon2Params, Credential, Kdf, KdfError, OpenOutcome, StretchedPin, UnlockedVault, VaultInfo,
    argon2id,
};
use trousseau_wire::ErrorCode;
use zeroize::Zeroizing;

use crate::error::Result;
use crate::storage::StorageError;

/// What is on disk when a credential is tried. One file that cannot be read keeps nobody from the other.
pub(super) struct Files {
    pub(super) main: Result<Option<Vec<u8>>, StorageError>,
    pub(super) backup: Result<Option<Vec<u8>>, StorageError>,
}

/// A vault that a credential opened.
pub(super) struct Decrypted {
    pub(super) vault: UnlockedVault,
    pub(super) entries: VaultData,
    pub(super) sealed: Vec<u8>,
    /// The slot is to be made anew, its work factor being below the floor.
    pub(super) weak_slot: bool,
    /// What Argon2id made of the access code, where one opened it.
    pub(super) stretched_pin: Option<StretchedPin>,
    /// The copy beside it, where it is not simply the generation before.
    pub(super) beside: Option<Beside>,
    /// What lies in the place of the copy is no previous generation of this vault.
    pub(super) strange_previous: bool,
}

/// A copy that is newer than the vault beside it, or opens with other slots.
pub(super) struct Beside {
    /// 0 for that of another vault: they do not compare.
    pub(super) generation: u64,
    /// What is in it, where the same credential opens it.
    pub(super) opened: Option<Box<Decrypted>>,
}

/// Opens the vault. A credential that opens the previous generation and not this one means that this one's
/// slot is damaged. A wrong credential costs one derivation, not two, as both files hold the same slots.
pub(super) fn open_main(files: Files, credential: &Credential) -> Result<Decrypted> {
    let kdf = derive_once();
    let main = files.main?.ok_or(ErrorCode::VaultDamaged)?;
    let is_unreadable = files.backup.is_err();
    let backup = files.backup.unwrap_or(None);
    let is_to_replace = trousseau_vault::inspect(&main).is_ok_and(|main| {
        let copy = backup.as_deref().map(trousseau_vault::inspect);
        let is_earlier =
            |copy: VaultInfo| copy.vault == main.vault && copy.generation <= main.generation;
        main.previous_is_stale && copy.is_some_and(|copy| copy.is_ok_and(is_earlier))
    });
    match decrypt(main, credential, &kdf) {
        Ok(opened) => Ok(Decrypted {
            strange_previous: is_unreadable
                || backup
                    .as_ref()
                    .is_some_and(|backup| is_strange(&opened.vault, backup)),
            beside: backup.and_then(|backup| beside(&opened.vault, backup, credential, &kdf)),
            ..opened
        }),
        Err(error) => {
            // A copy that is still to be replaced holds the credentials of before.
            let refused = error.code() == ErrorCode::CredentialRejected && !is_to_replace;
            let older = backup
                .filter(|_| refused)
                .map(|backup| decrypt(backup, credential, &kdf));
            if older.is_some_and(|older| older.is_ok()) {
                Err(ErrorCode::VaultDamaged.into())
            } else {
                Err(error)
            }
        }
    }
}

/// Whether the copy is not a previous generation of this vault: it is newer, of another vault, of a newer version of the app, or
/// damaged.
pub(super) fn is_strange(vault: &UnlockedVault, copy: &[u8]) -> bool {
    let is_previous =
        |copy: VaultInfo| copy.vault == vault.id() && copy.generation <= vault.generation();
    !trousseau_vault::inspect(copy).is_ok_and(is_previous)
}

/// The copy, unless it is of the same vault, no newer, and has the same slots. No save of ours that came to its end leaves
/// another one.
fn beside(
    vault: &UnlockedVault,
    copy: Vec<u8>,
    credential: &Credential,
    kdf: &Kdf<'_>,
) -> Option<Beside> {
    let summary = trousseau_vault::inspect(&copy).ok()?;
    let is_same = summary.vault == vault.id();
    let is_newer = is_same && summary.generation > vault.generation();
    if is_same && !is_newer && summary.slots == vault.slots().collect::<Vec<_>>() {
        return None;
    }
    let opened = decrypt(copy, credential, kdf).ok().map(Box::new);
    (is_newer || opened.is_some()).then_some(Beside {
        generation: if is_same { summary.generation } else { 0 },
        opened,
    })
}

/// Opens the previous generation.
pub(super) fn open_previous_generation(files: Files, credential: &Credential) -> Result<Decrypted> {
    let backup = files.backup?.ok_or(ErrorCode::NoPreviousGeneration)?;
    decrypt(backup, credential, &argon2id).map_err(|error| match error.code() {
        ErrorCode::CredentialRejected => error,
        _ => ErrorCode::NoPreviousGeneration.into(),
    })
}

fn decrypt(sealed: Vec<u8>, credential: &Credential, kdf: &Kdf<'_>) -> Result<Decrypted> {
    let OpenOutcome {
        vault,
        payload,
        upgrade_due,
        stretched_pin,
        ..
    } = trousseau_vault::open(&sealed, credential, kdf)?;
    let entries = VaultData::from_json(&payload).map_err(|error| match error {
        ParseError::UnsupportedVersion { .. } => ErrorCode::VaultUnsupported,
        _ => ErrorCode::VaultDamaged,
    })?;
    Ok(Decrypted {
        vault,
        entries,
        sealed,
        weak_slot: upgrade_due,
        stretched_pin,
        beside: None,
        strange_previous: false,
    })
}

/// Argon2id for one credential, remembered by salt and cost while it is tried on several slots.
fn derive_once() -> impl Fn(&[u8], &[u8; 32], Argon2Params, &mut [u8; 32]) -> Result<(), KdfError> {
    let derived = RefCell::new(Vec::<([u8; 32], Argon2Params, Zeroizing<[u8; 32]>)>::new());
    move |password, salt, cost, key| {
        let mut derived = derived.borrow_mut();
        if let Some((.., known)) = derived.iter().find(|(s, c, _)| s == salt && *c == cost) {
            key.copy_from_slice(&**known);
            return Ok(());
        }
        argon2id(password, salt, cost, key)?;
        derived.push((*salt, cost, Zeroizing::new(*key)));
        Ok(())
    }
}
