use crate::{Algorithm, ClockOffset, Digits, Method, Secret};

/// Why a service refuses the codes of a secret, told by two codes of a device whose codes it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Diagnosis {
    /// The codes are those of this clock.
    Right,
    /// They are those of another time.
    Clock(ClockOffset),
    /// They are those of another hash, or of more or fewer digits.
    Parameters {
        /// The hash.
        algorithm: Algorithm,
        /// How many digits.
        digits: Digits,
    },
    /// They are none of this secret's.
    Unknown,
}

/// As many time steps are looked at either way: a day of them, where they have 30 s.
const REACH: u64 = 2880;
/// As many where the hash is not sure either.
const REACH_OTHERS: u64 = 20;

/// Looks for two successive codes, of which the second was on the other device's screen at `unix_s` of this clock, a moment
/// ago at most; the nearest time step counts. Where a counter counts there is no clock to be wrong, and the answer is
/// [`Diagnosis::Unknown`].
pub fn diagnose(secret: &Secret, method: Method, unix_s: u64, codes: [&str; 2]) -> Diagnosis {
    match find(secret, method, unix_s, codes, REACH) {
        // Typing takes its time.
        Some((_, 0 | -1)) => return Diagnosis::Right,
        Some((offset, _)) => return Diagnosis::Clock(offset),
        None => {}
    }
    let Method::Totp { period, .. } = method else {
        return Diagnosis::Unknown;
    };
    let Ok(digits) = Digits::new(u8::try_from(codes[0].len()).unwrap_or(0)) else {
        return Diagnosis::Unknown;
    };
    let others = [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512];
    let found = others.into_iter().find(|&algorithm| {
        let method = Method::Totp {
            algorithm,
            digits,
            period,
        };
        find(secret, method, unix_s, codes, REACH_OTHERS).is_some()
    });
    found.map_or(Diagnosis::Unknown, |algorithm| Diagnosis::Parameters {
        algorithm,
        digits,
    })
}

/// The offset and the steps from now to the second code.
fn find(
    secret: &Secret,
    method: Method,
    unix_s: u64,
    [first, second]: [&str; 2],
    reach: u64,
) -> Option<(ClockOffset, i64)> {
    let period = u64::from(method.period()?.get());
    let is = |code: &str, unix_s: u64| {
        method
            .at(secret, unix_s)
            .is_some_and(|timed| timed.code.as_str() == code)
    };
    let now = unix_s - unix_s % period;
    (0..=reach)
        .flat_map(|steps| [-(steps as i64), steps as i64])
        .find_map(|steps| {
            let from = now.checked_add_signed(steps * period as i64)?;
            if !(is(second, from) && is(first, from.checked_sub(period)?)) {
                return None;
            }
            let middle = i64::try_from(from + period / 2).ok()?;
            let offset = middle.checked_sub_unsigned(unix_s)?;
            Some((ClockOffset::new(i32::try_from(offset).ok()?).ok()?, steps))
        })
}

#[cfg(test)]
mod tests {
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
    fn another_hash_or_length_is_named() {
        let usual = method(Algorithm::Sha1, 6, 30);
        for (algorithm, digits) in [(Algorithm::Sha256, 6), (Algorithm::Sha1, 8)] {
            assert_eq!(
                diagnosed(usual, method(algorithm, digits, 30), 35),
                Diagnosis::Parameters {
                    algorithm,
                    digits: Digits::new(digits).unwrap()
                }
            );
        }
        assert_eq!(
            diagnosed(usual, method(Algorithm::Sha1, 6, 60), 0),
            Diagnosis::Unknown
        );
    }

    #[test]
    fn codes_of_nobody_tell_nothing() {
        let usual = method(Algorithm::Sha1, 6, 30);
        let [first, second] = codes(usual, NOW + 300);
        // One right code is chance; in the wrong order they are not successive.
        for codes in [
            ["000000", &second],
            [&first, "000000"],
            [&second, &first],
            ["", ""],
            ["é", "123456"],
        ] {
            assert_eq!(
                diagnose(&secret(), usual, NOW, codes),
                Diagnosis::Unknown,
                "{codes:?}"
            );
        }
        let counter = Method::Hotp {
            algorithm: Algorithm::Sha1,
            digits: Digits::default(),
            counter: 1,
        };
        let codes = ["755224", "287082"];
        assert_eq!(diagnose(&secret(), counter, NOW, codes), Diagnosis::Unknown);
    }

    #[test]
    fn the_ends_of_time_are_no_trouble() {
        let usual = method(Algorithm::Sha1, 6, 30);
        for unix_s in [0, 29, u64::MAX / 1000, u64::MAX] {
            assert_eq!(
                diagnose(&secret(), usual, unix_s, ["000000", "000000"]),
                Diagnosis::Unknown
            );
        }
    }
}
