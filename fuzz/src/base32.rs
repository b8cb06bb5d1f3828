use trousseau_otp::{OtpParams, Secret, SecretError, parse_typed_secret};

/// Bytes become base32 and come back; a text that is read is one that reads the same when it is written again, and a
/// person may type it.
pub fn base32(data: &[u8]) {
    match Secret::from_bytes(data.to_vec()) {
        Ok(secret) => reads_back(&secret),
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
        Err(error) => assert!(strict.is_err(), "refused where it is typed: {error}"),
    }
    match (strict, lenient) {
        (Ok(strict), Ok((lenient, cut))) => {
            assert!(strict == lenient && !cut);
            reads_back(&strict);
        }
        (Err(SecretError::Length { .. }), Ok((lenient, cut))) => {
            assert!(cut);
            reads_back(&lenient);
        }
        (Err(strict), Err(lenient)) => assert_eq!(strict, lenient),
        (Ok(_), Err(error)) => panic!("only the stricter reader takes it: {error}"),
        (Err(error), Ok(_)) => panic!("only the more lenient reader takes it: {error}"),
    }
}

fn reads_back(secret: &Secret) {
    let text = secret.to_base32();
    let spaced: String = text.chars().flat_map(|symbol| [symbol, '-']).collect();
    for text in [&*text, &text.to_lowercase(), &spaced] {
        assert!(Secret::parse_base32(text).is_ok_and(|read| read == *secret));
    }
}
