use data_encoding::BASE64;
use trousseau_interchange::migration::Batch;
use trousseau_otp::{KeyUri, Secret};

/// A transfer code is read or refused, as a text and as what its text holds; what is read keeps to every bound.
pub fn migration(data: &[u8]) {
    read(&String::from_utf8_lossy(data));
    read(&format!(
        "otpauth-migration://offline?data={}",
        BASE64.encode(data)
    ));
}

fn read(text: &str) {
    let Ok(batch) = Batch::parse(text) else {
        return;
    };
    assert!(!batch.accounts.is_empty() && batch.place.index < batch.place.size);
    for key in batch.accounts.iter().flatten() {
        assert!(key.secret.as_bytes().len() <= Secret::MAX_BYTES);
        for name in [&key.issuer, &key.account] {
            assert!(name.chars().count() <= KeyUri::MAX_NAME);
            assert!(!name.chars().any(char::is_control));
        }
    }
}
