//! Tests of [`check_codes`] with codes of another device.

use super::*;
use crate::Period;

const NOW: u64 = 1_700_000_000;

fn secret() -> Secret {
    Secret::from_bytes(b"12345678901234567890".to_vec()).unwrap()
}

fn params(algorithm: Algorithm, digits: u8, period: u32) -> OtpParams {
    OtpParams::Totp {
        algorithm,
        digits: Digits::new(digits).unwrap(),
        period: Period::new(period).unwrap(),
    }
}

/// The previous and the current code of the other device at this time of its clock.
fn codes(params: OtpParams, unix_s: u64) -> [String; 2] {
    let period = u64::from(params.period().unwrap().get());
    [unix_s - period, unix_s].map(|unix_s| {
        let timed = params.at(&secret(), unix_s).unwrap();
        timed.code.as_str().to_owned()
    })
}

fn wide(digit: char) -> char {
    char::from_u32(u32::from(digit) + 0xfee0).unwrap()
}

fn diagnosed(ours: OtpParams, theirs: OtpParams, ahead_s: i64) -> CodeCheck {
    let [first, second] = codes(theirs, NOW.saturating_add_signed(ahead_s));
    check_codes(&secret(), ours, NOW, [&first, &second])
}

#[test]
fn a_wrong_clock_is_measured_to_half_a_period() {
    let usual = params(Algorithm::Sha1, 6, 30);
    for ahead_s in [64, 600, -61, -3600, 43_000, -86_000] {
        let CodeCheck::Clock(offset) = diagnosed(usual, usual, ahead_s) else {
            panic!("{ahead_s}");
        };
        let error = i64::from(offset.seconds()) - ahead_s;
        assert!(error.abs() <= 15, "{ahead_s}: {offset:?}");
    }
    for ahead_s in [0, -20] {
        assert_eq!(diagnosed(usual, usual, ahead_s), CodeCheck::Right);
    }
    assert_eq!(diagnosed(usual, usual, 90_000), CodeCheck::Unknown);
}

#[test]
fn short_periods_are_searched_over_less_time() {
    let short = params(Algorithm::Sha1, 8, 1);
    assert_eq!(
        diagnosed(short, short, 2000),
        CodeCheck::Clock(ClockOffset::new(2000).unwrap())
    );
    assert_eq!(diagnosed(short, short, 4000), CodeCheck::Unknown);
}

#[test]
fn another_hash_number_of_digits_or_period_is_found() {
    let usual = params(Algorithm::Sha1, 6, 30);
    for (ours, algorithm, digits, period, ahead_s) in [
        (usual, Algorithm::Sha256, 6, 30, 35),
        (usual, Algorithm::Sha1, 8, 30, 35),
        (usual, Algorithm::Sha1, 7, 30, 40_000),
        (usual, Algorithm::Sha512, 10, 60, -500),
        (usual, Algorithm::Sha1, 6, 10, 3500),
        (usual, Algorithm::Sha1, 6, 15, 0),
        (usual, Algorithm::Sha1, 6, 20, 0),
        (usual, Algorithm::Sha1, 6, 40, 0),
        (usual, Algorithm::Sha1, 6, 45, 0),
        (usual, Algorithm::Sha1, 6, 60, 0),
        (usual, Algorithm::Sha1, 6, 90, 0),
        (usual, Algorithm::Sha256, 8, 120, 0),
        (usual, Algorithm::Sha1, 6, 180, 0),
        (usual, Algorithm::Sha1, 6, 300, 0),
        (usual, Algorithm::Sha1, 6, 600, 0),
        (usual, Algorithm::Sha1, 6, 3600, 0),
        (params(Algorithm::Sha256, 8, 60), Algorithm::Sha1, 6, 30, 64),
        (params(Algorithm::Sha1, 6, 77), Algorithm::Sha512, 6, 77, 0),
        (OtpParams::Steam, Algorithm::Sha1, 6, 30, 0),
    ] {
        assert_eq!(
            diagnosed(ours, params(algorithm, digits, period), ahead_s),
            CodeCheck::Parameters {
                algorithm,
                digits: Digits::new(digits).unwrap(),
                period: Period::new(period).unwrap(),
            },
            "{algorithm:?} {digits} {period} {ahead_s}"
        );
    }
    let odd = params(Algorithm::Sha1, 6, 77);
    assert_eq!(diagnosed(usual, odd, 0), CodeCheck::Unknown);
}

