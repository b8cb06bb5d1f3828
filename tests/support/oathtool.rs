use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

/// The output of `oathtool` for these arguments.
///
/// # Panics
/// If `oathtool` is missing or fails.
#[track_caller]
pub fn oathtool(arguments: &[&str]) -> String {
    let answer = Command::new("oathtool")
        .args(arguments)
        .output()
        .expect("oathtool is installed");
    assert!(
        answer.status.success(),
        "oathtool: {}",
        String::from_utf8_lossy(&answer.stderr)
    );
    String::from_utf8_lossy(&answer.stdout).trim().to_owned()
}

/// Seconds since 1970 by this machine's clock.
pub fn unix_seconds() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.expect("the machine's clock is past 1970").as_secs()
}

/// A code of the same length in which every digit differs.
pub fn wrong_code(code: &str) -> String {
    code.chars()
        .map(|digit| {
            if digit == '9' {
                '0'
            } else {
                ((digit as u8) + 1) as char
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oathtool_knows_rfc_6238() {
        let secret = "3132333435363738393031323334353637383930";
        let code = oathtool(&[
            "--totp",
            "--digits=8",
            "--now=1970-01-01 00:00:59 UTC",
            secret,
        ]);
        assert_eq!(code, "94287082");
    }

    #[test]
    fn a_wrong_code_differs_in_every_digit() {
        assert_eq!(wrong_code("019289"), "120390");
    }
}
