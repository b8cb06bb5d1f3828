//! What the phone is asked, and what other apps hand over.

use super::*;

fn url(text: &str) -> tauri::Url {
    tauri::Url::parse(text).unwrap()
}

#[test]
fn the_screen_is_hidden_unless_it_was_chosen_otherwise_and_the_vault_is_open() {
    let (bench, _) = Bench::open();
    let hidden = || bench.system_ui.state().hidden;
    assert!(hidden());
    let safety = bench.core.safety().unwrap();
    bench
        .core
        .set_safety(Safety {
            hide_screen: false,
            clock_offset_s: 0,
            ..safety
        })
        .unwrap();
    assert!(!hidden());
    bench.core.lock();
    assert!(hidden(), "a closed vault does not say what was chosen");
    bench.unlock().unwrap();
    assert!(!hidden());
    bench.core.set_safety(safety).unwrap();
    assert!(hidden());
}

#[test]
fn a_new_window_is_told_all_of_it_again() {
    let (bench, _) = Bench::open();
    let before = bench.system_ui.state().window_set_ups;
    bench.system_ui.state().hidden = false;
    bench.core.set_up_window();
    assert!(bench.system_ui.state().hidden);
    assert_eq!(bench.system_ui.state().window_set_ups, before + 1);
}

#[test]
fn the_phone_stays_awake_while_a_code_is_shown_and_no_longer() {
    let (bench, _) = Bench::open();
    let awake = || bench.system_ui.state().awake;
    bench.core.show_code(true).unwrap();
    assert!(awake());
    bench.core.show_code(false).unwrap();
    assert!(!awake());
    bench.core.show_code(true).unwrap();
    bench.core.screen_locked();
    assert!(!awake());
    assert!(bench.core.show_code(true).is_err());
    assert!(!awake());
}

#[test]
fn what_the_phone_says_of_itself_is_told() {
    let bench = Bench::new();
    assert_eq!(bench.core.status().unwrap().sets_clock_itself, None);
    bench.system_ui.state().sets_clock_itself = Some(false);
    bench.system_ui.state().recorded = true;
    bench.core.look_at_device();
    let status = bench.core.status().unwrap();
    assert_eq!(status.sets_clock_itself, Some(false));
    assert!(status.recorded);
}

#[test]
fn a_link_waits_for_the_vault_and_is_never_saved_by_itself() {
    let (bench, _) = Bench::open();
    let saved = bench.core.view(&everything()).unwrap().count;
    bench.core.lock();
    bench.core.hand_over(&url(URI));
    assert!(bench.core.status().unwrap().handed_over);
    assert_eq!(
        bench.core.take_handed_over().unwrap_err().code(),
        ErrorCode::Locked
    );
    bench.unlock().unwrap();
    let answer = bench.core.take_handed_over().unwrap().unwrap();
    assert_eq!(answer.drafts[0].issuer, "Portail");
    assert_eq!(bench.core.view(&everything()).unwrap().count, saved);
    assert!(!bench.core.status().unwrap().handed_over);
    assert_eq!(bench.core.take_handed_over().unwrap(), None);
}

#[test]
fn what_is_handed_over_is_never_on_disk() {
    let (bench, _) = Bench::open();
    bench.core.lock();
    let link = "otpauth://totp/Ailleurs:anne?secret=KRUGS4ZANFZSA5DIMUQHGZLDOJSXI";
    bench.core.hand_over(&url(link));
    drop(bench.core);
    for entry in std::fs::read_dir(bench.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for canary in ["KRUGS4ZANFZSA5DIMUQHGZLDOJSXI", "Ailleurs"] {
            let canary = canary.as_bytes();
            assert!(!bytes.windows(canary.len()).any(|part| part == canary));
        }
    }
}

#[test]
fn a_shared_picture_is_read_as_one_that_was_chosen() {
    let (bench, _) = Bench::open();
    let address = "content://media/7";
    bench.core.hand_over(&url(address));
    assert_eq!(
        code(bench.core.take_handed_over()),
        ErrorCode::SharedUnreadable,
        "nothing there"
    );
    let share = |bytes: Vec<u8>| {
        bench.system_ui.state().shared.insert(address.into(), bytes);
        bench.core.hand_over(&url(address));
    };
    share(qr::picture_of(URI));
    let answer = bench.core.take_handed_over().unwrap().unwrap();
    assert_eq!(answer.drafts.len(), 1);
    share(b"no picture".to_vec());
    assert_eq!(
        bench.core.take_handed_over().unwrap_err().code(),
        ErrorCode::NotAPicture
    );
    share(vec![0; 64_000_001]);
    let refused = bench.core.take_handed_over().unwrap_err();
    assert_eq!(refused.code(), ErrorCode::FileTooLarge);
    assert_eq!(refused.0.params["maxMb"], "64");
}

