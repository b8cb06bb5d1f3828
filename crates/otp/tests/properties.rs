//! Properties of all values: base32 and URIs survive a round trip, and no text makes the parser panic.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use trousseau_otp::{
    Algorithm, Alphabet, Digits, KeyUri, OtpParams, Period, Secret, clean_name, contains_link,
    parse_typed_secret,
};

/// Bytes instead of secrets, because proptest prints failing cases and secrets have no `Debug`.
fn keys() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 1..=80)
}

fn params() -> impl Strategy<Value = OtpParams> {
    let algorithm = prop_oneof![
        Just(Algorithm::Sha1),
        Just(Algorithm::Sha256),
        Just(Algorithm::Sha512)
    ];
    let digits = (6..=10_u8).prop_map(|digits| Digits::new(digits).unwrap());
    let period = (1..=3600_u32).prop_map(|period| Period::new(period).unwrap());
    (algorithm, digits, period, any::<u64>(), 0..3).prop_map(
        |(algorithm, digits, period, counter, kind)| match kind {
            0 => OtpParams::Totp {
                algorithm,
                digits,
                period,
            },
            1 => OtpParams::Hotp {
                algorithm,
                digits,
                counter,
            },
            _ => OtpParams::Steam,
        },
    )
}

/// Cleaned names, often with colons and other characters that are special in URIs.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        "[:+%#?&=/ @a-c0é💥]{0,8}",
        "\\PC{0,20}",
        Just("Steam".to_owned()),
        Just("null".to_owned())
    ]
    .prop_map(|name| clean_name(&name))
}

fn unknown_params() -> impl Strategy<Value = Vec<(String, String)>> {
    // The prefix `x` keeps random names from being known parameters.
    proptest::collection::vec(("x\\PC{0,6}", any::<String>()), 0..4)
}

