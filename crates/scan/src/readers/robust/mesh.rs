//! Samples the modules of a rectified code, either on a rigid grid or along a mesh that follows warped paper.

use super::point::Point;
use super::rectified::LocalContrast;

/// How much darker than its surroundings each module is, row by row. Dark modules are positive.
pub struct ModuleTones {
    /// Modules per side.
    pub dimension: usize,
    pub values: Vec<f32>,
}

impl ModuleTones {
    pub fn at(&self, x: usize, y: usize) -> f32 {
        self.values[y * self.dimension + x]
    }

    /// Subtracts a part of the neighbours, which blur has added.
    pub fn sharpened(&self) -> Self {
        let side = self.dimension;
        let near = |x: usize, y: usize, dx: i32, dy: i32| {
            let (x, y) = (x as i32 + dx, y as i32 + dy);
            let inside = x >= 0 && y >= 0 && x < side as i32 && y < side as i32;
            if inside {
                self.at(x as usize, y as usize)
            } else {
                // The quiet zone is light.
                -30.0
            }
        };
        let values = (0..side * side)
            .map(|index| {
                let (x, y) = (index % side, index / side);
                let sides =
                    near(x, y, -1, 0) + near(x, y, 1, 0) + near(x, y, 0, -1) + near(x, y, 0, 1);
                let corners =
                    near(x, y, -1, -1) + near(x, y, 1, -1) + near(x, y, -1, 1) + near(x, y, 1, 1);
                2.0 * self.at(x, y) - 0.2 * sides - 0.05 * corners
            })
            .collect();
        Self {
            dimension: side,
            values,
        }
    }
}

/// Modules between two nodes of the mesh.
const NODE_SPACING: usize = 3;
/// The largest difference of an offset to the mean of its neighbours, in pixels of the rectified image.
const SEARCH_RADIUS: i32 = 2;
/// The fraction of the contrast that each pixel of this difference costs.
const STIFFNESS: f32 = 0.02;
/// All nodes are placed this many times, because the first ones are placed before their neighbours.
const ITERATIONS: usize = 3;

/// Samples the modules where the homography puts them.
pub fn sample_rigid(contrast: &LocalContrast) -> ModuleTones {
    let side = contrast.dimension;
    let values =
        (0..side * side).map(|index| contrast.module_mean(index % side, index / side, 0, 0));
    ModuleTones {
        dimension: side,
        values: values.collect(),
    }
}

/// Samples the modules along a mesh. Its nodes are moved, beginning at the finder patterns, to where the modules around
/// them have the most contrast.
pub fn sample_warped(contrast: &LocalContrast) -> ModuleTones {
    let dimension = contrast.dimension;
    let mut mesh = Mesh::new(dimension);
    let order = mesh.order_from_finders(dimension);
    for _ in 0..ITERATIONS {
        for &(x, y) in &order {
            let expected = mesh.neighbour_mean(x, y);
            mesh.offsets[y * mesh.nodes_per_side + x] = Some(best_offset(contrast, x, y, expected));
        }
    }
    let values = (0..dimension * dimension).map(|index| {
        let (x, y) = (index % dimension, index / dimension);
        let offset = mesh.interpolated(x, y);
        contrast.module_mean(x, y, offset.x.round() as i32, offset.y.round() as i32)
    });
    ModuleTones {
        dimension,
        values: values.collect(),
    }
}

/// A square mesh over the code.
struct Mesh {
    nodes_per_side: usize,
    /// How far each node is moved, in pixels of the rectified image.
    offsets: Vec<Option<Point>>,
}

impl Mesh {
    fn new(dimension: usize) -> Self {
        let nodes_per_side = dimension.div_ceil(NODE_SPACING) + 1;
        Self {
            nodes_per_side,
            offsets: vec![None; nodes_per_side * nodes_per_side],
        }
    }