#[test]
fn steam_codes_are_told_from_totp_codes() {
    let usual = params(Algorithm::Sha1, 6, 30);
    assert_eq!(diagnosed(usual, OtpParams::Steam, 300), CodeCheck::Steam);
    assert_eq!(
        diagnosed(OtpParams::Steam, OtpParams::Steam, 0),
        CodeCheck::Right
    );
    let CodeCheck::Clock(offset) = diagnosed(OtpParams::Steam, OtpParams::Steam, 600) else {
        panic!("the clock is ten minutes late");
    };
    assert!((585..=615).contains(&offset.seconds()));
    for (ours, is) in [
        (OtpParams::Steam, CodeCheck::Unknown),
        (
            usual,
            CodeCheck::Mistyped {
                first: Some(Mistyped::NotDigits),
                second: Some(Mistyped::NotDigits),
            },
        ),
    ] {
        let codes = ["R4G4T", "BCDFG"];
        assert_eq!(check_codes(&secret(), ours, NOW, codes), is);
    }
}

#[test]
fn either_order_a_missing_code_and_any_grouping_are_accepted() {
    let usual = params(Algorithm::Sha1, 6, 30);
    let at = |unix_s| codes(usual, unix_s)[1].clone();
    let (missed, before, now) = (at(NOW - 60), at(NOW - 30), at(NOW));
    let dotted = format!("{}.{}", &now[..3], &now[3..]);
    let dashed = format!(" {}\u{2009}-\u{a0}{} ", &before[..3], &before[3..]);
    let wide: String = now.chars().map(wide).collect();
    for typed in [
        [&*before, &*now],
        [&now, &before],
        [&missed, &now],
        [&dashed, &dotted],
        [&before, &wide],
    ] {
        let check = check_codes(&secret(), usual, NOW, typed);
        assert_eq!(check, CodeCheck::Right, "{typed:?}");
    }
}

#[test]
fn codes_of_no_known_entry_are_unknown() {
    let usual = params(Algorithm::Sha1, 6, 30);
    let [first, second] = codes(usual, NOW + 300);
    let earlier = &codes(usual, NOW + 210)[0];
    // One matching code may be chance, and so may two that are not consecutive.
    for codes in [["000000", &second], [&first, "000000"], [earlier, &second]] {
        assert_eq!(
            check_codes(&secret(), usual, NOW, codes),
            CodeCheck::Unknown,
            "{codes:?}"
        );
    }
}

#[test]
fn typing_errors_are_reported_first() {
    let usual = params(Algorithm::Sha1, 6, 30);
    for (first, second, is) in [
        (
            "",
            "123456",
            CodeCheck::Mistyped {
                first: Some(Mistyped::Length { characters: 0 }),
                second: None,
            },
        ),
        (
            "123456",
            "é",
            CodeCheck::Mistyped {
                first: None,
                second: Some(Mistyped::NotDigits),
            },
        ),
        (
            "123456",
            "1234567",
            CodeCheck::LengthsDiffer {
                first: 6,
                second: 7,
            },
        ),
        ("000000", "000-000", CodeCheck::SameCode),
    ] {
        assert_eq!(check_codes(&secret(), usual, NOW, [first, second]), is);
    }
}

#[test]
fn hotp_entries_are_not_checked() {
    let counter = OtpParams::Hotp {
        algorithm: Algorithm::Sha1,
        digits: Digits::default(),
        counter: 1,
    };
    for codes in [["755224", "287082"], ["", "x"]] {
        let check = check_codes(&secret(), counter, NOW, codes);
        assert_eq!(check, CodeCheck::CounterBased);
    }
}

#[test]
fn the_first_and_last_moments_do_not_overflow() {
    let usual = params(Algorithm::Sha1, 6, 30);
    for unix_s in [0, 29, u64::MAX / 1000, u64::MAX] {
        for ours in [usual, OtpParams::Steam] {
            let codes = ["000000", "000001"];
            assert_eq!(
                check_codes(&secret(), ours, unix_s, codes),
                CodeCheck::Unknown
            );
        }
    }
}
