//! Reads files that other apps exported, and compares the accounts with `expected.json`.

#[path = "../../scan/tests/support/fixtures.rs"]
mod fixtures;

use std::fs;
use std::path::Path;

use fixtures::fixtures;
use serde::Deserialize;
use trousseau_interchange::google::TransferCode;
use trousseau_otp::{KeyUri, OtpParams};
use trousseau_scan::QrCode;

/// An account as the list of expected values writes it.
#[derive(Debug, PartialEq, Deserialize)]
struct Expected {
    r#type: String,
    issuer: String,
    name: String,
    secret: String,
    algo: String,
    digits: u8,
    period: Option<u32>,
    counter: Option<u64>,
}

impl From<&KeyUri> for Expected {
    fn from(uri: &KeyUri) -> Self {
        let (kind, algorithm, counter) = match uri.params {
            OtpParams::Totp { algorithm, .. } => ("totp", algorithm, None),
            OtpParams::Hotp {
                algorithm, counter, ..
            } => ("hotp", algorithm, Some(counter)),
            OtpParams::Steam => panic!("no transfer code has Steam"),
        };
        Self {
            r#type: kind.to_owned(),
            issuer: uri.issuer.clone(),
            name: uri.account.clone(),
            secret: uri.secret.to_base32().to_string(),
            algo: algorithm.name().to_owned(),
            digits: uri.params.code_len(),
            period: uri.params.period().map(trousseau_otp::Period::get),
            counter,
        }
    }
}

fn accounts<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<Expected> {
    let codes = texts.filter_map(|text| TransferCode::parse(text).ok());
    let accounts = codes.flat_map(|code| code.accounts);
    accounts
        .map(|account| Expected::from(&account.unwrap_or_else(|unusable| panic!("{unusable:?}"))))
        .collect()
}

fn expected(folder: &Path, file: &str) -> Vec<Expected> {
    let all = fs::read(folder.join("expected.json")).expect("expected.json");
    let mut all: serde_json::Value = serde_json::from_slice(&all).expect("JSON");
    serde_json::from_value(all[file].take()).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn google_authenticators_codes_as_texts() {
    let Some(folder) = fixtures("interchange/exports") else {
        return;
    };
    for name in ["example_export", "example_export_only_totp"] {
        let file = format!("google-migration/extract.{name}.txt");
        let text = fs::read_to_string(folder.join(&file)).expect("a text");
        assert_eq!(accounts(text.lines()), expected(&folder, &file), "{file}");
    }
    for name in ["wrong_content", "wrong_prefix"] {
        let file = folder.join(format!("google-migration/extract.test_export_{name}.txt"));
        let text = fs::read_to_string(file).expect("a text");
        assert_eq!(accounts(text.lines()), [], "{name}");
    }
}

#[test]
fn google_authenticators_codes_as_pictures() {
    let Some(folder) = fixtures("interchange/exports") else {
        return;
    };
    for name in [
        "extract.example_export",
        "extract.test_googleauth_export",
        "proton.GoogleAuthenticatorExport_2",
    ] {
        let file = format!("google-migration/{name}.png");
        let picture = fs::read(folder.join(&file)).expect("a picture");
        let codes = trousseau_scan::read_picture(&picture).expect("readable");
        let texts: Vec<String> = codes.into_iter().filter_map(QrCode::into_whole).collect();
        assert_eq!(
            accounts(texts.iter().map(String::as_str)),
            expected(&folder, &file),
            "{file}"
        );
    }
}