    /// All nodes, those near a finder pattern first, because the homography is most accurate there.
    fn order_from_finders(&self, dimension: usize) -> Vec<(usize, usize)> {
        let near = 3.5 / NODE_SPACING as f32;
        let far = dimension as f32 / NODE_SPACING as f32 - near;
        let remoteness = |&(x, y): &(usize, usize)| {
            let node = Point {
                x: x as f32,
                y: y as f32,
            };
            [(near, near), (far, near), (near, far)]
                .map(|(x, y)| node.distance(Point { x, y }))
                .into_iter()
                .fold(f32::INFINITY, f32::min)
        };
        let mut order: Vec<_> = (0..self.nodes_per_side * self.nodes_per_side)
            .map(|index| (index % self.nodes_per_side, index / self.nodes_per_side))
            .collect();
        order.sort_by(|one, other| remoteness(one).total_cmp(&remoteness(other)));
        order
    }

    /// The mean offset of the neighbours that are already placed.
    fn neighbour_mean(&self, x: usize, y: usize) -> Point {
        let range = |at: usize| at.saturating_sub(1)..=(at + 1).min(self.nodes_per_side - 1);
        let mut sum = Point::default();
        let mut count = 0.0;
        for row in range(y) {
            for column in range(x) {
                let near = self.offsets[row * self.nodes_per_side + column];
                if let Some(near) = near
                    && (column, row) != (x, y)
                {
                    sum = sum + near;
                    count += 1.0;
                }
            }
        }
        sum * (1.0 / f32::max(count, 1.0))
    }

    /// The offset of a module, interpolated between the four nodes around it.
    fn interpolated(&self, x: usize, y: usize) -> Point {
        let position = |module: usize| {
            let position = (module as f32 + 0.5) / NODE_SPACING as f32;
            let node = (position as usize).min(self.nodes_per_side - 2);
            (node, position - node as f32)
        };
        let ((left, fx), (top, fy)) = (position(x), position(y));
        let at = |x: usize, y: usize| self.offsets[y * self.nodes_per_side + x].unwrap_or_default();
        let upper = at(left, top) * (1.0 - fx) + at(left + 1, top) * fx;
        let lower = at(left, top + 1) * (1.0 - fx) + at(left + 1, top + 1) * fx;
        upper * (1.0 - fy) + lower * fy
    }
}

