use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::virtualenv;

/// Opens a vault with `read_vault.py`, which was written from the specification alone, and returns the
/// payload. `kind` is `passphrase` or `recovery`.
///
/// # Panics
/// If it cannot open the vault.
#[track_caller]
pub fn read_vault(vault: &Path, kind: &str, credential: &str) -> String {
    let kind = format!("--{kind}-stdin");
    let answer = run(
        "read_vault.py",
        &[vault.as_ref(), kind.as_ref()],
        credential,
    );
    assert!(
        answer.status.success(),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    String::from_utf8(answer.stdout).expect("the payload is JSON")
}

/// Plays an attacker who has the copy `old` and its passphrase: takes the master key out of `old` and tries it on the vault `now`.
/// Returns the payload of `now`, or `None` if the key does not open it.
///
/// # Panics
/// If the passphrase does not open the copy.
#[track_caller]
pub fn read_with_old_copy(old: &Path, passphrase: &str, now: &Path) -> Option<String> {
    let answer = run("old_copy.py", &[old.as_ref(), now.as_ref()], passphrase);
    match answer.status.code() {
        Some(0) => Some(String::from_utf8(answer.stdout).expect("JSON")),
        Some(1) if answer.stderr.is_empty() => None,
        _ => panic!("{}", String::from_utf8_lossy(&answer.stderr)),
    }
}

/// Runs a Python script with `input` as its standard input.
fn run(script: &str, arguments: &[&OsStr], input: &str) -> Output {
    let programs = virtualenv("reader", include_str!("reader-requirements.txt"));
    let mut script = Command::new(programs.join("python"))
        // Do not write bytecode into the source folder.
        .arg("-B")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(script))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the virtual environment has Python");
    let mut pipe = script.stdin.take().expect("the pipe was requested");
    pipe.write_all(input.as_bytes())
        .expect("the script reads its input");
    drop(pipe);
    script.wait_with_output().expect("the script ends")
}

#[cfg(test)]
mod tests {
    use super::*;
    use trousseau_vault::{
        Argon2Params, Credential, Judgement, Mark, NewSlot, Passphrase, RecoveryCode,
        UnlockedVault, argon2id, create, judge, open,
    };

    /// Also installs the reader's packages, because the end-to-end tests run without a network and cannot.
    #[test]
    fn the_reader_opens_the_golden_file() {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/vault/tests/golden");
        let payload =
            std::fs::read_to_string(golden.join("v1.payload")).expect("the golden payload exists");
        let read = |kind, credential| read_vault(&golden.join("v1.vault"), kind, credential);
        let words = "legal winner thank year wave sausage worth useful legal winner thank yellow";
        for (kind, credential) in [("passphrase", "trousseau de clés"), ("recovery", words)] {
            assert_eq!(
                read(kind, credential).trim_end(),
                payload.trim_end(),
                "{kind}"
            );
        }
    }
    const COST: Argon2Params = Argon2Params::MIN;
    const OLD: &str = "the old passphrase";

    fn passphrase(text: &str) -> Credential {
        Credential::Passphrase(Passphrase::new(text))
    }

    /// Applies `change` to a vault, and returns the payload that an attacker with the old copy and the old passphrase gets from the
    /// changed file, if any. Checks that the new passphrase opens the file.
    fn payload_after(change: impl Fn(&UnlockedVault) -> UnlockedVault) -> Option<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let [old, now] = ["old", "now"].map(|name| folder.path().join(name));
        let made = create(&[passphrase(OLD)], COST, b"{\"old\":1}", &argon2id);
        let (vault, bytes) = made.expect("sealed");
        std::fs::write(&old, bytes).expect("written");
        let bytes = change(&vault).seal(b"{\"later\":1}").expect("sealed");
        std::fs::write(&now, bytes).expect("written");
        assert_eq!(read_vault(&old, "passphrase", OLD), "{\"old\":1}");
        assert_eq!(read_vault(&now, "passphrase", "new"), "{\"later\":1}");

        read_with_old_copy(&old, OLD, &now)
    }

    #[test]
    fn an_old_copy_opens_later_files_until_the_keys_are_replaced() {
        let changed = payload_after(|vault| {
            let mut vault = vault.clone();
            let put = vault.put_slot(&passphrase("new"), COST, &argon2id);
            assert!(put.is_ok());
            vault
        });
        assert_eq!(changed.as_deref(), Some("{\"later\":1}"));
        let replaced = payload_after(|vault| {
            let credential = &passphrase("new");
            let slot = NewSlot::Credential {
                credential,
                cost: COST,
            };
            let new = vault.with_new_keys(&[slot], &argon2id);
            new.expect("one slot").vault
        });
        assert_eq!(replaced, None);
    }

    /// An attacker can copy slots of both files, but has only the old master key.
    #[test]
    fn a_file_forged_from_an_old_copy_does_not_open_with_newer_credentials() {
        let folder = tempfile::tempdir().expect("a folder");
        let [old, now] = ["before", "after"].map(|name| folder.path().join(name));
        let made = create(&[passphrase(OLD)], COST, b"{\"old\":1}", &argon2id);
        let (vault, bytes) = made.expect("sealed");
        std::fs::write(&old, bytes).expect("written");
        let (new, code) = (&passphrase("new"), RecoveryCode::generate());
        let words = &Credential::Recovery(code.expect("randomness"));
        let slots = [new, words].map(|credential| NewSlot::Credential {
            credential,
            cost: COST,
        });
        let replaced = vault.with_new_keys(&slots, &argon2id);
        let mut replaced = replaced.expect("two slots").vault;
        let bytes = replaced.seal(b"{\"later\":1}").expect("sealed");
        std::fs::write(&now, bytes).expect("written");
        let (mark, later) = (Mark::of(&replaced), replaced.generation());

        let arguments = [old.as_ref(), now.as_ref(), folder.path().as_ref()];
        let forged = run("old_copy.py", &arguments, OLD);
        assert!(forged.status.success(), "{forged:?}");
        for (name, opens_with_old) in [("old", true), ("now", false), ("both", true)] {
            let bytes = std::fs::read(folder.path().join(name)).expect("it was written");
            for newer_credential in [new, words] {
                let opened = open(&bytes, newer_credential, &argon2id);
                assert!(opened.is_err(), "{name}: with a newer credential");
            }
            let opened = open(&bytes, &passphrase(OLD), &argon2id);
            assert_eq!(
                opened.is_ok(),
                opens_with_old,
                "{name}: with the old passphrase"
            );
            let Ok(opened) = opened else { continue };
            assert!(opened.vault.generation() > later, "{name}");
            let outcome = judge(Some(&mark), &opened.vault, &[vault.mark_secret()]);
            assert_eq!(outcome, Judgement::Foreign, "{name}");
        }
    }
}
