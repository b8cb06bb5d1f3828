//! What is typed by hand: values, secrets in several alphabets, and links in their place.

use super::*;

const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const HEX: &str = "3132333435363738393031323334353637383930";

fn fields(kind: Kind) -> ManualEntry {
    ManualEntry {
        kind,
        issuer: "A".into(),
        account: " b ".into(),
        algorithm: Algorithm::Sha1,
        digits: 6,
        period: 30,
        counter: "0".into(),
    }
}

fn answer(
    fixture: &Fixture,
    fields: &ManualEntry,
    secret: &str,
    alphabet: Option<Alphabet>,
) -> Result<ManualEntryResult> {
    let secret = SecretString::from(secret);
    fixture.core.create_draft(fields, &secret, alphabet)
}

/// The only draft that typed values give.
fn draft(fixture: &Fixture, fields: &ManualEntry, secret: &str) -> Result<Draft> {
    match answer(fixture, fields, secret, None)? {
        ManualEntryResult::Read { mut read } => {
            assert_eq!((read.drafts.len(), read.errors.len()), (1, 0));
            Ok(read.drafts.remove(0))
        }
        ManualEntryResult::Ambiguous { alphabets } => panic!("{secret}: {alphabets:?}"),
    }
}

/// Saves a draft and answers its first code, at 59 s.
fn code_of(fixture: &Fixture, draft: Draft) -> Option<String> {
    let changes = DraftChanges {
        issuer: draft.issuer,
        account: draft.account,
    };
    let saved = fixture.core.save_draft(&draft.draft_id, changes).unwrap();
    fixture.core.reveal(&saved.id).unwrap().code
}

#[test]
fn typed_values_are_checked_one_by_one() {
    let (fixture, _) = Fixture::open();
    let fields = fields(Kind::Totp);
    let try_it = |fields: ManualEntry, secret: &str| draft(&fixture, &fields, secret);
    assert_eq!(
        try_it(fields.clone(), "jbsw y3dp-ehpk 3pxp")
            .unwrap()
            .secret_bits,
        80
    );
    let error = try_it(fields.clone(), "JBSWY3D1").unwrap_err().0;
    assert_eq!(error.code, ErrorCode::SecretCharacter);
    assert_eq!(
        (
            error.params["character"].as_str(),
            error.params["position"].as_str()
        ),
        ("1", "8")
    );
    assert_eq!(
        code(try_it(
            ManualEntry {
                digits: 11,
                ..fields.clone()
            },
            "AAAA"
        )),
        ErrorCode::DigitsOutOfRange
    );
    assert_eq!(
        code(try_it(
            ManualEntry {
                period: 0,
                ..fields.clone()
            },
            "AAAA"
        )),
        ErrorCode::PeriodOutOfRange
    );
    assert_eq!(code(try_it(fields.clone(), " ")), ErrorCode::SecretMissing);
    let with_counter = |counter: &str| {
        let fields = ManualEntry {
            kind: Kind::Hotp,
            counter: counter.into(),
            ..fields.clone()
        };
        try_it(fields, "AAAA")
    };
    // As in a link: decimal digits, and nothing else.
    for counter in [
        "",
        "-1",
        "+5",
        "5.0",
        "1e3",
        "0x10",
        "1 000",
        "５",
        "18446744073709551616",
    ] {
        assert_eq!(
            code(with_counter(counter)),
            ErrorCode::CounterOutOfRange,
            "{counter:?}"
        );
    }
    for (counter, taken) in [
        ("5", "5"),
        (" 007 ", "7"),
        ("18446744073709551615", "18446744073709551615"),
    ] {
        let draft = with_counter(counter).unwrap();
        assert_eq!(draft.counter.as_deref(), Some(taken));
    }
}

#[test]
fn the_same_key_is_read_however_it_is_written() {
    let (fixture, _) = Fixture::open();
    let base64 = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=";
    for (kind, secret, hints) in [
        (Kind::Totp, SECRET, vec![]),
        (
            Kind::Totp,
            "ＧＥＺＤ ＧＮＢＶ GY3T QOJQ GEZD GNBV GY3T QOJQ",
            vec![],
        ),
        (Kind::Totp, "Key: GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", vec![]),
        (Kind::Totp, "Clé : GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", vec![]),
        (
            Kind::Totp,
            "Setup key - GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
            vec![],
        ),
        (Kind::Totp, HEX, vec![Warning::SecretHex]),
        (Kind::Steam, HEX, vec![Warning::SecretHex]),
        (Kind::Steam, base64, vec![Warning::SecretBase64]),
        (
            Kind::Steam,
            base64.trim_end_matches('='),
            vec![Warning::SecretBase64],
        ),
    ] {
        let draft = draft(&fixture, &fields(kind), secret).unwrap();
        assert_eq!(
            (draft.secret_bits, &draft.warnings),
            (160, &hints),
            "{secret}"
        );
        let expected = if kind == Kind::Steam {
            "PV9M4"
        } else {
            "287082"
        };
        assert_eq!(
            code_of(&fixture, draft).as_deref(),
            Some(expected),
            "{secret}"
        );
    }
    // For every other kind, base64 is a typing error in base32.
    assert_eq!(
        code(draft(&fixture, &fields(Kind::Totp), base64)),
        ErrorCode::SecretCharacter
    );
}