/// The offset near `expected` with which the modules around a node have the most contrast.
fn best_offset(contrast: &LocalContrast, x: usize, y: usize, expected: Point) -> Point {
    let near = |node: usize| {
        let module = node * NODE_SPACING;
        module.saturating_sub(NODE_SPACING)..(module + NODE_SPACING).min(contrast.dimension)
    };
    let (columns, rows) = (near(x), near(y));
    let range = |at: f32| at.round() as i32 - SEARCH_RADIUS..=at.round() as i32 + SEARCH_RADIUS;
    let mut best = (f32::NEG_INFINITY, expected);
    for dy in range(expected.y) {
        for dx in range(expected.x) {
            let mut sum = 0.0;
            for row in rows.clone() {
                for column in columns.clone() {
                    sum += contrast.module_mean(column, row, dx, dy).abs();
                }
            }
            let offset = Point {
                x: dx as f32,
                y: dy as f32,
            };
            let score = sum * (1.0 - STIFFNESS * offset.distance(expected));
            if score > best.0 {
                best = (score, offset);
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Frame;
    use crate::readers::robust::fit::Fit;
    use crate::readers::robust::function_patterns::FunctionPatterns;
    use crate::readers::robust::homography::Homography;
    use crate::readers::robust::rectified::Rectified;
    use crate::readers::robust::test_codes::{self, render, square_corners};

    fn contrast(frame: &Frame, number: u32, corners: [Point; 4]) -> LocalContrast {
        let patterns = FunctionPatterns::new(number).expect("there is such a version");
        let homography =
            Homography::new(corners, patterns.dimension).expect("four corners of a square");
        let score = 1.0;
        Rectified::new(
            frame.as_luma(),
            &Fit {
                patterns,
                homography,
                score,
            },
        )
        .local_contrast(4)
    }

    /// The number of modules that differ from the code.
    fn wrong_modules(tones: &ModuleTones, code: &fast_qr::QRCode) -> usize {
        let is_wrong = |at: &usize| {
            let (x, y) = (at % code.size, at / code.size);
            (tones.at(x, y) > 0.0) != code[y][x].value()
        };
        (0..code.size * code.size).filter(is_wrong).count()
    }

    #[test]
    fn flat_paper_is_sampled_right_with_and_without_the_mesh() {
        for ((number, version), side) in [
            (test_codes::VERSIONS[0], 77.0),
            (test_codes::VERSIONS[2], 228.0),
        ] {
            let corners = square_corners(side, 0.3);
            let code = test_codes::default_code(version);
            let contrast = contrast(&render(&code, corners), number, corners);
            assert_eq!(wrong_modules(&sample_rigid(&contrast), &code), 0);
            assert_eq!(
                wrong_modules(&sample_rigid(&contrast).sharpened(), &code),
                0
            );
            assert_eq!(wrong_modules(&sample_warped(&contrast), &code), 0);
        }
    }

    #[test]
    fn the_mesh_follows_warped_paper() {
        let (number, version) = test_codes::VERSIONS[2];
        let corners = square_corners(228.0, 0.0);
        let code = test_codes::default_code(version);
        let flat = render(&code, corners);
        // Shifts each row to the right, by up to one module in the middle of the code.
        let side = test_codes::SIDE as usize;
        let shift = |y: usize| 6.0 * (1.0 - ((y as f32 - 200.0) / 114.0).powi(2)).max(0.0);
        let pixels = (0..side * side).map(|at| {
            let (x, y) = (at % side, at / side);
            flat.as_luma().pixels()[y * side + x.saturating_sub(shift(y) as usize)]
        });
        let frame = Frame::from_parts(test_codes::SIDE, test_codes::SIDE, pixels.collect());
        let contrast = contrast(&frame, number, corners);
        let (rigid, warped) = (
            wrong_modules(&sample_rigid(&contrast), &code),
            wrong_modules(&sample_warped(&contrast), &code),
        );
        assert!(rigid > 300, "only {rigid} wrong without the mesh");
        assert!(warped < 20, "{warped} wrong with it, {rigid} without");
    }

    #[test]
    fn sharpening_subtracts_the_tones_of_the_neighbours() {
        let mut values = vec![-10.0; 9];
        values[4] = 2.0;
        let tones = ModuleTones {
            dimension: 3,
            values,
        };
        let sharp = tones.sharpened();
        // 2 * 2 + 0.2 * 40 + 0.05 * 40
        assert!((sharp.at(1, 1) - 14.0).abs() < 1e-4);
        // The quiet zone counts as -30: -20 - 0.2 * (-80) - 0.05 * (-90 + 2).
        assert!((sharp.at(0, 0) - (-20.0 + 0.2 * 80.0 + 0.05 * 88.0)).abs() < 1e-4);
    }

    #[test]
    fn every_node_comes_once_and_the_nearest_to_a_finder_pattern_first() {
        for dimension in [21, 25, 45, 177] {
            let mesh = Mesh::new(dimension);
            let order = mesh.order_from_finders(dimension);
            let mut once = order.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(
                once.len(),
                mesh.nodes_per_side * mesh.nodes_per_side,
                "{dimension}"
            );
            let last = mesh.nodes_per_side - 1;
            assert_ne!(order[0], (last, last));
            assert_eq!(order.last(), Some(&(last, last)));
            // The mesh covers the last module.
            assert!((mesh.nodes_per_side - 1) * NODE_SPACING >= dimension);
        }
    }

    #[test]
    fn offsets_are_interpolated_between_nodes() {
        let mut mesh = Mesh::new(21);
        assert_eq!(mesh.interpolated(20, 20), Point::default());
        assert_eq!(mesh.neighbour_mean(0, 0), Point::default());
        let nodes_per_side = mesh.nodes_per_side;
        let right = Point { x: 2.0, y: -4.0 };
        for y in 0..nodes_per_side {
            mesh.offsets[y * nodes_per_side + 1] = Some(right);
        }
        // The centre of module 1 is half-way between node 0 and node 1.
        assert_eq!(mesh.interpolated(1, 7), right * 0.5);
        assert_eq!(mesh.neighbour_mean(0, 3), right);
        assert_eq!(mesh.neighbour_mean(nodes_per_side - 1, 3), Point::default());
    }
}
