//! `scripts` and `.github/workflows`: what the shell runs there.

use std::fs;
use std::path::Path;

/// `grep -q` ends at the first hit. What writes into it then dies of it, and under `pipefail` a hit counts as none.
#[test]
fn no_script_pipes_into_a_reader_that_stops_early() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = |path| fs::read_dir(root.join(path)).expect("a folder of the repository");
    let mut read = 0;
    for entry in folder("scripts").chain(folder(".github/workflows")) {
        let path = entry.expect("a file of the repository").path();
        if path.is_dir() {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a text");
        read += 1;
        // dpkg-query writes a few words at once, which wait in the pipe for whoever reads them.
        for line in text.lines().filter(|line| !line.contains("dpkg-query")) {
            for early in ["| grep -q", "| head", "| grep -m"] {
                assert!(!line.contains(early), "{}: {line}", path.display());
            }
        }
    }
    assert!(read > 15, "only {read} files were read");
}

/// The packages are those of docs/android.md, wherever they are built.
#[test]
fn the_workflow_has_the_ndk_that_the_documents_name() {
    let workflow = super::here(".github/workflows/mobile.yml").expect("it is kept");
    let mut lines = workflow.lines().map(str::trim);
    let ndk = lines.find_map(|line| line.strip_prefix("NDK: "));
    let document = super::here("docs/android.md").expect("it is kept");
    let named = format!("\"ndk;{}\"", ndk.expect("it names one"));
    assert!(document.contains(&named), "{named}");
}
