use data_encoding::BASE64;
use trousseau_interchange::google::TransferCode;
use trousseau_otp::{KeyUri, Secret};

/// A transfer code is parsed or rejected, as a text and as a protobuf message; its accounts respect all limits.
pub fn migration(data: &[u8]) {
    read(&String::from_utf8_lossy(data));
    read(&format!(
        "otpauth-migration://offline?data={}",
        BASE64.encode(data)
    ));
}

fn read(text: &str) {
    let Ok(code) = TransferCode::parse(text) else {
        return;
    };
    assert!(!code.accounts.is_empty() && code.position.index < code.position.size);
    for key in code.accounts.iter().flatten() {
        assert!(key.secret.as_bytes().len() <= Secret::MAX_BYTES);
        for name in [&key.issuer, &key.account] {
            assert!(name.chars().count() <= KeyUri::MAX_NAME);
            assert!(!name.chars().any(char::is_control));
        }
    }
}
