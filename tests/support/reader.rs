use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::virtualenv;

/// What `read_vault.py`, which knows the file's specification alone, prints of a vault that a
/// credential opens. `kind` is `passphrase` or `recovery`.
///
/// # Panics
/// If it does not open the vault.
#[track_caller]
pub fn read_vault(vault: &Path, kind: &str, credential: &str) -> String {
    let programs = virtualenv("reader", include_str!("reader-requirements.txt"));
    let mut reader = Command::new(programs.join("python"))
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/read_vault.py"))
        .arg(vault)
        .arg(format!("--{kind}-stdin"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the virtual environment has Python");
    let mut pipe = reader.stdin.take().expect("it is piped");
    pipe.write_all(credential.as_bytes())
        .expect("the reader reads its input");
    drop(pipe);
    let answer = reader.wait_with_output().expect("the reader ends");
    assert!(
        answer.status.success(),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    String::from_utf8(answer.stdout).expect("the payload is JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
