//! Checks the shell commands in `scripts` and `.github/workflows`.

use std::fs;
use std::path::Path;

/// `grep -q` ends at the first match. The program that writes to it then gets SIGPIPE, and `pipefail` turns the match into a failure.
#[test]
fn no_script_pipes_into_a_command_that_stops_reading_early() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = |path| fs::read_dir(root.join(path)).expect("the folder exists");
    let mut read = 0;
    for entry in folder("scripts").chain(folder(".github/workflows")) {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).expect("the file is a text");
        read += 1;
        // dpkg-query writes a few words at once, which fit into the pipe's buffer.
        for line in text.lines().filter(|line| !line.contains("dpkg-query")) {
            for early in ["| grep -q", "| head", "| grep -m"] {
                assert!(!line.contains(early), "{}: {line}", path.display());
            }
        }
    }
    assert!(read > 15, "only {read} files were read");
}

/// Builds by hand and by the workflow use the same NDK.
#[test]
fn workflow_and_documents_name_the_same_ndk() {
    let workflow = super::repository(".github/workflows/mobile.yml").expect("the file exists");
    let mut lines = workflow.lines().map(str::trim);
    let ndk = lines.find_map(|line| line.strip_prefix("NDK: "));
    let document = super::repository("docs/android.md").expect("the file exists");
    let named = format!("\"ndk;{}\"", ndk.expect("the workflow names an NDK"));
    assert!(document.contains(&named), "{named}");
}
