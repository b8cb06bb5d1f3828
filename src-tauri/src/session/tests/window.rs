//! What the phone is asked, and what other apps hand over.

use super::*;

fn url(text: &str) -> tauri::Url {
    tauri::Url::parse(text).unwrap()
}

#[test]
fn the_screen_is_hidden_unless_it_was_chosen_otherwise_and_the_vault_is_open() {
    let (fixture, _) = Fixture::open();
    let hidden = || fixture.system_ui.state().hidden;
    assert!(hidden());
    let safety = fixture.core.security_settings().unwrap();
    fixture
        .core
        .set_security_settings(SecuritySettings {
            hide_screen: false,
            clock_offset_s: 0,
            ..safety
        })
        .unwrap();
    assert!(!hidden());
    fixture.core.lock();
    assert!(hidden(), "a closed vault does not say what was chosen");
    fixture.unlock().unwrap();
    assert!(!hidden());
    fixture.core.set_security_settings(safety).unwrap();
    assert!(hidden());
}

#[test]
fn a_new_window_is_told_all_of_it_again() {
    let (fixture, _) = Fixture::open();
    let before = fixture.system_ui.state().window_set_ups;
    fixture.system_ui.state().hidden = false;
    fixture.core.set_up_window();
    assert!(fixture.system_ui.state().hidden);
    assert_eq!(fixture.system_ui.state().window_set_ups, before + 1);
}

#[test]
fn the_phone_stays_awake_while_a_code_is_shown_and_no_longer() {
    let (fixture, _) = Fixture::open();
    let awake = || fixture.system_ui.state().awake;
    fixture.core.keep_screen_on(true).unwrap();
    assert!(awake());
    fixture.core.keep_screen_on(false).unwrap();
    assert!(!awake());
    fixture.core.keep_screen_on(true).unwrap();
    fixture.core.screen_locked();
    assert!(!awake());
    assert!(fixture.core.keep_screen_on(true).is_err());
    assert!(!awake());
}

#[test]
fn what_the_phone_says_of_itself_is_told() {
    let fixture = Fixture::new();
    assert_eq!(fixture.core.status().unwrap().sets_clock_itself, None);
    fixture.system_ui.state().sets_clock_itself = Some(false);
    fixture.system_ui.state().recorded = true;
    fixture.core.refresh_capabilities();
    let status = fixture.core.status().unwrap();
    assert_eq!(status.sets_clock_itself, Some(false));
    assert!(status.screen_recorded);
}

#[test]
fn a_link_waits_for_the_vault_and_is_never_saved_by_itself() {
    let (fixture, _) = Fixture::open();
    let saved = fixture.core.list_entries(&everything()).unwrap().count;
    fixture.core.lock();
    fixture.core.receive_shared_url(&url(URI));
    assert!(fixture.core.status().unwrap().shared_waiting);
    assert_eq!(
        fixture.core.take_shared().unwrap_err().code(),
        ErrorCode::Locked
    );
    fixture.unlock().unwrap();
    let answer = fixture.core.take_shared().unwrap().unwrap();
    assert_eq!(answer.drafts[0].issuer, "Portail");
    assert_eq!(
        fixture.core.list_entries(&everything()).unwrap().count,
        saved
    );
    assert!(!fixture.core.status().unwrap().shared_waiting);
    assert_eq!(fixture.core.take_shared().unwrap(), None);
}

#[test]
fn what_is_handed_over_is_never_on_disk() {
    let (fixture, _) = Fixture::open();
    fixture.core.lock();
    let link = "otpauth://totp/Ailleurs:anne?secret=KRUGS4ZANFZSA5DIMUQHGZLDOJSXI";
    fixture.core.receive_shared_url(&url(link));
    drop(fixture.core);
    for entry in std::fs::read_dir(fixture.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for canary in ["KRUGS4ZANFZSA5DIMUQHGZLDOJSXI", "Ailleurs"] {
            let canary = canary.as_bytes();
            assert!(!bytes.windows(canary.len()).any(|part| part == canary));
        }
    }
}

#[test]
fn a_shared_picture_is_read_as_one_that_was_chosen() {
    let (fixture, _) = Fixture::open();
    let address = "content://media/7";
    fixture.core.receive_shared_url(&url(address));
    assert_eq!(
        code(fixture.core.take_shared()),
        ErrorCode::SharedUnreadable,
        "nothing there"
    );
    let share = |bytes: Vec<u8>| {
        fixture
            .system_ui
            .state()
            .shared
            .insert(address.into(), bytes);
        fixture.core.receive_shared_url(&url(address));
    };
    share(qr::picture_of(URI));
    let answer = fixture.core.take_shared().unwrap().unwrap();
    assert_eq!(answer.drafts.len(), 1);
    share(b"no picture".to_vec());
    assert_eq!(
        fixture.core.take_shared().unwrap_err().code(),
        ErrorCode::NotAPicture
    );
    share(vec![0; 64_000_001]);
    let refused = fixture.core.take_shared().unwrap_err();
    assert_eq!(refused.code(), ErrorCode::FileTooLarge);
    assert_eq!(refused.0.params["maxMb"], "64");
}

