//! What a virtual display shows, and when it came to show it.

use std::collections::HashMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

use trousseau_tests_support::Display;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{ConnectionExt, ImageFormat};
use x11rb::rust_connection::RustConnection;

/// The app's window, which a display without a window manager puts into its corner.
const WINDOW: (u16, u16) = (390, 844);
const INTERVAL: Duration = Duration::from_millis(8);
/// A picture that differs by no more than this many pixels is the same: a caret blinks.
const CARET: usize = 200;
/// The share of what is drawn that makes a screen count as shown.
const SHOWN: f64 = 0.9;

/// The pixels of the window's place, row by row.
type Picture = Vec<[u8; 4]>;

/// A connection to a display that looks on.
pub struct Screen(RustConnection, u32);

impl Screen {
    /// Connects.
    ///
    /// # Panics
    /// If there is no such display.
    pub fn connect(display: &Display) -> Self {
        let variables = display.variables();
        let name = variables.iter().find(|(name, _)| *name == "DISPLAY");
        let name = name.and_then(|(_, name)| name.to_str());
        let (connection, number) = x11rb::connect(name).expect("the display is up");
        let root = connection.setup().roots[number].root;
        Self(connection, root)
    }

    /// Looks on until nothing has moved for `rest`. Answers when, from `start`, the screen that stands then was shown.
    ///
    /// # Panics
    /// If nothing is drawn within `patience`.
    pub fn watch(&self, start: Instant, rest: Duration, patience: Duration) -> Duration {
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
                && !ink(last).is_empty()
            {
                return shown(&pictures) - start;
            }
            assert!(now - start < patience, "nothing is drawn");
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

/// When nine tenths of what is drawn in the last picture, and of the whole, stood as they do there.
fn shown(pictures: &[(Instant, Picture)]) -> Instant {
    let (end, last) = pictures.last().expect("there is the last");
    let ink = ink(last);
    let stands = |picture: &Picture| {
        let same = ink.iter().filter(|&&place| picture[place] == last[place]);
        let whole = last.len() - differing(picture, last);
        same.count() as f64 >= SHOWN * ink.len() as f64 && whole as f64 >= SHOWN * last.len() as f64
    };
    let first = pictures.iter().find(|(_, picture)| stands(picture));
    first.map_or(*end, |(time, _)| *time)
}

/// The places whose colour is not the commonest; none where they are but a caret.
fn ink(picture: &Picture) -> Vec<usize> {
    let mut counts = HashMap::<[u8; 4], usize>::new();
    for &pixel in picture {
        *counts.entry(pixel).or_default() += 1;
    }
    let paper = counts.into_iter().max_by_key(|&(_, count)| count);
    let paper = paper.map(|(colour, _)| colour);
    let places = 0..picture.len();
    let ink: Vec<usize> = places
        .filter(|&place| Some(picture[place]) != paper)
        .collect();
    if ink.len() > CARET { ink } else { Vec::new() }
}

fn differing(one: &Picture, other: &Picture) -> usize {
    let pairs = one.iter().zip(other);
    pairs.filter(|(one, other)| one != other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(inked: usize) -> Picture {
        let mut picture = vec![[255; 4]; 10_000];
        picture[..inked].fill([0; 4]);
        picture
    }

    #[test]
    fn paper_and_a_caret_are_no_ink() {
        assert!(ink(&picture(0)).is_empty());
        assert!(ink(&picture(CARET)).is_empty());
        assert_eq!(ink(&picture(300)), (0..300).collect::<Vec<_>>());
    }

    #[test]
    fn a_screen_is_shown_when_nine_tenths_of_it_stand() {
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
        // All that will be black is black already, but there is no paper yet.
        assert_eq!(shown(&[(at(5), black), (at(9), picture(1000))]), at(9));
    }
}
