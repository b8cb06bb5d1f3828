use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::target_dir;

/// A film (Y4M) of a picture in the folder of collected pictures, as if from a hand-held camera. Made by
/// `crates/scan/examples/film.rs`.
///
/// # Panics
/// If the example was not built, or cannot make a film of this picture.
#[track_caller]
pub fn film(folder: &Path, picture: &str) -> PathBuf {
    let films = target_dir().join("films");
    fs::create_dir_all(&films).expect("the target folder is writable");
    let file = films.join(format!("{}.y4m", picture.replace('/', "-")));
    let maker = target_dir().join("debug/examples/film");
    assert!(
        maker.is_file(),
        "there is no {}: build it first",
        maker.display()
    );
    // Another test may play this film, so it is replaced atomically.
    let draft = tempfile::NamedTempFile::new_in(&films).expect("a temporary file can be created");
    let status = Command::new(maker)
        .args([folder, Path::new(picture), draft.path()])
        .status();
    assert!(status.is_ok_and(|status| status.success()), "{picture}");
    draft.persist(&file).expect("it is in the same folder");
    file
}
