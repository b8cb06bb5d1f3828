//! The tones of a code's modules, read along a mesh that gives way where paper is bent.

use super::point::Point;
use super::straight::Contrast;

/// How much darker than its surroundings every module is, row by row.
pub struct Tones {
    pub dimension: usize,
    pub values: Vec<f32>,
}

impl Tones {
    pub fn at(&self, x: usize, y: usize) -> f32 {
        self.values[y * self.dimension + x]
    }

    /// What blur took from a module's neighbours is given back.
    pub fn sharpened(&self) -> Self {
        let side = self.dimension;
        let near = |x: usize, y: usize, dx: i32, dy: i32| {
            let (x, y) = (x as i32 + dx, y as i32 + dy);
            let inside = x >= 0 && y >= 0 && x < side as i32 && y < side as i32;
            // Around the code it is light.
            if inside {
                self.at(x as usize, y as usize)
            } else {
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
const GAP: usize = 3;
/// How far a node may lie from where its neighbours put it, in pixels.
const GIVE: i32 = 2;
/// What a pixel away from the neighbours costs, in parts of the contrast.
const STIFFNESS: f32 = 0.02;
/// The nodes at the end are moved by what those before them did.
const ROUNDS: usize = 3;

/// The modules where the pose puts them.
pub fn stiff(contrast: &Contrast) -> Tones {
    let side = contrast.dimension;
    let values = (0..side * side).map(|index| contrast.module(index % side, index / side, 0, 0));
    Tones {
        dimension: side,
        values: values.collect(),
    }
}

/// The modules along a mesh that is moved, node by node from the finder patterns on, to where modules are of one tone.
pub fn bent(contrast: &Contrast) -> Tones {
    let dimension = contrast.dimension;
    let mut mesh = Mesh::new(dimension);
    let order = mesh.order_from_finders(dimension);
    for _ in 0..ROUNDS {
        for &(x, y) in &order {
            let expected = mesh.expected(x, y);
            mesh.moved[y * mesh.nodes + x] = Some(settle(contrast, x, y, expected));
        }
    }
    let values = (0..dimension * dimension).map(|index| {
        let (x, y) = (index % dimension, index / dimension);
        let moved = mesh.between(x, y);
        contrast.module(x, y, moved.x.round() as i32, moved.y.round() as i32)
    });
    Tones {
        dimension,
        values: values.collect(),
    }
}

/// How far each node is moved, in pixels of the straightened picture.
struct Mesh {
    /// A side.
    nodes: usize,
    moved: Vec<Option<Point>>,
}

impl Mesh {
    fn new(dimension: usize) -> Self {
        let nodes = dimension.div_ceil(GAP) + 1;
        Self {
            nodes,
            moved: vec![None; nodes * nodes],
        }
    }

    /// All nodes, those near a finder pattern first: there the pose is sure.
    fn order_from_finders(&self, dimension: usize) -> Vec<(usize, usize)> {
        let near = 3.5 / GAP as f32;
        let far = dimension as f32 / GAP as f32 - near;
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
        let mut order: Vec<_> = (0..self.nodes * self.nodes)
            .map(|index| (index % self.nodes, index / self.nodes))
            .collect();
        order.sort_by(|one, other| remoteness(one).total_cmp(&remoteness(other)));
        order
    }

    /// The mean of the neighbours that have been moved.
    fn expected(&self, x: usize, y: usize) -> Point {
        let around = |at: usize| at.saturating_sub(1)..=(at + 1).min(self.nodes - 1);
        let mut sum = Point::default();
        let mut count = 0.0;
        for row in around(y) {
            for column in around(x) {
                let near = self.moved[row * self.nodes + column];
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

    /// How far a module is moved: between the four nodes around its middle.
    fn between(&self, x: usize, y: usize) -> Point {
        let place = |module: usize| {
            let place = (module as f32 + 0.5) / GAP as f32;
            let node = (place as usize).min(self.nodes - 2);
            (node, place - node as f32)
        };
        let ((left, fx), (top, fy)) = (place(x), place(y));
        let at = |x: usize, y: usize| self.moved[y * self.nodes + x].unwrap_or_default();
        let upper = at(left, top) * (1.0 - fx) + at(left + 1, top) * fx;
        let lower = at(left, top + 1) * (1.0 - fx) + at(left + 1, top + 1) * fx;
        upper * (1.0 - fy) + lower * fy
    }
}

/// Where, around `expected`, the modules near a node differ most from their surroundings.
fn settle(contrast: &Contrast, x: usize, y: usize, expected: Point) -> Point {
    let near = |node: usize| {
        let module = node * GAP;
        module.saturating_sub(GAP)..(module + GAP).min(contrast.dimension)
    };
    let (columns, rows) = (near(x), near(y));
    let around = |at: f32| at.round() as i32 - GIVE..=at.round() as i32 + GIVE;
    let mut best = (f32::NEG_INFINITY, expected);
    for dy in around(expected.y) {
        for dx in around(expected.x) {
            let mut sum = 0.0;
            for row in rows.clone() {
                for column in columns.clone() {
                    sum += contrast.module(column, row, dx, dy).abs();
                }
            }
            let moved = Point {
                x: dx as f32,
                y: dy as f32,
            };
            let score = sum * (1.0 - STIFFNESS * moved.distance(expected));
            if score > best.0 {
                best = (score, moved);
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Frame;
    use crate::readers::grid::drawn::{self, draw, square};
    use crate::readers::grid::fit::Fit;
    use crate::readers::grid::layout::Layout;
    use crate::readers::grid::pose::Pose;
    use crate::readers::grid::straight::Straight;

    fn contrast(frame: &Frame, number: u32, corners: [Point; 4]) -> Contrast {
        let layout = Layout::new(number).expect("there is such a version");
        let pose = Pose::new(corners, layout.dimension).expect("four corners of a square");
        let score = 1.0;
        Straight::new(
            frame.as_luma(),
            &Fit {
                layout,
                pose,
                score,
            },
        )
        .contrast(4)
    }

    /// How many modules have another colour than those of the code.
    fn wrong(tones: &Tones, code: &fast_qr::QRCode) -> usize {
        let is_wrong = |at: &usize| {
            let (x, y) = (at % code.size, at / code.size);
            (tones.at(x, y) > 0.0) != code[y][x].value()
        };
        (0..code.size * code.size).filter(is_wrong).count()
    }

    #[test]
    fn flat_paper_needs_no_mesh_and_is_not_harmed_by_one() {
        for ((number, version), side) in [(drawn::VERSIONS[0], 77.0), (drawn::VERSIONS[2], 228.0)] {
            let corners = square(side, 0.3);
            let code = drawn::plain_code(version);
            let contrast = contrast(&draw(&code, corners), number, corners);
            assert_eq!(wrong(&stiff(&contrast), &code), 0);
            assert_eq!(wrong(&stiff(&contrast).sharpened(), &code), 0);
            assert_eq!(wrong(&bent(&contrast), &code), 0);
        }
    }

    #[test]
    fn bent_paper_is_followed() {
        let (number, version) = drawn::VERSIONS[2];
        let corners = square(228.0, 0.0);
        let code = drawn::plain_code(version);
        let flat = draw(&code, corners);
        // Each row is moved to the right by up to a module in the middle of the code.
        let side = drawn::SIDE as usize;
        let moved = |y: usize| 6.0 * (1.0 - ((y as f32 - 200.0) / 114.0).powi(2)).max(0.0);
        let pixels = (0..side * side).map(|at| {
            let (x, y) = (at % side, at / side);
            flat.as_luma().pixels()[y * side + x.saturating_sub(moved(y) as usize)]
        });
        let frame = Frame::from_parts(drawn::SIDE, drawn::SIDE, pixels.collect());
        let contrast = contrast(&frame, number, corners);
        let (stiff, bent) = (
            wrong(&stiff(&contrast), &code),
            wrong(&bent(&contrast), &code),
        );
        assert!(stiff > 300, "only {stiff} wrong without the mesh");
        assert!(bent < 20, "{bent} wrong with it, {stiff} without");
    }

    #[test]
    fn sharpening_takes_from_a_module_what_its_neighbours_gave() {
        let mut values = vec![-10.0; 9];
        values[4] = 2.0;
        let tones = Tones {
            dimension: 3,
            values,
        };
        let sharp = tones.sharpened();
        // 2 * 2 + 0.2 * 40 + 0.05 * 40
        assert!((sharp.at(1, 1) - 14.0).abs() < 1e-4);
        // Around the code it counts as light: -20 - 0.2 * (-80) - 0.05 * (-90 + 2), and less so.
        assert!((sharp.at(0, 0) - (-20.0 + 0.2 * 80.0 + 0.05 * 88.0)).abs() < 1e-4);
    }

    #[test]
    fn every_node_comes_once_and_those_near_a_finder_pattern_first() {
        for dimension in [21, 25, 45, 177] {
            let mesh = Mesh::new(dimension);
            let order = mesh.order_from_finders(dimension);
            let mut once = order.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), mesh.nodes * mesh.nodes, "{dimension}");
            let last = mesh.nodes - 1;
            assert_ne!(order[0], (last, last));
            assert_eq!(order.last(), Some(&(last, last)));
            // The nodes reach over the last module.
            assert!((mesh.nodes - 1) * GAP >= dimension);
        }
    }

    #[test]
    fn between_nodes_a_module_is_moved_in_parts() {
        let mut mesh = Mesh::new(21);
        assert_eq!(mesh.between(20, 20), Point::default());
        assert_eq!(mesh.expected(0, 0), Point::default());
        let nodes = mesh.nodes;
        let right = Point { x: 2.0, y: -4.0 };
        for y in 0..nodes {
            mesh.moved[y * nodes + 1] = Some(right);
        }
        // The middle of module 1 is half-way from node 0 to node 1.
        assert_eq!(mesh.between(1, 7), right * 0.5);
        assert_eq!(mesh.expected(0, 3), right);
        assert_eq!(mesh.expected(nodes - 1, 3), Point::default());
    }
}
