//! Reads simulated films of a hand-held camera through the trait that cameras implement.

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/hand_held_camera.rs"]
mod hand_held_camera;
#[path = "support/manifest.rs"]
mod manifest;
#[path = "support/texts.rs"]
mod texts;

use std::cell::Cell;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::time::Duration;

use fixtures::fixtures;
use hand_held_camera::{FIRST_SHARP_FRAME, FRAMES_PER_SECOND, SHOTS, Shot};
use texts::texts;
use trousseau_scan::{FrameSource, RealTimeSource, Y4mReader, read_frame};

/// A code must be read in one of the first five sharp frames, which begin within 300 ms.
const MAX_SHARP_FRAMES: u32 = 5;

fn y4m_reader(folder: &Path, shot: &Shot) -> Y4mReader<Cursor<Vec<u8>>> {
    let bytes = shot.film(folder).expect("the picture exists");
    Y4mReader::new(Cursor::new(bytes)).expect("a film")
}

/// Each shot with its line of the manifest.
fn shots(lines: &str) -> Vec<(&'static Shot, manifest::Picture<'_>)> {
    let mut pictures = manifest::parse(lines).expect("every line of the manifest is valid");
    let mut expected = |shot: &Shot| {
        let found = pictures
            .iter()
            .position(|picture| picture.file == shot.file);
        let picture =
            pictures.swap_remove(found.unwrap_or_else(|| panic!("no line of {}", shot.file)));
        assert_ne!(picture.label, "undecoded", "{}", shot.file);
        picture
    };
    SHOTS.iter().map(|shot| (shot, expected(shot))).collect()
}

#[test]
fn every_film_is_read_in_its_first_sharp_frames() {
    let Some(folder) = fixtures("qr/pictures") else {
        return;
    };
    let lines = fs::read_to_string(folder.join("MANIFEST.tsv")).expect("the manifest can be read");
    for (shot, picture) in shots(&lines) {
        let mut source: Box<dyn FrameSource> = Box::new(y4m_reader(&folder, shot));
        let mut frame_index = 0;
        let texts = loop {
            let frame = source.next_frame().expect("complete frames");
            let frame = frame.unwrap_or_else(|| panic!("{} is never read", shot.file));
            let codes = read_frame(&frame.as_luma(), frame_index);
            if !codes.is_empty() {
                break texts(codes);
            }
            frame_index += 1;
        };
        assert!(picture.is_read(&texts), "{}: {texts:?}", shot.file);
        assert_eq!(texts.len(), 1, "{}: {texts:?}", shot.file);
        assert!(
            frame_index < FIRST_SHARP_FRAME + MAX_SHARP_FRAMES,
            "{} is read in frame {frame_index}",
            shot.file
        );
    }
}

/// Simulates a machine that takes 200 ms for a frame, three times the frame period.
#[test]
fn a_slow_reader_skips_frames_instead_of_falling_behind() {
    let Some(folder) = fixtures("qr/pictures") else {
        return;
    };
    let work = Duration::from_millis(200);
    for shot in &SHOTS[..4] {
        let now = Cell::new(Duration::ZERO);
        let real_time = RealTimeSource::new(y4m_reader(&folder, shot), |until| {
            now.set(now.get().max(until));
            now.get()
        });
        let mut source: Box<dyn FrameSource + '_> = Box::new(real_time);
        let mut frame_index = 0;
        while let Some(frame) = source.next_frame().expect("complete frames") {
            let codes = read_frame(&frame.as_luma(), frame_index);
            now.set(now.get() + work);
            frame_index += 1;
            if !codes.is_empty() {
                break;
            }
        }
        // Frames 0, 3, 6, … 21. A queue would deliver the first sharp frame as the 21st, after 4.2 s.
        assert_eq!(
            frame_index,
            FIRST_SHARP_FRAME.div_ceil(3) + 1,
            "{}",
            shot.file
        );
        let sharp = Duration::from_secs(1) * FIRST_SHARP_FRAME / FRAMES_PER_SECOND;
        let delay = now.get() - sharp;
        assert!(
            delay < Duration::from_millis(300),
            "{}: {delay:?}",
            shot.file
        );
    }
}
