//! Compares the codes of random entries with independent implementations: `oathtool`, and an HMAC written for the tests.

#![allow(clippy::unwrap_used)]

mod support;

use std::process::Command;

use support::Random;
use trousseau_otp::{Algorithm, Digits, KeyUri, OtpParams, Period, Secret, hotp, steam, totp};

#[test]
fn two_thousand_entries_against_oathtool() {
    let mut random = Random::new(4226);
    for round in 0..2000 {
        let length = random.within(1, if round % 10 == 0 { 200 } else { 40 });
        let secret = Secret::from_bytes(random.bytes(length)).unwrap();
        let digits = random.within(6, 8) as u8;
        let mut oathtool = Command::new("oathtool");
        oathtool.arg(format!("--digits={digits}"));
        let digits = Digits::new(digits).unwrap();
        let (params, unix_s) = if round % 4 == 0 {
            // It knows counter-based codes over SHA-1 only, and counters up to 2^63 - 1.
            let counter = random.of_any_size(63);
            oathtool.arg("--hotp").arg(format!("--counter={counter}"));
            (
                OtpParams::Hotp {
                    algorithm: Algorithm::Sha1,
                    digits,
                    counter,
                },
                0,
            )
        } else {
            let (algorithm, period) = (random.algorithm(), random.within(1, 3600) as u32);
            let unix_s = random.of_any_size(36);
            oathtool
                .arg(format!("--totp={}", algorithm.name()))
                .arg(format!("--time-step-size={period}s"));
            oathtool.arg(format!("--now=@{unix_s}"));
            (
                OtpParams::Totp {
                    algorithm,
                    digits,
                    period: Period::new(period).unwrap(),
                },
                unix_s,
            )
        };
        if round % 2 == 0 {
            oathtool.arg("--base32").arg(secret.to_base32().as_str());
        } else {
            oathtool.arg(data_encoding::HEXLOWER.encode(secret.as_bytes()));
        }
        assert_eq!(
            after_a_uri(secret, params, unix_s),
            output_of(oathtool),
            "round {round}, {params:?} at {unix_s}"
        );
    }
}

#[test]
fn two_thousand_entries_against_a_second_hmac() {
    let mut random = Random::new(6238);
    for round in 0..2000 {
        // Shorter and longer than the blocks of 64 and 128 bytes.
        let length = random.within(1, 300);
        let key = random.bytes(length);
        let secret = Secret::from_bytes(key.clone()).unwrap();
        let (algorithm, digits) = (
            random.algorithm(),
            if round < 1600 {
                9 + (round % 2) as u8
            } else {
                random.within(6, 8) as u8
            },
        );
        let (period, number) = (random.within(1, 3600) as u32, random.of_any_size(64));
        let width = Digits::new(digits).unwrap();
        assert_eq!(
            hotp(&secret, algorithm, width, number).as_str(),
            support::code(&key, algorithm, digits, number),
            "round {round}, {}, {digits} digits, counter {number}",
            algorithm.name()
        );
        assert_eq!(
            totp(
                &secret,
                algorithm,
                width,
                Period::new(period).unwrap(),
                number
            )
            .as_str(),
            support::code(&key, algorithm, digits, number / u64::from(period)),
            "round {round}, {}, {digits} digits, {period} s, at {number}",
            algorithm.name()
        );
        assert_eq!(
            steam(&secret, number).as_str(),
            support::steam(&key, number),
            "round {round}, Steam at {number}"
        );
    }
}

/// The code of an entry after formatting it as a URI and parsing that, as after a scan.
fn after_a_uri(secret: Secret, params: OtpParams, unix_s: u64) -> String {
    let (issuer, account) = ("Bank".to_owned(), "jane".to_owned());
    let key = KeyUri {
        issuer,
        account,
        secret,
        params,
        unknown_params: Vec::new(),
        warnings: Vec::new(),
    };
    let key = KeyUri::parse(&key.to_uri()).unwrap_or_else(|error| panic!("{error}"));
    match key.params {
        OtpParams::Hotp {
            algorithm,
            digits,
            counter,
        } => hotp(&key.secret, algorithm, digits, counter)
            .as_str()
            .to_owned(),
        timed => timed
            .at(&key.secret, unix_s)
            .unwrap()
            .code
            .as_str()
            .to_owned(),
    }
}

fn output_of(mut oathtool: Command) -> String {
    let output = oathtool
        .output()
        .expect("oathtool has to be installed (Debian package oathtool)");
    assert!(
        output.status.success(),
        "oathtool: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
