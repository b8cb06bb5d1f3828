//! Function patterns: the modules that are the same in all codes of a version (ISO/IEC 18004 §6.3).

use rxing::qrcode::common::{Version, VersionRef};

/// A module of a function pattern. `x` and `y` are its centre, in modules.
#[derive(Clone, Copy)]
pub struct FixedModule {
    pub x: f32,
    pub y: f32,
    /// 1 for dark, -1 for light.
    pub sign: f32,
}

/// The function patterns of one version.
pub struct FunctionPatterns {
    pub version: VersionRef,
    /// Modules per side.
    pub dimension: u32,
    /// Finder patterns with their separators, and timing patterns.
    pub finder_and_timing: Vec<FixedModule>,
    /// Alignment patterns, 25 modules each, the lower right one first.
    pub alignment: Vec<FixedModule>,
}

impl FunctionPatterns {
    /// `None` unless `number` is 1 to 40.
    pub fn new(number: u32) -> Option<Self> {
        let version = Version::getVersionForNumber(number).ok()?;
        let dimension = version.getDimensionForVersion();
        let mut finder_and_timing = Vec::new();
        let last = dimension - 1;
        for y in 0..8u32 {
            for x in 0..8u32 {
                let ring = x.abs_diff(3).max(y.abs_diff(3));
                let dark = matches!(ring, 0 | 1 | 3);
                for (x, y) in [(x, y), (last - x, y), (x, last - y)] {
                    finder_and_timing.push(fixed_module(x, y, dark));
                }
            }
        }
        for along in 8..dimension - 8 {
            finder_and_timing.push(fixed_module(along, 6, along % 2 == 0));
            finder_and_timing.push(fixed_module(6, along, along % 2 == 0));
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
                        alignment.push(fixed_module(column, row, ring != 1));
                    }
                }
            }
        }
        Some(Self {
            version,
            dimension,
            finder_and_timing,
            alignment,
        })
    }
}

fn fixed_module(x: u32, y: u32, dark: bool) -> FixedModule {
    FixedModule {
        x: x as f32 + 0.5,
        y: y as f32 + 0.5,
        sign: if dark { 1.0 } else { -1.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::robust::test_codes;

    #[test]
    fn fixed_modules_agree_with_generated_codes() {
        for (number, version) in test_codes::VERSIONS {
            let patterns = FunctionPatterns::new(number).expect("there is such a version");
            let code = test_codes::default_code(version);
            assert_eq!(patterns.dimension as usize, code.size);
            for module in patterns.finder_and_timing.iter().chain(&patterns.alignment) {
                let dark = code[module.y as usize][module.x as usize].value();
                let sign = if dark { 1.0 } else { -1.0 };
                assert_eq!(
                    module.sign, sign,
                    "version {number}: {}, {}",
                    module.x, module.y
                );
            }
        }
    }

    #[test]
    fn the_number_of_fixed_modules_is_that_of_the_standard() {
        for number in 1..=40u32 {
            let patterns = FunctionPatterns::new(number).expect("there is such a version");
            assert_eq!(patterns.dimension, 17 + 4 * number);
            // Three finder patterns with separators, and two timing patterns.
            assert_eq!(
                patterns.finder_and_timing.len() as u32,
                3 * 64 + 2 * (patterns.dimension - 16)
            );
            let across = if number == 1 { 0 } else { number / 7 + 2 };
            let count = (across * across).saturating_sub(3);
            assert_eq!(
                patterns.alignment.len() as u32,
                25 * count,
                "version {number}"
            );
            let size = patterns.dimension as f32;
            for module in patterns.finder_and_timing.iter().chain(&patterns.alignment) {
                assert!(module.x > 0.0 && module.x < size && module.y > 0.0 && module.y < size);
            }
        }
    }

    #[test]
    fn the_first_alignment_pattern_is_the_one_at_the_lower_right_corner() {
        for number in 2..=40 {
            let patterns = FunctionPatterns::new(number).expect("there is such a version");
            let centre = patterns.dimension as f32 - 6.5;
            for module in &patterns.alignment[..25] {
                assert!((module.x - centre).abs() <= 2.0 && (module.y - centre).abs() <= 2.0);
            }
        }
    }

    #[test]
    fn there_are_only_versions_1_to_40() {
        for number in [0, 41, u32::MAX] {
            assert!(FunctionPatterns::new(number).is_none(), "{number}");
        }
    }
}
