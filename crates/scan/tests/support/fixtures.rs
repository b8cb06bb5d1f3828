use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder, or none if it is not there and need not be.
pub fn fixtures(name: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TROUSSEAU_FIXTURES").map_or_else(
        || {
            let mut folders = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
            let root = folders.find(|folder| folder.join("Cargo.lock").is_file());
            root.expect("a package of the workspace").join("../shared")
        },
        PathBuf::from,
    );
    let folder = root.join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    let required = std::env::var_os("TROUSSEAU_REQUIRE_FIXTURES")
        .is_some_and(|value| value == OsStr::new("1"));
    assert!(!required, "no fixtures at {}", folder.display());
    // Past the test harness, which swallows what a passing test prints.
    let _ = writeln!(
        std::io::stderr(),
        "skipped: no fixtures at {}",
        folder.display()
    );
    None
}
