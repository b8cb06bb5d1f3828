//! `scripts/check-log` finds crashes and secrets anywhere in the log of an Android device.

use std::fs;
use std::path::Path;

use crate::scripts::{ScriptOutput, run};

const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const PASSPHRASE: &str = "bateau lampe orage tilleul";

/// A line in the format of `logcat -d`.
fn line(tag: &str, message: &str) -> String {
    format!("08-01 12:00:00.000  4242  4250 I {tag}: {message}\n")
}

/// Harmless lines, more than fit into a pipe.
fn harmless_lines() -> String {
    line("chromium", "nothing of note").repeat(5_000)
}

fn checked(log: &[u8]) -> ScriptOutput {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("logcat.txt");
    fs::write(&file, log).expect("the folder can be written");
    run(
        "check-log",
        &[&file, Path::new(SECRET), Path::new(PASSPHRASE)],
    )
}

#[test]
fn a_secret_is_found_in_the_first_and_in_the_last_of_many_lines() {
    let leak = line(
        "RustStdoutStderr",
        &format!("otpauth://totp/a?secret={SECRET}"),
    );
    for log in [
        format!("{leak}{}", harmless_lines()),
        format!("{}{leak}", harmless_lines()),
        leak.to_lowercase(),
    ] {
        let output = checked(log.as_bytes());
        assert!(
            !output.passed && output.text.contains("the 1st secret is in it"),
            "{output:?}"
        );
    }
}

/// As the page groups it, as a debugger prints its bytes, and in several encodings; also the passphrase.
#[test]
fn a_secret_is_found_in_every_notation() {
    for written in [
        "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
        "jbsw-y3dp-ehpk-3pxp-jbsw-y3dp-ehpk-3pxp",
        // Base64 of the text, of its bytes, and of texts in which it starts at the second and the third byte of
        // a group of three.
        "SkJTV1kzRFBFSFBLM1BYUEpCU1dZM0RQRUhQSzNQWFA=",
        "SGVsbG8h3q2+70hlbGxvId6tvu8=",
        "eyJzIjoiSkJTV1kzRFBFSFBLM1BYUEpCU1dZM0RQRUhQSzNQWFAifQ==",
        "eyJzIjogIkpCU1dZM0RQRUhQSzNQWFBKQlNXWTNEUEVIUEszUFhQIn0=",
        "eyJzIiA6ICJKQlNXWTNEUEVIUEszUFhQSkJTV1kzRFBFSFBLM1BYUCJ9",
        "4a425357593344504548504b335058504a425357593344504548504b33505850",
        "48:65:6C:6C:6F:21:DE:AD:BE:EF:48:65:6C:6C:6F:21:DE:AD:BE:EF",
        "[0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x21, 0xde, 0xad, 0xbe, 0xef, 0x48, 0x65, 0x6c, 0x6c, 0x6f, 0x21, 0xde, 0xad, 0xbe, 0xef]",
        "[72, 101, 108, 108, 111, 33, 222, 173, 190, 239, 72, 101, 108, 108, 111, 33, 222, 173, 190, 239]",
        PASSPHRASE,
        "bateau%20lampe%20orage%20tilleul",
        r#"["bateau", "lampe", "orage", "tilleul"]"#,
        "YmF0ZWF1IGxhbXBlIG9yYWdlIHRpbGxldWw=",
    ] {
        let output = checked(line("chromium", written).as_bytes());
        assert!(
            !output.passed && output.text.contains("secret is in it"),
            "{written}: {output:?}"
        );
    }
}