/// Texts of which about a third are valid URIs, and the others almost.
fn near_uris() -> impl Strategy<Value = String> {
    let scheme = prop_oneof![8 => "otpauth://", 1 => "apple-otpauth:/?/?", 1 => "[a-z]{0,3}:?"];
    let host = prop_oneof![5 => "totp", 3 => "hotp", 2 => "steam", 1 => "[a-zA-Z]{0,4}"];
    let label = prop_oneof![8 => "/[:+%#a-c0 é💥]{0,8}:?\\PC{0,12}", 1 => "\\PC{0,5}"];
    let secret = prop_oneof![8 => "[?]secret=([A-Za-z2-7+-]{8}){1,4}", 1 => "[?&]?(secret=?)?[A-Z0-9%]{0,9}"];
    let pair = prop_oneof![
        4 => "&issuer=[:+%#a-cA-C é💥]{0,8}",
        4 => "&(period|counter)=[1-9]{0,3}",
        2 => "&digits=(5|6|8|10)?",
        2 => "&algorithm=(SHA|sha-|HmacSHA)(1|256|512)",
        1 => "&(steam|encoder=steam|issuer=Steam)",
        1 => "&?[a-z0-9%+#=]{0,9}\\PC{0,5}",
    ];
    (
        scheme,
        host,
        label,
        secret,
        proptest::collection::vec(pair, 0..5),
    )
        .prop_map(|(scheme, host, label, secret, pairs)| {
            format!("{scheme}{host}{label}{secret}{}", pairs.concat())
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn base32_reads_back(bytes in keys(), lower in any::<bool>(), group in 1..9_usize, padding in 0..9_usize) {
        let secret = Secret::from_bytes(bytes).unwrap();
        let mut text = secret.to_base32().to_string();
        prop_assert!(text.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7')));
        if lower {
            text = text.to_lowercase();
        }
        let grouped: Vec<String> = text.chars().collect::<Vec<_>>().chunks(group).map(String::from_iter).collect();
        let written = grouped.join(" -\t\u{a0}") + &"=".repeat(padding);
        prop_assert!(Secret::parse_base32(&written).is_ok_and(|read| read == secret));
    }

    #[test]
    fn the_usual_secret_has_one_reading(
        bytes in any::<[u8; 20]>(), params in params(), lower in any::<bool>(), group in 1..33_usize,
        between in "[ -]", name in "(|Key: |Setup key - |Clé :)"
    ) {
        let secret = Secret::from_bytes(bytes.to_vec()).unwrap();
        let mut text = secret.to_base32().to_string();
        if lower {
            text = text.to_lowercase();
        }
        let grouped: Vec<String> = text.chars().collect::<Vec<_>>().chunks(group).map(String::from_iter).collect();
        let readings = parse_typed_secret(&(name + &grouped.join(&between)), params).unwrap();
        prop_assert_eq!(readings.len(), 1);
        prop_assert!(readings[0].alphabet == Alphabet::Base32 && readings[0].secret == secret);
    }

    #[test]
    fn any_typed_text_is_read_or_refused(text in any::<String>(), near in "(key|Setup key|clé|é)?[ :=-]{0,2}[A-Fa-f2-70 =+/_-]{0,45}", params in params()) {
        for text in [text, near] {
            if let Ok(readings) = parse_typed_secret(&text, params) {
                prop_assert!(matches!(readings.len(), 1..=3));
            }
        }
    }

    #[test]
    fn any_text_is_a_secret_or_none(text in any::<String>(), near in "[A-Za-z2-7 =-]{0,30}") {
        for text in [text, near] {
            if let Ok(secret) = Secret::parse_base32(&text) {
                prop_assert!(Secret::parse_base32(&secret.to_base32()).is_ok_and(|read| read == secret));
            }
        }
    }

    #[test]
    fn uris_read_back(
        issuer in names(), account in names(), bytes in keys(), params in params(), unknown_params in unknown_params()
    ) {
        // "Steam" and "//": the colon between them makes a link of the two, and no reading gives such names.
        prop_assume!(!contains_link(&format!("{issuer}:{account}")));
        let secret = Secret::from_bytes(bytes).unwrap();
        let key = KeyUri { issuer, account, secret, params, unknown_params, warnings: Vec::new() };
        let uri = key.to_uri();
        prop_assert!(uri.is_ascii() && !uri.contains(['+', ' ', '#', '"', '<', '>']), "{}", *uri);
        let mut read = KeyUri::parse(&uri).unwrap_or_else(|error| panic!("{error}: {}", *uri));
        read.warnings.clear();
        prop_assert!(read == key, "{} was read as {}", *uri, *read.to_uri());
    }

    #[test]
    fn any_text_is_a_uri_or_none(text in any::<String>(), near in near_uris(), unix_s in any::<u64>()) {
        for text in [text, near] {
            if let Ok(key) = KeyUri::parse(&text) {
                if let Some(now) = key.params.at(&key.secret, unix_s) {
                    prop_assert_eq!(now.code.as_str().len(), usize::from(key.params.code_len()));
                    prop_assert!(now.time_step.from <= unix_s && unix_s <= now.time_step.until);
                }
                let mut again = KeyUri::parse(&key.to_uri()).unwrap_or_else(|error| panic!("{error}"));
                again.warnings.clone_from(&key.warnings);
                prop_assert!(again == key, "{} was read as {}", *key.to_uri(), *again.to_uri());
            }
        }
    }
}

#[test]
fn what_is_fixed_for_steam_is_dropped_whatever_is_written_there() {
    for value in ["8", "%a0", ""] {
        for fixed in ["algorithm", "digits", "period", "encoder", "steam"] {
            let text = format!("otpauth://steam/a?secret=AAAAAAAA&{fixed}={value}&lock=1");
            let key = KeyUri::parse(&text).expect(&text);
            assert_eq!(
                key.unknown_params,
                [("lock".to_owned(), "1".to_owned())],
                "{text}"
            );
        }
    }
}
