//! Three finder patterns to the pose under which the modules that every code has lie best.

use super::canvas::Canvas;
use super::finders::Finder;
use super::layout::{Known, Layout};
use super::leg::Leg;
use super::point::Point;
use super::pose::Pose;

/// A code's version and where it lies.
pub struct Fit {
    pub layout: Layout,
    pub pose: Pose,
    /// From -1 to 1: how well the known modules agree.
    pub score: f32,
}

/// Below this the first guess is not worth refining.
const PLAUSIBLE: f32 = 0.25;
/// Above this no other version fits better.
const SURE: f32 = 0.6;

/// The best pose for the left upper, right upper and left lower finder patterns.
pub fn fit(canvas: &Canvas, [corner, right, down]: [Finder; 3]) -> Option<Fit> {
    let across = Leg::new(canvas, &corner, &right);
    let along = Leg::new(canvas, &corner, &down);
    let guess = Guess {
        corners: [corner.centre, right.centre, down.centre],
        modules: (across.modules + along.modules) / 2.0,
        depth: [across.shrinks, along.shrinks],
        missing: None,
    };
    best_version(canvas, &guess)
}

/// The best pose for two finder patterns of a code whose third is not seen.
pub fn fit_pair(canvas: &Canvas, one: Finder, other: Finder) -> Option<Fit> {
    let leg = Leg::new(canvas, &one, &other);
    let (a, b) = (one.centre, other.centre);
    let way = b - a;
    let clockwise = Point {
        x: -way.y,
        y: way.x,
    };
    let middle = (a + b) * 0.5;
    let side = |shape, missing, modules| Guess {
        corners: shape,
        modules,
        depth: [1.0, 1.0],
        missing: Some(missing),
    };
    // A diagonal is longer by the root of two, and so are the finder patterns along it.
    let guesses = [
        side([a, b, a + clockwise], 3, leg.modules),
        side([b, b + clockwise, a], 1, leg.modules),
        side([middle - clockwise * 0.5, b, a], 0, leg.modules),
    ];
    guesses
        .iter()
        .filter_map(|guess| best_version(canvas, guess))
        .max_by(|one, other| one.score.total_cmp(&other.score))
}

/// Where a code may lie.
struct Guess {
    /// Centres of the finder patterns: left upper, right upper, left lower.
    corners: [Point; 3],
    /// Modules between the centres of two adjacent ones.
    modules: f32,
    /// How the depth changes to the right and down.
    depth: [f32; 2],
    /// Which of the four corners was not seen but is where a square would have it: clockwise from the left upper one.
    missing: Option<usize>,
}

/// A guess with its fourth corner, not yet refined.
struct Start {
    layout: Layout,
    corners: [Point; 4],
    module: f32,
    score: f32,
}

fn best_version(canvas: &Canvas, guess: &Guess) -> Option<Fit> {
    let nearest = (guess.modules - 10.0) / 4.0;
    let first = nearest.round();
    let second = if nearest > first {
        first + 1.0
    } else {
        first - 1.0
    };
    let mut versions = vec![first, second];
    // The estimate's error grows with the size.
    if first > 5.0 {
        versions.extend([2.0 * first - second, 2.0 * second - first]);
    }
    let mut starts: Vec<Start> = versions
        .into_iter()
        .filter(|version| (1.0..=40.0).contains(version))
        .take_while(|_| !canvas.is_spent())
        .filter_map(|version| start(canvas, guess, Layout::new(version as u32)?))
        .filter(|start| start.score > PLAUSIBLE)
        .collect();
    starts.sort_by(|one, other| other.score.total_cmp(&one.score));
    let mut best: Option<Fit> = None;
    for start in starts {
        let fit = refine(canvas, start)?;
        let sure = fit.score > SURE;
        if best.as_ref().is_none_or(|best| fit.score > best.score) {
            best = Some(fit);
        }
        if sure {
            break;
        }
    }
    best
}

/// The fourth corner, and the third if it is missing, where the known modules agree best.
fn start(canvas: &Canvas, guess: &Guess, layout: Layout) -> Option<Start> {
    let [corner, right, down] = match guess.missing {
        Some(missing) => by_frame(canvas, guess.corners, missing, &layout)?,
        None => guess.corners,
    };
    let [across, along] = guess.depth;
    let flat = right + down - corner;
    // Perspective as the sizes of the finder patterns tell it: w grows by `across` and `along` over the legs.
    let w = (across + along - 1.0).max(0.3);
    let tilted = (right * across + down * along - corner) * (1.0 / w);
    let legs = corner.distance(right) + corner.distance(down);
    let module = legs / 2.0 / (layout.dimension as f32 - 7.0);
    let mut fourths = vec![tilted, flat];
    if layout.version.getVersionNumber() > 1 {
        for start in [tilted, flat] {
            fourths.extend(by_alignment(
                canvas,
                [corner, right, down],
                start,
                module,
                &layout,
            ));
        }
    }
    let (score, corners) = fourths
        .into_iter()
        .filter_map(|fourth| {
            let corners = [corner, right, fourth, down];
            let pose = Pose::new(corners, layout.dimension)?;
            Some((score(canvas, &pose, &layout), corners))
        })
        .max_by(|one, other| one.0.total_cmp(&other.0))?;
    Some(Start {
        layout,
        corners,
        module,
        score,
    })
}

