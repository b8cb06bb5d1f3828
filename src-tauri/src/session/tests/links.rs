//! The links in texts, whatever their source.

use super::qr::picture_of;
use super::*;

const LAMP: &str = "otpauth://totp/Lamp:eva?secret=JBSWY3DPEHPK3PXP&issuer=Lamp";
const DESK: &str = "otpauth://totp/Desk:eva?secret=MFRGGZDFMZTWQ2LK&issuer=Desk";

/// Issuer and account of each draft.
fn names(answer: &trousseau_wire::ScanResult) -> Vec<(&str, &str)> {
    let drafts = answer.drafts.iter();
    drafts
        .map(|draft| (&*draft.issuer, &*draft.account))
        .collect()
}

fn share(fixture: &Fixture, text: &str) -> trousseau_wire::ScanResult {
    let encoded = percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC);
    let address = tauri::Url::parse(&format!("data:text/plain,{encoded}")).unwrap();
    fixture.core.receive_shared_url(&address);
    fixture.core.take_shared().unwrap().unwrap()
}

#[test]
fn two_links_in_one_text_are_two_entries_from_every_source() {
    let (fixture, _) = Fixture::open();
    let both = [("Lamp", "eva"), ("Desk", "eva")];
    for between in ["\n", "\r", " ", ";", ""] {
        let text = format!("{LAMP}{between}{DESK}");
        let core = &fixture.core;
        assert_eq!(
            names(&core.import_text(&text).unwrap()),
            both,
            "{between:?} pasted"
        );
        let picture = core.scan_picture(&picture_of(&text)).unwrap();
        assert_eq!(names(&picture), both, "{between:?} in a QR code");
        assert_eq!(names(&share(&fixture, &text)), both, "{between:?} shared");
    }
    let address = tauri::Url::parse(&format!("{LAMP}\n{DESK}")).unwrap();
    fixture.core.receive_shared_url(&address);
    let link = fixture.core.take_shared().unwrap().unwrap();
    assert_eq!(names(&link), both, "a deep link");
}

#[test]
fn no_part_of_a_link_becomes_a_name() {
    let (fixture, _) = Fixture::open();
    let hidden = format!(
        "{LAMP}%20{}",
        percent_encoding::utf8_percent_encode(DESK, percent_encoding::NON_ALPHANUMERIC)
    );
    assert_eq!(
        code(fixture.core.import_text(&hidden)),
        ErrorCode::SecondLink
    );
    let refused = fixture.core.scan_picture(&picture_of(&hidden)).unwrap();
    assert_eq!(refused.errors[0].code, ErrorCode::SecondLink);
    assert!(refused.drafts.is_empty());
}

#[test]
fn a_transfer_code_and_a_link_in_one_text_are_both_read() {
    let (fixture, _) = Fixture::open();
    // Two accounts of Google's own sample.
    let transfer = "otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2VAZ29vZ2xlLmNvbRoHRXhhbXBsZSABKAEwAhABGAEgAA%3D%3D";
    let answer = fixture
        .core
        .import_text(&format!("{LAMP} {transfer}"))
        .unwrap();
    assert_eq!(
        names(&answer),
        [("Lamp", "eva"), ("Example", "alice@google.com")]
    );
    assert_eq!(answer.batches.len(), 1);
}

#[test]
fn a_broken_link_is_joined_with_a_note_or_refused() {
    let (fixture, _) = Fixture::open();
    let cut = LAMP.replace("EHPK", "\nEHPK");
    let draft = fixture.core.import_text(&cut).unwrap().drafts.remove(0);
    assert_eq!(draft.secret_bits, 80);
    assert!(
        draft
            .warnings
            .contains(&trousseau_wire::Warning::LinesJoined)
    );
    let unsure = "otpauth://totp/Lamp:eva?secret=jbswy3dp\nthanks";
    assert_eq!(
        code(fixture.core.import_text(unsure)),
        ErrorCode::BrokenLink
    );
}

#[test]
fn a_name_that_mixes_scripts_has_a_note() {
    let (fixture, _) = Fixture::open();
    let fake = LAMP.replace("Lamp", "L\u{430}mp");
    let draft = fixture.core.import_text(&fake).unwrap().drafts.remove(0);
    assert!(
        draft
            .warnings
            .contains(&trousseau_wire::Warning::MixedScripts)
    );
}

#[test]
fn a_bare_secret_is_told_from_other_texts() {
    let (fixture, _) = Fixture::open();
    let read = |text: &str| code(fixture.core.import_text(text));
    assert_eq!(read("JBSW Y3DP EHPK 3PXP"), ErrorCode::BareSecret);
    assert_eq!(read("hello world"), ErrorCode::NotOtpauth);
}

#[test]
fn a_list_of_ten_thousand_links_is_read_and_one_more_is_refused_whole() {
    let (fixture, _) = Fixture::open();
    let list = |count: u32| -> String {
        let link = |n| {
            format!(
                "otpauth://totp/Portal:user-{n}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Portal\n"
            )
        };
        (0..count).map(link).collect()
    };
    assert_eq!(
        code(fixture.core.import_text(&list(10_001))),
        ErrorCode::TooManyCodes
    );
    assert!(fixture.core.restore_ui_state().unwrap().drafts.is_empty());
    let answer = fixture.core.import_text(&list(10_000)).unwrap();
    assert_eq!(answer.drafts.len(), 10_000);
    // The same again is the same.
    assert_eq!(
        fixture
            .core
            .import_text(&list(10_000))
            .unwrap()
            .drafts
            .len(),
        10_000
    );
    assert_eq!(
        code(fixture.core.import_text(LAMP)),
        ErrorCode::TooManyCodes
    );
    assert_eq!(
        fixture.core.restore_ui_state().unwrap().drafts.len(),
        10_000
    );
    let long = "x".repeat(16 * 1024 * 1024 + 1);
    assert_eq!(
        code(fixture.core.import_text(&long)),
        ErrorCode::TextTooLong
    );
}

#[test]
fn a_drawn_entry_is_read_whatever_the_length_of_its_names() {
    let (fixture, _) = Fixture::open();
    let uri = format!(
        "otpauth://totp/{}?secret=JBSWY3DPEHPK3PXP&issuer={}",
        "L".repeat(600),
        "M".repeat(600)
    );
    let draft = fixture.core.import_text(&uri).unwrap().drafts.remove(0);
    let drawn = format!(
        "otpauth://totp/{0}:{1}?secret=JBSWY3DPEHPK3PXP&issuer={0}&algorithm=SHA1&digits=6&period=30",
        draft.issuer, draft.account
    );
    let read = fixture.core.import_text(&drawn).unwrap();
    assert_eq!(names(&read), [(&*draft.issuer, &*draft.account)]);
    assert_eq!(read.drafts[0].draft_id, draft.draft_id);
}
