//! From the first sharp frame of a hand-held camera to what was read: films of real pictures, at the speed of a camera.

use std::io::Cursor;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use trousseau_scan::{FrameSource, RealTimeSource, Y4mReader, read_frame};

use crate::numbers::{median, quantile};
use crate::report::{Beside, Line, Section, Series};
use crate::scan::cpu;

#[path = "../../crates/scan/tests/support/hand_held_camera.rs"]
mod hand_held_camera;

use hand_held_camera::{FIRST_SHARP_FRAME, FRAMES_PER_SECOND, SHOTS, Shot};

const LIMIT_MS: f64 = 300.0;
/// CPU of a frame, p95.
const FRAME_LIMIT_MS: f64 = 40.0;

/// Every film, once; in a quick run, a few.
pub fn measure(folder: &Path, quick: bool) -> Section {
    let shots = if quick { &SHOTS[..4] } else { &SHOTS[..] };
    let mut frames = Vec::new();
    let watch = |shot| watch(folder, shot, &mut frames);
    let times: Vec<f64> = shots.iter().map(watch).collect();
    let line = |what: &str, value| Line {
        what: what.to_owned(),
        value,
        beside: Beside::Limit(LIMIT_MS),
    };
    Section {
        title: "First sharp frame to code found",
        how: format!(
            "{} films of real pictures before a hand-held camera, 640x480, {FRAMES_PER_SECOND} frames a second: moved, \
             turned and out of focus for {FIRST_SHARP_FRAME} frames, then sharp. They play at their speed, and what is not taken in \
             its time is lost. From the moment of the first sharp frame until its text is there, the wait for what was \
             being read then included.",
            shots.len()
        ),
        unit: "ms",
        lines: vec![
            line("first sharp frame to found, median", median(&times)),
            line("first sharp frame to found, longest", quantile(&times, 1.0)),
            Line {
                what: "CPU of a frame until then, p95".into(),
                value: quantile(&frames, 0.95),
                beside: Beside::Limit(FRAME_LIMIT_MS),
            },
        ],
        series: vec![Series {
            name: "Trousseau".into(),
            values: times,
        }],
        limit: Some(LIMIT_MS),
    }
}

/// Milliseconds from the moment of the first sharp frame to the text; the CPU of each frame until then goes to `frames`. A
/// film that is never read is given the time that it lasts after the first sharp frame.
fn watch(folder: &Path, shot: &Shot, frames: &mut Vec<f64>) -> f64 {
    let bytes = shot.film(folder).expect("the picture is there");
    let reader = Y4mReader::new(Cursor::new(bytes)).expect("a film");
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    let start = Instant::now();
    let mut source = RealTimeSource::new(reader, |until: Duration| {
        sleep(until.saturating_sub(start.elapsed()));
        start.elapsed()
    });
    let mut frame_index = 0;
    while let Some(frame) = source.next_frame().expect("whole frames") {
        let (codes, time) = cpu::timed(|| read_frame(&frame.as_luma(), frame_index));
        frames.push(milliseconds(time));
        frame_index += 1;
        if !codes.is_empty() {
            break;
        }
    }
    let sharp = Duration::from_secs(1) * FIRST_SHARP_FRAME / FRAMES_PER_SECOND;
    milliseconds(start.elapsed().saturating_sub(sharp))
}