/// Moves one corner after the other, in ever smaller steps, while the known modules agree better.
fn refine(canvas: &Canvas, start: Start) -> Option<Fit> {
    let Start {
        layout,
        mut corners,
        module,
        score: mut best,
    } = start;
    for step in [0.7, 0.35, 0.18] {
        for _ in 0..6 {
            let before = best;
            for index in [2, 1, 3, 0] {
                // The corner without a finder pattern is known least.
                let step = module * if index == 2 { 2.0 * step } else { step };
                for (x, y) in [(step, 0.0), (-step, 0.0), (0.0, step), (0.0, -step)] {
                    let mut moved = corners;
                    moved[index] = moved[index] + Point { x, y };
                    let Some(pose) = Pose::new(moved, layout.dimension) else {
                        continue;
                    };
                    let score = score(canvas, &pose, &layout);
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
    let pose = Pose::new(corners, layout.dimension)?;
    Some(Fit {
        layout,
        pose,
        score: best,
    })
}

/// The corners with the missing one where the frame agrees best.
fn by_frame(
    canvas: &Canvas,
    corners: [Point; 3],
    missing: usize,
    layout: &Layout,
) -> Option<[Point; 3]> {
    let index = if missing == 3 { 2 } else { missing };
    let seen = [corners[(index + 1) % 3], corners[(index + 2) % 3]];
    let legs = if index == 0 { 2f32.sqrt() } else { 1.0 };
    let module = seen[0].distance(seen[1]) / legs / (layout.dimension as f32 - 7.0);
    let reach = (layout.dimension as f32 * 0.15).max(4.0);
    let steps = (reach / 0.7) as i32;
    let mut best: Option<(f32, [Point; 3])> = None;
    for row in -steps..=steps {
        for column in -steps..=steps {
            let mut moved = corners;
            moved[index] = moved[index]
                + Point {
                    x: column as f32 * 0.7 * module,
                    y: row as f32 * 0.7 * module,
                };
            let [corner, right, down] = moved;
            let Some(pose) = Pose::new(
                [corner, right, right + down - corner, down],
                layout.dimension,
            ) else {
                continue;
            };
            let score = agreement(canvas, &pose, &layout.frame, &[0.0]) / layout.frame.len() as f32;
            if best.is_none_or(|(best, _)| score > best) {
                best = Some((score, moved));
            }
        }
    }
    best.filter(|(score, _)| *score > PLAUSIBLE)
        .map(|(_, corners)| corners)
}

/// The place near `start` where the last alignment pattern lies best, as a fourth corner.
fn by_alignment(
    canvas: &Canvas,
    [corner, right, down]: [Point; 3],
    start: Point,
    module: f32,
    layout: &Layout,
) -> Option<Point> {
    let pattern = &layout.alignment[..25];
    let reach = (layout.dimension as f32 * 0.12).max(4.0);
    let steps = (reach / 0.7) as i32;
    let mut best: Option<(f32, Point)> = None;
    for row in -steps..=steps {
        for column in -steps..=steps {
            let place = start
                + Point {
                    x: column as f32 * 0.7 * module,
                    y: row as f32 * 0.7 * module,
                };
            let Some(pose) = Pose::new([corner, right, place, down], layout.dimension) else {
                continue;
            };
            let far = row.abs().max(column.abs()) as f32 / steps as f32;
            let score = agreement(canvas, &pose, pattern, &[0.0]) / 25.0 - 0.15 * far;
            if best.is_none_or(|(best, _)| score > best) {
                best = Some((score, place));
            }
        }
    }
    best.map(|(_, place)| place)
}

fn score(canvas: &Canvas, pose: &Pose, layout: &Layout) -> f32 {
    let sum = agreement(canvas, pose, &layout.frame, &[-0.25, 0.25])
        + agreement(canvas, pose, &layout.alignment, &[-0.25, 0.25]);
    sum / (4 * (layout.frame.len() + layout.alignment.len())) as f32
}

/// The sum over `known` modules, each looked at in as many places as there are pairs of `offsets`.
fn agreement(canvas: &Canvas, pose: &Pose, known: &[Known], offsets: &[f32]) -> f32 {
    canvas.spend(known.len() * offsets.len() * offsets.len());
    let mut sum = 0.0;
    for module in known {
        for dy in offsets {
            for dx in offsets {
                sum += module.sign * canvas.tone(pose.at(module.x + dx, module.y + dy));
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests;
