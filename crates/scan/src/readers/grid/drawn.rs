//! Codes drawn where a pose puts them, for the tests of these modules.

use fast_qr::{ECL, Mask, QRBuilder, QRCode, Version};

use super::canvas::{Canvas, Patience};
use super::finders::Finder;
use super::point::Point;
use super::pose::Pose;
use crate::{Frame, Luma, threshold};

/// It fits the smallest version at every level.
pub const TEXT: &str = "otp:abc";
/// A side of the pictures that are drawn: a module of the codes has at most 6 pixels there, as the threshold needs it.
pub const SIDE: u32 = 400;

/// One of each kind: without and with alignment patterns, with version information, with many of both.
pub const VERSIONS: [(u32, Version); 6] = [
    (1, Version::V01),
    (2, Version::V02),
    (7, Version::V07),
    (14, Version::V14),
    (25, Version::V25),
    (40, Version::V40),
];

pub fn code(version: Version, level: ECL, mask: Mask) -> QRCode {
    let mut builder = QRBuilder::new(TEXT);
    let code = builder.version(version).ecl(level).mask(mask).build();
    code.expect("the text fits every version")
}

pub fn plain_code(version: Version) -> QRCode {
    code(version, ECL::M, Mask::Checkerboard)
}

pub const fn point(x: f32, y: f32) -> Point {
    Point { x, y }
}

/// The centres of the finder patterns, and of where a fourth would be, of a square around the middle of the picture.
pub fn square(side: f32, turned: f32) -> [Point; 4] {
    let (sine, cosine) = turned.sin_cos();
    let half = side / 2.0;
    [(-half, -half), (half, -half), (half, half), (-half, half)].map(|(x, y)| {
        let middle = SIDE as f32 / 2.0;
        point(
            middle + cosine * x - sine * y,
            middle + sine * x + cosine * y,
        )
    })
}

/// Seen askew, the lower side nearer: for version 7.
pub fn askew() -> [Point; 4] {
    [
        point(110.0, 100.0),
        point(270.0, 110.0),
        point(300.0, 300.0),
        point(90.0, 280.0),
    ]
}

/// The code on white paper, black on white, with its finder patterns' centres there.
pub fn draw(code: &QRCode, corners: [Point; 4]) -> Frame {
    let dimension = code.size as u32;
    let pose = Pose::new(corners, dimension).expect("four corners of a square");
    let legs = corners[0].distance(corners[1]) + corners[0].distance(corners[3]);
    // Finer than the pixels everywhere.
    let fine = (legs / 2.0 / (dimension as f32 - 7.0)).ceil() as u32 * 4;
    let mut pixels = vec![230; (SIDE * SIDE) as usize];
    for y in 0..dimension * fine {
        for x in 0..dimension * fine {
            let module = |at: u32| (at as f32 + 0.5) / fine as f32;
            let place = pose.at(module(x), module(y));
            let inside = |at: f32| (0.0..SIDE as f32).contains(&at);
            if code[(y / fine) as usize][(x / fine) as usize].value()
                && inside(place.x)
                && inside(place.y)
            {
                pixels[place.y as usize * SIDE as usize + place.x as usize] = 25;
            }
        }
    }
    Frame::from_parts(SIDE, SIDE, pixels)
}

pub fn canvas<'a>(luma: Luma, patience: &'a Patience) -> Canvas<'a> {
    Canvas::new(threshold::local_mean(luma, threshold::WIDE), patience)
}

/// A finder pattern as it would be found there.
pub fn finder(centre: Point, module: f32) -> Finder {
    Finder {
        centre,
        module,
        hits: 3,
        rays: 16,
    }
}
