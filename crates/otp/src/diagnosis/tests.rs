//! Codes of another device, and what they tell.

use super::*;
use crate::Period;

const NOW: u64 = 1_700_000_000;

fn secret() -> Secret {
    Secret::from_bytes(b"12345678901234567890".to_vec()).unwrap()
}

fn method(algorithm: Algorithm, digits: u8, period: u32) -> Method {
    Method::Totp {
        algorithm,
        digits: Digits::new(digits).unwrap(),
        period: Period::new(period).unwrap(),
    }
}

/// What the other device shows at this time of its own, and what it showed before.
fn codes(method: Method, unix_s: u64) -> [String; 2] {
    let period = u64::from(method.period().unwrap().get());
    [unix_s - period, unix_s].map(|unix_s| {
        let timed = method.at(&secret(), unix_s).unwrap();
        timed.code.as_str().to_owned()
    })
}

fn wide(digit: char) -> char {
    char::from_u32(u32::from(digit) + 0xfee0).unwrap()
}

fn diagnosed(ours: Method, theirs: Method, ahead_s: i64) -> Diagnosis {
    let [first, second] = codes(theirs, NOW.saturating_add_signed(ahead_s));
    diagnose(&secret(), ours, NOW, [&first, &second])
}

#[test]
fn a_clock_that_is_off_is_told_to_half_a_period() {
    let usual = method(Algorithm::Sha1, 6, 30);
    for ahead_s in [64, 600, -61, -3600, 43_000, -86_000] {
        let Diagnosis::Clock(offset) = diagnosed(usual, usual, ahead_s) else {
            panic!("{ahead_s}");
        };
        let error = i64::from(offset.seconds()) - ahead_s;
        assert!(error.abs() <= 15, "{ahead_s}: {offset:?}");
    }
    for ahead_s in [0, -20] {
        assert_eq!(diagnosed(usual, usual, ahead_s), Diagnosis::Right);
    }
    assert_eq!(diagnosed(usual, usual, 90_000), Diagnosis::Unknown);
}

#[test]
fn short_periods_are_searched_less_far() {
    let short = method(Algorithm::Sha1, 8, 1);
    assert_eq!(
        diagnosed(short, short, 2000),
        Diagnosis::Clock(ClockOffset::new(2000).unwrap())
    );
    assert_eq!(diagnosed(short, short, 4000), Diagnosis::Unknown);
}

#[test]
fn another_hash_number_of_digits_or_period_is_named() {
    let usual = method(Algorithm::Sha1, 6, 30);
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
        (method(Algorithm::Sha256, 8, 60), Algorithm::Sha1, 6, 30, 64),
        (method(Algorithm::Sha1, 6, 77), Algorithm::Sha512, 6, 77, 0),
        (Method::Steam, Algorithm::Sha1, 6, 30, 0),
    ] {
        assert_eq!(
            diagnosed(ours, method(algorithm, digits, period), ahead_s),
            Diagnosis::Parameters {
                algorithm,
                digits: Digits::new(digits).unwrap(),
                period: Period::new(period).unwrap(),
            },
            "{algorithm:?} {digits} {period} {ahead_s}"
        );
    }
    let odd = method(Algorithm::Sha1, 6, 77);
    assert_eq!(diagnosed(usual, odd, 0), Diagnosis::Unknown);
}

#[test]
fn steam_codes_are_told_from_ordinary_ones() {
    let usual = method(Algorithm::Sha1, 6, 30);
    assert_eq!(diagnosed(usual, Method::Steam, 300), Diagnosis::Steam);
    assert_eq!(diagnosed(Method::Steam, Method::Steam, 0), Diagnosis::Right);
    let Diagnosis::Clock(offset) = diagnosed(Method::Steam, Method::Steam, 600) else {
        panic!("the clock is ten minutes late");
    };
    assert!((585..=615).contains(&offset.seconds()));
    for (ours, is) in [
        (Method::Steam, Diagnosis::Unknown),
        (
            usual,
            Diagnosis::Mistyped {
                first: Some(Mistyped::NotDigits),
                second: Some(Mistyped::NotDigits),
            },
        ),
    ] {
        let codes = ["R4G4T", "BCDFG"];
        assert_eq!(diagnose(&secret(), ours, NOW, codes), is);
    }
}

#[test]
fn either_order_a_missed_code_and_any_grouping_will_do() {
    let usual = method(Algorithm::Sha1, 6, 30);
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
        let diagnosis = diagnose(&secret(), usual, NOW, typed);
        assert_eq!(diagnosis, Diagnosis::Right, "{typed:?}");
    }
}

#[test]
fn codes_of_nobody_tell_nothing() {
    let usual = method(Algorithm::Sha1, 6, 30);
    let [first, second] = codes(usual, NOW + 300);
    let earlier = &codes(usual, NOW + 210)[0];
    // One right code is chance, and so are two that do not follow each other.
    for codes in [["000000", &second], [&first, "000000"], [earlier, &second]] {
        assert_eq!(
            diagnose(&secret(), usual, NOW, codes),
            Diagnosis::Unknown,
            "{codes:?}"
        );
    }
}

#[test]
fn the_typing_is_looked_at_first() {
    let usual = method(Algorithm::Sha1, 6, 30);
    for (first, second, is) in [
        (
            "",
            "123456",
            Diagnosis::Mistyped {
                first: Some(Mistyped::Length { characters: 0 }),
                second: None,
            },
        ),
        (
            "123456",
            "é",
            Diagnosis::Mistyped {
                first: None,
                second: Some(Mistyped::NotDigits),
            },
        ),
        (
            "123456",
            "1234567",
            Diagnosis::LengthsDiffer {
                first: 6,
                second: 7,
            },
        ),
        ("000000", "000-000", Diagnosis::SameCode),
    ] {
        assert_eq!(diagnose(&secret(), usual, NOW, [first, second]), is);
    }
}

#[test]
fn a_counter_is_no_matter_of_two_codes() {
    let counter = Method::Hotp {
        algorithm: Algorithm::Sha1,
        digits: Digits::default(),
        counter: 1,
    };
    for codes in [["755224", "287082"], ["", "x"]] {
        let diagnosis = diagnose(&secret(), counter, NOW, codes);
        assert_eq!(diagnosis, Diagnosis::CounterBased);
    }
}

#[test]
fn the_ends_of_time_are_no_trouble() {
    let usual = method(Algorithm::Sha1, 6, 30);
    for unix_s in [0, 29, u64::MAX / 1000, u64::MAX] {
        for ours in [usual, Method::Steam] {
            let codes = ["000000", "000001"];
            assert_eq!(diagnose(&secret(), ours, unix_s, codes), Diagnosis::Unknown);
        }
    }
}
