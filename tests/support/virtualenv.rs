use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::target_dir;

/// Creates a Python virtual environment `<target>/<name>` with these pinned requirements, and
/// creates it again whenever they change. Returns its `bin` folder.
///
/// # Panics
/// If Python, its `venv` module or a pinned package is missing.
#[track_caller]
pub fn virtualenv(name: &str, requirements: &str) -> PathBuf {
    let folder = target_dir().join(name);
    let marker = folder.join("requirements.txt");
    let lock = File::create(target_dir().join(format!("{name}.lock"))).expect("target is writable");
    lock.lock().expect("a local file can be locked");
    if fs::read_to_string(&marker).is_ok_and(|made| made == requirements) {
        return folder.join("bin");
    }
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&folder));
    let wanted = folder.join("wanted.txt");
    fs::write(&wanted, requirements).expect("target is writable");
    let pip = folder.join("bin/pip");
    run(Command::new(pip)
        .args(["install", "--quiet", "--requirement"])
        .arg(&wanted));
    fs::rename(&wanted, &marker).expect("both are in one folder");
    folder.join("bin")
}

/// Runs a setup step; panics with its output if it fails.
#[track_caller]
pub(crate) fn run(command: &mut Command) {
    let program = Path::new(command.get_program()).display().to_string();
    let answer = command
        .output()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(
        answer.status.success(),
        "{program} {:?} ended with {}:\n{}{}",
        command.get_args().collect::<Vec<_>>(),
        answer.status,
        String::from_utf8_lossy(&answer.stdout),
        String::from_utf8_lossy(&answer.stderr),
    );
}
