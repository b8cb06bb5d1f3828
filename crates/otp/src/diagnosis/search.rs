//! Looks for two codes among those that a secret gives around a moment.

use crate::{Algorithm, ClockOffset, Digits, Method, Period, Secret};

/// As many time steps are searched either way with the entry's own hash and period: a day of them, where they have 30 s.
const REACH: u64 = 2880;
/// As many at least with another hash or period.
const REACH_OF_OTHERS: u64 = 20;
/// And as many seconds at least.
const REACH_OF_OTHERS_S: u64 = 3600;
/// The periods that services use, in seconds, the usual ones first.
const PERIODS: [u32; 16] = [
    30, 60, 90, 120, 45, 20, 15, 10, 40, 180, 240, 300, 600, 900, 1800, 3600,
];

/// Where the later of two codes was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Time steps from now to its window.
    pub steps: i64,
    /// Seconds from now to the middle of its window.
    pub offset: ClockOffset,
}

/// Looks for the codes of this method around `unix_s`, up to a day away; the nearest time step counts.
pub fn near(secret: &Secret, method: Method, unix_s: u64, codes: [&str; 2]) -> Option<Found> {
    find(secret, method, unix_s, codes, REACH)
}

/// Looks with every hash and period for codes of so many digits, for an hour at least either way where that is no more
/// than [`REACH`].
pub fn other(
    secret: &Secret,
    own: Method,
    digits: Digits,
    unix_s: u64,
    codes: [&str; 2],
) -> Option<(Algorithm, Period)> {
    let own_period = own.period()?;
    let periods = PERIODS
        .into_iter()
        .filter_map(|period| Period::new(period).ok());
    let mut candidates = std::iter::once(own_period)
        .chain(periods.filter(|period| *period != own_period))
        .flat_map(|period| {
            [Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512]
                .map(|algorithm| (algorithm, period))
        });
    candidates.find(|&(algorithm, period)| {
        let method = Method::Totp {
            algorithm,
            digits,
            period,
        };
        let hour = REACH_OF_OTHERS_S / u64::from(period.get());
        let reach = hour.clamp(REACH_OF_OTHERS, REACH);
        find(secret, method, unix_s, codes, reach).is_some()
    })
}

fn find(
    secret: &Secret,
    method: Method,
    unix_s: u64,
    [first, second]: [&str; 2],
    reach: u64,
) -> Option<Found> {
    let period = u64::from(method.period()?.get());
    let now = unix_s / period;
    let code_of = |step: u64| Some(method.at(secret, step.checked_mul(period)?)?.code);
    let is_of = |step: Option<u64>, code: &str| {
        let found = step.and_then(code_of);
        found.is_some_and(|found| found.as_str() == code)
    };
    let farthest = reach.min(u64::from(ClockOffset::MAX) / period) as i64;
    let mut nearest_first =
        std::iter::once(0).chain((1..=farthest).flat_map(|steps| [-steps, steps]));
    nearest_first.find_map(|steps| {
        let step = now.checked_add_signed(steps)?;
        let later = code_of(step)?;
        let earlier = match later.as_str() {
            code if code == second => first,
            code if code == first => second,
            _ => return None,
        };
        let before = [step.checked_sub(1), step.checked_sub(2)];
        if !before.into_iter().any(|step| is_of(step, earlier)) {
            return None;
        }
        let middle = step.checked_mul(period)?.checked_add(period / 2)?;
        let offset = i64::try_from(middle).ok()?.checked_sub_unsigned(unix_s)?;
        Some(Found {
            steps,
            offset: ClockOffset::new(i32::try_from(offset).ok()?).ok()?,
        })
    })
}
