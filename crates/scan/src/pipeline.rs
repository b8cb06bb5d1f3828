//! Which reader gets the picture, at which size, and in which order.

use std::cell::Cell;
use std::ops::RangeInclusive;

use crate::readers::robust::{ReadOutcome, WorkBudget};
use crate::readers::{DecodedCode, robust, rqrr, rxing};
use crate::threshold::ThresholdParams;
use crate::{Frame, Luma, QrCode, scale, threshold};

/// One attempt of one reader at the scaled picture.
pub struct Pass {
    /// The picture's long side is shrunk to this many pixels.
    pub long_side: u32,
    /// Applied after shrinking.
    pub transform: Transform,
    pub reader: Reader,
}

pub enum Transform {
    None,
    Doubled,
    Inverted,
}

pub enum Reader {
    Robust,
    /// With a small threshold window.
    RobustNarrow,
    Rqrr,
    Rxing,
    /// After a morphological closing.
    RxingClosed,
    RxingClassic,
}

const fn pass(long_side: u32, transform: Transform, reader: Reader) -> Pass {
    Pass {
        long_side,
        transform,
        reader,
    }
}

/// Run on every picture, both of them: among several codes, each may read some that the other misses.
pub const ALWAYS: [Pass; 2] = [
    pass(1000, Transform::None, Reader::Rqrr),
    pass(1000, Transform::None, Reader::Rxing),
];

/// Run one after the other until one reads a code. Those that read the most codes for their time come first.
pub const FALLBACKS: [Pass; 8] = [
    pass(500, Transform::None, Reader::RxingClosed),
    pass(1000, Transform::None, Reader::RxingClassic),
    pass(1600, Transform::None, Reader::Rxing),
    pass(1000, Transform::Inverted, Reader::Rxing),
    pass(1600, Transform::None, Reader::Robust),
    pass(1000, Transform::None, Reader::RobustNarrow),
    pass(400, Transform::Doubled, Reader::Rxing),
    pass(500, Transform::Doubled, Reader::Robust),
];

/// The number of [`FALLBACKS`] that are fast enough for a camera frame: all but the last.
const FRAME_FALLBACKS: usize = FALLBACKS.len() - 1;

/// The smallest code has 21 x 21 modules, each at least one pixel.
const MIN_SIDE: u32 = 21;

/// One attempt to detect a code that no pass could read.
struct DetectionPass {
    /// Only pictures with a long side in this range, in pixels.
    source_long_sides: RangeInclusive<u32>,
    /// The picture's long side is shrunk to this many pixels.
    long_side: u32,
    /// Applied after shrinking.
    transform: Transform,
    params: ThresholdParams,
}

/// Large pictures are hardly shrunk: a code that is small in them would vanish.
const DETECTION_PASSES: [DetectionPass; 6] = [
    detection_pass(0..=u32::MAX, 800, Transform::None, threshold::WIDEST_WINDOW),
    detection_pass(0..=u32::MAX, 1600, Transform::None, threshold::WIDE_WINDOW),
    detection_pass(
        0..=u32::MAX,
        1600,
        Transform::None,
        threshold::NARROW_WINDOW,
    ),
    detection_pass(0..=800, 800, Transform::Doubled, threshold::NARROW_WINDOW),
    detection_pass(
        401..=1600,
        1600,
        Transform::Doubled,
        threshold::NARROWEST_WINDOW,
    ),
    detection_pass(
        1601..=u32::MAX,
        4000,
        Transform::None,
        threshold::NARROW_WINDOW,
    ),
];

const fn detection_pass(
    source_long_sides: RangeInclusive<u32>,
    long_side: u32,
    transform: Transform,
    params: ThresholdParams,
) -> DetectionPass {
    DetectionPass {
        source_long_sides,
        long_side,
        transform,
        params,
    }
}

/// The picture shows a code, but no pass could read it.
pub struct Unreadable;

/// Runs all passes until one reads a code, then searches for further codes beside it.
pub fn scan_picture(luma: Luma) -> Result<Vec<QrCode>, Unreadable> {
    let mut scanner = Scanner::new(luma, WorkBudget::for_picture());
    let mut codes = scanner.run_always();
    for pass in &FALLBACKS {
        if !codes.is_empty() {
            break;
        }
        codes = scanner.run(pass);
    }
    if !codes.is_empty() {
        scanner.prepare(1600);
        let scaled = scanner.scaled(1600);
        let remaining =
            robust::read_remaining(scaled, threshold::WIDE_WINDOW, &scanner.budget, &codes);
        codes.extend(remaining);
    } else if scanner.saw_unreadable.get()
        || DETECTION_PASSES
            .iter()
            .any(|pass| scanner.detects_code(pass))
    {
        return Err(Unreadable);
    }
    Ok(in_reading_order(codes))
}

