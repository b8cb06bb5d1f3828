//! Types that contain a secret or a code cannot be logged: this file does not compile if such a trait is added to one.

use static_assertions::{assert_impl_all, assert_not_impl_any};
use std::fmt::{Debug, Display, LowerHex, UpperHex};
use trousseau_otp::{Code, KeyUri, OtpauthError, Secret, SecretError, TimedCode};
use zeroize::ZeroizeOnDrop;

assert_not_impl_any!(Secret: Debug, Display, LowerHex, UpperHex, ToString, serde::Serialize, AsRef<[u8]>, Copy);
assert_not_impl_any!(Code: Debug, Display, ToString, serde::Serialize, AsRef<str>, Clone);
assert_not_impl_any!(TimedCode: Debug, Display, ToString, serde::Serialize, Clone);
assert_not_impl_any!(KeyUri: Debug, Display, ToString, serde::Serialize);
assert_impl_all!(Secret: ZeroizeOnDrop);
assert_impl_all!(Code: ZeroizeOnDrop);
assert_impl_all!(OtpauthError: std::error::Error, Copy, Send, Sync);
assert_impl_all!(SecretError: std::error::Error, Copy, Send, Sync);

#[test]
fn errors_say_names_and_numbers_only() {
    for (text, message) in [
        (
            "otpauth://totp/canary?secret=CANARY0CANARY",
            "character 7 of the secret is not base32",
        ),
        (
            "otpauth://totp/canary?secret=C",
            "the length of the secret cannot be 1",
        ),
        ("otpauth://totp/canary", "secret is missing"),
        ("otpauth://canary/canary", "unsupported type"),
        (
            "otpauth://totp/canary?secret=CANARY2&algorithm=canary",
            "algorithm must be SHA1, SHA256 or SHA512",
        ),
        (
            "otpauth://totp/canary?secret=CANARY2&digits=canary",
            "digits must be from 6 to 10",
        ),
        (
            "otpauth://totp/canary?secret=CANARY2&period=0",
            "period must be from 1 to 3600 seconds",
        ),
        (
            "otpauth://hotp/canary?secret=CANARY2&counter=canary",
            "counter must be from 0 to 2^64-1",
        ),
        ("oktaverify://canary", "a code for Okta Verify only"),
        (
            "https://canary.example.org",
            "a web address, not an otpauth URI",
        ),
        ("canary", "not an otpauth URI"),
    ] {
        let error = KeyUri::parse(text)
            .err()
            .unwrap_or_else(|| panic!("accepted: {message}"));
        assert_eq!(error.to_string(), message);
        assert!(!format!("{error:?}").to_lowercase().contains("canary"));
    }
}
