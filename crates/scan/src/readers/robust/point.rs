//! Points and vectors of the image plane, in pixels.

use std::ops::{Add, Mul, Sub};

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    pub fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    pub fn distance(self, other: Self) -> f32 {
        (self - other).length()
    }

    pub fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    /// Positive if `other` is clockwise of `self` (y points down).
    pub fn cross(self, other: Self) -> f32 {
        self.x * other.y - self.y * other.x
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            x: self.x + other.x,
            y: self.y + other.y,
        }
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            x: self.x - other.x,
            y: self.y - other.y,
        }
    }
}

impl Mul<f32> for Point {
    type Output = Self;
    fn mul(self, factor: f32) -> Self {
        Self {
            x: self.x * factor,
            y: self.y * factor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points() -> impl Strategy<Value = Point> {
        (-1e3f32..1e3, -1e3f32..1e3).prop_map(|(x, y)| Point { x, y })
    }

    #[test]
    fn lengths_and_products_of_vectors() {
        let (right, down) = (Point { x: 3.0, y: 0.0 }, Point { x: 0.0, y: 4.0 });
        assert_eq!((right + down).length(), 5.0);
        assert_eq!(right.distance(down), 5.0);
        assert_eq!(right.dot(down), 0.0);
        assert_eq!(right.dot(right), 9.0);
        assert_eq!(right.cross(down), 12.0);
        assert_eq!(down.cross(right), -12.0);
        assert_eq!(Point::default().length(), 0.0);
    }

    proptest! {
        #[test]
        fn vector_laws_hold(one in points(), other in points(), factor in -9f32..9.0) {
            prop_assert_eq!(one.dot(other), other.dot(one));
            prop_assert_eq!(one.cross(other), -other.cross(one));
            prop_assert_eq!(one.cross(one), 0.0);
            prop_assert_eq!(one.distance(other), other.distance(one));
            prop_assert!(one.distance(other) <= one.length() + other.length() + 0.01);
            prop_assert!(((one + other) - other).distance(one) < 0.01);
            prop_assert!(((one * factor).length() - one.length() * factor.abs()).abs() < 0.1);
        }
    }
}
