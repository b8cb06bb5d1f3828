//! The published test values: RFC 4226 Appendix D and RFC 6238 Appendix B.

#![allow(clippy::unwrap_used)]

mod support;

use trousseau_otp::{Algorithm, Digits, Period, Secret, hotp, totp};

#[test]
fn rfc_4226_appendix_d() {
    let secret = Secret::from_bytes(b"12345678901234567890".to_vec()).unwrap();
    for (counter, value, code) in [
        (0, 1_284_755_224, "755224"),
        (1, 1_094_287_082, "287082"),
        (2, 137_359_152, "359152"),
        (3, 1_726_969_429, "969429"),
        (4, 1_640_338_314, "338314"),
        (5, 868_254_676, "254676"),
        (6, 1_918_287_922, "287922"),
        (7, 82_162_583, "162583"),
        (8, 673_399_871, "399871"),
        (9, 645_520_489, "520489"),
    ] {
        assert_eq!(
            hotp(&secret, Algorithm::Sha1, Digits::default(), counter).as_str(),
            code
        );
        let whole = hotp(&secret, Algorithm::Sha1, Digits::new(10).unwrap(), counter);
        assert_eq!(whole.as_str(), format!("{value:010}"));
        // The tests' own HOTP has to agree with the document as well, or it proves nothing.
        assert_eq!(
            support::value(secret.as_bytes(), Algorithm::Sha1, counter),
            value
        );
    }
}

#[test]
fn rfc_6238_appendix_b() {
    let seed = |length: usize| {
        "1234567890"
            .chars()
            .cycle()
            .take(length)
            .collect::<String>()
    };
    for (unix_s, sha1, sha256, sha512) in [
        (59, "94287082", "46119246", "90693936"),
        (1_111_111_109, "07081804", "68084774", "25091201"),
        (1_111_111_111, "14050471", "67062674", "99943326"),
        (1_234_567_890, "89005924", "91819424", "93441116"),
        (2_000_000_000, "69279037", "90698825", "38618901"),
        (20_000_000_000, "65353130", "77737706", "47863826"),
    ] {
        for (algorithm, length, code) in [
            (Algorithm::Sha1, 20, sha1),
            (Algorithm::Sha256, 32, sha256),
            (Algorithm::Sha512, 64, sha512),
        ] {
            let secret = Secret::from_bytes(seed(length).into_bytes()).unwrap();
            let computed = totp(
                &secret,
                algorithm,
                Digits::new(8).unwrap(),
                Period::default(),
                unix_s,
            );
            assert_eq!(computed.as_str(), code, "{} at {unix_s}", algorithm.name());
            assert_eq!(
                support::code(secret.as_bytes(), algorithm, 8, unix_s / 30),
                code
            );
        }
    }
}
