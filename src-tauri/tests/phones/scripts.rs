//! Runs the scripts that look into what was built.

use std::path::Path;
use std::process::Command;

use crate::tree::at;

/// How a script ended, and everything that it wrote.
#[derive(Debug)]
pub struct Said {
    pub passed: bool,
    pub text: String,
}

/// Runs a script of the repository's `scripts`.
pub fn run<A: AsRef<Path>>(script: &str, arguments: &[A]) -> Said {
    let output = Command::new(at("../scripts").join(script))
        .args(arguments.iter().map(AsRef::as_ref))
        .output()
        .unwrap_or_else(|error| panic!("{script}: {error}"));
    let text = [&output.stdout[..], &output.stderr].concat();
    Said {
        passed: output.status.success(),
        text: String::from_utf8_lossy(&text).into_owned(),
    }
}
