//! Codes drawn where they lie, found again.

use super::*;
use crate::Frame;
use crate::readers::grid::canvas::Patience;
use crate::readers::grid::drawn::{self, SIDE, askew, canvas, draw, finder, point, square};
use proptest::prelude::*;

/// Pixels between a module of the fit and where it was drawn, the farthest of a few.
fn off(fit: &Fit, corners: [Point; 4]) -> f32 {
    let drawn = Pose::new(corners, fit.layout.dimension).expect("they were drawn");
    let side = fit.layout.dimension as f32;
    let far = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
    let off = far.map(|(x, y)| fit.pose.at(x, y).distance(drawn.at(x, y)));
    off.into_iter().fold(0.0, f32::max)
}

/// Finder patterns at the corners, moved by as much as finding them errs.
fn found(corners: [Point; 4], module: f32) -> [Finder; 3] {
    [(0, 0.5, -0.4), (1, -0.5, 0.3), (3, 0.4, 0.5)]
        .map(|(corner, x, y)| finder(corners[corner] + point(x, y), module))
}

#[test]
fn version_and_place_of_a_code() {
    for (number, version) in &drawn::VERSIONS[..4] {
        let modules = 10.0 + 4.0 * *number as f32;
        let side = (5.5 * modules).min(260.0);
        for degrees in [0, 20, 45, 130, 250] {
            let corners = square(side, (degrees as f32).to_radians());
            let frame = draw(&drawn::plain_code(*version), corners);
            let patience = Patience::for_picture();
            let module = side / modules;
            let fit = fit(&canvas(frame.as_luma(), &patience), found(corners, module));
            let fit = fit.unwrap_or_else(|| panic!("version {number}, {degrees}°: none"));
            let seen = fit.layout.version.getVersionNumber();
            assert_eq!(seen, *number, "{degrees}°");
            assert!(
                fit.score > SURE,
                "version {number}, {degrees}°: {}",
                fit.score
            );
            let off = off(&fit, corners);
            assert!(
                off < 0.8 * module,
                "version {number}, {degrees}°: {off} pixels"
            );
        }
    }
}

#[test]
fn a_code_seen_askew() {
    let (number, version) = drawn::VERSIONS[2];
    let frame = draw(&drawn::plain_code(version), askew());
    let patience = Patience::for_picture();
    let fit = fit(&canvas(frame.as_luma(), &patience), found(askew(), 5.0)).expect("a code");
    assert_eq!(fit.layout.version.getVersionNumber(), number);
    assert!(off(&fit, askew()) < 4.0, "{}", off(&fit, askew()));
}

#[test]
fn of_two_finder_patterns_any_one_may_be_missing() {
    let (number, version) = drawn::VERSIONS[1];
    for degrees in [0, 35, 200] {
        let corners = square(99.0, (degrees as f32).to_radians());
        let frame = draw(&drawn::plain_code(version), corners);
        let [corner, right, down] = found(corners, 5.5);
        for (name, one, other) in [
            ("left lower", corner, right),
            ("right upper", down, corner),
            ("left upper", down, right),
        ] {
            let patience = Patience::for_picture();
            let canvas = canvas(frame.as_luma(), &patience);
            // Which of the two comes first is not known: one of both orders fits.
            let fits = [fit_pair(&canvas, one, other), fit_pair(&canvas, other, one)];
            let is_right = |fit: &&Fit| {
                fit.layout.version.getVersionNumber() == number && off(fit, corners) < 5.0
            };
            assert!(
                fits.iter().flatten().any(|fit| is_right(&fit)),
                "{name}, {degrees}°"
            );
        }
    }
}

#[test]
fn no_code_fits_white_paper() {
    let frame = Frame::from_parts(SIDE, SIDE, vec![200; (SIDE * SIDE) as usize]);
    let patience = Patience::for_picture();
    let canvas = canvas(frame.as_luma(), &patience);
    let [one, two, three] = found(square(99.0, 0.0), 5.5);
    assert!(fit(&canvas, [one, two, three]).is_none());
    assert!(fit_pair(&canvas, one, two).is_none());
}

#[test]
fn who_has_no_patience_left_fits_nothing() {
    let corners = square(99.0, 0.0);
    let frame = draw(&drawn::plain_code(drawn::VERSIONS[1].1), corners);
    let patience = Patience::for_frame();
    let canvas = canvas(frame.as_luma(), &patience);
    canvas.spend(2_000_000);
    assert!(fit(&canvas, found(corners, 5.5)).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn finder_patterns_anywhere_give_a_fit_that_is_finite_or_none(
        places in proptest::array::uniform3((-50f32..450.0, -50f32..450.0, 0.3f32..30.0)), same in 0usize..4,
    ) {
        let frame = draw(&drawn::plain_code(drawn::VERSIONS[1].1), square(99.0, 0.4));
        let patience = Patience::for_frame();
        let canvas = canvas(frame.as_luma(), &patience);
        let mut finders = places.map(|(x, y, module)| finder(point(x, y), module));
        // Some of them are two or three times the same.
        for index in 0..same.min(2) {
            finders[index] = finders[2];
        }
        let fits = [fit(&canvas, finders), fit_pair(&canvas, finders[0], finders[1])];
        for fit in fits.iter().flatten() {
            prop_assert!((-1.0..=1.0).contains(&fit.score));
        }
    }
}
