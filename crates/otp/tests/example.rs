//! Runs the example `code`.

use std::process::{Command, Output};

/// `12345678901234567890`, the secret of the RFCs.
const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

fn code(arguments: &[&str]) -> Output {
    let test = std::env::current_exe().expect("a running program has a path");
    let target = test
        .ancestors()
        .nth(2)
        .expect("tests are built into target/PROFILE/deps");
    let example = target
        .join("examples/code")
        .with_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        example.exists(),
        "the example is not built: test the whole package, not this file alone"
    );
    Command::new(example)
        .args(arguments)
        .output()
        .expect("the example starts")
}

#[track_caller]
fn prints(arguments: &[&str], expected: &str) {
    let output = code(arguments);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        format!("{expected}\n")
    );
    assert!(output.stderr.is_empty() && output.status.success());
}

#[track_caller]
fn refuses(arguments: &[&str], expected: &str) {
    let output = code(arguments);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(message.lines().next(), Some(&*format!("code: {expected}")));
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(!message.to_lowercase().contains("canary"));
}

#[test]
fn the_code_alone() {
    prints(
        &[
            &format!("otpauth://totp/Bank:jane?secret={SECRET}&digits=8"),
            "--at",
            "59",
        ],
        "94287082",
    );
    prints(
        &[
            "--at",
            "59",
            &format!("otpauth://totp/Bank:jane?secret={SECRET}"),
        ],
        "287082",
    );
    prints(
        &[
            &format!("otpauth://totp/Bank:jane?secret={SECRET}&digits=10"),
            "--at",
            "0",
        ],
        "1284755224",
    );
    prints(
        &[&format!(
            "otpauth://hotp/Bank:jane?secret={SECRET}&counter=9"
        )],
        "520489",
    );
    prints(
        &[
            &format!("otpauth://hotp/Bank:jane?secret={SECRET}&counter=9"),
            "--at",
            "59",
        ],
        "520489",
    );
}

#[test]
fn the_code_of_now() {
    let output = code(&[&format!(
        "otpauth://totp/Bank:jane?secret={SECRET}&period=3600"
    )]);
    let printed = String::from_utf8_lossy(&output.stdout);
    assert!(
        printed.len() == 7 && printed.trim().bytes().all(|byte| byte.is_ascii_digit()),
        "{printed:?}"
    );
}

#[test]
fn refusals_do_not_echo() {
    refuses(&[], "the URI is missing");
    refuses(&["--at", "59"], "the URI is missing");
    refuses(&["canary", "--at"], "--at takes a time in Unix seconds");
    refuses(
        &["canary", "--at", "canary"],
        "--at takes a time in Unix seconds",
    );
    refuses(
        &["canary", "--at", "-1"],
        "--at takes a time in Unix seconds",
    );
    refuses(&["--canary"], "there is no such option");
    refuses(&["canary", "canary"], "one URI at a time; is it in quotes?");
    refuses(&["canary"], "not an otpauth URI");
    refuses(
        &["otpauth://totp/canary?secret=CANARY0A"],
        "character 7 of the secret is not base32",
    );
    refuses(
        &["otpauth://totp/canary?secret=CANARY2&period=0"],
        "period must be from 1 to 3600 seconds",
    );
    refuses(
        &["otpauth://totp/canary?secret=CANARY2&issuer=x\notpauth://totp/canary?secret=CANARY3"],
        "more than one link",
    );
}
