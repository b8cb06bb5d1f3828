//! Plays a Y4M file at the speed of a camera.

use std::io::Read;
use std::time::Duration;

use crate::{Frame, FrameSource, SourceError, Y4mReader};

/// Behaves like a camera without a queue: frame `n` is available from `n * period` until `(n + 1) * period` after the
/// start, and lost after that. A caller that takes longer than a period skips frames.
pub struct RealTimeSource<R, W> {
    reader: Y4mReader<R>,
    /// The index of the next frame in the file.
    next_index: u32,
    wait: W,
}

impl<R: Read, W: FnMut(Duration) -> Duration> RealTimeSource<R, W> {
    /// `wait(time)` sleeps until `time` after the start, unless that has passed, and returns the time since the start.
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

    /// Ten frames, ten per second, of one pixel whose value is the frame index.
    fn ten_frames() -> Y4mReader<&'static [u8]> {
        let frames =
            b"YUV4MPEG2 W1 H1 F10:1 Cmono\nFRAME\n\0FRAME\n\x01FRAME\n\x02FRAME\n\x03FRAME\n\x04\
            FRAME\n\x05FRAME\n\x06FRAME\n\x07FRAME\n\x08FRAME\n\x09";
        Y4mReader::new(&frames[..]).expect("a Y4M file")
    }

    /// The indices of the frames that a caller gets who spends `work` on each, and how often it had to wait.
    fn read_all(work: Duration) -> (Vec<u8>, u32) {
        let now = Cell::new(Duration::ZERO);
        let waits = Cell::new(0);
        let mut source = RealTimeSource::new(ten_frames(), |until| {
            waits.set(waits.get() + u32::from(until > now.get()));
            now.set(now.get().max(until));
            now.get()
        });
        let mut indices = Vec::new();
        while let Some(frame) = source.next_frame().expect("complete frames") {
            indices.extend(frame.as_luma().pixels());
            now.set(now.get() + work);
        }
        (indices, waits.get())
    }

    #[test]
    fn a_fast_reader_waits_for_every_frame() {
        let (indices, waits) = read_all(Duration::from_millis(40));
        assert_eq!(indices, (0..10).collect::<Vec<u8>>());
        // Nine frames after the first, and the end of the file.
        assert_eq!(waits, 10);
    }

    #[test]
    fn a_slow_reader_gets_the_current_frame() {
        assert_eq!(read_all(Duration::from_millis(250)), (vec![0, 2, 5, 7], 0));
        assert_eq!(read_all(Duration::from_secs(5)), (vec![0], 0));
    }
}
