//! Checks the pictures of the store listing: the sizes that Google accepts, and nothing that it rejects.

use std::fs::File;
use std::io::BufReader;

use image::codecs::png::PngDecoder;
use image::{ColorType, ImageDecoder};

use crate::tree::{LANGUAGES, LISTING, files, path_of};

/// Google's limits: the length of each side of a screenshot in pixels, and the ratio of the longer to the shorter side.
const SIDES: std::ops::RangeInclusive<u32> = 320..=3840;
const MAX_RATIO: u32 = 2;

/// The size and the colour type of a PNG file.
fn picture(path: &str) -> ((u32, u32), ColorType) {
    let file = File::open(path_of(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let decoder =
        PngDecoder::new(BufReader::new(file)).unwrap_or_else(|error| panic!("{path}: {error}"));
    (decoder.dimensions(), decoder.color_type())
}

/// Why Google would reject a screenshot.
fn rejection((width, height): (u32, u32), kind: ColorType) -> Option<&'static str> {
    if kind.has_alpha() {
        Some("has an alpha channel")
    } else if !SIDES.contains(&width) || !SIDES.contains(&height) {
        Some("has a side that is too short or too long")
    } else if width.max(height) > MAX_RATIO * width.min(height) {
        Some("is too long for its width")
    } else {
        None
    }
}

#[test]
fn each_language_has_three_to_five_screenshots_of_a_phone() {
    for language in LANGUAGES {
        let folder = format!("{LISTING}/{language}/images/phoneScreenshots");
        let pictures = files(&folder);
        assert!(
            (3..=5).contains(&pictures.len()),
            "{language}: {pictures:?}"
        );
        for name in pictures {
            let (size, kind) = picture(&format!("{folder}/{name}"));
            assert_eq!(rejection(size, kind), None, "{language}/{name}");
            assert!(size.0 < size.1, "{language}/{name}: not in portrait format");
        }
    }
}

#[test]
fn icon_and_feature_graphic_have_the_required_size() {
    let icon = |language| format!("{LISTING}/{language}/images/icon.png");
    let first = std::fs::read(path_of(&icon(LANGUAGES[0]))).expect("an icon");
    for language in LANGUAGES {
        // Only the icon may have an alpha channel.
        assert_eq!(picture(&icon(language)).0, (512, 512), "{language}");
        assert!(
            std::fs::read(path_of(&icon(language))).expect("an icon") == first,
            "{language}"
        );
        let graphic = format!("{LISTING}/{language}/images/featureGraphic.png");
        assert_eq!(
            picture(&graphic),
            ((1024, 500), ColorType::Rgb8),
            "{language}"
        );
    }
}

#[test]
fn pictures_that_google_rejects_are_reported() {
    let rgb = ColorType::Rgb8;
    assert_eq!(rejection((320, 640), rgb), None);
    assert_eq!(rejection((3840, 1920), rgb), None);
    assert_eq!(
        rejection((1080, 1920), ColorType::Rgba8),
        Some("has an alpha channel")
    );
    assert_eq!(
        rejection((319, 640), rgb),
        Some("has a side that is too short or too long")
    );
    assert_eq!(
        rejection((1920, 3841), rgb),
        Some("has a side that is too short or too long")
    );
    assert_eq!(
        rejection((320, 641), rgb),
        Some("is too long for its width")
    );
}
