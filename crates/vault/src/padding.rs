//! Padding to multiples of 256 bytes (ISO/IEC 7816-4), so that the size of a vault reveals little.

/// The padded length is a multiple of this.
pub(crate) const STEP: usize = 256;
/// The first byte after the payload; zero bytes follow.
pub(crate) const MARKER: u8 = 0x80;

/// `payload ‖ 0x80 ‖ 0 to 255 zero bytes`.
pub(crate) fn padded_length(length: usize) -> usize {
    (length / STEP + 1) * STEP
}

/// Removes the padding; `None` if it is not exactly as specified by [`padded_length`].
pub(crate) fn unpad(padded: &mut Vec<u8>) -> Option<()> {
    let end = padded.iter().rposition(|&byte| byte != 0)?;
    if padded[end] != MARKER || padded.len() != padded_length(end) {
        return None;
    }
    padded.truncate(end);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_one_mark_and_zeros_of_one_step() {
        let step = |head: &[u8], length| {
            let mut bytes = head.to_vec();
            bytes.resize(length, 0);
            unpad(&mut bytes).map(|()| bytes)
        };
        assert_eq!(step(&[1, 2, MARKER], 256), Some(vec![1, 2]));
        assert_eq!(step(&[MARKER], 256), Some(vec![]));
        assert_eq!(
            step(&[&[1; 255][..], &[MARKER]].concat(), 256),
            Some(vec![1; 255])
        );
        assert_eq!(
            step(&[&[1; 256][..], &[MARKER]].concat(), 512),
            Some(vec![1; 256])
        );
        assert_eq!(step(&[MARKER, MARKER], 256), Some(vec![MARKER]));
        assert_eq!(step(&[MARKER], 512), None);
        assert_eq!(step(&[1, 2, MARKER], 255), None);
        assert_eq!(step(&[1, 2, 0x81], 256), None);
        assert_eq!(step(&[], 256), None);
        assert_eq!(step(&[], 0), None);
    }
}
