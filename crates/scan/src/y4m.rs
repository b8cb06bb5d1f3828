//! Reads Y4M files.

use std::io::{self, BufRead, BufReader, Read};
use std::time::Duration;

use crate::{Frame, FrameSource, SourceError};

/// The longest header line. Real ones have fewer than 100 bytes.
const MAX_LINE_BYTES: u64 = 1024;
/// If the file states no frame rate: 25 frames per second.
const DEFAULT_PERIOD: Duration = Duration::from_millis(40);

/// Reads the luma of a YUV4MPEG2 film (`.y4m`) with 8 bits per sample: 4:2:0, 4:4:4 or mono.
///
/// `YUV4MPEG2 W<width> H<height> [F<frames>:<seconds>] [C<colour space>] …\n`, then for each frame `FRAME …\n`, luma, chroma.
pub struct Y4mReader<R> {
    input: BufReader<R>,
    width: u32,
    height: u32,
    chroma_bytes: u64,
    period: Duration,
}

impl<R: Read> Y4mReader<R> {
    /// Reads the header of the file.
    ///
    /// # Errors
    ///
    /// [`SourceError::Failed`] if the file is malformed or uses another format.
    pub fn new(input: R) -> Result<Self, SourceError> {
        let mut input = BufReader::new(input);
        let header = read_line(&mut input)?.ok_or(SourceError::Failed)?;
        let mut parameters = header.split(' ');
        if parameters.next() != Some("YUV4MPEG2") {
            return Err(SourceError::Failed);
        }
        let (mut width, mut height, mut colour) = (0u32, 0u32, "420");
        let mut period = DEFAULT_PERIOD;
        for parameter in parameters {
            if let Some(value) = parameter.strip_prefix('W') {
                width = value.parse().map_err(|_| SourceError::Failed)?;
            } else if let Some(value) = parameter.strip_prefix('H') {
                height = value.parse().map_err(|_| SourceError::Failed)?;
            } else if let Some(value) = parameter.strip_prefix('F') {
                period = parse_period(value).ok_or(SourceError::Failed)?;
            } else if let Some(value) = parameter.strip_prefix('C') {
                colour = value;
            }
        }
        let luma = u64::from(width) * u64::from(height);
        let chroma_bytes = match colour {
            "420" | "420jpeg" | "420mpeg2" | "420paldv" => {
                2 * u64::from(width.div_ceil(2)) * u64::from(height.div_ceil(2))
            }
            "444" => 2 * luma,
            "mono" => 0,
            _ => return Err(SourceError::Failed),
        };
        if luma == 0 || luma > u64::from(crate::MAX_FRAME_MEGAPIXELS) * 1_000_000 {
            return Err(SourceError::Failed);
        }
        Ok(Self {
            input,
            width,
            height,
            chroma_bytes,
            period,
        })
    }

    /// The time between two frames, never 0.
    pub fn period(&self) -> Duration {
        self.period
    }
}

/// `<frames>:<seconds>`; `0:0` is an unknown frame rate.
fn parse_period(value: &str) -> Option<Duration> {
    let (frames, seconds) = value.split_once(':')?;
    let (frames, seconds) = (frames.parse::<u32>().ok()?, seconds.parse::<u32>().ok()?);
    if (frames, seconds) == (0, 0) {
        return Some(DEFAULT_PERIOD);
    }
    let period = Duration::from_secs(seconds.into()).checked_div(frames)?;
    (!period.is_zero()).then_some(period)
}

impl<R: Read + Send> FrameSource for Y4mReader<R> {
    fn next_frame(&mut self) -> Result<Option<Frame>, SourceError> {
        match read_line(&mut self.input)? {
            None => return Ok(None),
            Some(header) if header == "FRAME" || header.starts_with("FRAME ") => {}
            Some(_) => return Err(SourceError::Failed),
        }
        let mut pixels = vec![0; self.width as usize * self.height as usize];
        self.input
            .read_exact(&mut pixels)
            .map_err(|_| SourceError::Failed)?;
        let skipped = io::copy(
            &mut self.input.by_ref().take(self.chroma_bytes),
            &mut io::sink(),
        )
        .map_err(|_| SourceError::Failed)?;
        if skipped != self.chroma_bytes {
            return Err(SourceError::Failed);
        }
        Frame::new(self.width, self.height, pixels)
            .map(Some)
            .map_err(|_| SourceError::Failed)
    }
}

