//! Codes shown, counted on and copied.

use super::*;

#[test]
fn from_a_link_to_the_code_of_the_rfc_and_through_a_restart() {
    let (bench, id) = Bench::open();
    bench.core.reveal(&id).unwrap();
    let revealed = bench.core.reveal(&id).unwrap();
    assert_eq!(
        revealed.code.as_deref(),
        Some("94287082"),
        "RFC 6238 App. B, 59 s"
    );
    assert_eq!(
        (revealed.valid_from_ms, revealed.valid_until_ms),
        (Some(30_000), Some(60_000))
    );
    bench.core.lock();
    assert_eq!(code(bench.core.reveal(&id)), ErrorCode::Locked);
    let bench = bench.restart();
    assert_eq!(bench.phase(), Phase::Locked);
    assert_eq!(bench.unlock().unwrap(), Phase::Unlocked);
    assert_eq!(
        bench.core.details(&id).unwrap().use_count,
        1,
        "one row, open for a while; written at the lock"
    );
    bench.pass(60_000);
    bench.core.reveal(&id).unwrap();
    assert_eq!(bench.core.details(&id).unwrap().use_count, 2);
}

#[test]
fn a_counter_is_on_disk_before_its_code_is_shown() {
    let (bench, _) = Bench::open();
    let id = add(&bench.core, HOTP).unwrap();
    assert_eq!(bench.core.reveal(&id).unwrap().code, None);
    let first = bench.core.advance_counter(&id).unwrap();
    assert_eq!(
        first.code.as_deref(),
        Some("755224"),
        "RFC 4226 App. D, counter 0"
    );
    // No lock, no farewell: what is on disk must do.
    let bench = bench.restart();
    bench.unlock().unwrap();
    assert_eq!(
        bench.core.details(&id).unwrap().counter.as_deref(),
        Some("1")
    );
    assert_eq!(
        bench.core.advance_counter(&id).unwrap().code.as_deref(),
        Some("287082")
    );
}

#[test]
fn what_is_copied_is_what_is_shown_and_goes_in_time() {
    let (bench, id) = Bench::open();
    let shown = bench.core.reveal(&id).unwrap();
    bench.pass(2_000);
    bench
        .core
        .copy_code(&id, shown.shown.as_ref().unwrap())
        .unwrap();
    assert_eq!(
        bench.clipboard.held().as_deref(),
        Some("94287082"),
        "the shown one, not the next"
    );
    bench.pass(30_000);
    bench.core.tick();
    assert_eq!(*bench.clipboard.held(), None);
    bench.pass(60_000);
    assert_eq!(
        code(bench.core.copy_code(&id, &shown.shown.unwrap())),
        ErrorCode::CodeExpired
    );
    assert_eq!(
        code(bench.core.copy_code(
            &id,
            &Shown::Counter {
                counter: "0".into()
            }
        )),
        ErrorCode::NoCode
    );
}

#[test]
fn where_nobody_may_clear_it_from_behind_it_is_cleared_on_return() {
    let (bench, id) = Bench::open();
    bench.clipboard.only_in_front.store(true, Ordering::Relaxed);
    let told = Arc::new(AtomicU64::new(0));
    let telling = Arc::clone(&told);
    bench.core.watch(move |notice| {
        if notice == Notice::ClipboardCleared {
            telling.fetch_add(1, Ordering::Relaxed);
        }
    });
    let shown = bench.core.reveal(&id).unwrap().shown.unwrap();
    bench.core.copy_code(&id, &shown).unwrap();
    bench.core.set_visible(false, None).unwrap();
    bench.pass(90_000);
    bench.core.tick();
    assert_eq!(
        bench.phase(),
        Phase::Locked,
        "which a background lock leaves alone"
    );
    assert!(bench.clipboard.held().is_some());
    bench.core.set_visible(true, None).unwrap();
    assert_eq!(*bench.clipboard.held(), None);
    assert_eq!(told.load(Ordering::Relaxed), 1, "and says so");
}

