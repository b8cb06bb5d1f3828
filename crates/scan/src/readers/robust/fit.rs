//! Finds the version and the homography of a code from its finder patterns: those under which the function patterns agree
//! best with the image.

use super::finder_distance::FinderDistance;
use super::finder_patterns::FinderPattern;
use super::function_patterns::{FixedModule, FunctionPatterns};
use super::homography::Homography;
use super::metered_image::MeteredImage;
use super::point::Point;

/// The version of a code and its position.
pub struct Fit {
    pub patterns: FunctionPatterns,
    pub homography: Homography,
    /// How well the function patterns agree with the image, from -1 to 1.
    pub score: f32,
}

/// A worse initial fit is not refined.
const MIN_PLAUSIBLE_SCORE: f32 = 0.25;
/// After a better score, no other version is tried.
const CERTAIN_SCORE: f32 = 0.6;

/// The best fit for the upper left, upper right and lower left finder patterns.
pub fn fit_triple(image: &MeteredImage, [corner, right, down]: [FinderPattern; 3]) -> Option<Fit> {
    let across = FinderDistance::measure(image, &corner, &right);
    let along = FinderDistance::measure(image, &corner, &down);
    let guess = Guess {
        corners: [corner.centre, right.centre, down.centre],
        modules: (across.modules + along.modules) / 2.0,
        depth_ratios: [across.depth_ratio, along.depth_ratio],
        missing: None,
    };
    best_version(image, &guess)
}

/// The best fit for two finder patterns of a code whose third one was not detected.
pub fn fit_pair(image: &MeteredImage, one: FinderPattern, other: FinderPattern) -> Option<Fit> {
    let distance = FinderDistance::measure(image, &one, &other);
    let (a, b) = (one.centre, other.centre);
    let vector = b - a;
    let clockwise = Point {
        x: -vector.y,
        y: vector.x,
    };
    let centre = (a + b) * 0.5;
    let guess = |corners, missing, modules| Guess {
        corners,
        modules,
        depth_ratios: [1.0, 1.0],
        missing: Some(missing),
    };
    // On the diagonal, distance and finder patterns are both longer by sqrt(2), so `modules` stays the same.
    let guesses = [
        guess([a, b, a + clockwise], 3, distance.modules),
        guess([b, b + clockwise, a], 1, distance.modules),
        guess([centre - clockwise * 0.5, b, a], 0, distance.modules),
    ];
    guesses
        .iter()
        .filter_map(|guess| best_version(image, guess))
        .max_by(|one, other| one.score.total_cmp(&other.score))
}

/// A possible position of a code.
struct Guess {
    /// The centres of the finder patterns: upper left, upper right, lower left.
    corners: [Point; 3],
    /// Modules between the centres of two adjacent finder patterns.
    modules: f32,
    /// [`FinderDistance::depth_ratio`] to the right and down.
    depth_ratios: [f32; 2],
    /// The corner without a detected finder pattern, clockwise from 0 for the upper left one. It is placed as in a square.
    missing: Option<usize>,
}

/// A guess with its version and its fourth corner, not yet refined.
struct InitialFit {
    patterns: FunctionPatterns,
    corners: [Point; 4],
    module_size: f32,
    score: f32,
}

fn best_version(image: &MeteredImage, guess: &Guess) -> Option<Fit> {
    let nearest = (guess.modules - 10.0) / 4.0;
    let first = nearest.round();
    let second = if nearest > first {
        first + 1.0
    } else {
        first - 1.0
    };
    let mut versions = vec![first, second];
    // The error of the estimate grows with the distance.
    if first > 5.0 {
        versions.extend([2.0 * first - second, 2.0 * second - first]);
    }
    let mut initial_fits: Vec<InitialFit> = versions
        .into_iter()
        .filter(|version| (1.0..=40.0).contains(version))
        .take_while(|_| !image.is_exhausted())
        .filter_map(|version| initial_fit(image, guess, FunctionPatterns::new(version as u32)?))
        .filter(|initial| initial.score > MIN_PLAUSIBLE_SCORE)
        .collect();
    initial_fits.sort_by(|one, other| other.score.total_cmp(&one.score));
    let mut best: Option<Fit> = None;
    for initial in initial_fits {
        let fit = refine(image, initial)?;
        let is_certain = fit.score > CERTAIN_SCORE;
        if best.as_ref().is_none_or(|best| fit.score > best.score) {
            best = Some(fit);
        }
        if is_certain {
            break;
        }
    }
    best
}

/// Adds the fourth corner, and corrects a missing one, where the function patterns agree best.
fn initial_fit(
    image: &MeteredImage,
    guess: &Guess,
    patterns: FunctionPatterns,
) -> Option<InitialFit> {
    let [corner, right, down] = match guess.missing {
        Some(missing) => locate_missing_corner(image, guess.corners, missing, &patterns)?,
        None => guess.corners,
    };
    let [across, along] = guess.depth_ratios;
    let flat = right + down - corner;
    // The perspective that follows from the sizes of the finder patterns: `across` and `along` are the ratios of w.
    let w = (across + along - 1.0).max(0.3);
    let tilted = (right * across + down * along - corner) * (1.0 / w);
    let sides = corner.distance(right) + corner.distance(down);
    let module_size = sides / 2.0 / (patterns.dimension as f32 - 7.0);
    let mut fourths = vec![tilted, flat];
    if patterns.version.getVersionNumber() > 1 {
        for start in [tilted, flat] {
            fourths.extend(locate_fourth_corner(
                image,
                [corner, right, down],
                start,
                module_size,
                &patterns,
            ));
        }
    }
    let (score, corners) = fourths
        .into_iter()
        .filter_map(|fourth| {
            let corners = [corner, right, fourth, down];
            let homography = Homography::new(corners, patterns.dimension)?;
            Some((score(image, &homography, &patterns), corners))
        })
        .max_by(|one, other| one.0.total_cmp(&other.0))?;
    Some(InitialFit {
        patterns,
        corners,
        module_size,
        score,
    })
}

