use std::collections::HashSet;

use trousseau_scan::{MAX_PICTURE_MB, Parts, PictureError, QrCode, read_picture};

/// No picture makes a decoder panic, or is rejected for a limit that it respects; each code is returned once.
pub fn picture(data: &[u8]) {
    match read_picture(data) {
        Ok(codes) => {
            let texts: Vec<&str> = codes.iter().map(text).collect();
            // The largest QR code contains 7089 digits; a character may need four bytes.
            assert!(texts.iter().all(|text| text.len() <= 4 * 7089));
            let place = |code: &QrCode| match code {
                QrCode::Whole(_) => None,
                QrCode::Part(part) => Some((part.index(), part.count(), part.parity())),
            };
            let distinct: HashSet<_> = codes.iter().map(place).zip(texts).collect();
            assert_eq!(distinct.len(), codes.len());
            let joined = Parts::default().join(&codes);
            assert!(joined.len() <= codes.len());
        }
        Err(PictureError::TooLarge { max_mb }) => {
            assert!(data.len() > max_mb as usize * 1_000_000 && max_mb == MAX_PICTURE_MB);
        }
        // A file that claims many pixels must at least have a header.
        Err(PictureError::TooManyPixels { .. }) => assert!(data.len() > 10),
        Err(_) => {}
    }
}

/// The text of a code or of a part.
fn text(code: &QrCode) -> &str {
    match code {
        QrCode::Whole(text) => text,
        QrCode::Part(part) => part.text(),
    }
}
