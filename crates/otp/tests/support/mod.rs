//! Shared by the tests of codes: repeatable random numbers, and an independent HOTP.

// Each test file is a separate program that uses a part of this.
#![allow(dead_code, clippy::print_stdout)]

use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha512};
use trousseau_otp::Algorithm;

/// SplitMix64: the same numbers for the same seed on every machine.
pub struct Random(u64);

impl Random {
    /// Prints the seed, so that a failing run can be repeated.
    pub fn new(seed: u64) -> Self {
        println!("seed {seed}");
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `from` to `to`, both included.
    pub fn within(&mut self, from: u64, to: u64) -> u64 {
        from + self.next() % (to - from + 1)
    }

    /// A number of a random number of bits, so that small and large numbers both occur.
    pub fn of_any_size(&mut self, bits: u32) -> u64 {
        let shift = self.within(u64::from(64 - bits), 63);
        self.next() >> shift
    }

    pub fn bytes(&mut self, length: u64) -> Vec<u8> {
        (0..length).map(|_| self.next() as u8).collect()
    }

    pub fn algorithm(&mut self) -> Algorithm {
        [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512][self.within(0, 2) as usize]
    }
}

/// HMAC (RFC 2104), from the hash function alone.
fn hmac<D: Digest>(block: usize, key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut padded = if key.len() > block {
        D::digest(key).to_vec()
    } else {
        key.to_vec()
    };
    padded.resize(block, 0);
    let with = |pad: u8| {
        padded
            .iter()
            .map(move |byte| byte ^ pad)
            .collect::<Vec<u8>>()
    };
    let inner = D::digest([with(0x36), message.to_vec()].concat());
    D::digest([with(0x5c), inner.to_vec()].concat()).to_vec()
}

/// The 31-bit value of RFC 4226 §5.3.
pub fn value(key: &[u8], algorithm: Algorithm, counter: u64) -> u64 {
    let message = counter.to_be_bytes();
    let mac = match algorithm {
        Algorithm::Sha1 => hmac::<Sha1>(64, key, &message),
        Algorithm::Sha256 => hmac::<Sha256>(64, key, &message),
        Algorithm::Sha512 => hmac::<Sha512>(128, key, &message),
    };
    let offset = (mac[mac.len() - 1] % 16) as usize;
    mac[offset..offset + 4]
        .iter()
        .fold(0, |value, byte| value << 8 | u64::from(*byte))
        % (1 << 31)
}

/// The last `digits` decimal digits of the value.
pub fn code(key: &[u8], algorithm: Algorithm, digits: u8, counter: u64) -> String {
    let all = format!("{:0>20}", value(key, algorithm, counter));
    all[all.len() - usize::from(digits)..].to_owned()
}

/// The value in base 26, least significant digit first, in Steam's alphabet.
pub fn steam(key: &[u8], unix_s: u64) -> String {
    let value = value(key, Algorithm::Sha1, unix_s / 30);
    let letters: Vec<char> = "23456789BCDFGHJKMNPQRTVWXY".chars().collect();
    (0..5)
        .map(|place| letters[(value / 26_u64.pow(place) % 26) as usize])
        .collect()
}
