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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::grid::drawn;

    #[test]
    fn known_modules_are_those_of_real_codes() {
        for (number, version) in drawn::VERSIONS {
            let layout = Layout::new(number).expect("there is such a version");
            let code = drawn::plain_code(version);
            assert_eq!(layout.dimension as usize, code.size);
            for known in layout.frame.iter().chain(&layout.alignment) {
                let dark = code[known.y as usize][known.x as usize].value();
                let sign = if dark { 1.0 } else { -1.0 };
                assert_eq!(
                    known.sign, sign,
                    "version {number}: {}, {}",
                    known.x, known.y
                );
            }
        }
    }

    #[test]
    fn as_many_as_the_standard_has() {
        for number in 1..=40u32 {
            let layout = Layout::new(number).expect("there is such a version");
            assert_eq!(layout.dimension, 17 + 4 * number);
            // Three finder patterns with separators, and two timing patterns.
            assert_eq!(
                layout.frame.len() as u32,
                3 * 64 + 2 * (layout.dimension - 16)
            );
            let across = if number == 1 { 0 } else { number / 7 + 2 };
            let patterns = (across * across).saturating_sub(3);
            assert_eq!(
                layout.alignment.len() as u32,
                25 * patterns,
                "version {number}"
            );
            let size = layout.dimension as f32;
            for known in layout.frame.iter().chain(&layout.alignment) {
                assert!(known.x > 0.0 && known.x < size && known.y > 0.0 && known.y < size);
            }
        }
    }

    #[test]
    fn the_first_alignment_pattern_is_that_of_the_last_corner() {
        for number in 2..=40 {
            let layout = Layout::new(number).expect("there is such a version");
            let centre = layout.dimension as f32 - 6.5;
            for known in &layout.alignment[..25] {
                assert!((known.x - centre).abs() <= 2.0 && (known.y - centre).abs() <= 2.0);
            }
        }
    }

    #[test]
    fn there_are_forty_versions() {
        for number in [0, 41, u32::MAX] {
            assert!(Layout::new(number).is_none(), "{number}");
        }
    }
}
