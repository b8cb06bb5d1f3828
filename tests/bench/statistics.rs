//! Taking times, and what to say of many of them.

use std::time::Instant;

/// The value below or at which `share` (0 to 1) of `values` lie: nearest rank. NaN of none.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    let last = sorted.len().saturating_sub(1);
    sorted
        .get(rank.saturating_sub(1).min(last))
        .copied()
        .unwrap_or(f64::NAN)
}

/// [`quantile`] of one half.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// Times both in turn, so that what else the machine does slows both alike; who goes first alternates.
/// Answers seconds for one call, one value a batch. What they make is dropped off the clock.
pub fn interleaved<A, B>(
    batches: usize,
    calls: usize,
    mut one: impl FnMut(usize) -> A,
    mut other: impl FnMut(usize) -> B,
) -> [Vec<f64>; 2] {
    let mut times = [Vec::with_capacity(batches), Vec::with_capacity(batches)];
    // The first of each fills the caches and is dropped.
    for batch in 0..=batches {
        for turn in [batch % 2, 1 - batch % 2] {
            let seconds = match turn {
                0 => time(calls, &mut one),
                _ => time(calls, &mut other),
            };
            if batch > 0 {
                times[turn].push(seconds);
            }
        }
    }
    times
}

fn time<T>(calls: usize, run: &mut impl FnMut(usize) -> T) -> f64 {
    let mut made = Vec::with_capacity(calls);
    let start = Instant::now();
    made.extend((0..calls).map(run));
    start.elapsed().as_secs_f64() / calls as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_rank() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(median(&values), 50.0);
        assert_eq!(quantile(&values, 0.95), 95.0);
        assert_eq!(quantile(&values, 1.0), 100.0);
        assert_eq!(quantile(&values, 0.0), 1.0);
        assert_eq!(median(&[3.0, 9.0, 1.0]), 3.0);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn both_run_equally_often() {
        let (mut one, mut other) = (0, 0);
        let times = interleaved(4, 3, |_| one += 1, |_| other += 1);
        assert_eq!((one, other), (15, 15));
        assert!(times.iter().all(|times| times.len() == 4));
    }
}
