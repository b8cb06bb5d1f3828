//! Calls each fuzz target with every file of its corpus, as libFuzzer does.

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use trousseau_fuzz::TARGETS;

fn files(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    let files = fs::read_dir(&folder).expect("each target has a corpus");
    let mut files: Vec<_> = files
        .map(|file| {
            let path = file.expect("the folder is readable").path();
            let name = path
                .file_name()
                .expect("the path has a file name")
                .to_string_lossy();
            (
                name.into_owned(),
                fs::read(&path).expect("the folder is readable"),
            )
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_corpus_input_passes_its_target() {
    let mut failed = Vec::new();
    for (name, target) in TARGETS {
        let files = files(name);
        assert!(files.len() >= 12, "{name} has {} files", files.len());
        for (file, bytes) in files {
            if catch_unwind(|| target(&bytes)).is_err() {
                failed.push(format!("{name}/{file}"));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn corpora_targets_and_binaries_have_the_same_names() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = |folder: &str| -> BTreeSet<String> {
        let files = fs::read_dir(here.join(folder)).expect("the folder exists");
        let stem = |file: fs::DirEntry| Some(file.path().file_stem()?.to_str()?.to_owned());
        files
            .filter_map(|file| stem(file.expect("the folder is readable")))
            .collect()
    };
    let targets = TARGETS.map(|(name, _)| name.to_owned()).into();
    assert_eq!(names("corpus"), targets);
    assert_eq!(names("libfuzzer/targets"), targets);
}
