//! Reads collections of pictures by others, which are not in the repository. `TROUSSEAU_FIXTURES` is their folder; the default is
//! `shared` beside the project root. Without it these tests print a note and pass, unless `TROUSSEAU_REQUIRE_FIXTURES=1`
//! is set.

#[path = "support/cpu.rs"]
mod cpu;
#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/manifest.rs"]
mod manifest;
#[path = "support/texts.rs"]
mod texts;

use std::fs;
use std::time::Duration;

use fixtures::fixtures;
use texts::texts;
use trousseau_scan::{PictureError, read_picture};

#[test]
fn hostile_pictures_are_read_in_time() {
    let Some(folder) = fixtures("qr/hostile") else {
        return;
    };
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the folder exists") {
        let path = entry.expect("the folder can be listed").path();
        let bytes = fs::read(&path).expect("the file can be read");
        // Only the mutated pictures ("mut…") may contain a code; the result for those is not checked.
        let (codes, time) = cpu::timed(|| read_picture(&bytes));
        let name = path.file_name().and_then(|name| name.to_str());
        if name.is_some_and(|name| !name.starts_with("mut")) {
            assert_eq!(codes, Ok(vec![]), "{}", path.display());
        }
        assert!(
            time < Duration::from_secs(2),
            "{} took {time:?}",
            path.display()
        );
        count += 1;
    }
    assert!(count > 100, "only {count} files");
}

#[test]
fn at_least_335_pictures_are_read_and_none_falsely() {
    let Some(folder) = fixtures("qr/pictures") else {
        return;
    };
    let lines = fs::read_to_string(folder.join("MANIFEST.tsv")).expect("the manifest can be read");
    let (mut read, mut scored, mut negatives) = (0, 0, 0);
    for picture in manifest::parse(&lines).expect("every line of the manifest is valid") {
        let bytes = fs::read(folder.join(picture.file)).expect("the file can be read");
        let texts = match read_picture(&bytes) {
            Ok(codes) => texts(codes),
            Err(PictureError::CodeUnreadable) if picture.label != "negative" => Vec::new(),
            Err(error) => panic!("{}: {error}", picture.file),
        };
        match picture.label {
            "negative" => {
                assert!(texts.is_empty(), "{} was read falsely", picture.file);
                negatives += 1;
            }
            "undecoded" => {}
            _ => {
                read += usize::from(picture.is_read(&texts));
                scored += 1;
            }
        }
    }
    assert_eq!((scored, negatives), (350, 24));
    assert!(read >= 335, "only {read} of {scored} were read");
}