/// A log line holds about 4000 bytes; a longer message continues in the next line of the same thread.
#[test]
fn a_secret_split_over_two_lines_is_found() {
    let (begin, end) = SECRET.split_at(11);
    let other = line("chromium", "of another thread").replace("4250", "4251");
    let cut = [line("chromium", begin), other, line("chromium", end)].concat();
    let output = checked(format!("{}{cut}", harmless_lines()).as_bytes());
    assert!(
        !output.passed && output.text.contains("5001: the 1st secret is in it"),
        "{output:?}"
    );
    // Halves from two threads do not belong together.
    let halves = line("chromium", begin) + &line("chromium", end).replace("4250", "4251");
    let output = checked(halves.as_bytes());
    assert!(output.passed, "{output:?}");
}

#[test]
fn a_secret_too_short_to_search_for_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("logcat.txt");
    fs::write(&file, harmless_lines()).expect("the folder can be written");
    for secrets in [&["abc"][..], &[""], &[SECRET, " -- "], &[]] {
        let arguments: Vec<_> = [file.as_path()]
            .into_iter()
            .chain(secrets.iter().map(Path::new))
            .collect();
        assert!(!run("check-log", &arguments).passed, "{secrets:?}");
    }
}

/// The script searches for what the emulator types: both values are read from the walk.
#[test]
fn the_emulator_walk_defines_both_secrets() {
    let walk = crate::project_files::text("../ui/tests/phone/walk.ts");
    let smoke = crate::project_files::text("../scripts/smoke-android");
    for (name, value) in [("SECRET", SECRET), ("PASSPHRASE", PASSPHRASE)] {
        let constant = format!("const {name} = '{value}';");
        assert!(walk.lines().any(|line| line.ends_with(&constant)), "{name}");
        assert!(!smoke.contains(value), "{name} is repeated");
        assert!(smoke.contains(&format!("\"$(walk {name})\"")), "{name}");
    }
    // Enlarged before it is cleared, because a buffer that overflows loses its first lines.
    let wider = smoke
        .find("adb logcat -G 16M")
        .expect("the script enlarges the log buffer");
    assert!(
        wider
            < smoke
                .find("adb logcat -c")
                .expect("the script clears the log")
    );
}

#[test]
fn an_intent_logged_by_the_system_is_ignored() {
    let start =
        format!("START u0 {{act=android.intent.action.VIEW dat=otpauth://totp/a?secret={SECRET}}}");
    let log = [
        harmless_lines(),
        line("ActivityTaskManager", &start),
        line("ActivityManager ", &start),
    ];
    let output = checked(log.concat().as_bytes());
    assert!(output.passed, "{output:?}");
    // The same text in a line of the app.
    let log = line("RustStdoutStderr", &format!("ActivityTaskManager: {start}"));
    assert!(!checked(log.as_bytes()).passed);
    // A link contains no passphrase.
    let log = line("ActivityManager ", PASSPHRASE);
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
            "ActivityManager",
            "ANR in org.trousseau.authenticator (org.trousseau.authenticator/.MainActivity)",
        ),
        line(
            "ActivityManager",
            "Process org.trousseau.authenticator (pid 4242) has died: fg  TOP ",
        ),
        line(
            "DEBUG",
            "pid: 4242, tid: 4250, name: main  >>> org.trousseau.authenticator <<<",
        ),
    ] {
        let output = checked(format!("{crash}{}", harmless_lines()).as_bytes());
        assert!(
            !output.passed && output.text.contains("the app crashed, hung or was ended"),
            "{output:?}"
        );
    }
    // The web view has a renderer process of its own, which the system may end at any time.
    let other = line(
        "ActivityManager",
        "Process com.android.webview:sandboxed_process0 (pid 5000) has died: fg  BTOP",
    );
    assert!(checked(other.as_bytes()).passed);
}

#[test]
fn a_clean_log_passes_and_an_empty_one_fails() {
    let mut log = harmless_lines().into_bytes();
    // A device also logs bytes that are not UTF-8.
    log.extend(b"08-01 12:00:00.000  1  1 I tag: \xff\xfe\n");
    let output = checked(&log);
    assert!(output.passed, "{output:?}");
    assert!(!checked(b"").passed);
}
