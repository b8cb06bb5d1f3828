use std::io::{self, BufRead, BufReader, Read};
use std::time::Duration;

use crate::{Frame, FrameSource, SourceError};

/// The longest header line; real ones have under 100 bytes.
const MAX_LINE: u64 = 1024;
/// Of a film that does not say how fast it is: 25 a second.
const PERIOD: Duration = Duration::from_millis(40);

/// A YUV4MPEG2 film (`.y4m`) with 8 bits a sample: 4:2:0, 4:4:4 or mono. Only its luma is kept.
///
/// `YUV4MPEG2 W<width> H<height> [F<frames>:<seconds>] [C<colour space>] …\n`, then for each frame `FRAME …\n`, luma, chroma.
pub struct Film<R> {
    input: BufReader<R>,
    width: u32,
    height: u32,
    chroma: u64,
    period: Duration,
}

impl<R: Read> Film<R> {
    /// Reads the film's header.
    ///
    /// # Errors
    ///
    /// [`SourceError::Failed`] if it is no such film.
    pub fn new(input: R) -> Result<Self, SourceError> {
        let mut input = BufReader::new(input);
        let header = line(&mut input)?.ok_or(SourceError::Failed)?;
        let mut words = header.split(' ');
        if words.next() != Some("YUV4MPEG2") {
            return Err(SourceError::Failed);
        }
        let (mut width, mut height, mut colour) = (0u32, 0u32, "420");
        let mut period = PERIOD;
        for word in words {
            if let Some(value) = word.strip_prefix('W') {
                width = value.parse().map_err(|_| SourceError::Failed)?;
            } else if let Some(value) = word.strip_prefix('H') {
                height = value.parse().map_err(|_| SourceError::Failed)?;
            } else if let Some(value) = word.strip_prefix('F') {
                period = parse_period(value).ok_or(SourceError::Failed)?;
            } else if let Some(value) = word.strip_prefix('C') {
                colour = value;
            }
        }
        let luma = u64::from(width) * u64::from(height);
        let chroma = match colour {
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
            chroma,
            period,
        })
    }

    /// From one frame to the next, never 0.
    pub fn period(&self) -> Duration {
        self.period
    }
}

/// `<frames>:<seconds>`; a film of unknown speed has `0:0`.
fn parse_period(value: &str) -> Option<Duration> {
    let (frames, seconds) = value.split_once(':')?;
    let (frames, seconds) = (frames.parse::<u32>().ok()?, seconds.parse::<u32>().ok()?);
    if (frames, seconds) == (0, 0) {
        return Some(PERIOD);
    }
    let period = Duration::from_secs(seconds.into()).checked_div(frames)?;
    (!period.is_zero()).then_some(period)
}

impl<R: Read + Send> FrameSource for Film<R> {
    fn next_frame(&mut self) -> Result<Option<Frame>, SourceError> {
        match line(&mut self.input)? {
            None => return Ok(None),
            Some(header) if header == "FRAME" || header.starts_with("FRAME ") => {}
            Some(_) => return Err(SourceError::Failed),
        }
        let mut pixels = vec![0; self.width as usize * self.height as usize];
        self.input
            .read_exact(&mut pixels)
            .map_err(|_| SourceError::Failed)?;
        let skipped = io::copy(&mut self.input.by_ref().take(self.chroma), &mut io::sink())
            .map_err(|_| SourceError::Failed)?;
        if skipped != self.chroma {
            return Err(SourceError::Failed);
        }
        Frame::new(self.width, self.height, pixels)
            .map(Some)
            .map_err(|_| SourceError::Failed)
    }
}

/// The next line without its end; none at the end of the input.
fn line(input: &mut impl BufRead) -> Result<Option<String>, SourceError> {
    let mut bytes = Vec::new();
    input
        .by_ref()
        .take(MAX_LINE)
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

    fn frames(film: &[u8]) -> Result<Vec<Frame>, SourceError> {
        let mut film = Film::new(film)?;
        let mut frames = Vec::new();
        while let Some(frame) = film.next_frame()? {
            frames.push(frame);
        }
        Ok(frames)
    }

    #[test]
    fn luma_of_every_frame() {
        for (header, chroma) in [
            ("YUV4MPEG2 W3 H1", 4),
            ("YUV4MPEG2 W3 H1 F30:1 Ip A1:1 C420jpeg", 4),
            ("YUV4MPEG2 C444 H1 W3", 6),
            ("YUV4MPEG2 W3 H1 Cmono", 0),
        ] {
            let mut film = format!("{header}\n").into_bytes();
            for (frame, line) in [([1, 2, 3], "FRAME\n"), ([4, 5, 6], "FRAME Ip\n")] {
                film.extend_from_slice(line.as_bytes());
                film.extend_from_slice(&frame);
                film.extend(std::iter::repeat_n(128, chroma));
            }
            let read = frames(&film).expect("a whole film");
            let luma: Vec<_> = read.iter().map(|frame| frame.as_luma().pixels()).collect();
            assert_eq!(luma, [[1, 2, 3], [4, 5, 6]], "{header}");
            film.pop();
            assert_eq!(
                frames(&film),
                Err(SourceError::Failed),
                "{header}, cut short"
            );
        }
    }

    #[test]
    fn how_fast_it_is() {
        for (header, microseconds) in [
            ("YUV4MPEG2 W3 H1 F15:1", 66_666),
            ("YUV4MPEG2 W3 H1 F30000:1001 Cmono", 33_366),
            ("YUV4MPEG2 W3 H1 F0:0", 40_000),
            ("YUV4MPEG2 W3 H1", 40_000),
        ] {
            let bytes = format!("{header}\n").into_bytes();
            let film = Film::new(&bytes[..]).expect("a film");
            assert_eq!(film.period().as_micros(), microseconds, "{header}");
        }
    }

    #[test]
    fn what_is_no_film_fails() {
        let endless = "A".repeat(5000);
        for film in [
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
                frames(film.as_bytes()),
                Err(SourceError::Failed),
                "{film:.40}"
            );
        }
    }
}
