//! The limits that the page is told are those of the crates, which know nothing of the page: otherwise this does not compile.

use trousseau_otp::Digits;
use trousseau_wire::{DIGITS, MAX_PICTURE_MB, MAX_ROWS};

const _: () = {
    assert!(MAX_PICTURE_MB == trousseau_scan::MAX_PICTURE_MB);
    assert!(MAX_ROWS == trousseau_entries::MAX_ROWS);
    let [least, .., most] = DIGITS;
    assert!(least == Digits::MIN && most == Digits::MAX);
    assert!(DIGITS.len() == (most - least + 1) as usize);
};
