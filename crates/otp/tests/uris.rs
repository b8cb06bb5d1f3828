//! Runs `uris.tsv`: each line has a text and the expected result.

use trousseau_otp::{KeyUri, OtpParams};

#[test]
fn every_line_of_the_table() {
    let table = include_str!("uris.tsv");
    let (mut lines, mut failures) = (0, Vec::new());
    for (number, line) in table
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
    {
        let number = number + 1;
        let [text, expected, point] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("line {number} has not three columns");
        };
        lines += 1;
        let (text, expected) = (unescape(text), unescape(expected));
        let outcome = match KeyUri::parse(&text) {
            Ok(key) => {
                if let Err(outcome) = printed_and_read_again(&key) {
                    failures.push(format!(
                        "line {number} ({point}), printed and read again: {outcome}"
                    ));
                }
                describe(&key)
            }
            Err(error) => format!("refused: {error:?}"),
        };
        if outcome != expected {
            failures.push(format!(
                "line {number} ({point})\n  expected {expected}\n  but was  {outcome}"
            ));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {lines} lines:\n{}",
        failures.len(),
        failures.join("\n")
    );
    assert!(lines >= 150, "only {lines} lines were read");
}

/// Formats an accepted URI and parses it again: only warnings may disappear.
fn printed_and_read_again(key: &KeyUri) -> Result<(), String> {
    let again = KeyUri::parse(&key.to_uri()).map_err(|error| format!("{error:?}"))?;
    let same = again.issuer == key.issuer
        && again.account == key.account
        && again.secret == key.secret
        && again.params == key.params
        && again.unknown_params == key.unknown_params;
    if same { Ok(()) } else { Err(describe(&again)) }
}

fn describe(key: &KeyUri) -> String {
    let (kind, algorithm, number) = match key.params {
        OtpParams::Totp {
            algorithm, period, ..
        } => ("totp", algorithm.name(), period.get().to_string()),
        OtpParams::Hotp {
            algorithm, counter, ..
        } => ("hotp", algorithm.name(), counter.to_string()),
        OtpParams::Steam => ("steam", "SHA1", "30".to_owned()),
    };
    let warnings: Vec<_> = key
        .warnings
        .iter()
        .map(|warning| format!("{warning:?}"))
        .collect();
    let unknown_params: Vec<_> = key
        .unknown_params
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    [
        &key.issuer,
        &key.account,
        kind,
        algorithm,
        &key.params.code_len().to_string(),
        &number,
        &key.secret.to_base32(),
        &warnings.join(","),
        &unknown_params.join(";"),
    ]
    .join("|")
}

/// `\t`, `\r`, `\n`, `\0`, `\u{…}`, and `{{x*9}}` for nine times x.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (taken, written) = if let Some(code) = rest.strip_prefix("\\u{") {
            let (code, _) = code.split_once('}').expect("an escape is closed");
            let character = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
            (
                4 + code.len(),
                character.expect("an escape names a character").to_string(),
            )
        } else if let Some(times) = rest.strip_prefix("{{") {
            let (times, _) = times.split_once("}}").expect("a repetition is closed");
            let (unit, count) = times.split_once('*').expect("a repetition has a count");
            (
                4 + times.len(),
                unit.repeat(count.parse().expect("a count is a number")),
            )
        } else {
            let escapes = [("\\t", "\t"), ("\\r", "\r"), ("\\n", "\n"), ("\\0", "\0")];
            match escapes.iter().find(|(escape, _)| rest.starts_with(escape)) {
                Some((_, character)) => (2, (*character).to_owned()),
                None => (first.len_utf8(), first.to_string()),
            }
        };
        out.push_str(&written);
        rest = &rest[taken..];
    }
    out
}
