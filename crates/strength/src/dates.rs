//! Days and years.

use crate::parts::Part;

/// Years are guessed outwards from here.
const REFERENCE: u32 = 2025;
/// Years within which every one is as likely.
const NEAR: u32 = 20;
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2049;
/// Orders and separators of a date that has them.
const WRITTEN: f64 = 4.0;

/// Every year and every date within `chars`.
pub fn find(chars: &[char], found: &mut Vec<Part>) {
    for start in 0..chars.len() {
        for len in 4..=10 {
            let Some(text) = chars.get(start..start + len) else {
                break;
            };
            if let Some(guesses) = guesses(text) {
                found.push(Part {
                    start,
                    end: start + len,
                    guesses: guesses.log10(),
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
            .map(distance),
        [all] if all.len() == 6 => date(&all[..2], &all[2..4], &all[4..]),
        [all] if all.len() == 8 => date(&all[..2], &all[2..4], &all[4..])
            .or_else(|| date(&all[..4], &all[4..6], &all[6..])),
        [first, second, third] => date(first, second, third).map(|guesses| guesses * WRITTEN),
        _ => None,
    }
}

/// A day of a year, its year first or last.
fn date(first: &[char], second: &[char], third: &[char]) -> Option<f64> {
    let [a, b, c] = [number(first)?, number(second)?, number(third)?];
    let day_and_month = |one: u32, other: u32| {
        (1..=31).contains(&one.max(other)) && (1..=12).contains(&one.min(other))
    };
    let last = year(c, third.len()).filter(|_| day_and_month(a, b));
    let first = || year(a, first.len()).filter(|_| day_and_month(b, c));
    last.or_else(first).map(|year| 365.0 * distance(year))
}

fn year(number: u32, digits: usize) -> Option<u32> {
    match digits {
        2 => Some(if number < 50 { 2000 } else { 1900 } + number),
        4 => Some(number).filter(|year| YEARS.contains(year)),
        _ => None,
    }
}

fn distance(year: u32) -> f64 {
    f64::from(year.abs_diff(REFERENCE).max(NEAR))
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
    fn knows_years_and_dates_however_they_are_written() {
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
