//! Runs the scripts that check what was built.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project_files::at;

/// The outcome of a script and all of its output.
#[derive(Debug)]
pub struct ScriptOutput {
    pub passed: bool,
    pub text: String,
}

/// Runs a script in the repository's `scripts`.
pub fn run<A: AsRef<Path>>(script: &str, arguments: &[A]) -> ScriptOutput {
    run_command(script, arguments, &mut Command::new(path_of(script)))
}

/// Runs a script that finds these tools before those of the system.
pub fn run_among<A: AsRef<Path>>(tools: &Path, script: &str, arguments: &[A]) -> ScriptOutput {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = [tools.to_owned()]
        .into_iter()
        .chain(env::split_paths(&path));
    let path = env::join_paths(folders).expect("no folder has a colon in its name");
    let mut command = Command::new(path_of(script));
    run_command(script, arguments, command.env("PATH", path))
}

fn path_of(script: &str) -> PathBuf {
    at("../scripts").join(script)
}

fn run_command<A: AsRef<Path>>(
    script: &str,
    arguments: &[A],
    command: &mut Command,
) -> ScriptOutput {
    let output = command
        .args(arguments.iter().map(AsRef::as_ref))
        .output()
        .unwrap_or_else(|error| panic!("{script}: {error}"));
    let text = [&output.stdout[..], &output.stderr].concat();
    ScriptOutput {
        passed: output.status.success(),
        text: String::from_utf8_lossy(&text).into_owned(),
    }
}
