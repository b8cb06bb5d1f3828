//! Runs the passes one by one, to measure what each of them contributes: for `examples/steps.rs`, not for apps.

use crate::pipeline::{ALWAYS, FALLBACKS, Pass, Reader, Scanner, Transform, in_reading_order};
use crate::readers::robust::WorkBudget;
use crate::{PictureError, QrCode, picture};

/// The number of passes: first those that always run, then the fallbacks in their order.
pub const PASS_COUNT: usize = ALWAYS.len() + FALLBACKS.len();
/// How many of them always run.
pub const ALWAYS_COUNT: usize = ALWAYS.len();

fn pass(index: usize) -> &'static Pass {
    ALWAYS
        .get(index)
        .unwrap_or_else(|| &FALLBACKS[index - ALWAYS_COUNT])
}

/// The name of a pass in the table of the README, which calls the robust reader "grid".
pub fn pass_name(index: usize) -> String {
    let pass = pass(index);
    let reader = match pass.reader {
        Reader::Robust => "grid",
        Reader::RobustNarrow => "grid, narrow surroundings,",
        Reader::Rqrr => "rqrr",
        Reader::Rxing => "rxing",
        Reader::RxingClosed => "rxing, gaps closed,",
        Reader::RxingClassic => "rxing classic",
    };
    let transform = match pass.transform {
        Transform::None => "",
        Transform::Doubled => ", doubled",
        Transform::Inverted => ", inverted",
    };
    format!("{reader} at {}{transform}", pass.long_side)
}

/// The long side that a pass shrinks a picture to, in pixels.
pub fn pass_long_side(index: usize) -> u32 {
    pass(index).long_side
}

/// Runs single passes on one picture, each with the full work budget of a picture.
pub struct PassRunner<'a>(Scanner<'a>);

impl PassRunner<'_> {
    /// Shrinks the picture to the size that the pass needs, once for all passes of the same size.
    pub fn shrink(&mut self, index: usize) {
        self.0.prepare(pass_long_side(index));
    }

    /// The codes that the pass reads.
    pub fn read(&mut self, index: usize) -> Vec<QrCode> {
        self.0.budget = WorkBudget::for_picture();
        in_reading_order(self.0.run(pass(index)))
    }
}

/// Decodes a picture file as [`crate::read_picture`] does and hands it to `measure`.
///
/// # Errors
///
/// [`PictureError`], as in [`crate::read_picture`].
pub fn with_picture<T>(
    bytes: &[u8],
    measure: impl FnOnce(&mut PassRunner<'_>) -> T,
) -> Result<T, PictureError> {
    let frame = picture::decode(bytes)?;
    let scanner = Scanner::new(frame.as_luma(), WorkBudget::for_picture());
    Ok(measure(&mut PassRunner(scanner)))
}
