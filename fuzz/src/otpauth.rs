use trousseau_otp::{KeyUri, Source, contains_link, find_links};

const CANARY: &str = "CANARY7CANARY7";

/// A URI that parses also parses to the same value after formatting; an error never contains a part of the input.
pub fn otpauth(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    read_and_write(&text);
    for source in [Source::User, Source::Program] {
        let links = find_links(&text, source);
        assert!(!links.is_empty());
        for link in links.into_iter().flatten() {
            assert!(link.text.len() <= KeyUri::MAX_TEXT);
            read_and_write(&link.text);
        }
    }
    let secret = format!("secret={CANARY}");
    let marked = text.replacen("secret=", &secret, 1);
    if let Err(error) = KeyUri::parse(&marked) {
        let message = format!("{error} {error:?}");
        assert!(
            !message.contains("CANARY") && message.len() < 200,
            "the error contains the secret"
        );
    }
}

fn read_and_write(text: &str) {
    let Ok(key) = KeyUri::parse(text) else {
        return;
    };
    assert!(text.len() <= KeyUri::MAX_TEXT);
    for name in [&key.issuer, &key.account] {
        assert!(name.chars().count() <= KeyUri::MAX_NAME);
        assert!(!name.chars().any(char::is_control));
        assert!(!contains_link(name), "a name contains a link");
    }
    let now = key.params.at(&key.secret, 1_700_000_000);
    let length = usize::from(key.params.code_len());
    assert!(now.is_none_or(|now| now.code.as_str().len() == length));

    let written = key.to_uri();
    // Escaping may make the text too long.
    if written.len() <= KeyUri::MAX_TEXT {
        let mut read = KeyUri::parse(&written).unwrap_or_else(|error| panic!("{error}"));
        read.warnings.clone_from(&key.warnings);
        assert!(read == key, "another value after a round trip");
        assert!(*read.to_uri() == *written);
    }
}
