//! Prints the code of an otpauth URI, and nothing else: `code URI [--at UNIX_SECONDS]`.
//!
//! Without `--at` it prints the current code; for a counter-based URI, the code of its counter. Errors go to standard error
//! without the refused text; the exit code is then 2.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::{
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};

use trousseau_otp::{KeyUri, OtpParams, hotp};

const USAGE: &str = "usage: code 'otpauth://…' [--at UNIX_SECONDS]";

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(code) => {
            println!("{code}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("code: {message}");
            ExitCode::from(2)
        }
    }
}

fn run(mut arguments: impl Iterator<Item = String>) -> Result<String, String> {
    let (mut uri, mut at) = (None, None);
    while let Some(argument) = arguments.next() {
        if argument == "--at" {
            let seconds = arguments.next().and_then(|seconds| seconds.parse().ok());
            at = Some(seconds.ok_or(format!("--at takes a time in Unix seconds\n{USAGE}"))?);
        } else if argument.starts_with("--") {
            return Err(format!("there is no such option\n{USAGE}"));
        } else if uri.replace(argument).is_some() {
            return Err(format!("one URI at a time; is it in quotes?\n{USAGE}"));
        }
    }
    let uri = uri.ok_or(format!("the URI is missing\n{USAGE}"))?;
    let key = KeyUri::parse(&uri).map_err(|error| error.to_string())?;
    let unix_s = at.map_or_else(now, Ok)?;
    let code = match key.params {
        OtpParams::Hotp {
            algorithm,
            digits,
            counter,
        } => hotp(&key.secret, algorithm, digits, counter),
        timed => {
            timed
                .at(&key.secret, unix_s)
                .expect("only counters have no code of a time")
                .code
        }
    };
    Ok(code.as_str().to_owned())
}

fn now() -> Result<u64, String> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since
        .map(|since| since.as_secs())
        .map_err(|_| "the clock stands before 1970".to_owned())
}
