//! The pictures of the listing: of the sizes that Google takes, and without what it refuses.

use std::fs::File;
use std::io::BufReader;

use image::codecs::png::PngDecoder;
use image::{ColorType, ImageDecoder};

use crate::tree::{LANGUAGES, LISTING, at, files};

/// Google's bounds for each side of a screenshot, and how many times as long as the other it may be.
const SIDES: std::ops::RangeInclusive<u32> = 320..=3840;
const RATIO: u32 = 2;

/// The size and the kind of a PNG below the root.
fn picture(path: &str) -> ((u32, u32), ColorType) {
    let file = File::open(at(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    let decoder =
        PngDecoder::new(BufReader::new(file)).unwrap_or_else(|error| panic!("{path}: {error}"));
    (decoder.dimensions(), decoder.color_type())
}

/// Why Google would refuse a screenshot.
fn refusal((width, height): (u32, u32), kind: ColorType) -> Option<&'static str> {
    if kind.has_alpha() {
        Some("has an alpha channel")
    } else if !SIDES.contains(&width) || !SIDES.contains(&height) {
        Some("has a side that is too short or too long")
    } else if width.max(height) > RATIO * width.min(height) {
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
            assert_eq!(refusal(size, kind), None, "{language}/{name}");
            assert!(size.0 < size.1, "{language}/{name}: not as a phone is held");
        }
    }
}

#[test]
fn the_icon_and_the_feature_graphic_have_their_one_size() {
    let icon = |language| format!("{LISTING}/{language}/images/icon.png");
    let first = std::fs::read(at(&icon(LANGUAGES[0]))).expect("an icon");
    for language in LANGUAGES {
        // The one picture that may have an alpha channel.
        assert_eq!(picture(&icon(language)).0, (512, 512), "{language}");
        assert!(
            std::fs::read(at(&icon(language))).expect("an icon") == first,
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
fn what_google_refuses_is_refused() {
    let rgb = ColorType::Rgb8;
    assert_eq!(refusal((320, 640), rgb), None);
    assert_eq!(refusal((3840, 1920), rgb), None);
    assert_eq!(
        refusal((1080, 1920), ColorType::Rgba8),
        Some("has an alpha channel")
    );
    assert_eq!(
        refusal((319, 640), rgb),
        Some("has a side that is too short or too long")
    );
    assert_eq!(
        refusal((1920, 3841), rgb),
        Some("has a side that is too short or too long")
    );
    assert_eq!(refusal((320, 641), rgb), Some("is too long for its width"));
}
