use std::env;
use std::path::PathBuf;

use crate::{App, target_dir};

/// The binaries under test.
impl App {
    /// The path of the debug binary: `TROUSSEAU_APP`, or the one in Cargo's target folder.
    ///
    /// # Panics
    /// If it was not built.
    #[track_caller]
    pub fn debug_binary() -> PathBuf {
        let named = env::var_os("TROUSSEAU_APP").map(PathBuf::from);
        let binary = named.unwrap_or_else(|| target_dir().join("debug/trousseau"));
        assert!(
            binary.is_file(),
            "there is no app at {}: build it first",
            binary.display()
        );
        binary
    }

    /// The release binary in `TROUSSEAU_RELEASE_APP`, if the variable is set.
    ///
    /// # Panics
    /// If the variable is not set although `TROUSSEAU_REQUIRE_ALL` is 1, or if the binary does not exist.
    #[track_caller]
    #[allow(clippy::print_stdout, reason = "a skipped test reports it")]
    pub fn release_binary() -> Option<PathBuf> {
        if let Some(binary) = env::var_os("TROUSSEAU_RELEASE_APP").map(PathBuf::from) {
            assert!(
                binary.is_file(),
                "there is no app at {}: build it first",
                binary.display()
            );
            return Some(binary);
        }
        let required = env::var("TROUSSEAU_REQUIRE_ALL").is_ok_and(|value| value == "1");
        assert!(
            !required,
            "TROUSSEAU_RELEASE_APP must name the release binary"
        );
        println!("skipped: TROUSSEAU_RELEASE_APP is not set");
        None
    }
}
