//! Finds dates and years.

use crate::estimate::Match;

/// An attacker tries the years nearest to this one first.
const REFERENCE_YEAR: u32 = 2025;
/// The least number of years that an attacker tries, as in zxcvbn.
const MIN_YEAR_SPACE: u32 = 20;
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2049;
/// The factor for a date with separators, as in zxcvbn.
const SEPARATOR_FACTOR: f64 = 4.0;

/// Adds every date and every year in `chars`.
pub fn find(chars: &[char], matches: &mut Vec<Match>) {
    for start in 0..chars.len() {
        for len in 4..=10 {
            let Some(text) = chars.get(start..start + len) else {
                break;
            };
            if let Some(guesses) = guesses(text) {
                matches.push(Match {
                    start,
                    end: start + len,
                    guesses_log10: guesses.log10(),
                });
            }
        }
    }
}

fn guesses(text: &[char]) -> Option<f64> {
    let fields: Vec<&[char]> = text
        .split(|c| ['.', '/', '-', ' ', '_'].contains(c))
        .collect();
    match *fields.as_slice() {
        [all] if all.len() == 4 => number(all)
            .filter(|year| YEARS.contains(year))
            .map(year_space),
        [all] if all.len() == 6 => date(&all[..2], &all[2..4], &all[4..]),
        [all] if all.len() == 8 => date(&all[..2], &all[2..4], &all[4..])
            .or_else(|| date(&all[..4], &all[4..6], &all[6..])),
        [first, second, third] => {
            date(first, second, third).map(|guesses| guesses * SEPARATOR_FACTOR)
        }
        _ => None,
    }
}

/// The guesses for a date in the order year, month, day or with the year last; day and month in either order.
fn date(first: &[char], second: &[char], third: &[char]) -> Option<f64> {
    let [a, b, c] = [number(first)?, number(second)?, number(third)?];
    let day_and_month = |one: u32, other: u32| {
        (1..=31).contains(&one.max(other)) && (1..=12).contains(&one.min(other))
    };
    let last = year(c, third.len()).filter(|_| day_and_month(a, b));
    let first = || year(a, first.len()).filter(|_| day_and_month(b, c));
    last.or_else(first).map(|year| 365.0 * year_space(year))
}

fn year(number: u32, digits: usize) -> Option<u32> {
    match digits {
        2 => Some(if number < 50 { 2000 } else { 1900 } + number),
        4 => Some(number).filter(|year| YEARS.contains(year)),
        _ => None,
    }
}

fn year_space(year: u32) -> f64 {
    f64::from(year.abs_diff(REFERENCE_YEAR).max(MIN_YEAR_SPACE))
}

fn number(digits: &[char]) -> Option<u32> {
    let mut value = (!digits.is_empty() && digits.len() <= 4).then_some(0)?;
    for digit in digits {
        value = value * 10 + digit.to_digit(10)?;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_years_and_dates_in_every_order_and_with_separators() {
        let of = |text: &str| guesses(&text.chars().collect::<Vec<_>>());
        assert_eq!(of("1985"), Some(40.0));
        for date in [
            "31121985",
            "19851231",
            "311285",
            "31.12.1985",
            "1985-12-31",
            "1/2/03",
        ] {
            assert!(
                of(date).is_some_and(|guesses| (7_000.0..60_000.0).contains(&guesses)),
                "{date}"
            );
        }
        for other in [
            "1234",
            "99999999",
            "0.0.1985",
            "1.2.3.4",
            "12345",
            "1.2.",
            "40.13.1985",
        ] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
