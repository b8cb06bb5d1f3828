//! Films of pictures that others collected, as a hand-held camera gives them, through the trait that cameras implement.

#[path = "support/fixtures.rs"]
mod fixtures;
#[path = "support/hand.rs"]
mod hand;
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
use hand::{FRAMES_A_SECOND, SHARP, SHOTS, Shot};
use texts::texts;
use trousseau_scan::{Film, FrameSource, Live, read_frame};

/// Frames that begin within 300 ms, the first included.
const IN_TIME: u32 = 5;

fn film(folder: &Path, shot: &Shot) -> Film<Cursor<Vec<u8>>> {
    let bytes = shot.film(folder).expect("the picture is there");
    Film::new(Cursor::new(bytes)).expect("a film")
}

/// Each shot with what its picture holds.
fn shots(lines: &str) -> Vec<(&'static Shot, manifest::Picture<'_>)> {
    let mut pictures = manifest::parse(lines).expect("every line has its JSON");
    let mut take = |shot: &Shot| {
        let found = pictures
            .iter()
            .position(|picture| picture.file == shot.file);
        let picture =
            pictures.swap_remove(found.unwrap_or_else(|| panic!("no line of {}", shot.file)));
        assert_ne!(picture.label, "undecoded", "{}", shot.file);
        picture
    };
    SHOTS.iter().map(|shot| (shot, take(shot))).collect()
}

#[test]
fn every_film_is_read_as_soon_as_it_is_sharp_and_nothing_false_before() {
    let Some(folder) = fixtures("qr/pictures") else {
        return;
    };
    let lines = fs::read_to_string(folder.join("MANIFEST.tsv")).expect("the manifest can be read");
    for (shot, picture) in shots(&lines) {
        let mut source: Box<dyn FrameSource> = Box::new(film(&folder, shot));
        let mut number = 0;
        let texts = loop {
            let frame = source.next_frame().expect("whole frames");
            let frame = frame.unwrap_or_else(|| panic!("{} is never read", shot.file));
            let codes = read_frame(&frame.as_luma(), number);
            if !codes.is_empty() {
                break texts(codes);
            }
            number += 1;
        };
        assert!(picture.is_read(&texts), "{}: {texts:?}", shot.file);
        assert_eq!(texts.len(), 1, "{}: {texts:?}", shot.file);
        assert!(
            number < SHARP + IN_TIME,
            "{} is read in frame {number}",
            shot.file
        );
    }
}

/// The clock goes on by as much as a slow machine takes for a frame: 200 ms, three times as long as a frame lasts.
#[test]
fn who_is_slow_reads_fewer_frames_but_none_that_is_old() {
    let Some(folder) = fixtures("qr/pictures") else {
        return;
    };
    let work = Duration::from_millis(200);
    for shot in &SHOTS[..4] {
        let now = Cell::new(Duration::ZERO);
        let live = Live::new(film(&folder, shot), |until| {
            now.set(now.get().max(until));
            now.get()
        });
        let mut source: Box<dyn FrameSource + '_> = Box::new(live);
        let mut turn = 0;
        while let Some(frame) = source.next_frame().expect("whole frames") {
            let codes = read_frame(&frame.as_luma(), turn);
            now.set(now.get() + work);
            turn += 1;
            if !codes.is_empty() {
                break;
            }
        }
        // Frames 0, 3, 6, … 21; a queue would give the first sharp one as the 21st, after 4.2 s.
        assert_eq!(turn, SHARP.div_ceil(3) + 1, "{}", shot.file);
        let sharp = Duration::from_secs(1) * SHARP / FRAMES_A_SECOND;
        let since = now.get() - sharp;
        assert!(
            since < Duration::from_millis(300),
            "{}: {since:?}",
            shot.file
        );
    }
}
