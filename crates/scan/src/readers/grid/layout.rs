//! The modules of a code that are the same in all codes of its version (ISO/IEC 18004 §6.3).

use rxing::qrcode::common::{Version, VersionRef};

/// A module whose colour is known.
#[derive(Clone, Copy)]
pub struct Known {
    pub x: f32,
    pub y: f32,
    /// 1 for dark, -1 for light.
    pub sign: f32,
}

pub struct Layout {
    pub version: VersionRef,
    pub dimension: u32,
    /// Finder patterns, their separators and the timing patterns.
    pub frame: Vec<Known>,
    /// Alignment patterns, the one at the right lower corner first.
    pub alignment: Vec<Known>,
}

impl Layout {
    pub fn new(number: u32) -> Option<Self> {
        let version = Version::getVersionForNumber(number).ok()?;
        let dimension = version.getDimensionForVersion();
        let mut frame = Vec::new();
        let last = dimension - 1;
        for y in 0..8u32 {
            for x in 0..8u32 {
                let ring = x.abs_diff(3).max(y.abs_diff(3));
                let dark = matches!(ring, 0 | 1 | 3);
                for (x, y) in [(x, y), (last - x, y), (x, last - y)] {
                    frame.push(known(x, y, dark));
                }
            }
        }
        for along in 8..dimension - 8 {
            frame.push(known(along, 6, along % 2 == 0));
            frame.push(known(6, along, along % 2 == 0));
        }
        let mut alignment = Vec::new();
        let centres = version.getAlignmentPatternCenters();
        for &y in centres.iter().rev() {
            for &x in centres.iter().rev() {
                let in_finder = (x < 8 && (y < 8 || y > last - 8)) || (y < 8 && x > last - 8);
                if in_finder {
                    continue;
                }
                for row in y - 2..=y + 2 {
                    for column in x - 2..=x + 2 {
                        let ring = column.abs_diff(x).max(row.abs_diff(y));
                        alignment.push(known(column, row, ring != 1));
                    }
                }
            }
        }
        Some(Self {
            version,
            dimension,
            frame,
            alignment,
        })
    }
}

fn known(x: u32, y: u32, dark: bool) -> Known {
    Known {
        x: x as f32 + 0.5,
        y: y as f32 + 0.5,
        sign: if dark { 1.0 } else { -1.0 },
    }
}
