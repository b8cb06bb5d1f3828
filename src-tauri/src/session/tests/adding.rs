//! What is added, known already, changed and thrown away.

use super::*;

#[test]
fn what_is_known_is_said() {
    let (bench, id) = Bench::open();
    let known = |uri: &str| bench.core.read_text(uri).unwrap().drafts.remove(0).known;
    assert_eq!(known(URI), Known::Same { id: id.clone() });
    assert!(matches!(
        known(&URI.replace("jane", "joan")),
        Known::SameSecret { .. }
    ));
    assert_eq!(known(&URI.replace("GEZD", "AEZD")), Known::SameName { id });
    assert_eq!(known("otpauth://totp/New:one?secret=AAAA"), Known::New);
}

#[test]
fn editing_trash_and_restoring() {
    let (bench, id) = Bench::open();
    let changes = EntryChanges {
        issuer: "Caisse".into(),
        account: "j".into(),
        note: "n".into(),
        favourite: true,
        icon: Some("github".into()),
    };
    let edited = bench.core.edit_entry(&id, changes).unwrap();
    assert_eq!(edited.issuer, "Caisse");
    let row = bench.core.view(&everything()).unwrap().rows.remove(0);
    assert_eq!(edited.icon.as_deref(), Some("github"));
    assert_eq!(row.icon.as_deref(), Some("github"));
    bench.core.trash_entry(&id).unwrap();
    assert_eq!(code(bench.core.reveal(&id)), ErrorCode::EntryGone);
    let page = bench.core.view(&everything()).unwrap();
    assert_eq!((page.total, page.trashed), (0, 1));
    bench.core.restore_entry(&id).unwrap();
    assert_eq!(
        bench.core.reveal(&id).unwrap().code.as_deref(),
        Some("94287082")
    );
}

#[test]
fn typed_values_are_checked_one_by_one() {
    let (bench, _) = Bench::open();
    let fields = ByHand {
        kind: Kind::Totp,
        issuer: "A".into(),
        account: "b".into(),
        algorithm: Algorithm::Sha1,
        digits: 6,
        period: 30,
        counter: "0".into(),
    };
    let try_it = |fields: ByHand, secret: &str| {
        bench
            .core
            .draft_by_hand(fields, &SecretString::from(secret))
    };
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
            ByHand {
                digits: 11,
                ..fields.clone()
            },
            "AAAA"
        )),
        ErrorCode::DigitsOutOfRange
    );
    assert_eq!(
        code(try_it(
            ByHand {
                period: 0,
                ..fields.clone()
            },
            "AAAA"
        )),
        ErrorCode::PeriodOutOfRange
    );
    assert_eq!(code(try_it(fields.clone(), " ")), ErrorCode::SecretMissing);
    let with_counter = |counter: &str| {
        let fields = ByHand {
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
