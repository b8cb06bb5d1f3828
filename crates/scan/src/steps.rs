//! Which reader sees the picture at which size, in which order.

use std::cell::Cell;
use std::ops::RangeInclusive;

use crate::readers::grid::{Patience, Seen};
use crate::readers::{Found, grid, rqrr, rxing};
use crate::threshold::Around;
use crate::{Frame, Luma, QrCode, scale, threshold};

/// One look at a picture.
struct Step {
    /// The long side that the picture is shrunk to, in pixels.
    long: u32,
    /// What is done to it then.
    change: Change,
    reader: Reader,
}

enum Change {
    None,
    Doubled,
    Inverted,
}

enum Reader {
    Grid,
    GridNarrow,
    Rqrr,
    Rxing,
    RxingClosed,
    RxingClassic,
}

const fn step(long: u32, change: Change, reader: Reader) -> Step {
    Step {
        long,
        change,
        reader,
    }
}

/// Run on every picture, together: what one misses among several codes the other may read.
const FIRST: [Step; 2] = [
    step(1000, Change::None, Reader::Rqrr),
    step(1000, Change::None, Reader::Rxing),
];

/// Run one after the other until one reads a code: those that read most for their time come first.
const THEN: [Step; 8] = [
    step(500, Change::None, Reader::RxingClosed),
    step(1000, Change::None, Reader::RxingClassic),
    step(1600, Change::None, Reader::Rxing),
    step(1000, Change::Inverted, Reader::Rxing),
    step(1600, Change::None, Reader::Grid),
    step(1000, Change::None, Reader::GridNarrow),
    step(400, Change::Doubled, Reader::Rxing),
    step(500, Change::Doubled, Reader::Grid),
];

/// Of [`THEN`], those that a frame has the time for: all but the last.
const IN_TURNS: usize = THEN.len() - 1;

/// A code has at least 21 modules a side, a module at least a pixel.
const SMALLEST: u32 = 21;

/// How a code that no step reads is looked for.
struct Look {
    /// The long sides of the pictures that are looked at so, in pixels.
    of: RangeInclusive<u32>,
    /// The long side that the picture is shrunk to.
    long: u32,
    /// What is done to it then.
    change: Change,
    /// What its pixels are compared with.
    around: Around,
}

/// Large pictures are looked at almost as they are: of a code that is small in them, nothing is left once they are shrunk.
const LOOKS: [Look; 6] = [
    look(0..=u32::MAX, 800, Change::None, threshold::WIDEST),
    look(0..=u32::MAX, 1600, Change::None, threshold::WIDE),
    look(0..=u32::MAX, 1600, Change::None, threshold::NARROW),
    look(0..=800, 800, Change::Doubled, threshold::NARROW),
    look(401..=1600, 1600, Change::Doubled, threshold::NARROWEST),
    look(1601..=u32::MAX, 4000, Change::None, threshold::NARROW),
];

const fn look(of: RangeInclusive<u32>, long: u32, change: Change, around: Around) -> Look {
    Look {
        of,
        long,
        change,
        around,
    }
}

/// A code is seen, but no step reads it.
pub struct Unreadable;

/// Every step until a code is read, then what stands beside it.
pub fn read_thoroughly(luma: Luma) -> Result<Vec<QrCode>, Unreadable> {
    let mut sizes = Sizes::new(luma, Patience::for_picture());
    let mut found: Vec<Found> = FIRST.iter().flat_map(|step| sizes.look(step)).collect();
    for step in &THEN {
        if !found.is_empty() {
            break;
        }
        found = sizes.look(step);
    }
    if !found.is_empty() {
        sizes.shrink(1600);
        let whole = sizes.at(1600);
        let beside = grid::read_beside(whole, threshold::WIDE, &sizes.patience, &found);
        found.extend(beside);
    } else if sizes.unread.get() || LOOKS.iter().any(|look| sizes.show_code(look)) {
        return Err(Unreadable);
    }
    Ok(in_reading_order(found))
}

/// The first steps and, if they read nothing, the one of the others whose turn it is.
pub fn read_quickly(luma: Luma, turn: u32) -> Vec<QrCode> {
    let mut sizes = Sizes::new(luma, Patience::for_frame());
    let mut found: Vec<Found> = FIRST.iter().flat_map(|step| sizes.look(step)).collect();
    if found.is_empty() {
        found = sizes.look(&THEN[turn as usize % IN_TURNS]);
    }
    in_reading_order(found)
}

/// How many steps there are: the first ones, which are run together, then the others in their order.
pub const COUNT: usize = FIRST.len() + THEN.len();
/// How many of them are run together.
pub const TOGETHER: usize = FIRST.len();

/// The step of this number.
fn by_number(number: usize) -> &'static Step {
    FIRST
        .get(number)
        .unwrap_or_else(|| &THEN[number - TOGETHER])
}

