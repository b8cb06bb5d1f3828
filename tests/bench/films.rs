//! Time from the first sharp frame of a hand-held camera to the decoded QR code: films of real pictures, played at camera speed.

use std::io::Cursor;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use trousseau_scan::{FrameSource, RealTimeSource, Y4mReader, read_frame};

use crate::report::{Comparison, Line, Section, Series};
use crate::scan::cpu;
use crate::statistics::{median, quantile};

#[path = "../../crates/scan/tests/support/hand_held_camera.rs"]
mod hand_held_camera;

use hand_held_camera::{FIRST_SHARP_FRAME, FRAMES_PER_SECOND, SHOTS, Shot};

const LIMIT_MS: f64 = 300.0;
/// CPU time per frame, 95th percentile.
const FRAME_LIMIT_MS: f64 = 40.0;

/// Plays every film once; in a quick run, only four.
pub fn measure(folder: &Path, quick: bool) -> Section {
    let shots = if quick { &SHOTS[..4] } else { &SHOTS[..] };
    let mut frames = Vec::new();
    let watch = |shot| watch(folder, shot, &mut frames);
    let times: Vec<f64> = shots.iter().map(watch).collect();
    let line = |what: &str, value| Line {
        what: what.to_owned(),
        value,
        comparison: Comparison::Limit(LIMIT_MS),
    };
    Section {
        title: "First sharp frame to code found",
        how: format!(
            "{} films of real pictures in front of a hand-held camera, 640x480, {FRAMES_PER_SECOND} frames per second: moved, \
             rotated and out of focus for {FIRST_SHARP_FRAME} frames, then sharp. The films play in real time, and frames that are not read in \
             time are dropped. Measured from the first sharp frame until its text is decoded, including the wait for the \
             frame that is being read at that moment.",
            shots.len()
        ),
        unit: "ms",
        lines: vec![
            line("first sharp frame to found, median", median(&times)),
            line("first sharp frame to found, longest", quantile(&times, 1.0)),
            Line {
                what: "CPU time per frame until then, p95".into(),
                value: quantile(&frames, 0.95),
                comparison: Comparison::Limit(FRAME_LIMIT_MS),
            },
        ],
        series: vec![Series {
            name: "Trousseau".into(),
            values: times,
        }],
        limit: Some(LIMIT_MS),
    }
}

/// Milliseconds from the first sharp frame to the text. Appends the CPU time of each frame to `frames`. If a film is never
/// decoded, the result is its remaining time after the first sharp frame.
fn watch(folder: &Path, shot: &Shot, frames: &mut Vec<f64>) -> f64 {
    let bytes = shot.film(folder).expect("the picture exists");
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
