//! Codes shown, counted on and copied.

use super::*;

#[test]
fn from_a_link_to_the_code_of_the_rfc_and_through_a_restart() {
    let (fixture, id) = Fixture::open();
    fixture.core.reveal(&id).unwrap();
    let revealed = fixture.core.reveal(&id).unwrap();
    assert_eq!(
        revealed.code.as_deref(),
        Some("94287082"),
        "RFC 6238 App. B, 59 s"
    );
    assert_eq!(
        (revealed.valid_from_ms, revealed.valid_until_ms),
        (Some(30_000), Some(60_000))
    );
    fixture.core.lock();
    assert_eq!(code(fixture.core.reveal(&id)), ErrorCode::Locked);
    let fixture = fixture.restart();
    assert_eq!(fixture.phase(), Phase::Locked);
    assert_eq!(fixture.unlock().unwrap(), Phase::Unlocked);
    assert_eq!(
        fixture.core.entry_details(&id).unwrap().use_count,
        1,
        "one row, open for a while; written at the lock"
    );
    fixture.pass(60_000);
    fixture.core.reveal(&id).unwrap();
    assert_eq!(fixture.core.entry_details(&id).unwrap().use_count, 2);
}

#[test]
fn a_counter_is_on_disk_before_its_code_is_shown() {
    let (fixture, _) = Fixture::open();
    let id = add(&fixture.core, HOTP).unwrap();
    assert_eq!(fixture.core.reveal(&id).unwrap().code, None);
    let first = fixture.core.advance_counter(&id).unwrap();
    assert_eq!(
        first.code.as_deref(),
        Some("755224"),
        "RFC 4226 App. D, counter 0"
    );
    // No lock, no farewell: what is on disk must do.
    let fixture = fixture.restart();
    fixture.unlock().unwrap();
    assert_eq!(
        fixture.core.entry_details(&id).unwrap().counter.as_deref(),
        Some("1")
    );
    assert_eq!(
        fixture.core.advance_counter(&id).unwrap().code.as_deref(),
        Some("287082")
    );
}

#[test]
fn what_is_copied_is_what_is_shown_and_goes_in_time() {
    let (fixture, id) = Fixture::open();
    let shown = fixture.core.reveal(&id).unwrap();
    fixture.pass(2_000);
    fixture
        .core
        .copy_code(&id, shown.code_ref.as_ref().unwrap())
        .unwrap();
    assert_eq!(
        fixture.clipboard.held().as_deref(),
        Some("94287082"),
        "the shown one, not the next"
    );
    fixture.pass(30_000);
    fixture.core.tick();
    assert_eq!(*fixture.clipboard.held(), None);
    fixture.pass(60_000);
    assert_eq!(
        code(fixture.core.copy_code(&id, &shown.code_ref.unwrap())),
        ErrorCode::CodeExpired
    );
    assert_eq!(
        code(fixture.core.copy_code(
            &id,
            &CodeRef::Counter {
                counter: "0".into()
            }
        )),
        ErrorCode::NoCode
    );
}

#[test]
fn where_nobody_may_clear_it_from_behind_it_is_cleared_on_return() {
    let (fixture, id) = Fixture::open();
    fixture
        .clipboard
        .only_in_front
        .store(true, Ordering::Relaxed);
    let told = Arc::new(AtomicU64::new(0));
    let syncing = Arc::clone(&told);
    fixture.core.subscribe(move |notice| {
        if notice == CoreEvent::ClipboardCleared {
            syncing.fetch_add(1, Ordering::Relaxed);
        }
    });
    let shown = fixture.core.reveal(&id).unwrap().code_ref.unwrap();
    fixture.core.copy_code(&id, &shown).unwrap();
    fixture.core.set_window_visible(false, None).unwrap();
    fixture.pass(90_000);
    fixture.core.tick();
    assert_eq!(
        fixture.phase(),
        Phase::Locked,
        "which a background lock leaves alone"
    );
    assert!(fixture.clipboard.held().is_some());
    fixture.core.set_window_visible(true, None).unwrap();
    assert_eq!(*fixture.clipboard.held(), None);
    assert_eq!(told.load(Ordering::Relaxed), 1, "and says so");
}

#[test]
fn a_correction_of_the_clock_bears_on_codes_only() {
    let (fixture, id) = Fixture::open();
    // RFC 6238 App. B: the code of 59 s, which this clock has, and that of 1111111109 s.
    let set = |clock_offset_s| {
        let safety = fixture.core.security_settings().unwrap();
        fixture.core.set_security_settings(SecuritySettings {
            clock_offset_s,
            ..safety
        })
    };
    let shown = || fixture.core.reveal(&id).unwrap().code;
    assert_eq!(shown().as_deref(), Some("94287082"));
    let day: i64 = 86_400;
    fixture.set_clock_by((1_111_111_109 - 59 - day) * 1000);
    set(day as i32).unwrap();
    let revealed = fixture.core.reveal(&id).unwrap();
    assert_eq!(revealed.code.as_deref(), Some("07081804"));
    assert_eq!(revealed.now_ms, 1_111_111_109_000);
    fixture
        .core
        .copy_code(&id, &revealed.code_ref.unwrap())
        .unwrap();
    assert!(fixture.clipboard.held().is_some());
    let used = fixture.core.entry_details(&id).unwrap().last_used_ms;
    assert_eq!(used, Some((1_111_111_109 - day as u64) * 1000));

    for too_far in [86_401, -86_401, i32::MIN] {
        assert_eq!(code(set(too_far)), ErrorCode::SettingOutOfRange);
    }
    let offset_s = fixture.core.security_settings().unwrap().clock_offset_s;
    assert_eq!(offset_s, 86_400, "a refused one changes nothing");
}

