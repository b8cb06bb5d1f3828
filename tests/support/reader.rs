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