#[test]
fn a_correction_of_the_clock_bears_on_codes_only() {
    let (bench, id) = Bench::open();
    // RFC 6238 App. B: the code of 59 s, which this clock has, and that of 1111111109 s.
    let set = |clock_offset_s| {
        let safety = bench.core.safety().unwrap();
        bench.core.set_safety(Safety {
            clock_offset_s,
            ..safety
        })
    };
    let shown = || bench.core.reveal(&id).unwrap().code;
    assert_eq!(shown().as_deref(), Some("94287082"));
    let day: i64 = 86_400;
    bench.set_clock_by((1_111_111_109 - 59 - day) * 1000);
    set(day as i32).unwrap();
    let revealed = bench.core.reveal(&id).unwrap();
    assert_eq!(revealed.code.as_deref(), Some("07081804"));
    assert_eq!(revealed.now_ms, 1_111_111_109_000);
    bench.core.copy_code(&id, &revealed.shown.unwrap()).unwrap();
    assert!(bench.clipboard.held().is_some());
    let used = bench.core.details(&id).unwrap().last_used_ms;
    assert_eq!(used, Some((1_111_111_109 - day as u64) * 1000));

    for too_far in [86_401, -86_401, i32::MIN] {
        assert_eq!(code(set(too_far)), ErrorCode::SettingOutOfRange);
    }
    let offset_s = bench.core.safety().unwrap().clock_offset_s;
    assert_eq!(offset_s, 86_400, "a refused one changes nothing");
}

#[test]
fn a_clock_that_is_corrected_already_is_right() {
    let (bench, id) = Bench::open();
    bench.set_clock_by(1_000_000_000);
    let now_s = bench.core.now_ms() / 1000;
    let key = trousseau_otp::KeyUri::parse(URI).unwrap();
    let at = |unix_s| key.params.at(&key.secret, unix_s).unwrap().code;
    let theirs = [at(now_s + 570), at(now_s + 600)];
    let diagnosed = || {
        let codes = [theirs[0].as_str(), theirs[1].as_str()];
        bench.core.diagnose(&id, codes).unwrap()
    };
    let Diagnosis::Clock { offset_s } = diagnosed() else {
        panic!("{:?}", diagnosed());
    };
    assert!((585..=615).contains(&offset_s), "{offset_s}");
    bench
        .core
        .prove(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    let safety = bench.core.safety().unwrap();
    bench
        .core
        .set_safety(Safety {
            clock_offset_s: offset_s,
            ..safety
        })
        .unwrap();
    assert_eq!(diagnosed(), Diagnosis::Right);
    // Set right meanwhile: the correction has to go.
    let ours = [at(now_s - 30), at(now_s)];
    let codes = [ours[0].as_str(), ours[1].as_str()];
    let diagnosis = bench.core.diagnose(&id, codes).unwrap();
    assert_eq!(diagnosis, Diagnosis::Clock { offset_s: 0 });
}

fn diagnosed(bench: &Bench, id: &str, codes: [&str; 2]) -> Diagnosis {
    bench.core.diagnose(id, codes).unwrap()
}

#[test]
fn typed_codes_are_read_in_any_grouping_and_script() {
    let (bench, id) = Bench::open();
    // RFC 6238 App. B: the codes of 29 s and 59 s.
    for codes in [
        ["84755224", "94287082"],
        [" 8475 5224", "9428-7082 "],
        ["84.75.52.24", "94\u{a0}28\u{2009}70\u{202f}82"],
        ["８４７５５２２４", "９４２８－７０８２"],
        ["٨٤٧٥٥٢٢٤", "۹۴۲۸۷۰۸۲"],
        ["94287082", "84755224"],
    ] {
        assert_eq!(diagnosed(&bench, &id, codes), Diagnosis::Right, "{codes:?}");
    }
}

#[test]
fn a_typing_error_is_told_before_anything_else() {
    let (bench, id) = Bench::open();
    let steam = add(&bench.core, "steam://GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
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
            diagnosed(&bench, id, [first, second]),
            is,
            "{first} {second}"
        );
    }
}

#[test]
fn codes_of_another_period_or_kind_are_named() {
    let (bench, id) = Bench::open();
    // Far from 1970, no two periods count the same time step.
    bench.set_clock_by(1_700_000_000_000);
    let now_s = bench.core.now_ms() / 1000;
    let theirs = |uri: &str| {
        let uri = trousseau_otp::KeyUri::parse(uri).unwrap();
        let period = u64::from(uri.params.period().unwrap().get());
        let codes = [now_s - period, now_s].map(|unix_s| {
            let timed = uri.params.at(&uri.secret, unix_s).unwrap();
            timed.code.as_str().to_owned()
        });
        diagnosed(&bench, &id, [&codes[0], &codes[1]])
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
    let (bench, _) = Bench::open();
    let id = add(&bench.core, HOTP).unwrap();
    let codes = ["755224", "287082"];
    assert_eq!(diagnosed(&bench, &id, codes), Diagnosis::CounterBased);
}
