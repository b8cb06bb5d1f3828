//! Checks at compile time that the limits which `trousseau_wire` gives to the page equal those of the other
//! crates. They cannot share them, because `trousseau_wire` depends on none of them.

use trousseau_otp::Digits;
use trousseau_wire::{DIGITS, MAX_PICTURE_MB, MAX_ROWS};

const _: () = {
    assert!(MAX_PICTURE_MB == trousseau_scan::MAX_PICTURE_MB);
    assert!(MAX_ROWS == trousseau_entries::MAX_ROWS);
    let [min, .., max] = DIGITS;
    assert!(min == Digits::MIN && max == Digits::MAX);
    assert!(DIGITS.len() == (max - min + 1) as usize);
};
