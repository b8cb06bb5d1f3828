//! Transfer codes: unusual spellings, refused codes and random bytes.

use data_encoding::{BASE64, BASE64URL_NOPAD};
use proptest::prelude::*;
use trousseau_interchange::google::{BatchPosition, TransferCode, TransferCodeError};
use trousseau_otp::{Algorithm, OtpParams, OtpauthError, Source, find_links};

/// A length-delimited field of a protobuf message.
fn bytes(tag: u8, value: &[u8]) -> Vec<u8> {
    [&[tag << 3 | 2, value.len() as u8], value].concat()
}

fn number(tag: u8, mut value: u64) -> Vec<u8> {
    let mut field = vec![tag << 3];
    while value >= 0x80 {
        field.push(value as u8 | 0x80);
        value >>= 7;
    }
    field.push(value as u8);
    field
}

/// An account with the secret "Hello!", a name and further fields.
fn account(name: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let fields = [
        bytes(1, b"Hello!"),
        bytes(2, name.as_bytes()),
        more.concat(),
    ];
    bytes(1, &fields.concat())
}

fn uri(message: &[Vec<u8>]) -> String {
    let data = BASE64.encode(&message.concat());
    format!(
        "otpauth-migration://offline?data={}",
        data.replace('+', "%2B")
            .replace('/', "%2F")
            .replace('=', "%3D")
    )
}

fn read(message: &[Vec<u8>]) -> TransferCode {
    TransferCode::parse(&uri(message)).unwrap_or_else(|error| panic!("{error}"))
}

fn error(text: &str) -> TransferCodeError {
    TransferCode::parse(text).err().expect("it was accepted")
}

#[test]
fn names_are_split_as_in_a_uri() {
    for (name, issuer, expected) in [
        ("jane", "", ("", "jane")),
        ("Bank:jane", "Bank", ("Bank", "jane")),
        ("Bank: jane", "Bank", ("Bank", "jane")),
        ("Bank: jane", "", ("", "Bank: jane")),
        ("jane", "Bank", ("Bank", "jane")),
        ("", "Bank", ("Bank", "")),
        ("MyOrg:jane", "Microsoft", ("Microsoft", "MyOrg:jane")),
    ] {
        let code = read(&[account(name, &[bytes(3, issuer.as_bytes())])]);
        let account = code.accounts[0]
            .as_ref()
            .unwrap_or_else(|_| panic!("{name}"));
        assert_eq!((&*account.issuer, &*account.account), expected, "{name}");
        assert_eq!(account.secret.as_bytes(), b"Hello!");
    }
}

#[test]
fn missing_fields_have_defaults() {
    let code = read(&[account("jane", &[])]);
    assert_eq!(
        code.position,
        BatchPosition {
            batch_id: 0,
            index: 0,
            size: 1
        }
    );
    let account = code.accounts[0]
        .as_ref()
        .unwrap_or_else(|unusable| panic!("{unusable:?}"));
    let OtpParams::Totp {
        algorithm,
        digits,
        period,
    } = account.params
    else {
        panic!("another method")
    };
    assert_eq!(
        (algorithm, digits.get(), period.get()),
        (Algorithm::Sha1, 6, 30)
    );
}

#[test]
fn every_value_is_accepted_or_refused_never_replaced() {
    let one = |fields: &[Vec<u8>]| read(&[account("jane", fields)]).accounts.remove(0);
    for (value, algorithm) in [
        (1, Algorithm::Sha1),
        (2, Algorithm::Sha256),
        (3, Algorithm::Sha512),
    ] {
        let account = one(&[number(4, value)]).unwrap_or_else(|unusable| panic!("{unusable:?}"));
        assert!(
            matches!(account.params, OtpParams::Totp { algorithm: its, .. } if its == algorithm)
        );
    }
    let account = one(&[
        number(5, 2),
        number(6, 1),
        number(7, u64::from(u32::MAX) + 1),
    ])
    .unwrap_or_else(|unusable| panic!("{unusable:?}"));
    assert!(matches!(
        account.params,
        OtpParams::Hotp { digits, counter: 4_294_967_296, .. } if digits.get() == 8
    ));
    for (fields, reason) in [
        (number(4, 4), OtpauthError::AlgorithmUnsupported),
        (number(4, 9), OtpauthError::AlgorithmUnsupported),
        (
            number(5, 3),
            OtpauthError::DigitsOutOfRange { min: 6, max: 10 },
        ),
        (number(6, 3), OtpauthError::UnsupportedType { known: None }),
        (
            [number(6, 1), number(7, u64::MAX)].concat(),
            OtpauthError::CounterOutOfRange,
        ),
        (bytes(1, b""), OtpauthError::SecretMissing),
    ] {
        let unusable = one(&[bytes(3, b"Bank"), fields])
            .err()
            .expect("it was accepted");
        assert_eq!((&*unusable.name, unusable.reason), ("Bank, jane", reason));
    }
}

#[test]
fn the_name_of_a_skipped_account_is_cleaned() {
    let named = |name: &str| {
        let code = read(&[account(name, &[number(4, 4)])]);
        code.accounts.into_iter().next().and_then(Result::err)
    };
    let name = named("ja\u{202e}ne\n\0x").map(|unusable| unusable.name);
    assert_eq!(name.as_deref(), Some("jane x"));
}