/// The next line without its `\n`. `None` at the end of the input.
fn read_line(input: &mut impl BufRead) -> Result<Option<String>, SourceError> {
    let mut bytes = Vec::new();
    input
        .by_ref()
        .take(MAX_LINE_BYTES)
        .read_until(b'\n', &mut bytes)
        .map_err(|_| SourceError::Failed)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    if bytes.pop() != Some(b'\n') {
        return Err(SourceError::Failed);
    }
    String::from_utf8(bytes)
        .map(Some)
        .map_err(|_| SourceError::Failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(file: &[u8]) -> Result<Vec<Frame>, SourceError> {
        let mut reader = Y4mReader::new(file)?;
        let mut frames = Vec::new();
        while let Some(frame) = reader.next_frame()? {
            frames.push(frame);
        }
        Ok(frames)
    }

    #[test]
    fn the_luma_of_every_frame_is_read() {
        for (header, chroma) in [
            ("YUV4MPEG2 W3 H1", 4),
            ("YUV4MPEG2 W3 H1 F30:1 Ip A1:1 C420jpeg", 4),
            ("YUV4MPEG2 C444 H1 W3", 6),
            ("YUV4MPEG2 W3 H1 Cmono", 0),
        ] {
            let mut file = format!("{header}\n").into_bytes();
            for (frame, line) in [([1, 2, 3], "FRAME\n"), ([4, 5, 6], "FRAME Ip\n")] {
                file.extend_from_slice(line.as_bytes());
                file.extend_from_slice(&frame);
                file.extend(std::iter::repeat_n(128, chroma));
            }
            let read = frames(&file).expect("a complete Y4M file");
            let luma: Vec<_> = read.iter().map(|frame| frame.as_luma().pixels()).collect();
            assert_eq!(luma, [[1, 2, 3], [4, 5, 6]], "{header}");
            file.pop();
            assert_eq!(
                frames(&file),
                Err(SourceError::Failed),
                "{header}, truncated"
            );
        }
    }

    #[test]
    fn the_frame_rate_is_read() {
        for (header, microseconds) in [
            ("YUV4MPEG2 W3 H1 F15:1", 66_666),
            ("YUV4MPEG2 W3 H1 F30000:1001 Cmono", 33_366),
            ("YUV4MPEG2 W3 H1 F0:0", 40_000),
            ("YUV4MPEG2 W3 H1", 40_000),
        ] {
            let bytes = format!("{header}\n").into_bytes();
            let reader = Y4mReader::new(&bytes[..]).expect("a Y4M file");
            assert_eq!(reader.period().as_micros(), microseconds, "{header}");
        }
    }

    #[test]
    fn malformed_files_are_refused() {
        let endless = "A".repeat(5000);
        for file in [
            "",
            "YUV4MPEG2 W3 H1",
            "YUV4MPEG2 W0 H1\n",
            "YUV4MPEG2 W3\n",
            "YUV4MPEG2 W3 Hx\n",
            "YUV4MPEG2 W99999 H99999\n",
            "YUV4MPEG2 W3 H1 C420p10\n",
            "YUV4MPEG2 W3 H1 F30\n",
            "YUV4MPEG2 W3 H1 F0:1\n",
            "YUV4MPEG2 W3 H1 F1:0\n",
            "YUV4MPEG2 W3 H1 F4000000000:1\n",
            "YUV4MPEG2 W3 H1 F30:-1\n",
            "RIFF W3 H1\n",
            "YUV4MPEG2 W3 H1 Cmono\nFRAMES\nabc",
            "YUV4MPEG2 W3 H1 Cmono\nabcdef",
            &endless,
        ] {
            assert_eq!(
                frames(file.as_bytes()),
                Err(SourceError::Failed),
                "{file:.40}"
            );
        }
    }
}
