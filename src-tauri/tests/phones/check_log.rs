//! `scripts/check-log` finds a crash and a secret in what an Android device logged, wherever they stand.

use std::fs;
use std::path::Path;

use crate::scripts::{Said, run};

const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const PASSPHRASE: &str = "bateau lampe orage tilleul";

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
    run(
        "check-log",
        &[&file, Path::new(SECRET), Path::new(PASSPHRASE)],
    )
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
            !said.passed && said.text.contains("the 1st secret is in it"),
            "{said:?}"
        );
    }
}

/// As the page groups it, as a debugger prints its bytes, and as encodings carry it; the passphrase too.
#[test]
fn a_secret_is_found_however_it_is_written() {
    for written in [
        "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP",
        "jbsw-y3dp-ehpk-3pxp-jbsw-y3dp-ehpk-3pxp",
        // Base64 of the text, of the bytes, and of a text in which it begins at the second and the third byte of three.
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
        let said = checked(line("chromium", written).as_bytes());
        assert!(
            !said.passed && said.text.contains("secret is in it"),
            "{written}: {said:?}"
        );
    }
}

/// A line holds about four thousand bytes; what is longer goes on in the next one of the same thread.
#[test]
fn a_secret_that_is_cut_over_two_lines_is_found() {
    let (begin, end) = SECRET.split_at(11);
    let other = line("chromium", "of another thread").replace("4250", "4251");
    let cut = [line("chromium", begin), other, line("chromium", end)].concat();
    let said = checked(format!("{}{cut}", talk()).as_bytes());
    assert!(
        !said.passed && said.text.contains("5001: the 1st secret is in it"),
        "{said:?}"
    );
    // Two halves that two threads wrote are no whole.
    let halves = line("chromium", begin) + &line("chromium", end).replace("4250", "4251");
    let said = checked(halves.as_bytes());
    assert!(said.passed, "{said:?}");
}

#[test]
fn a_secret_too_short_to_be_told_from_chance_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("logcat.txt");
    fs::write(&file, talk()).expect("the folder can be written");
    for secrets in [&["abc"][..], &[""], &[SECRET, " -- "], &[]] {
        let arguments: Vec<_> = [file.as_path()]
            .into_iter()
            .chain(secrets.iter().map(Path::new))
            .collect();
        assert!(!run("check-log", &arguments).passed, "{secrets:?}");
    }
}

/// What the emulator types is looked for: both words are read from where they stand.
#[test]
fn the_walk_of_the_emulator_names_both_secrets() {
    let walk = crate::tree::text("../ui/tests/phone/walk.ts");
    let smoke = crate::tree::text("../scripts/smoke-android");
    for (name, value) in [("SECRET", SECRET), ("PASSPHRASE", PASSPHRASE)] {
        let constant = format!("const {name} = '{value}';");
        assert!(walk.lines().any(|line| line.ends_with(&constant)), "{name}");
        assert!(!smoke.contains(value), "{name} is repeated");
        assert!(smoke.contains(&format!("\"$(walk {name})\"")), "{name}");
    }
    // Before it is emptied: a buffer that overflows has lost the first lines.
    let wider = smoke.find("adb logcat -G 16M").expect("it is widened");
    assert!(wider < smoke.find("adb logcat -c").expect("it is emptied"));
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
    // A link holds no passphrase.
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
        let said = checked(format!("{crash}{}", talk()).as_bytes());
        assert!(
            !said.passed && said.text.contains("the app crashed, hung or was ended"),
            "{said:?}"
        );
    }
    // The web view draws in a process of its own, which the system ends as it likes.
    let other = line(
        "ActivityManager",
        "Process com.android.webview:sandboxed_process0 (pid 5000) has died: fg  BTOP",
    );
    assert!(checked(other.as_bytes()).passed);
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
