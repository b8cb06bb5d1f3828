use std::io::Read;
use std::time::Duration;

use crate::{Film, Frame, FrameSource, SourceError};

/// A film as a camera gives it: a frame can be had from its moment until the next one's, and is lost after that.
///
/// Frame `n` has the moment `n * period`. Who reads for longer than a period misses frames; none waits for him.
pub struct Live<R, W> {
    film: Film<R>,
    /// The number of the frame that the film gives next.
    next: u32,
    wait: W,
}

impl<R: Read, W: FnMut(Duration) -> Duration> Live<R, W> {
    /// `wait` waits until so long after the film's start, if that is still to come, and answers how long after it
    /// the moment then is.
    pub fn new(film: Film<R>, wait: W) -> Self {
        Self {
            film,
            next: 0,
            wait,
        }
    }
}

impl<R: Read + Send, W: FnMut(Duration) -> Duration> FrameSource for Live<R, W> {
    fn next_frame(&mut self) -> Result<Option<Frame>, SourceError> {
        let period = self.film.period();
        let moment = (self.wait)(period * self.next);
        while period * (self.next + 1) <= moment {
            self.next += 1;
            if self.film.next_frame()?.is_none() {
                return Ok(None);
            }
        }
        self.next += 1;
        self.film.next_frame()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// Ten frames of one pixel, whose tone is the frame's number, ten a second.
    fn film() -> Film<&'static [u8]> {
        let frames =
            b"YUV4MPEG2 W1 H1 F10:1 Cmono\nFRAME\n\0FRAME\n\x01FRAME\n\x02FRAME\n\x03FRAME\n\x04\
            FRAME\n\x05FRAME\n\x06FRAME\n\x07FRAME\n\x08FRAME\n\x09";
        Film::new(&frames[..]).expect("a film")
    }

    /// The numbers of the frames that somebody gets who takes this long for each, and how often he had to wait.
    fn taken(work: Duration) -> (Vec<u8>, u32) {
        let now = Cell::new(Duration::ZERO);
        let waits = Cell::new(0);
        let mut live = Live::new(film(), |until| {
            waits.set(waits.get() + u32::from(until > now.get()));
            now.set(now.get().max(until));
            now.get()
        });
        let mut numbers = Vec::new();
        while let Some(frame) = live.next_frame().expect("whole frames") {
            numbers.extend(frame.as_luma().pixels());
            now.set(now.get() + work);
        }
        (numbers, waits.get())
    }

    #[test]
    fn who_is_fast_waits_for_every_frame() {
        let (numbers, waits) = taken(Duration::from_millis(40));
        assert_eq!(numbers, (0..10).collect::<Vec<u8>>());
        // And once for the end.
        assert_eq!(waits, 10);
    }

    #[test]
    fn who_is_slow_gets_what_is_there_then() {
        assert_eq!(taken(Duration::from_millis(250)), (vec![0, 2, 5, 7], 0));
        assert_eq!(taken(Duration::from_secs(5)), (vec![0], 0));
    }
}