/// Runs the passes of [`ALWAYS`] and, if they read nothing, one of the [`FALLBACKS`]: another one for each frame.
pub fn scan_frame(luma: Luma, frame_index: u32) -> Vec<QrCode> {
    let mut scanner = Scanner::new(luma, WorkBudget::for_frame());
    let mut codes = scanner.run_always();
    if codes.is_empty() {
        codes = scanner.run(&FALLBACKS[frame_index as usize % FRAME_FALLBACKS]);
    }
    in_reading_order(codes)
}

/// A picture with the scaled copies that the passes have used so far, and its work budget.
pub struct Scanner<'a> {
    original: Luma<'a>,
    pub budget: WorkBudget,
    scaled: Vec<(u32, Frame)>,
    /// Whether a pass found a code that it could not decode.
    saw_unreadable: Cell<bool>,
}

impl<'a> Scanner<'a> {
    pub fn new(original: Luma<'a>, budget: WorkBudget) -> Self {
        Self {
            original,
            budget,
            scaled: Vec::new(),
            saw_unreadable: Cell::new(false),
        }
    }

    fn run_always(&mut self) -> Vec<DecodedCode> {
        ALWAYS.iter().flat_map(|pass| self.run(pass)).collect()
    }

    pub fn run(&mut self, pass: &Pass) -> Vec<DecodedCode> {
        self.prepare(pass.long_side);
        let luma = self.scaled(pass.long_side);
        let budget = &self.budget;
        if luma.width().min(luma.height()) < MIN_SIDE {
            return Vec::new();
        }
        let transformed = transformed(luma, &pass.transform);
        let luma = transformed.as_ref().map_or(luma, Frame::as_luma);
        match pass.reader {
            Reader::Robust => self.record(robust::read(luma, threshold::WIDE_WINDOW, budget)),
            Reader::RobustNarrow => {
                self.record(robust::read(luma, threshold::NARROW_WINDOW, budget))
            }
            Reader::Rqrr => rqrr::read(threshold::adaptive_threshold(luma, threshold::WIDE_WINDOW)),
            Reader::Rxing => rxing::read(luma, false),
            Reader::RxingClosed => rxing::read(luma, true),
            Reader::RxingClassic => rxing::read_classic(luma),
        }
    }

    fn record(&self, outcome: ReadOutcome) -> Vec<DecodedCode> {
        self.saw_unreadable
            .set(self.saw_unreadable.get() || outcome.saw_unreadable);
        outcome.codes
    }

    fn detects_code(&mut self, pass: &DetectionPass) -> bool {
        let source_long_side = self.original.width().max(self.original.height());
        if !pass.source_long_sides.contains(&source_long_side) {
            return false;
        }
        self.prepare(pass.long_side);
        let luma = self.scaled(pass.long_side);
        let transformed = transformed(luma, &pass.transform);
        let luma = transformed.as_ref().map_or(luma, Frame::as_luma);
        robust::detects_code(luma, pass.params)
    }

    /// Makes the scaled copy for [`Self::scaled`], unless it is there already.
    pub fn prepare(&mut self, long_side: u32) {
        if self.scaled.iter().all(|(size, _)| *size != long_side)
            && let Some(frame) = scale::shrink(self.original, long_side)
        {
            self.scaled.push((long_side, frame));
        }
    }

    /// The prepared copy, or the original if it is no larger.
    fn scaled(&self, long_side: u32) -> Luma<'_> {
        let prepared = self.scaled.iter().find(|(size, _)| *size == long_side);
        prepared.map_or(self.original, |(_, frame)| frame.as_luma())
    }
}

/// `None` if the transform changes nothing.
fn transformed(luma: Luma, transform: &Transform) -> Option<Frame> {
    match transform {
        Transform::None => None,
        Transform::Doubled => scale::double(luma),
        Transform::Inverted => Some(scale::invert(luma)),
    }
}

/// Each code once, line by line, and from left to right in a line.
pub fn in_reading_order(mut codes: Vec<DecodedCode>) -> Vec<QrCode> {
    codes.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut ordered: Vec<QrCode> = Vec::new();
    while let Some(first) = codes.first() {
        let end = first.y + first.height / 2.0;
        let mut line: Vec<DecodedCode> = codes.extract_if(.., |code| code.y <= end).collect();
        line.sort_by(|one, other| one.x.total_cmp(&other.x));
        for code in line {
            if !ordered.contains(&code.content) {
                ordered.push(code.content);
            }
        }
    }
    ordered
}
