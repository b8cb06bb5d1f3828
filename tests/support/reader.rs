use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::virtualenv;

/// What `read_vault.py`, which knows the file's specification alone, prints of a vault that a
/// credential opens. `kind` is `passphrase` or `recovery`.
///
/// # Panics
/// If it does not open the vault.
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

/// What somebody reads of the vault `now` who has the copy `old` and its passphrase, and takes the master key out of it;
/// none where that opens nothing.
///
/// # Panics
/// If the passphrase does not open the copy.
#[track_caller]
pub fn read_by_old_copy(old: &Path, passphrase: &str, now: &Path) -> Option<String> {
    let answer = run("old_copy.py", &[old.as_ref(), now.as_ref()], passphrase);
    match answer.status.code() {
        Some(0) => Some(String::from_utf8(answer.stdout).expect("JSON")),
        Some(1) if answer.stderr.is_empty() => None,
        _ => panic!("{}", String::from_utf8_lossy(&answer.stderr)),
    }
}

/// What a script beside the reader answers, with `input` as its standard input.
fn run(script: &str, arguments: &[&OsStr], input: &str) -> Output {
    let programs = virtualenv("reader", include_str!("reader-requirements.txt"));
    let mut script = Command::new(programs.join("python"))
        // The folder of the sources stays as it is.
        .arg("-B")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(script))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the virtual environment has Python");
    let mut pipe = script.stdin.take().expect("it is piped");
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

    /// Also brings the reader's packages, which no test without a network could.
    #[test]
    fn the_reader_opens_the_golden_file() {
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/vault/tests/golden");
        let payload = std::fs::read_to_string(golden.join("v1.payload")).expect("it is kept");
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

    /// What the old copy and the old passphrase give of the file that `change` makes of the vault; none where they give
    /// nothing. The new passphrase opens that file.
    fn taken_later(change: impl Fn(&UnlockedVault) -> UnlockedVault) -> Option<String> {
        let folder = tempfile::tempdir().expect("a folder");
        let [old, now] = ["old", "now"].map(|name| folder.path().join(name));
        let made = create(&[passphrase(OLD)], COST, b"{\"old\":1}", &argon2id);
        let (vault, bytes) = made.expect("sealed");
        std::fs::write(&old, bytes).expect("written");
        let bytes = change(&vault).seal(b"{\"later\":1}").expect("sealed");
        std::fs::write(&now, bytes).expect("written");
        assert_eq!(read_vault(&old, "passphrase", OLD), "{\"old\":1}");
        assert_eq!(read_vault(&now, "passphrase", "new"), "{\"later\":1}");

        read_by_old_copy(&old, OLD, &now)
    }

    #[test]
    fn an_old_copy_gives_later_files_until_the_keys_are_replaced() {
        let changed = taken_later(|vault| {
            let mut vault = vault.clone();
            let put = vault.put_slot(&passphrase("new"), COST, &argon2id);
            assert!(put.is_ok());
            vault
        });
        assert_eq!(changed.as_deref(), Some("{\"later\":1}"));
        let replaced = taken_later(|vault| {
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

    /// The slots that somebody can put into a file are those of both; the master key is the old one.
    #[test]
    fn nobody_with_an_old_copy_writes_a_file_that_opens_with_what_was_made_since() {
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
        for (name, by_old) in [("old", true), ("now", false), ("both", true)] {
            let bytes = std::fs::read(folder.path().join(name)).expect("it was written");
            for made_since in [new, words] {
                let opened = open(&bytes, made_since, &argon2id);
                assert!(opened.is_err(), "{name}: by what was made since");
            }
            let opened = open(&bytes, &passphrase(OLD), &argon2id);
            assert_eq!(opened.is_ok(), by_old, "{name}: by the old passphrase");
            let Ok(opened) = opened else { continue };
            assert!(opened.vault.generation() > later, "{name}");
            let outcome = judge(Some(&mark), &opened.vault, &[vault.mark_secret()]);
            assert_eq!(outcome, Judgement::Foreign, "{name}");
        }
    }
}
