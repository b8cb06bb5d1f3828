//! Writes the film of a picture, as a hand-held camera gives it: `film FOLDER PICTURE FILE`.
//!
//! `FOLDER` is that of the pictures that others collected, `PICTURE` one of those that `tests/support/hand_held_camera.rs` names,
//! `FILE` the film (Y4M). Used by the browser tests and the end-to-end tests.

use std::error::Error;
use std::fs;
use std::path::Path;

#[path = "../tests/support/hand_held_camera.rs"]
mod hand_held_camera;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, picture, file] = arguments.as_slice() else {
        return Err("usage: film FOLDER PICTURE FILE".into());
    };
    let shot = hand_held_camera::SHOTS
        .iter()
        .find(|shot| shot.file == picture);
    let shot = shot.ok_or_else(|| format!("no film is made of {picture}"))?;
    fs::write(file, shot.film(Path::new(folder))?)?;
    Ok(())
}
