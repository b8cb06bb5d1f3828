use trousseau_otp::{OtpParams, Secret, SecretError, parse_typed_secret};

/// Bytes survive a round trip through base32. A text that parses also parses to the same secret after formatting, and
/// a user may type it.
pub fn base32(data: &[u8]) {
    match Secret::from_bytes(data.to_vec()) {
        Ok(secret) => round_trips(&secret),
        Err(error) => assert!(
            matches!(error, SecretError::Empty | SecretError::TooLong { .. }),
            "{error}"
        ),
    }
    let text = String::from_utf8_lossy(data);
    let strict = Secret::parse_base32(&text);
    let lenient = Secret::parse_base32_of_any_length(&text);
    match parse_typed_secret(&text, OtpParams::Steam) {
        Ok(readings) => assert!(matches!(readings.len(), 1..=3)),
        Err(error) => assert!(strict.is_err(), "rejected when typed: {error}"),
    }
    match (strict, lenient) {
        (Ok(strict), Ok((lenient, cut))) => {
            assert!(strict == lenient && !cut);
            round_trips(&strict);
        }
        (Err(SecretError::Length { .. }), Ok((lenient, cut))) => {
            assert!(cut);
            round_trips(&lenient);
        }
        (Err(strict), Err(lenient)) => assert_eq!(strict, lenient),
        (Ok(_), Err(error)) => panic!("only the strict parser accepts it: {error}"),
        (Err(error), Ok(_)) => panic!("only the lenient parser accepts it: {error}"),
    }
}

fn round_trips(secret: &Secret) {
    let text = secret.to_base32();
    let spaced: String = text.chars().flat_map(|symbol| [symbol, '-']).collect();
    for text in [&*text, &text.to_lowercase(), &spaced] {
        assert!(Secret::parse_base32(text).is_ok_and(|read| read == *secret));
    }
}
