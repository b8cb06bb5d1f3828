//! `scripts/check-log` finds a crash and a secret in what an Android device logged, wherever they stand.

use std::fs;
use std::path::Path;

use crate::scripts::{Said, run};

const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/// A line as `logcat -d` prints it.
fn line(tag: &str, message: &str) -> String {
    format!("08-01 12:00:00.000  4242  4250 I {tag}: {message}\n")
}

/// What an app says all day: more than a pipe holds.
fn talk() -> String {
    line("chromium", "nothing of note").repeat(5_000)
}

fn checked(log: &[u8]) -> Said {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("logcat.txt");
    fs::write(&file, log).expect("the folder can be written");
    run("check-log", &[&file, Path::new(SECRET)])
}

#[test]
fn a_secret_is_found_in_the_first_of_many_lines_and_in_the_last() {
    let leak = line(
        "RustStdoutStderr",
        &format!("otpauth://totp/a?secret={SECRET}"),
    );
    for log in [
        format!("{leak}{}", talk()),
        format!("{}{leak}", talk()),
        leak.to_lowercase(),
    ] {
        let said = checked(log.as_bytes());
        assert!(
            !said.passed && said.text.contains("the secret is in it"),
            "{said:?}"
        );
    }
}

#[test]
fn what_the_system_writes_of_an_intent_is_not_ours() {
    let start =
        format!("START u0 {{act=android.intent.action.VIEW dat=otpauth://totp/a?secret={SECRET}}}");
    let log = [
        talk(),
        line("ActivityTaskManager", &start),
        line("ActivityManager ", &start),
    ];
    let said = checked(log.concat().as_bytes());
    assert!(said.passed, "{said:?}");
    // The same words in a line of ours.
    let log = line("RustStdoutStderr", &format!("ActivityTaskManager: {start}"));
    assert!(!checked(log.as_bytes()).passed);
}

#[test]
fn a_crash_is_found() {
    for crash in [
        line(
            "AndroidRuntime",
            "Process: org.trousseau.authenticator, PID: 4242",
        ),
        line(
            "DEBUG",
            "pid: 4242, tid: 4250, name: main  >>> org.trousseau.authenticator <<<",
        ),
    ] {
        let said = checked(format!("{crash}{}", talk()).as_bytes());
        assert!(
            !said.passed && said.text.contains("the app crashed"),
            "{said:?}"
        );
    }
}

#[test]
fn a_clean_log_passes_and_an_empty_one_proves_nothing() {
    let mut log = talk().into_bytes();
    // A device logs bytes that are no text as well.
    log.extend(b"08-01 12:00:00.000  1  1 I tag: \xff\xfe\n");
    let said = checked(&log);
    assert!(said.passed, "{said:?}");
    assert!(!checked(b"").passed);
}