#[test]
fn a_shared_text_that_looks_like_an_address_is_told() {
    let (bench, _) = Bench::open();
    for (text, told) in [
        ("Secret:JBSWY3DPEHPK3PXP", ErrorCode::NotOtpauth),
        ("tel:117", ErrorCode::NotOtpauth),
        ("file:///tmp/code.png", ErrorCode::NotOtpauth),
    ] {
        bench.core.hand_over(&url(text));
        assert_eq!(code(bench.core.take_handed_over()), told, "{text}");
    }
}

#[test]
fn of_several_each_is_a_draft_or_a_reason() {
    let (bench, _) = Bench::open();
    bench.core.hand_over(&url(URI));
    bench.core.hand_over(&url("https://example.org/"));
    let answer = bench.core.take_handed_over().unwrap().unwrap();
    assert_eq!(answer.drafts.len(), 1);
    assert_eq!(answer.refused[0].code, ErrorCode::WebAddress);
}

#[test]
fn what_came_first_stays_and_what_finds_no_room_is_counted() {
    let (bench, _) = Bench::open();
    let own = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA&issuer=Bureau";
    bench.core.hand_over(&url(own));
    for number in 0..50 {
        bench
            .core
            .hand_over(&url(&URI.replace("jane", &number.to_string())));
    }
    let answer = bench.core.take_handed_over().unwrap().unwrap();
    assert_eq!(answer.drafts.len(), 20, "no app can fill the memory");
    assert_eq!(answer.drafts[0].issuer, "Bureau");
    let refused = &answer.refused[0];
    assert_eq!(refused.code, ErrorCode::HandedOverFull);
    assert_eq!(refused.params["count"], "31");
    assert_eq!(bench.core.take_handed_over().unwrap(), None, "told once");
}

#[test]
fn a_text_that_is_too_large_to_wait_is_told() {
    let (bench, _) = Bench::open();
    let large = "x".repeat(64_000_001);
    bench
        .core
        .hand_over(&url(&format!("https://example.org/{large}")));
    assert!(bench.core.status().unwrap().handed_over);
    let refused = bench.core.take_handed_over().unwrap_err();
    assert_eq!(refused.code(), ErrorCode::HandedOverFull);
}

#[test]
fn large_pictures_do_not_wait_in_any_number() {
    let (bench, _) = Bench::open();
    let large = vec![0; 30_000_000];
    for at in 0..5 {
        let address = format!("content://media/{at}");
        bench
            .system_ui
            .state()
            .shared
            .insert(address.clone(), large.clone());
        bench.core.hand_over(&url(&address));
    }
    bench.core.hand_over(&url(URI));
    let answer = bench.core.take_handed_over().unwrap().unwrap();
    let codes: Vec<_> = answer.refused.iter().map(|refused| refused.code).collect();
    let no_picture = ErrorCode::NotAPicture;
    assert_eq!(
        codes,
        [no_picture, no_picture, ErrorCode::HandedOverFull],
        "no more than one of the largest weighs"
    );
    assert_eq!(answer.drafts.len(), 1, "there was room for a link");
}

/// Some of it is read, then somebody locks, then more comes.
#[test]
fn what_a_lock_interrupts_waits_again_in_its_order() {
    let (bench, _) = Bench::open();
    for account in ["first", "second", "third"] {
        bench.core.hand_over(&url(&URI.replace("jane", account)));
    }
    let mut turn = 0;
    let taken = std::mem::take(&mut bench.core.session().handed_over);
    let interrupted = bench.core.read_all(taken, |_| {
        turn += 1;
        if turn == 2 {
            bench.core.hand_over(&url(&URI.replace("jane", "fourth")));
            bench.core.lock();
            return Err(ErrorCode::Locked.into());
        }
        Ok(ScanAnswer::default())
    });
    assert_eq!(code(interrupted), ErrorCode::Locked);
    bench.unlock().unwrap();
    let answer = bench.core.take_handed_over().unwrap().unwrap();
    let accounts: Vec<_> = answer.drafts.iter().map(|draft| &draft.account).collect();
    assert_eq!(accounts, ["second", "third", "fourth"]);
}
