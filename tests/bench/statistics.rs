//! Measuring times, and quantiles of the measurements.

use std::time::Instant;

/// The smallest value such that at least `share` (0 to 1) of `values` are not above it (nearest rank). NaN without values.
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

/// The [`quantile`] at one half.
pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// Measures two functions alternately, so that other load on the machine slows down both equally; the first one alternates.
/// Returns seconds per call, one value per batch. The time to drop the results is not included.
pub fn interleaved<A, B>(
    batches: usize,
    calls: usize,
    mut one: impl FnMut(usize) -> A,
    mut other: impl FnMut(usize) -> B,
) -> [Vec<f64>; 2] {
    let mut times = [Vec::with_capacity(batches), Vec::with_capacity(batches)];
    // The first batch of each fills the caches and is ignored.
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
    let mut results = Vec::with_capacity(calls);
    let start = Instant::now();
    results.extend((0..calls).map(run));
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
    fn both_functions_run_equally_often() {
        let (mut one, mut other) = (0, 0);
        let times = interleaved(4, 3, |_| one += 1, |_| other += 1);
        assert_eq!((one, other), (15, 15));
        assert!(times.iter().all(|times| times.len() == 4));
    }
}