/// A picture under one step after the other, each with all the patience that a picture has.
pub struct Alone<'a>(Sizes<'a>);

impl<'a> Alone<'a> {
    /// Not yet shrunk.
    pub fn new(luma: Luma<'a>) -> Self {
        Self(Sizes::new(luma, Patience::for_picture()))
    }

    /// Shrinks the picture to what the step sees; once for all steps of the same size.
    pub fn shrink(&mut self, number: usize) {
        self.0.shrink(by_number(number).long);
    }

    /// What the step reads.
    pub fn read(&mut self, number: usize) -> Vec<QrCode> {
        self.0.patience = Patience::for_picture();
        in_reading_order(self.0.look(by_number(number)))
    }
}

/// How the step of this number is called in the README.
pub fn name(number: usize) -> String {
    let step = by_number(number);
    let reader = match step.reader {
        Reader::Grid => "grid",
        Reader::GridNarrow => "grid, narrow surroundings,",
        Reader::Rqrr => "rqrr",
        Reader::Rxing => "rxing",
        Reader::RxingClosed => "rxing, gaps closed,",
        Reader::RxingClassic => "rxing classic",
    };
    let change = match step.change {
        Change::None => "",
        Change::Doubled => ", doubled",
        Change::Inverted => ", inverted",
    };
    format!("{reader} at {}{change}", step.long)
}

/// The long side that the step of this number shrinks a picture to.
pub fn long(number: usize) -> u32 {
    by_number(number).long
}

/// A picture and what it was shrunk to so far.
struct Sizes<'a> {
    whole: Luma<'a>,
    patience: Patience,
    shrunk: Vec<(u32, Frame)>,
    /// Whether a code was seen that could not be read.
    unread: Cell<bool>,
}

impl<'a> Sizes<'a> {
    fn new(whole: Luma<'a>, patience: Patience) -> Self {
        Self {
            whole,
            patience,
            shrunk: Vec::new(),
            unread: Cell::new(false),
        }
    }

    fn look(&mut self, step: &Step) -> Vec<Found> {
        self.shrink(step.long);
        let luma = self.at(step.long);
        let patience = &self.patience;
        if luma.width().min(luma.height()) < SMALLEST {
            return Vec::new();
        }
        let changed = changed(luma, &step.change);
        let luma = changed.as_ref().map_or(luma, Frame::as_luma);
        match step.reader {
            Reader::Grid => self.found(grid::read(luma, threshold::WIDE, patience)),
            Reader::GridNarrow => self.found(grid::read(luma, threshold::NARROW, patience)),
            Reader::Rqrr => rqrr::read(threshold::local_mean(luma, threshold::WIDE)),
            Reader::Rxing => rxing::read(luma, false),
            Reader::RxingClosed => rxing::read(luma, true),
            Reader::RxingClassic => rxing::read_classic(luma),
        }
    }

    /// The codes that were read; notes whether one was seen that was not.
    fn found(&self, seen: Seen) -> Vec<Found> {
        self.unread.set(self.unread.get() || seen.unread);
        seen.found
    }

    /// Whether a code is seen by this look.
    fn show_code(&mut self, look: &Look) -> bool {
        let long = self.whole.width().max(self.whole.height());
        if !look.of.contains(&long) {
            return false;
        }
        self.shrink(look.long);
        let luma = self.at(look.long);
        let changed = changed(luma, &look.change);
        let luma = changed.as_ref().map_or(luma, Frame::as_luma);
        grid::shows_code(luma, look.around)
    }

    fn shrink(&mut self, long: u32) {
        if self.shrunk.iter().all(|(size, _)| *size != long)
            && let Some(frame) = scale::shrink(self.whole, long)
        {
            self.shrunk.push((long, frame));
        }
    }

    /// As it was shrunk, or whole if it is that short already.
    fn at(&self, long: u32) -> Luma<'_> {
        let of_this_size = self.shrunk.iter().find(|(size, _)| *size == long);
        of_this_size.map_or(self.whole, |(_, frame)| frame.as_luma())
    }
}

/// None if nothing is to be changed.
fn changed(luma: Luma, change: &Change) -> Option<Frame> {
    match change {
        Change::None => None,
        Change::Doubled => scale::double(luma),
        Change::Inverted => Some(scale::invert(luma)),
    }
}

/// Each code once; line by line, and from left to right in a line.
fn in_reading_order(mut found: Vec<Found>) -> Vec<QrCode> {
    found.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut codes: Vec<QrCode> = Vec::new();
    while let Some(first) = found.first() {
        let end = first.y + first.height / 2.0;
        let mut line: Vec<Found> = found.extract_if(.., |code| code.y <= end).collect();
        line.sort_by(|one, other| one.x.total_cmp(&other.x));
        for code in line {
            if !codes.contains(&code.code) {
                codes.push(code.code);
            }
        }
    }
    codes
}
