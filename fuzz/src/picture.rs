use std::collections::HashSet;

use trousseau_scan::{MAX_PICTURE_MB, Parts, PictureError, QrCode, read_picture};

/// No picture makes a reader panic or a file be held for more than it is; codes come once each.
pub fn picture(data: &[u8]) {
    match read_picture(data) {
        Ok(codes) => {
            let texts: Vec<&str> = codes.iter().map(text).collect();
            // The largest QR code holds 7089 digits; readers of text may need four bytes a character.
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
        // Whoever claims many pixels must at least have a header for it.
        Err(PictureError::TooManyPixels { .. }) => assert!(data.len() > 10),
        Err(_) => {}
    }
}

/// What a code says, alone.
fn text(code: &QrCode) -> &str {
    match code {
        QrCode::Whole(text) => text,
        QrCode::Part(part) => part.text(),
    }
}
