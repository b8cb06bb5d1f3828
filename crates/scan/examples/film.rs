//! Writes a simulated film of a picture with a hand-held camera: `film FOLDER PICTURE FILE`.
//!
//! `FOLDER` is the folder of the fixture pictures, `PICTURE` one of the files listed in
//! `tests/support/hand_held_camera.rs`, and `FILE` the film to write (Y4M). The browser tests and the end-to-end tests use
//! it.

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
