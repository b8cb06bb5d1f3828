//! Renders codes under a homography, for the tests of these modules.

use fast_qr::{ECL, Mask, QRBuilder, QRCode, Version};

use super::finder_patterns::FinderPattern;
use super::homography::Homography;
use super::metered_image::{MeteredImage, WorkBudget};
use super::point::Point;
use crate::{Frame, Luma, threshold};

/// Short enough for the smallest version at every level.
pub const TEXT: &str = "otp:abc";
/// Pixels per side of a rendered image. Modules must have at most 6 pixels, for the window of the threshold.
pub const SIDE: u32 = 400;

/// One of each kind: without and with alignment patterns, with version information, and with many alignment patterns.
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

pub fn default_code(version: Version) -> QRCode {
    code(version, ECL::M, Mask::Checkerboard)
}

pub const fn point(x: f32, y: f32) -> Point {
    Point { x, y }
}

/// The corners, as in [`Homography::new`], of a square code in the middle of the image.
pub fn square_corners(side: f32, angle: f32) -> [Point; 4] {
    let (sine, cosine) = angle.sin_cos();
    let half = side / 2.0;
    [(-half, -half), (half, -half), (half, half), (-half, half)].map(|(x, y)| {
        let middle = SIDE as f32 / 2.0;
        point(
            middle + cosine * x - sine * y,
            middle + sine * x + cosine * y,
        )
    })
}

/// The corners of a code of version 7 in perspective, with the lower side nearer.
pub fn perspective_corners() -> [Point; 4] {
    [
        point(110.0, 100.0),
        point(270.0, 110.0),
        point(300.0, 300.0),
        point(90.0, 280.0),
    ]
}

/// Renders the code on white paper, with the centres of its finder patterns at `corners`.
pub fn render(code: &QRCode, corners: [Point; 4]) -> Frame {
    let dimension = code.size as u32;
    let homography = Homography::new(corners, dimension).expect("four corners of a square");
    let sides = corners[0].distance(corners[1]) + corners[0].distance(corners[3]);
    // Samples per module: enough to hit every pixel.
    let samples = (sides / 2.0 / (dimension as f32 - 7.0)).ceil() as u32 * 4;
    let mut pixels = vec![230; (SIDE * SIDE) as usize];
    for y in 0..dimension * samples {
        for x in 0..dimension * samples {
            let module = |sample: u32| (sample as f32 + 0.5) / samples as f32;
            let pixel = homography.project(module(x), module(y));
            let inside = |at: f32| (0.0..SIDE as f32).contains(&at);
            if code[(y / samples) as usize][(x / samples) as usize].value()
                && inside(pixel.x)
                && inside(pixel.y)
            {
                pixels[pixel.y as usize * SIDE as usize + pixel.x as usize] = 25;
            }
        }
    }
    Frame::from_parts(SIDE, SIDE, pixels)
}

pub fn metered<'a>(luma: Luma, budget: &'a WorkBudget) -> MeteredImage<'a> {
    MeteredImage::new(
        threshold::adaptive_threshold(luma, threshold::WIDE_WINDOW),
        budget,
    )
}

/// A finder pattern as the detection would return it.
pub fn finder_pattern(centre: Point, module_size: f32) -> FinderPattern {
    FinderPattern {
        centre,
        module_size,
        rows: 3,
        ring_rays: 16,
    }
}
