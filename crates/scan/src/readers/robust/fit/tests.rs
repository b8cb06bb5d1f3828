//! Fits of rendered codes.

use super::*;
use crate::Frame;
use crate::readers::robust::metered_image::WorkBudget;
use crate::readers::robust::test_codes::{
    self, SIDE, finder_pattern, metered, perspective_corners, point, render, square_corners,
};
use proptest::prelude::*;

/// The largest distance, in pixels, between a corner of the fit and where it was rendered.
fn max_error(fit: &Fit, corners: [Point; 4]) -> f32 {
    let expected = Homography::new(corners, fit.patterns.dimension).expect("they were rendered");
    let side = fit.patterns.dimension as f32;
    let outer_corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
    let error = outer_corners.map(|(x, y)| {
        fit.homography
            .project(x, y)
            .distance(expected.project(x, y))
    });
    error.into_iter().fold(0.0, f32::max)
}

/// Finder patterns at the corners, with the error of a typical detection.
fn detected(corners: [Point; 4], module_size: f32) -> [FinderPattern; 3] {
    [(0, 0.5, -0.4), (1, -0.5, 0.3), (3, 0.4, 0.5)]
        .map(|(corner, x, y)| finder_pattern(corners[corner] + point(x, y), module_size))
}

#[test]
fn the_version_and_position_of_a_code_are_found() {
    for (number, version) in &test_codes::VERSIONS[..4] {
        let modules = 10.0 + 4.0 * *number as f32;
        let side = (5.5 * modules).min(260.0);
        for degrees in [0, 20, 45, 130, 250] {
            let corners = square_corners(side, (degrees as f32).to_radians());
            let frame = render(&test_codes::default_code(*version), corners);
            let budget = WorkBudget::for_picture();
            let module_size = side / modules;
            let fit = fit_triple(
                &metered(frame.as_luma(), &budget),
                detected(corners, module_size),
            );
            let fit = fit.unwrap_or_else(|| panic!("version {number}, {degrees}°: none"));
            let found = fit.patterns.version.getVersionNumber();
            assert_eq!(found, *number, "{degrees}°");
            assert!(
                fit.score > CERTAIN_SCORE,
                "version {number}, {degrees}°: {}",
                fit.score
            );
            let error = max_error(&fit, corners);
            assert!(
                error < 0.8 * module_size,
                "version {number}, {degrees}°: {error} pixels"
            );
        }
    }
}

#[test]
fn a_code_in_perspective_is_found() {
    let (number, version) = test_codes::VERSIONS[2];
    let frame = render(&test_codes::default_code(version), perspective_corners());
    let budget = WorkBudget::for_picture();
    let fit = fit_triple(
        &metered(frame.as_luma(), &budget),
        detected(perspective_corners(), 5.0),
    )
    .expect("a code");
    assert_eq!(fit.patterns.version.getVersionNumber(), number);
    assert!(
        max_error(&fit, perspective_corners()) < 4.0,
        "{}",
        max_error(&fit, perspective_corners())
    );
}

#[test]
fn any_one_of_the_three_finder_patterns_may_be_missing() {
    let (number, version) = test_codes::VERSIONS[1];
    for degrees in [0, 35, 200] {
        let corners = square_corners(99.0, (degrees as f32).to_radians());
        let frame = render(&test_codes::default_code(version), corners);
        let [corner, right, down] = detected(corners, 5.5);
        for (name, one, other) in [
            ("left lower", corner, right),
            ("right upper", down, corner),
            ("left upper", down, right),
        ] {
            let budget = WorkBudget::for_picture();
            let image = metered(frame.as_luma(), &budget);
            // The order of the two is not known, so one of both must fit.
            let fits = [fit_pair(&image, one, other), fit_pair(&image, other, one)];
            let is_right = |fit: &&Fit| {
                fit.patterns.version.getVersionNumber() == number && max_error(fit, corners) < 5.0
            };
            assert!(
                fits.iter().flatten().any(|fit| is_right(&fit)),
                "{name}, {degrees}°"
            );
        }
    }
}

#[test]
fn nothing_fits_white_paper() {
    let frame = Frame::from_parts(SIDE, SIDE, vec![200; (SIDE * SIDE) as usize]);
    let budget = WorkBudget::for_picture();
    let image = metered(frame.as_luma(), &budget);
    let [one, two, three] = detected(square_corners(99.0, 0.0), 5.5);
    assert!(fit_triple(&image, [one, two, three]).is_none());
    assert!(fit_pair(&image, one, two).is_none());
}

#[test]
fn an_exhausted_budget_fits_nothing() {
    let corners = square_corners(99.0, 0.0);
    let frame = render(
        &test_codes::default_code(test_codes::VERSIONS[1].1),
        corners,
    );
    let budget = WorkBudget::for_frame();
    let image = metered(frame.as_luma(), &budget);
    image.charge(2_000_000);
    assert!(fit_triple(&image, detected(corners, 5.5)).is_none());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_finder_patterns_give_a_finite_score_or_none(
        centres in proptest::array::uniform3((-50f32..450.0, -50f32..450.0, 0.3f32..30.0)), same in 0usize..4,
    ) {
        let frame = render(&test_codes::default_code(test_codes::VERSIONS[1].1), square_corners(99.0, 0.4));
        let budget = WorkBudget::for_frame();
        let image = metered(frame.as_luma(), &budget);
        let mut finders = centres.map(|(x, y, module)| finder_pattern(point(x, y), module));
        // Also with two or three equal ones.
        for index in 0..same.min(2) {
            finders[index] = finders[2];
        }
        let fits = [fit_triple(&image, finders), fit_pair(&image, finders[0], finders[1])];
        for fit in fits.iter().flatten() {
            prop_assert!((-1.0..=1.0).contains(&fit.score));
        }
    }
}
