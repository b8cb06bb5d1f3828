//! QR codes that hold one part of a text each: nothing is read of them before all of them are there.

use trousseau_scan::{Part, QrCode};

use super::qr::torn_picture_of;
use super::*;

const TEXT: &str =
    "otpauth://totp/Caisse:eva?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Caisse";

/// The codes of a text in three parts.
fn parts(text: &str) -> Vec<QrCode> {
    parts_with_parity(text, text.bytes().fold(0, |parity, byte| parity ^ byte))
}

fn parts_with_parity(text: &str, parity: u8) -> Vec<QrCode> {
    let parts = text.as_bytes().chunks(text.len().div_ceil(3));
    parts
        .enumerate()
        .map(|(index, bytes)| {
            let alone = String::from_utf8(bytes.to_vec()).unwrap();
            let part = Part::new(index as u8, 3, parity, bytes.to_vec(), alone);
            QrCode::Part(part.unwrap())
        })
        .collect()
}

/// What was said of the one thing that was refused.
fn refused(answer: &ScanResult) -> (ErrorCode, String, String) {
    assert!(answer.drafts.is_empty());
    let [only] = &*answer.errors else {
        panic!("{:?}", answer.errors)
    };
    let param = |name: &str| only.params.get(name).cloned().unwrap_or_default();
    (only.code, param("read"), param("missing"))
}

#[test]
fn a_part_is_named_and_refused_until_the_others_are_there() {
    let (fixture, _) = Fixture::open();
    let codes = parts(TEXT);
    let take = |index: usize| fixture.core.import_codes(&codes[index..=index]).unwrap();
    let said = |read: &str, missing: &str| (ErrorCode::PartsMissing, read.into(), missing.into());
    assert_eq!(refused(&take(2)), said("3", "1,2"));
    assert_eq!(
        refused(&take(2)),
        said("3", "1,2"),
        "a camera sees it again"
    );
    assert_eq!(refused(&take(0)), said("1,3", "2"));
    let whole = take(1);
    assert!(whole.errors.is_empty());
    assert_eq!(whole.drafts.len(), 1);
    assert_eq!(
        (&*whole.drafts[0].issuer, &*whole.drafts[0].account),
        ("Caisse", "eva")
    );
    let id = &whole.drafts[0].draft_id;
    let saved = fixture.core.save_draft(
        id,
        DraftChanges {
            issuer: "Caisse".into(),
            account: "eva".into(),
        },
    );
    assert!(saved.is_ok());
}

#[test]
fn parts_survive_a_lock() {
    let (fixture, _) = Fixture::open();
    let codes = parts(TEXT);
    fixture.core.import_codes(&codes[..2]).unwrap();
    fixture.core.lock();
    fixture.unlock().unwrap();
    assert_eq!(
        fixture.core.import_codes(&codes[2..]).unwrap().drafts.len(),
        1
    );
}

#[test]
fn parts_of_different_texts_give_nothing() {
    let (fixture, _) = Fixture::open();
    let other = parts(&TEXT.replace("eva", "udo"));
    let [first, _, _] = &parts(TEXT)[..] else {
        panic!("three parts");
    };
    let both = [first.clone(), other[1].clone(), other[2].clone()];
    let answer = fixture.core.import_codes(&both).unwrap();
    let codes: Vec<_> = answer.errors.iter().map(|refused| refused.code).collect();
    assert_eq!(codes, [ErrorCode::PartsMissing, ErrorCode::PartsMissing]);
    // Where they name the same parity, what they hold together does not have it.
    let answer = fixture
        .core
        .import_codes(&parts_with_parity(TEXT, 1))
        .unwrap();
    assert_eq!(refused(&answer).0, ErrorCode::PartsDiffer);
}

#[test]
fn a_code_that_is_seen_but_not_read_is_told() {
    let (fixture, _) = Fixture::open();
    let read = fixture.core.scan_picture(&torn_picture_of(TEXT));
    assert_eq!(code(read), ErrorCode::CodeUnreadable);
}
