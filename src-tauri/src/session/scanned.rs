//! Pictures and camera frames: the texts of their QR codes become drafts, and parts of a text wait for the others.

use std::sync::atomic::Ordering;

use trousseau_scan::{Joined, Luma, QrCode};
use trousseau_wire::{ErrorCode, ScanAnswer};

use super::Core;
use crate::refused::{Answer, Refused};

impl Core {
    /// Reads all QR codes of a picture file.
    ///
    /// # Errors
    /// `NoCodeInPicture`, `CodeUnreadable`, or why it is no picture for us.
    pub fn read_picture(&self, bytes: &[u8]) -> Answer<ScanAnswer> {
        self.session().writable()?;
        let codes = trousseau_scan::read_picture(bytes)?;
        if codes.is_empty() {
            return Err(ErrorCode::NoCodeInPicture.into());
        }
        self.take_codes(&codes)
    }

    /// Reads a camera frame in the layout of [`trousseau_wire::FrameEncoding`]. An empty answer is the usual one.
    ///
    /// # Errors
    /// `FrameMalformed` where size and bytes disagree.
    pub fn read_frame(&self, bytes: &[u8]) -> Answer<ScanAnswer> {
        self.session().writable()?;
        let [w0, w1, h0, h1, pixels @ ..] = bytes else {
            return Err(ErrorCode::FrameMalformed.into());
        };
        let (width, height) = (
            u16::from_le_bytes([*w0, *w1]),
            u16::from_le_bytes([*h0, *h1]),
        );
        let frame = Luma::new(width.into(), height.into(), pixels)
            .map_err(|_| ErrorCode::FrameMalformed)?;
        let turn = self.frames.fetch_add(1, Ordering::Relaxed);
        self.take_codes(&trousseau_scan::read_frame(&frame, turn))
    }

    /// Refuses to start a scan whose codes could not be saved.
    pub(crate) fn may_scan(&self) -> Answer<()> {
        self.session().writable()
    }

    /// Each text becomes a draft or a reason. A text of which parts are missing is refused, and its parts are held until the
    /// others are read.
    pub(crate) fn take_codes(&self, codes: &[QrCode]) -> Answer<ScanAnswer> {
        let joined = {
            let mut session = self.session();
            session.writable()?;
            session.open_mut()?.drafts.parts.join(codes)
        };
        let mut texts = Vec::new();
        let mut refused = Vec::new();
        for joined in joined {
            match joined {
                Joined::Text(text) => texts.push(text),
                Joined::Incomplete(incomplete) => refused.push(Refused::from(incomplete).0),
                Joined::Different => refused.push(ErrorCode::PartsDiffer.into()),
            }
        }
        let mut answer = self.take_texts(&texts)?;
        answer.refused.extend(refused);
        Ok(answer)
    }
}
