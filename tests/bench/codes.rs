//! Time to compute a code, compared with `totp-rs` alone.

use std::hint::black_box;

use totp_rs::Builder;
use trousseau_otp::{Algorithm, Digits, Period, Secret, totp};

use crate::report::{Comparison, Line, Section, Series};
use crate::statistics::{interleaved, median};

const NAMES: [&str; 3] = ["SHA1", "SHA256", "SHA512"];
const AIM: f64 = 1.2;
const CALLS: usize = 2000;
const MICROSECONDS: f64 = 1e6;

/// Codes of 6 digits from secrets of 20 bytes.
pub fn measure(quick: bool) -> Section {
    let batches = if quick { 15 } else { 201 };
    let mut section = Section {
        title: "Code from an entry",
        how: format!(
            "trousseau_otp::totp with a parsed secret, compared with totp-rs 6 alone (built once, then generate and to_string); \
             both use the same HMAC. 20-byte secret, 6 digits; {batches} alternating batches of {CALLS} codes; medians."
        ),
        unit: "µs",
        series: Vec::new(),
        limit: None,
        lines: Vec::new(),
    };
    for name in NAMES {
        let times = race(name, batches).map(|times| {
            let micros = times.into_iter().map(|time| time * MICROSECONDS);
            micros.collect::<Vec<_>>()
        });
        let [ours, peer] = times;
        section.lines.push(Line {
            what: format!("code, {name}"),
            value: median(&ours),
            comparison: Comparison::Peer {
                name: "totp-rs",
                value: median(&peer),
                aim: Some(AIM),
            },
        });
        let series = |name: String, values| Series { name, values };
        section
            .series
            .push(series(format!("Trousseau, {name}"), ours));
        section
            .series
            .push(series(format!("totp-rs, {name}"), peer));
    }
    section
}

/// Seconds per code, for us and for `totp-rs`.
fn race(name: &str, batches: usize) -> [Vec<f64>; 2] {
    let bytes = *b"12345678901234567890";
    let secret = Secret::from_bytes(bytes.to_vec()).expect("20 bytes are a secret");
    let algorithm = Algorithm::parse(name).expect("every name is an algorithm");
    let (digits, period) = (Digits::default(), Period::default());
    let peer = Builder::new()
        .with_algorithm(match algorithm {
            Algorithm::Sha1 => totp_rs::Algorithm::SHA1,
            Algorithm::Sha256 => totp_rs::Algorithm::SHA256,
            Algorithm::Sha512 => totp_rs::Algorithm::SHA512,
        })
        .with_secret(&bytes[..])
        .build_noncompliant();
    let time = |call: usize| black_box(1_700_000_000 + 30 * call as u64);
    for call in 0..10 {
        let code = totp(&secret, algorithm, digits, period, time(call));
        assert_eq!(code.as_str(), peer.generate(time(call)).to_string());
    }
    interleaved(
        batches,
        CALLS,
        |call| {
            let code = totp(black_box(&secret), algorithm, digits, period, time(call));
            black_box(code.as_str());
        },
        |call| {
            black_box(black_box(&peer).generate(time(call)).to_string());
        },
    )
}
