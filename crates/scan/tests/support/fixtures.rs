use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder `name` of the fixtures, or `None` if there is none.
///
/// # Panics
/// If it is missing and `TROUSSEAU_REQUIRE_FIXTURES=1` is set.
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
    // Directly to stderr: the test harness discards the output of `eprintln!` in tests that pass.
    let _ = writeln!(
        std::io::stderr(),
        "skipped: no fixtures at {}",
        folder.display()
    );
    None
}
