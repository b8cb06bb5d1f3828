use std::collections::HashSet;

use trousseau_scan::{MAX_PICTURE_MB, PictureError, read_picture};

/// No picture makes a reader panic or a file be held for more than it is; texts come once each.
pub fn picture(data: &[u8]) {
    match read_picture(data) {
        Ok(texts) => {
            // The largest QR code holds 7089 digits; readers of text may need four bytes a character.
            assert!(texts.iter().all(|text| text.len() <= 4 * 7089));
            let distinct: HashSet<_> = texts.iter().collect();
            assert_eq!(distinct.len(), texts.len());
        }
        Err(PictureError::TooLarge { max_mb }) => {
            assert!(data.len() > max_mb as usize * 1_000_000 && max_mb == MAX_PICTURE_MB);
        }
        // Whoever claims many pixels must at least have a header for it.
        Err(PictureError::TooManyPixels { .. }) => assert!(data.len() > 10),
        Err(_) => {}
    }
}