#[test]
fn a_clock_that_is_corrected_already_is_right() {
    let (fixture, id) = Fixture::open();
    fixture.set_clock_by(1_000_000_000);
    let now_s = fixture.core.now_ms() / 1000;
    let key = trousseau_otp::KeyUri::parse(URI).unwrap();
    let at = |unix_s| key.params.at(&key.secret, unix_s).unwrap().code;
    let theirs = [at(now_s + 570), at(now_s + 600)];
    let diagnosed = || {
        let codes = [theirs[0].as_str(), theirs[1].as_str()];
        fixture.core.check_codes(&id, codes).unwrap()
    };
    let Diagnosis::Clock { offset_s } = diagnosed() else {
        panic!("{:?}", diagnosed());
    };
    assert!((585..=615).contains(&offset_s), "{offset_s}");
    fixture
        .core
        .reauthenticate(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    let safety = fixture.core.security_settings().unwrap();
    fixture
        .core
        .set_security_settings(SecuritySettings {
            clock_offset_s: offset_s,
            ..safety
        })
        .unwrap();
    assert_eq!(diagnosed(), Diagnosis::Right);
    // Set right meanwhile: the correction has to go.
    let ours = [at(now_s - 30), at(now_s)];
    let codes = [ours[0].as_str(), ours[1].as_str()];
    let diagnosis = fixture.core.check_codes(&id, codes).unwrap();
    assert_eq!(diagnosis, Diagnosis::Clock { offset_s: 0 });
}

fn diagnosed(fixture: &Fixture, id: &str, codes: [&str; 2]) -> Diagnosis {
    fixture.core.check_codes(id, codes).unwrap()
}

#[test]
fn typed_codes_are_read_in_any_grouping_and_script() {
    let (fixture, id) = Fixture::open();
    // RFC 6238 App. B: the codes of 29 s and 59 s.
    for codes in [
        ["84755224", "94287082"],
        [" 8475 5224", "9428-7082 "],
        ["84.75.52.24", "94\u{a0}28\u{2009}70\u{202f}82"],
        ["８４７５５２２４", "９４２８－７０８２"],
        ["٨٤٧٥٥٢٢٤", "۹۴۲۸۷۰۸۲"],
        ["94287082", "84755224"],
    ] {
        assert_eq!(
            diagnosed(&fixture, &id, codes),
            Diagnosis::Right,
            "{codes:?}"
        );
    }
}

#[test]
fn a_typing_error_is_told_before_anything_else() {
    let (fixture, id) = Fixture::open();
    let steam = add(&fixture.core, "steam://GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
    let mistyped = |first, second, expected| Diagnosis::Mistyped {
        first,
        second,
        expected,
    };
    let (digits, characters) = (Some(Mistyped::NotDigits), Some(Mistyped::NotSteam));
    let length = |count| Some(Mistyped::Length { count });
    for (id, first, second, is) in [
        (&id, "abc", "def", mistyped(digits, digits, 8)),
        (&id, "94287082", "9428708Z", mistyped(None, digits, 8)),
        (&id, "9428", "94287082", mistyped(length(4), None, 8)),
        (
            &id,
            "94287082",
            "94287082123",
            mistyped(None, length(11), 8),
        ),
        (&steam, "ABCDE", "R4G4T", mistyped(characters, None, 5)),
        (&steam, "R4G4", "R4G4TV", mistyped(length(4), length(6), 5)),
        (
            &id,
            "942870",
            "94287082",
            Diagnosis::LengthsDiffer {
                first: 6,
                second: 8,
                expected: 8,
            },
        ),
        (&id, "94287082", "9428 7082", Diagnosis::SameCode),
        (&id, "00000000", "11111111", Diagnosis::Unknown),
        (&steam, "R4G4T", "BCDFG", Diagnosis::Unknown),
    ] {
        assert_eq!(
            diagnosed(&fixture, id, [first, second]),
            is,
            "{first} {second}"
        );
    }
}

#[test]
fn codes_of_another_period_or_kind_are_named() {
    let (fixture, id) = Fixture::open();
    // Far from 1970, no two periods count the same time step.
    fixture.set_clock_by(1_700_000_000_000);
    let now_s = fixture.core.now_ms() / 1000;
    let theirs = |uri: &str| {
        let uri = trousseau_otp::KeyUri::parse(uri).unwrap();
        let period = u64::from(uri.params.period().unwrap().get());
        let codes = [now_s - period, now_s].map(|unix_s| {
            let timed = uri.params.at(&uri.secret, unix_s).unwrap();
            timed.code.as_str().to_owned()
        });
        diagnosed(&fixture, &id, [&codes[0], &codes[1]])
    };
    assert_eq!(theirs(URI), Diagnosis::Right);
    for (parameters, algorithm, digits, period) in [
        ("&period=60", Algorithm::Sha1, 8, 60),
        ("&period=15&algorithm=SHA256", Algorithm::Sha256, 8, 15),
        ("&period=300", Algorithm::Sha1, 8, 300),
    ] {
        let found = Diagnosis::Parameters {
            algorithm,
            digits,
            period,
        };
        assert_eq!(theirs(&format!("{URI}{parameters}")), found, "{parameters}");
    }
    let steam = "steam://GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    assert_eq!(theirs(steam), Diagnosis::Steam);
}

#[test]
fn two_codes_tell_nothing_about_a_counter() {
    let (fixture, _) = Fixture::open();
    let id = add(&fixture.core, HOTP).unwrap();
    let codes = ["755224", "287082"];
    assert_eq!(diagnosed(&fixture, &id, codes), Diagnosis::CounterBased);
}
