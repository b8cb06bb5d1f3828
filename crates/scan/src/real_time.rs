use std::io::Read;
use std::time::Duration;

use crate::{Frame, FrameSource, SourceError, Y4mReader};

/// A film as a camera gives it: a frame can be had from its moment until the next one's, and is lost after that.
///
/// Frame `n` has the moment `n * period`. Who reads for longer than a period misses frames; none waits for him.
pub struct RealTimeSource<R, W> {
    reader: Y4mReader<R>,
    /// The number of the frame that the film gives next.
    next_index: u32,
    wait: W,
}

impl<R: Read, W: FnMut(Duration) -> Duration> RealTimeSource<R, W> {
    /// `wait` waits until so long after the film's start, if that is still to come, and answers how long after it
    /// the moment then is.
    pub fn new(reader: Y4mReader<R>, wait: W) -> Self {
        Self {
            reader,
            next_index: 0,
            wait,
        }
    }
}

impl<R: Read + Send, W: FnMut(Duration) -> Duration> FrameSource for RealTimeSource<R, W> {
    fn next_frame(&mut self) -> Result<Option<Frame>, SourceError> {
        let period = self.reader.period();
        let now = (self.wait)(period * self.next_index);
        while period * (self.next_index + 1) <= now {
            self.next_index += 1;
            if self.reader.next_frame()?.is_none() {
                return Ok(None);
            }
        }
        self.next_index += 1;
        self.reader.next_frame()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    /// Ten frames of one pixel, whose tone is the frame's number, ten a second.
    fn ten_frames() -> Y4mReader<&'static [u8]> {
        let frames =
            b"YUV4MPEG2 W1 H1 F10:1 Cmono\nFRAME\n\0FRAME\n\x01FRAME\n\x02FRAME\n\x03FRAME\n\x04\
            FRAME\n\x05FRAME\n\x06FRAME\n\x07FRAME\n\x08FRAME\n\x09";
        Y4mReader::new(&frames[..]).expect("a Y4M file")
    }

    /// The numbers of the frames that somebody gets who takes this long for each, and how often he had to wait.
    fn read_all(work: Duration) -> (Vec<u8>, u32) {
        let now = Cell::new(Duration::ZERO);
        let waits = Cell::new(0);
        let mut source = RealTimeSource::new(ten_frames(), |until| {
            waits.set(waits.get() + u32::from(until > now.get()));
            now.set(now.get().max(until));
            now.get()
        });
        let mut numbers = Vec::new();
        while let Some(frame) = source.next_frame().expect("whole frames") {
            numbers.extend(frame.as_luma().pixels());
            now.set(now.get() + work);
        }
        (numbers, waits.get())
    }

    #[test]
    fn a_fast_reader_waits_for_every_frame() {
        let (numbers, waits) = read_all(Duration::from_millis(40));
        assert_eq!(numbers, (0..10).collect::<Vec<u8>>());
        // And once for the end.
        assert_eq!(waits, 10);
    }

    #[test]
    fn a_slow_reader_gets_the_current_frame() {
        assert_eq!(read_all(Duration::from_millis(250)), (vec![0, 2, 5, 7], 0));
        assert_eq!(read_all(Duration::from_secs(5)), (vec![0], 0));
    }
}
