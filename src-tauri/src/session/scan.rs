//! Pictures and camera frames: the texts of their QR codes become drafts, and parts of a text wait for the others.

use std::sync::atomic::Ordering;

use trousseau_scan::{Joined, Luma, QrCode};
use trousseau_wire::{ErrorCode, ScanResult};

use super::Core;
use crate::error::{Error, Result};

impl Core {
    /// Reads all QR codes of a picture file.
    ///
    /// # Errors
    /// `NoCodeInPicture`, `CodeUnreadable`, or why it is no picture for us.
    pub fn scan_picture(&self, bytes: &[u8]) -> Result<ScanResult> {
        self.session().writable()?;
        let codes = trousseau_scan::read_picture(bytes)?;
        if codes.is_empty() {
            return Err(ErrorCode::NoCodeInPicture.into());
        }
        self.import_codes(&codes)
    }

    /// Reads a camera frame in the layout of [`trousseau_wire::FrameEncoding`]. An empty answer is the usual one.
    ///
    /// # Errors
    /// `FrameMalformed` where size and bytes disagree.
    pub fn scan_frame(&self, bytes: &[u8]) -> Result<ScanResult> {
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
        self.import_codes(&trousseau_scan::read_frame(&frame, turn))
    }

    /// Refuses to start a scan whose codes could not be saved.
    pub(crate) fn check_can_import(&self) -> Result<()> {
        self.session().writable()
    }

    /// Each text becomes a draft or a reason. A text of which parts are missing is refused, and its parts are held until the
    /// others are read.
    pub(crate) fn import_codes(&self, codes: &[QrCode]) -> Result<ScanResult> {
        let joined = {
            let mut session = self.session();
            session.writable()?;
            session.unlocked_mut()?.drafts.parts.join(codes)
        };
        let mut texts = Vec::new();
        let mut refused = Vec::new();
        for joined in joined {
            match joined {
                Joined::Text(text) => texts.push(text),
                Joined::Incomplete(incomplete) => refused.push(Error::from(incomplete).0),
                Joined::ParityMismatch => refused.push(ErrorCode::PartsDiffer.into()),
            }
        }
        let mut answer = self.import_texts(&texts)?;
        answer.errors.extend(refused);
        Ok(answer)
    }
}