#[test]
fn a_skipped_account_does_not_affect_the_others() {
    let code = read(&[
        account("a", &[]),
        account("b", &[number(4, 4)]),
        account("c", &[]),
    ]);
    let usable: Vec<bool> = code.accounts.iter().map(Result::is_ok).collect();
    assert_eq!(usable, [true, false, true]);
}

#[test]
fn every_encoding_of_the_data_is_accepted() {
    // Its base64 has padding and both characters that the URL-safe alphabet replaces.
    let message = [
        account("jane", &[]),
        bytes(9, &[0xfb, 0xff, 0xbf, 0xfe, 0xff]),
    ]
    .concat();
    let standard = BASE64.encode(&message);
    assert!(standard.contains('+') && standard.contains('/') && standard.ends_with('='));
    let encoded = standard
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    for data in [
        standard.clone(),
        standard.replace('+', " "),
        standard.trim_end_matches('=').to_owned(),
        BASE64URL_NOPAD.encode(&message),
        encoded.clone(),
        encoded.replace('%', "%25"),
        format!("{encoded}&more=1"),
    ] {
        for prefix in [
            "otpauth-migration://offline?data=",
            "OTPAUTH-MIGRATION://offline?v=1&data=",
            "\u{a0}otpauth-migration:?data=",
        ] {
            let code = TransferCode::parse(&format!("{prefix}{data}\n"));
            assert!(
                code.is_ok_and(|code| code.accounts[0].is_ok()),
                "{prefix}{data}"
            );
        }
    }
}

#[test]
fn positions_in_a_batch() {
    let at = |size: u64, index: u64, id: u64| {
        let code = TransferCode::parse(&uri(&[
            account("a", &[]),
            number(3, size),
            number(4, index),
            number(5, id),
        ]));
        code.map(|TransferCode { position, .. }| (position.index, position.size, position.batch_id))
    };
    assert_eq!(at(4, 2, 77), Ok((2, 4, 77)));
    assert_eq!(at(0, 0, 0), Ok((0, 1, 0)));
    // A negative id is a varint of ten bytes.
    assert_eq!(at(2, 1, -5_i64 as u64), Ok((1, 2, -5)));
    for (size, index) in [(2, 2), (0, 1), (1, u64::MAX), (1001, 0)] {
        assert_eq!(
            at(size, index, 0),
            Err(TransferCodeError::Malformed),
            "{size} {index}"
        );
    }
}

#[test]
fn the_payload_hash_does_not_depend_on_the_encoding() {
    let message = |name: &str| [account(name, &[]), number(3, 2), number(4, 1)].concat();
    let payload_hash = |text: &str| TransferCode::parse(text).map(|code| code.payload_hash);
    let data = BASE64.encode(&message("jane"));
    let uri = uri(&[message("jane")]);
    let plain = format!("OTPAUTH-MIGRATION://offline?data={data}");
    assert_ne!(uri, plain);
    assert!(payload_hash(&uri) == payload_hash(&plain));
    assert!(payload_hash(&uri) != payload_hash(&self::uri(&[message("john")])));
}

#[test]
fn other_texts_and_malformed_codes_are_refused() {
    for text in [
        "",
        "otpauth://totp/a?secret=AA",
        "NOT A otpauth-migration:// URL",
        "https://example.org",
    ] {
        assert_eq!(error(text), TransferCodeError::NotTransferCode, "{text}");
    }
    for text in [
        "otpauth-migration:",
        "otpauth-migration://offline",
        "otpauth-migration://offline?date=CgA",
        "otpauth-migration://offline?data=!",
        "otpauth-migration://offline?data=%ff",
        "otpauth-migration://offline?data=//8",
    ] {
        assert_eq!(error(text), TransferCodeError::Malformed, "{text}");
    }
    let long = format!("otpauth-migration://offline?data={}", "A".repeat(20_000));
    assert_eq!(error(&long), TransferCodeError::Malformed);
    assert_eq!(
        error("otpauth-migration://offline?data="),
        TransferCodeError::Empty
    );
    // A truncated message is refused, at every length.
    let whole = [account("jane", &[])].concat();
    for length in 0..whole.len() {
        assert!(
            TransferCode::parse(&uri(&[whole[..length].to_vec()])).is_err(),
            "{length}"
        );
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(message in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = TransferCode::parse(&uri(&[message]));
    }

    #[test]
    fn any_text_is_read_or_refused(text in "otpauth-migration:[ -~]{0,120}") {
        let _ = TransferCode::parse(&text);
    }
}

/// A transfer link that is split over lines is read with all its accounts, or refused.
#[test]
fn a_broken_transfer_loses_no_account() {
    let accounts = ["a", "bb", "ccc"].map(|name| account(name, &[]));
    let link = uri(&accounts);
    let all = read(&accounts).accounts.len();
    assert_eq!(all, 3);
    let indices = "otpauth-migration://".len()..link.len();
    for at in indices {
        for between in ["\n", "\r\n  ", "\n\n", "\n> "] {
            let text = format!("{}{between}{}", &link[..at], &link[at..]);
            for source in [Source::User, Source::Program] {
                for found in find_links(&text, source).into_iter().flatten() {
                    let code = TransferCode::parse(&found.text);
                    let whole = code.is_err() || code.is_ok_and(|code| code.accounts.len() == all);
                    assert!(whole, "{text:?} {source:?}");
                }
            }
        }
    }
}
