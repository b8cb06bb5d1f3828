//! A vault that cannot be read is never overwritten.

use std::io::ErrorKind;

use trousseau_wire::{Credential, ErrorCode};

use crate::attempts_file::ATTEMPTS;
use crate::faulty_disk::Fault;
use crate::keys::{KeyReplacement, replace};
use crate::test_device::{PREVIOUS_GENERATION, TestDevice, VAULT};
use crate::user_actions::draft;

/// Tries every operation that writes on a vault that did not open. All of them are refused.
fn try_everything(core: &trousseau_app::session::Core) {
    let id = "6c8f4a0e-8d4b-4f43-9f5c-0a8f6f4d2b11";
    let words_gone = KeyReplacement {
        same: &[Credential::Device],
        ..KeyReplacement::default()
    };
    let refusals = [
        core.create_vault(Credential::Device, "").err(),
        draft(core, "otpauth://totp/a?secret=MFRA").err(),
        core.trash_entry(id).err(),
        core.advance_counter(id).err(),
        core.set_credential(Credential::Biometric, "why").err(),
        core.remove_credential(Credential::Recovery).err(),
        core.draft_recovery_words().err(),
        replace(core, words_gone).err(),
        core.restore_previous_generation().err(),
        core.verify_recovery_words(&[]).err(),
    ];
    assert!(refusals.iter().all(Option::is_some));
    core.lock();
}

#[test]
fn nothing_is_written_after_a_failed_load() {
    let base = TestDevice::with_vault();
    let whole = base.disk.files();
    let mut failed = 0;
    for at in 1.. {
        let device = base.fork();
        device.disk.fail(at, Fault::Always(ErrorKind::Other));
        let core = device.core();
        let opened = device.unlock(&core);
        if !device.disk.has_failed() {
            break;
        }
        if opened.is_ok() {
            continue;
        }
        failed += 1;
        // The disk works again; the app continues with what it knows.
        device.disk.repair();
        try_everything(&core);
        let written = device.disk.take_written();
        let vaults = written.iter().find(|name| name.starts_with(VAULT));
        assert_eq!(vaults, None, "step {at}");
        let files = device.disk.files();
        assert_eq!(
            (&files[VAULT], &files[PREVIOUS_GENERATION]),
            (&whole[VAULT], &whole[PREVIOUS_GENERATION])
        );
    }
    assert!(failed >= 4, "only {failed} loads failed");
}

#[test]
fn an_unreadable_vault_stays_byte_for_byte() {
    let base = TestDevice::with_vault();
    let whole = base.disk.files()[VAULT].clone();
    let torn = [
        Vec::new(),
        vec![0; whole.len()],
        whole[..whole.len() - 1].to_vec(),
        whole[..5].to_vec(),
        b"somebody else's".to_vec(),
    ];
    for bytes in torn {
        let device = base.fork();
        device.disk.put(VAULT, &bytes);
        let core = device.core();
        let refused = device.unlock(&core).expect_err("the vault cannot be read");
        assert_eq!(refused.code(), ErrorCode::VaultDamaged);
        try_everything(&core);
        let files = device.disk.files();
        assert_eq!(files[VAULT], bytes);
        let names: Vec<_> = files.keys().map(String::as_str).collect();
        let others = names
            .iter()
            .find(|name| ![VAULT, PREVIOUS_GENERATION, ATTEMPTS].contains(name));
        assert_eq!(others, None);
    }
}