#[test]
fn what_is_valid_in_two_alphabets_is_asked_about() {
    let (fixture, _) = Fixture::open();
    let text = "ABCDEF234567ABCD";
    let both = ManualEntryResult::Ambiguous {
        alphabets: vec![Alphabet::Base32, Alphabet::Hex],
    };
    let totp = fields(Kind::Totp);
    assert_eq!(answer(&fixture, &totp, text, None).unwrap(), both);
    // No draft is held, and an alphabet that does not fit is no choice.
    assert_eq!(
        answer(&fixture, &totp, text, Some(Alphabet::Base64)).unwrap(),
        both
    );
    for (alphabet, bits, hints) in [
        (Alphabet::Base32, 80, vec![Warning::ShortSecret]),
        (
            Alphabet::Hex,
            64,
            vec![Warning::SecretHex, Warning::ShortSecret],
        ),
    ] {
        let chosen = answer(&fixture, &totp, text, Some(alphabet)).unwrap();
        let ManualEntryResult::Read { read } = chosen else {
            panic!("{alphabet:?} was chosen");
        };
        assert_eq!(
            (read.drafts[0].secret_bits, &read.drafts[0].warnings),
            (bits, &hints)
        );
    }
    // A choice changes nothing where there is none.
    let chosen = answer(&fixture, &totp, SECRET, Some(Alphabet::Hex)).unwrap();
    assert!(
        matches!(chosen, ManualEntryResult::Read { read } if read.drafts[0].secret_bits == 160)
    );
}

#[test]
fn a_link_in_place_of_the_secret_is_taken_whole() {
    let (fixture, _) = Fixture::open();
    let typed = fields(Kind::Hotp);
    let link =
        format!("otpauth://totp/Portail:jane?secret={SECRET}&period=60&algorithm=SHA256&digits=8");
    for text in [
        link.clone(),
        format!("  {link}\n"),
        format!("Lien : {link}"),
        link.replace("otpauth", "apple-otpauth"),
        link.replace("Portail:jane", "Portail:"),
        link.replace("Portail:jane", "jane"),
    ] {
        let draft = draft(&fixture, &typed, &text).unwrap();
        let account = if text.contains("jane") { "jane" } else { "b" };
        let issuer = if text.contains("Portail") {
            "Portail"
        } else {
            "A"
        };
        assert_eq!(
            (&*draft.issuer, &*draft.account),
            (issuer, account),
            "{text}"
        );
        assert_eq!(
            (draft.kind, draft.digits, draft.period),
            (Kind::Totp, 8, Some(60))
        );
    }
    let steam = draft(&fixture, &typed, &format!("steam://{SECRET}")).unwrap();
    assert_eq!(
        (steam.kind, &*steam.issuer, &*steam.account),
        (Kind::Steam, "Steam", "b")
    );
}

#[test]
fn what_is_wrong_with_a_link_is_told_as_of_a_link() {
    let (fixture, _) = Fixture::open();
    for (text, error) in [
        ("otpauth://totp/a?issuer=b", ErrorCode::SecretMissing),
        (
            "otpauth://totp/a?secret=JBSWY3D1",
            ErrorCode::SecretCharacter,
        ),
        (
            "otpauth://totp/a?secret=JBSWY3DP&digits=11",
            ErrorCode::DigitsOutOfRange,
        ),
        ("https://www.example.ch", ErrorCode::WebAddress),
        (
            "otpauth-migration://offline?data=CgA%3",
            ErrorCode::TransferCodeMalformed,
        ),
    ] {
        assert_eq!(
            code(draft(&fixture, &fields(Kind::Totp), text)),
            error,
            "{text}"
        );
    }
    // Other typed values do not count.
    let odd = ManualEntry {
        period: 0,
        ..fields(Kind::Totp)
    };
    assert!(draft(&fixture, &odd, URI).is_ok());
}

#[test]
fn a_transfer_code_in_place_of_the_secret_is_read_as_one() {
    let (fixture, _) = Fixture::open();
    let typed = fields(Kind::Totp);
    let ManualEntryResult::Read { read } =
        answer(&fixture, &typed, &batches::transfer(0), None).unwrap()
    else {
        panic!("a transfer code is read");
    };
    assert_eq!(read.drafts.len(), 2);
    assert_eq!(read.batches[0].missing, [2, 3]);
}

#[test]
fn a_link_over_lines_in_place_of_the_secret_has_a_note() {
    let (fixture, _) = Fixture::open();
    let broken = URI.replace("GEZDGNBV", "GEZD\nGNBV");
    let ManualEntryResult::Read { read } =
        answer(&fixture, &fields(Kind::Totp), &broken, None).unwrap()
    else {
        panic!("a link is read");
    };
    assert_eq!(read.drafts[0].warnings, [Warning::LinesJoined]);
}

#[test]
fn a_typed_name_that_holds_a_link_is_refused() {
    let (fixture, _) = Fixture::open();
    let typed = ManualEntry {
        issuer: URI.into(),
        ..fields(Kind::Totp)
    };
    let refused = answer(&fixture, &typed, "GEZDGNBVGY3TQOJQ", None);
    assert_eq!(code(refused), ErrorCode::SecondLink);
}
