//! The keys of a vault, derived by another process.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use data_encoding::HEXLOWER;

use crate::search::{MASK, Needle};

/// Built by `cargo test` beside the tests.
pub fn keys() -> PathBuf {
    let test = std::env::current_exe().expect("a running program has a path");
    let program = test
        .parent()
        .and_then(Path::parent)
        .expect("tests are built in deps/")
        .join("examples/keys");
    assert!(
        program.is_file(),
        "the example `keys` is not built: cargo build -p trousseau --examples"
    );
    program
}

/// The type of a slot, and what opens it, masked: what is typed, and the device's key.
pub type Typed<'a> = (&'a str, &'a [u8], Option<Vec<u8>>);

/// The keys of the vault file, masked.
pub fn derived_elsewhere(file: &Path, credentials: &[Typed<'_>]) -> Vec<Needle> {
    let mut child = Command::new(keys())
        .arg(file)
        .arg(MASK.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut lines = child.stdin.take().expect("it is piped");
    for (kind, text, device) in credentials {
        let device = device
            .as_ref()
            .map_or("-".into(), |device| HEXLOWER.encode(device));
        writeln!(lines, "{kind} {} {device}", HEXLOWER.encode(text)).expect("it listens");
    }
    drop(lines);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("hex");
    let needle = |line: &str| {
        let (name, hex) = line.split_once(' ').expect("two fields");
        Needle {
            name: format!("key {name}"),
            masked: HEXLOWER.decode(hex.as_bytes()).expect("hex"),
        }
    };
    text.lines().map(needle).collect()
}
