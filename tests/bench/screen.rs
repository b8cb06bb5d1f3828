//! Watches a virtual display, and finds the time at which it showed its final content.

use std::collections::HashMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

use trousseau_tests_support::Display;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt, ImageFormat};
use x11rb::rust_connection::RustConnection;

/// The size of the app's window, which is in the top left corner without a window manager.
const WINDOW: (u16, u16) = (390, 844);
const INTERVAL: Duration = Duration::from_millis(8);
/// Two pictures that differ in at most this many pixels count as equal, because a caret blinks.
const CARET: usize = 200;
/// A screen counts as shown when this share of its final content is drawn.
const SHOWN: f64 = 0.9;

/// The pixels of the window, row by row.
type Picture = Vec<[u8; 4]>;

/// A connection to a display, to watch it.
pub struct Screen(RustConnection, u32);

impl Screen {
    /// Connects.
    ///
    /// # Panics
    /// If there is no such display.
    pub fn connect(display: &Display) -> Self {
        let variables = display.environment();
        let name = variables.iter().find(|(name, _)| *name == "DISPLAY");
        let name = name.and_then(|(_, name)| name.to_str());
        let (connection, number) = x11rb::connect(name).expect("the display is up");
        let root = connection.setup().roots[number].root;
        Self(connection, root)
    }

    /// Watches until nothing has changed for `rest`. Returns the time from `start` until the final screen was shown.
    ///
    /// # Panics
    /// If nothing is drawn within `timeout`.
    pub fn watch(&self, start: Instant, rest: Duration, timeout: Duration) -> Duration {
        let mut pictures: Vec<(Instant, Picture)> = Vec::new();
        loop {
            let picture = self.picture();
            let now = Instant::now();
            match pictures.last() {
                Some((_, last)) if differing(last, &picture) <= CARET => {}
                _ => pictures.push((now, picture)),
            }
            if let Some((changed, last)) = pictures.last()
                && now - *changed > rest
                && !drawn_pixels(last).is_empty()
            {
                return shown(&pictures) - start;
            }
            assert!(now - start < timeout, "nothing is drawn");
            sleep(INTERVAL);
        }
    }

    fn picture(&self) -> Picture {
        let (width, height) = WINDOW;
        let image = self
            .0
            .get_image(ImageFormat::Z_PIXMAP, self.1, 0, 0, width, height, !0)
            .ok()
            .and_then(|cookie| cookie.reply().ok());
        let image = image.expect("the display is up and larger than the window");
        let (pixels, _) = image.data.as_chunks();
        pixels.to_vec()
    }
}

/// The time at which nine tenths of the drawn pixels of the last picture, and nine tenths of all pixels, had their final colour.
fn shown(pictures: &[(Instant, Picture)]) -> Instant {
    let (end, last) = pictures.last().expect("there is the last");
    let drawn = drawn_pixels(last);
    let is_final = |picture: &Picture| {
        let same = drawn.iter().filter(|&&place| picture[place] == last[place]);
        let whole = last.len() - differing(picture, last);
        same.count() as f64 >= SHOWN * drawn.len() as f64
            && whole as f64 >= SHOWN * last.len() as f64
    };
    let first = pictures.iter().find(|(_, picture)| is_final(picture));
    first.map_or(*end, |(time, _)| *time)
}

/// The pixels whose colour is not the most common one; none if they are only a caret.
fn drawn_pixels(picture: &Picture) -> Vec<usize> {
    let mut counts = HashMap::<[u8; 4], usize>::new();
    for &pixel in picture {
        *counts.entry(pixel).or_default() += 1;
    }
    let background = counts.into_iter().max_by_key(|&(_, count)| count);
    let background = background.map(|(colour, _)| colour);
    let places = 0..picture.len();
    let drawn: Vec<usize> = places
        .filter(|&place| Some(picture[place]) != background)
        .collect();
    if drawn.len() > CARET {
        drawn
    } else {
        Vec::new()
    }
}

fn differing(one: &Picture, other: &Picture) -> usize {
    let pairs = one.iter().zip(other);
    pairs.filter(|(one, other)| one != other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(drawn: usize) -> Picture {
        let mut picture = vec![[255; 4]; 10_000];
        picture[..drawn].fill([0; 4]);
        picture
    }

    #[test]
    fn background_and_caret_do_not_count_as_drawn() {
        assert!(drawn_pixels(&picture(0)).is_empty());
        assert!(drawn_pixels(&picture(CARET)).is_empty());
        assert_eq!(drawn_pixels(&picture(300)), (0..300).collect::<Vec<_>>());
    }

    #[test]
    fn a_screen_is_shown_when_nine_tenths_are_final() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let black = vec![[0; 4]; 10_000];
        let pictures = [
            (at(0), picture(0)),
            (at(10), picture(890)),
            (at(20), picture(900)),
            (at(30), picture(1000)),
        ];
        assert_eq!(shown(&pictures), at(20));
        // All pixels that will be black are black already, but the background is missing.
        assert_eq!(shown(&[(at(5), black), (at(9), picture(1000))]), at(9));
    }
}
