//! Searches the codes of a secret around a given time for two codes.

use crate::{Algorithm, ClockOffset, Digits, OtpParams, Period, Secret};

/// Time steps to search in both directions with the entry's own hash and period: a day of 30 s steps.
const MAX_STEPS: u64 = 2880;
/// The fewest time steps to search with another hash or period.
const MIN_STEPS_OTHER: u64 = 20;
/// The shortest time to search with another hash or period, in seconds.
const MIN_SECONDS_OTHER: u64 = 3600;
/// The periods that services use, in seconds, the most usual first.
const PERIODS: [u32; 16] = [
    30, 60, 90, 120, 45, 20, 15, 10, 40, 180, 240, 300, 600, 900, 1800, 3600,
];

/// The time step that the later code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeMatch {
    /// Distance from the current time step, in time steps.
    pub steps: i64,
    /// Distance from now to the middle of the time step.
    pub offset: ClockOffset,
}

/// Searches with these parameters around `unix_s`, up to a day away; returns the nearest match.
pub fn near(
    secret: &Secret,
    params: OtpParams,
    unix_s: u64,
    codes: [&str; 2],
) -> Option<CodeMatch> {
    find(secret, params, unix_s, codes, MAX_STEPS)
}

/// Searches with every hash and period for codes of this number of digits, over at least an hour in both directions, but no
/// more than [`MAX_STEPS`].
pub fn other_params(
    secret: &Secret,
    own: OtpParams,
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
        let params = OtpParams::Totp {
            algorithm,
            digits,
            period,
        };
        let hour = MIN_SECONDS_OTHER / u64::from(period.get());
        let max_steps = hour.clamp(MIN_STEPS_OTHER, MAX_STEPS);
        find(secret, params, unix_s, codes, max_steps).is_some()
    })
}

fn find(
    secret: &Secret,
    params: OtpParams,
    unix_s: u64,
    [first, second]: [&str; 2],
    max_steps: u64,
) -> Option<CodeMatch> {
    let period = u64::from(params.period()?.get());
    let now = unix_s / period;
    let code_of = |step: u64| Some(params.at(secret, step.checked_mul(period)?)?.code);
    let is_code_of = |step: Option<u64>, code: &str| {
        let found = step.and_then(code_of);
        found.is_some_and(|found| found.as_str() == code)
    };
    let farthest = max_steps.min(u64::from(ClockOffset::MAX) / period) as i64;
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
        if !before.into_iter().any(|step| is_code_of(step, earlier)) {
            return None;
        }
        let middle = step.checked_mul(period)?.checked_add(period / 2)?;
        let offset = i64::try_from(middle).ok()?.checked_sub_unsigned(unix_s)?;
        Some(CodeMatch {
            steps,
            offset: ClockOffset::new(i32::try_from(offset).ok()?).ok()?,
        })
    })
}
