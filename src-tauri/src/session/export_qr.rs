//! What leaves the app: an entry, as the QR code that another device scans.

use fast_qr::{ECL, QRBuilder};
use trousseau_entries::Entry;
use trousseau_otp::KeyUri;
use trousseau_wire::{ErrorCode, QrDrawing};

use super::Core;
use crate::convert::parse_id;
use crate::error::Result;

/// The margin that ISO/IEC 18004 wants around a code, in modules.
const QUIET_ZONE: usize = 4;

impl Core {
    /// The QR code of an entry: its `otpauth` URI, and so its secret, as a drawing.
    ///
    /// # Errors
    /// `ReauthRequired` where a credential was last proved over 30 s ago; `EntryNotFound`; `NoCode` for an entry without
    /// a secret; `QrTooLong` where it does not fit into the largest code.
    pub fn export_qr(&self, id: &str) -> Result<QrDrawing> {
        let session = self.session();
        session.require_recent_proof(self.monotonic())?;
        let uri = key_uri(session.entry(parse_id(id)?)?).ok_or(ErrorCode::NoCode)?;
        drop(session);
        draw(&uri.to_uri()).ok_or_else(|| ErrorCode::QrTooLong.into())
    }
}

fn key_uri(entry: &Entry) -> Option<KeyUri> {
    let (secret, params) = entry.otp()?;
    let extra = entry.unknown_params.iter();
    Some(KeyUri {
        issuer: entry.issuer.clone(),
        account: entry.account.clone(),
        secret: secret.clone(),
        params: *params,
        unknown_params: extra
            .map(|(name, value)| (name.clone(), value.to_string()))
            .collect(),
        warnings: Vec::new(),
    })
}

/// The dark modules as the data of an SVG path, a run of them a stroke.
fn draw(text: &str) -> Option<QrDrawing> {
    // Read from a screen, so little is lost: the smaller code is the one that is read from further away.
    let code = QRBuilder::new(text).ecl(ECL::L).build().ok()?;
    let mut path = String::new();
    for (y, row) in (0..code.size).map(|y| (y, &code[y])) {
        let dark = |x: &usize| row[*x].value();
        let mut x = 0;
        while let Some(start) = (x..code.size).find(dark) {
            x = (start..code.size).find(|x| !dark(x)).unwrap_or(code.size);
            let (left, top) = (start + QUIET_ZONE, y + QUIET_ZONE);
            path.push_str(&format!("M{left} {top}h{len}v1h-{len}z", len = x - start));
        }
    }
    Some(QrDrawing {
        size: u32::try_from(code.size + 2 * QUIET_ZONE).ok()?,
        path,
    })
}