/// Coordinate descent: moves one corner at a time, in smaller and smaller steps, while the score improves.
fn refine(image: &MeteredImage, initial: InitialFit) -> Option<Fit> {
    let InitialFit {
        patterns,
        mut corners,
        module_size,
        score: mut best,
    } = initial;
    for step in [0.7, 0.35, 0.18] {
        for _ in 0..6 {
            let before = best;
            for index in [2, 1, 3, 0] {
                // The corner without a finder pattern is the least certain.
                let step = module_size * if index == 2 { 2.0 * step } else { step };
                for (x, y) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
                    let mut moved = corners;
                    moved[index] = moved[index] + Point { x, y };
                    let Some(homography) = Homography::new(moved, patterns.dimension) else {
                        continue;
                    };
                    let score = score(image, &homography, &patterns);
                    if score > best {
                        (best, corners) = (score, moved);
                    }
                }
            }
            if best <= before {
                break;
            }
        }
    }
    let homography = Homography::new(corners, patterns.dimension)?;
    Some(Fit {
        patterns,
        homography,
        score: best,
    })
}

/// Moves the missing corner to where the finder and timing patterns agree best.
fn locate_missing_corner(
    image: &MeteredImage,
    corners: [Point; 3],
    missing: usize,
    patterns: &FunctionPatterns,
) -> Option<[Point; 3]> {
    let index = if missing == 3 { 2 } else { missing };
    let visible = [corners[(index + 1) % 3], corners[(index + 2) % 3]];
    let sides = if index == 0 { 2f32.sqrt() } else { 1.0 };
    let module_size = visible[0].distance(visible[1]) / sides / (patterns.dimension as f32 - 7.0);
    let radius = (patterns.dimension as f32 * 0.15).max(4.0);
    let steps = (radius / 0.7) as i32;
    let mut best: Option<(f32, [Point; 3])> = None;
    for row in -steps..=steps {
        for column in -steps..=steps {
            let mut moved = corners;
            moved[index] = moved[index]
                + Point {
                    x: column as f32 * 0.7 * module_size,
                    y: row as f32 * 0.7 * module_size,
                };
            let [corner, right, down] = moved;
            let Some(homography) = Homography::new(
                [corner, right, right + down - corner, down],
                patterns.dimension,
            ) else {
                continue;
            };
            let score = agreement(image, &homography, &patterns.finder_and_timing, &[0.0])
                / patterns.finder_and_timing.len() as f32;
            if best.is_none_or(|(best, _)| score > best) {
                best = Some((score, moved));
            }
        }
    }
    best.filter(|(score, _)| *score > MIN_PLAUSIBLE_SCORE)
        .map(|(_, corners)| corners)
}

/// The fourth corner near `start` with which the lower right alignment pattern agrees best.
fn locate_fourth_corner(
    image: &MeteredImage,
    [corner, right, down]: [Point; 3],
    start: Point,
    module_size: f32,
    patterns: &FunctionPatterns,
) -> Option<Point> {
    let pattern = &patterns.alignment[..25];
    let radius = (patterns.dimension as f32 * 0.12).max(4.0);
    let steps = (radius / 0.7) as i32;
    let mut best: Option<(f32, Point)> = None;
    for row in -steps..=steps {
        for column in -steps..=steps {
            let candidate = start
                + Point {
                    x: column as f32 * 0.7 * module_size,
                    y: row as f32 * 0.7 * module_size,
                };
            let Some(homography) =
                Homography::new([corner, right, candidate, down], patterns.dimension)
            else {
                continue;
            };
            let remoteness = row.abs().max(column.abs()) as f32 / steps as f32;
            let score = agreement(image, &homography, pattern, &[0.0]) / 25.0 - 0.15 * remoteness;
            if best.is_none_or(|(best, _)| score > best) {
                best = Some((score, candidate));
            }
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn score(image: &MeteredImage, homography: &Homography, patterns: &FunctionPatterns) -> f32 {
    let sum = agreement(
        image,
        homography,
        &patterns.finder_and_timing,
        &[-0.25, 0.25],
    ) + agreement(image, homography, &patterns.alignment, &[-0.25, 0.25]);
    sum / (4 * (patterns.finder_and_timing.len() + patterns.alignment.len())) as f32
}

/// The sum of `sign * sample` over the modules, each sampled at all pairs of `offsets` from its centre.
fn agreement(
    image: &MeteredImage,
    homography: &Homography,
    modules: &[FixedModule],
    offsets: &[f32],
) -> f32 {
    image.charge(modules.len() * offsets.len() * offsets.len());
    let mut sum = 0.0;
    for module in modules {
        for dy in offsets {
            for dx in offsets {
                sum += module.sign * image.sample(homography.project(module.x + dx, module.y + dy));
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests;