#[test]
fn a_shared_text_that_looks_like_an_address_is_told() {
    let (fixture, _) = Fixture::open();
    for (text, told) in [
        ("Secret:JBSWY3DPEHPK3PXP", ErrorCode::NotOtpauth),
        ("tel:117", ErrorCode::NotOtpauth),
        ("file:///tmp/code.png", ErrorCode::NotOtpauth),
    ] {
        fixture.core.receive_shared_url(&url(text));
        assert_eq!(code(fixture.core.take_shared()), told, "{text}");
    }
}

#[test]
fn of_several_each_is_a_draft_or_a_reason() {
    let (fixture, _) = Fixture::open();
    fixture.core.receive_shared_url(&url(URI));
    fixture
        .core
        .receive_shared_url(&url("https://example.org/"));
    let answer = fixture.core.take_shared().unwrap().unwrap();
    assert_eq!(answer.drafts.len(), 1);
    assert_eq!(answer.errors[0].code, ErrorCode::WebAddress);
}

#[test]
fn what_came_first_stays_and_what_finds_no_room_is_counted() {
    let (fixture, _) = Fixture::open();
    let own = "otpauth://totp/Bureau:anne?secret=MFRGGZDFMZTWQ2LKNNWG23TPOA&issuer=Bureau";
    fixture.core.receive_shared_url(&url(own));
    for number in 0..50 {
        fixture
            .core
            .receive_shared_url(&url(&URI.replace("jane", &number.to_string())));
    }
    let answer = fixture.core.take_shared().unwrap().unwrap();
    assert_eq!(answer.drafts.len(), 20, "no app can fill the memory");
    assert_eq!(answer.drafts[0].issuer, "Bureau");
    let refused = &answer.errors[0];
    assert_eq!(refused.code, ErrorCode::TooManyShared);
    assert_eq!(refused.params["count"], "31");
    assert_eq!(fixture.core.take_shared().unwrap(), None, "told once");
}

#[test]
fn a_text_that_is_too_large_to_wait_is_told() {
    let (fixture, _) = Fixture::open();
    let large = "x".repeat(64_000_001);
    fixture
        .core
        .receive_shared_url(&url(&format!("https://example.org/{large}")));
    assert!(fixture.core.status().unwrap().shared_waiting);
    let refused = fixture.core.take_shared().unwrap_err();
    assert_eq!(refused.code(), ErrorCode::TooManyShared);
}

#[test]
fn large_pictures_do_not_wait_in_any_number() {
    let (fixture, _) = Fixture::open();
    let large = vec![0; 30_000_000];
    for at in 0..5 {
        let address = format!("content://media/{at}");
        fixture
            .system_ui
            .state()
            .shared
            .insert(address.clone(), large.clone());
        fixture.core.receive_shared_url(&url(&address));
    }
    fixture.core.receive_shared_url(&url(URI));
    let answer = fixture.core.take_shared().unwrap().unwrap();
    let codes: Vec<_> = answer.errors.iter().map(|refused| refused.code).collect();
    let no_picture = ErrorCode::NotAPicture;
    assert_eq!(
        codes,
        [no_picture, no_picture, ErrorCode::TooManyShared],
        "no more than one of the largest weighs"
    );
    assert_eq!(answer.drafts.len(), 1, "there was room for a link");
}

/// Some of it is read, then somebody locks, then more comes.
#[test]
fn what_a_lock_interrupts_waits_again_in_its_order() {
    let (fixture, _) = Fixture::open();
    for account in ["first", "second", "third"] {
        fixture
            .core
            .receive_shared_url(&url(&URI.replace("jane", account)));
    }
    let mut turn = 0;
    let taken = std::mem::take(&mut fixture.core.session().shared);
    let interrupted = fixture.core.read_all(taken, |_| {
        turn += 1;
        if turn == 2 {
            fixture
                .core
                .receive_shared_url(&url(&URI.replace("jane", "fourth")));
            fixture.core.lock();
            return Err(ErrorCode::Locked.into());
        }
        Ok(ScanResult::default())
    });
    assert_eq!(code(interrupted), ErrorCode::Locked);
    fixture.unlock().unwrap();
    let answer = fixture.core.take_shared().unwrap().unwrap();
    let accounts: Vec<_> = answer.drafts.iter().map(|draft| &draft.account).collect();
    assert_eq!(accounts, ["second", "third", "fourth"]);
}
