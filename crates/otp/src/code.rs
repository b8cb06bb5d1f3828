use std::fmt::Write;

use zeroize::ZeroizeOnDrop;

use crate::{Algorithm, Digits, Period, Secret};

/// The length of a Steam Guard code, in characters.
pub(crate) const STEAM_LEN: u8 = 5;

/// The period of Steam Guard codes.
pub(crate) const STEAM_PERIOD: Period = match Period::new(30) {
    Ok(period) => period,
    Err(_) => panic!("30 s is a period"),
};

/// The characters of a Steam Guard code.
pub(crate) const STEAM_ALPHABET: &[u8; 26] = b"23456789BCDFGHJKMNPQRTVWXY";

/// A one-time code, zeroized on drop.
///
/// It has neither `Debug` nor `Display` nor `Serialize`; only [`Code::as_str`] shows it.
#[derive(ZeroizeOnDrop)]
pub struct Code(String);

impl Code {
    /// The digits (for Steam the characters), without grouping.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `Truncate(HMAC(secret, counter)) mod 10^digits` (RFC 4226 §5.3), zero-padded to `digits`.
///
/// With 10 digits the code is the whole 31-bit value, so its first digit is 0, 1 or 2.
pub fn hotp(secret: &Secret, algorithm: Algorithm, digits: Digits, counter: u64) -> Code {
    let width = digits.get();
    let value = u64::from(truncate(secret, algorithm, counter)) % 10_u64.pow(u32::from(width));
    let mut code = Code(String::with_capacity(usize::from(Digits::MAX)));
    write!(code.0, "{value:0width$}", width = usize::from(width))
        .expect("writing to a string does not fail");
    code
}

/// `HOTP(secret, floor(unix_s / period))` (RFC 6238 §4.2, T0 = 0).
pub fn totp(
    secret: &Secret,
    algorithm: Algorithm,
    digits: Digits,
    period: Period,
    unix_s: u64,
) -> Code {
    hotp(secret, algorithm, digits, unix_s / u64::from(period.get()))
}

/// Five times `value mod 26` as a character of Steam's alphabet, `value / 26` after each, where `value` is the
/// 31-bit value of HOTP-SHA-1 for periods of 30 s.
pub fn steam(secret: &Secret, unix_s: u64) -> Code {
    let mut value = truncate(
        secret,
        Algorithm::Sha1,
        unix_s / u64::from(STEAM_PERIOD.get()),
    );
    let mut code = Code(String::with_capacity(usize::from(STEAM_LEN)));
    for _ in 0..STEAM_LEN {
        code.0.push(char::from(
            STEAM_ALPHABET[value as usize % STEAM_ALPHABET.len()],
        ));
        value /= STEAM_ALPHABET.len() as u32;
    }
    code
}

/// Dynamic truncation (RFC 4226 §5.3): four bytes of the HMAC, at the offset in its low four bits, without the sign bit.
fn truncate(secret: &Secret, algorithm: Algorithm, counter: u64) -> u32 {
    let algorithm = match algorithm {
        Algorithm::Sha1 => totp_rs::Algorithm::SHA1,
        Algorithm::Sha256 => totp_rs::Algorithm::SHA256,
        Algorithm::Sha512 => totp_rs::Algorithm::SHA512,
    };
    // With a step of 1 s, totp-rs takes the counter as its time. Only `sign` is used: it takes secrets of any length, and
    // totp-rs makes codes of at most 9 digits.
    let signer = totp_rs::Builder::new()
        .with_algorithm(algorithm)
        .with_secret(secret.as_bytes())
        .with_step_duration(1)
        .build_noncompliant();
    let signature = signer.sign(counter);
    let mac = signature.as_ref();
    let offset = usize::from(mac[mac.len() - 1] & 0xf);
    u32::from_be_bytes([
        mac[offset],
        mac[offset + 1],
        mac[offset + 2],
        mac[offset + 3],
    ]) & 0x7fff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(bytes: &[u8]) -> Secret {
        Secret::from_bytes(bytes.to_vec()).unwrap()
    }

    #[test]
    fn ten_digits_are_the_whole_31_bit_value() {
        // RFC 4226 App. D lists the truncated values in decimal: 1284755224 for counter 0, 868254676 for 5.
        let secret = secret(b"12345678901234567890");
        let ten = Digits::new(10).unwrap();
        assert_eq!(
            hotp(&secret, Algorithm::Sha1, ten, 0).as_str(),
            "1284755224"
        );
        assert_eq!(
            hotp(&secret, Algorithm::Sha1, ten, 5).as_str(),
            "0868254676"
        );
    }

    #[test]
    fn nothing_panics_at_the_limits() {
        for bytes in [&[0][..], &[0xff; 64], &[1; 65], &[2; 129], &[3; 1024]] {
            let secret = secret(bytes);
            for algorithm in [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512] {
                for digits in (Digits::MIN..=Digits::MAX).map(|digits| Digits::new(digits).unwrap())
                {
                    for moment in [0, 1, u64::from(u32::MAX), u64::MAX - 1, u64::MAX] {
                        let counted = hotp(&secret, algorithm, digits, moment);
                        let timed =
                            totp(&secret, algorithm, digits, Period::new(1).unwrap(), moment);
                        assert_eq!(counted.as_str(), timed.as_str());
                        assert_eq!(counted.as_str().len(), usize::from(digits.get()));
                        assert_eq!(steam(&secret, moment).as_str().len(), 5);
                    }
                }
            }
        }
    }
}
