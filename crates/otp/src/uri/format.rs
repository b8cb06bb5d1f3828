use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

use super::KeyUri;
use super::text::is_kept_encoded;
use crate::{Algorithm, OtpParams, code};

/// All characters but RFC 3986's unreserved ones and `@`, which is allowed in paths and queries and keeps addresses readable.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'@');

pub fn format(key: &KeyUri) -> Zeroizing<String> {
    let secret = key.secret.to_base32();
    let names = key.issuer.len() * 2 + key.account.len();
    let unknown_params: usize = key
        .unknown_params
        .iter()
        .map(|(name, value)| name.len() + value.len() + 2)
        .sum();
    // Allocated once, because a growing buffer leaves copies of the secret.
    let mut uri = Writer(Zeroizing::new(String::with_capacity(
        160 + secret.len() + 3 * (names + unknown_params),
    )));
    let (kind, algorithm, digits, timing) = match key.params {
        OtpParams::Totp {
            algorithm,
            digits,
            period,
        } => (
            "totp",
            algorithm,
            digits.get(),
            ("period", period.get().into()),
        ),
        OtpParams::Hotp {
            algorithm,
            digits,
            counter,
        } => ("hotp", algorithm, digits.get(), ("counter", counter)),
        OtpParams::Steam => (
            "steam",
            Algorithm::Sha1,
            key.params.code_len(),
            ("period", code::STEAM_PERIOD.get().into()),
        ),
    };
    uri.plain("otpauth://").plain(kind).plain("/");
    if !key.issuer.is_empty() {
        uri.escaped(&key.issuer).plain(":");
    } else if key.account.contains(':') {
        // A leading colon means that there is no issuer.
        uri.plain(":");
    }
    uri.escaped(&key.account).plain("?secret=").plain(&secret);
    if !key.issuer.is_empty() {
        uri.parameter("issuer", &key.issuer);
    }
    uri.parameter("algorithm", algorithm.name());
    uri.parameter("digits", &digits.to_string());
    uri.parameter(timing.0, &timing.1.to_string());
    if key.params == OtpParams::Steam {
        uri.parameter("encoder", "steam");
    }
    for (name, value) in &key.unknown_params {
        uri.plain("&")
            .unknown_param(name)
            .plain("=")
            .unknown_param(value);
    }
    uri.0
}

struct Writer(Zeroizing<String>);

impl Writer {
    fn plain(&mut self, text: &str) -> &mut Self {
        self.0.push_str(text);
        self
    }

    fn escaped(&mut self, text: &str) -> &mut Self {
        self.0.extend(utf8_percent_encode(text, ESCAPED));
        self
    }

    /// A text that [`keep_encoded`](super::text::keep_encoded) made is written unchanged.
    fn unknown_param(&mut self, text: &str) -> &mut Self {
        if is_kept_encoded(text) {
            self.plain(text)
        } else {
            self.escaped(text)
        }
    }

    fn parameter(&mut self, name: &str, value: &str) {
        self.plain("&").escaped(name).plain("=").escaped(value);
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;
    use crate::{Digits, Period, Secret};

    assert_not_impl_any!(Writer: Debug, Display, serde::Serialize, Clone);

    fn formatted(issuer: &str, account: &str, params: OtpParams) -> String {
        let secret = Secret::parse_base32("GEZDGNBV").unwrap();
        let unknown_params = vec![("lock".to_owned(), "yes & no".to_owned())];
        let key = KeyUri {
            issuer: issuer.into(),
            account: account.into(),
            secret,
            params,
            unknown_params,
            warnings: Vec::new(),
        };
        key.to_uri().to_string()
    }

    #[test]
    fn each_kind() {
        let (algorithm, digits) = (Algorithm::Sha256, Digits::new(8).unwrap());
        assert_eq!(
            formatted(
                "Air Canada",
                "a+b@x.org",
                OtpParams::Totp {
                    algorithm,
                    digits,
                    period: Period::new(60).unwrap()
                }
            ),
            "otpauth://totp/Air%20Canada:a%2Bb@x.org?secret=GEZDGNBV&issuer=Air%20Canada&algorithm=SHA256&digits=8\
             &period=60&lock=yes%20%26%20no"
        );
        assert_eq!(
            formatted(
                "",
                "jane",
                OtpParams::Hotp {
                    algorithm,
                    digits,
                    counter: u64::MAX
                }
            ),
            "otpauth://hotp/jane?secret=GEZDGNBV&algorithm=SHA256&digits=8&counter=18446744073709551615\
             &lock=yes%20%26%20no"
        );
        assert_eq!(
            formatted("", "a:b", OtpParams::Steam),
            "otpauth://steam/:a%3Ab?secret=GEZDGNBV&algorithm=SHA1&digits=5&period=30&encoder=steam\
             &lock=yes%20%26%20no"
        );
    }

    #[test]
    fn the_buffer_never_grows() {
        let secret = Secret::from_bytes(vec![255; 1024]).unwrap();
        let (issuer, account) = ("é".repeat(1024), "💻".repeat(1024));
        let unknown_params = vec![("ü".repeat(50), "ß".repeat(500)); 3];
        let key = KeyUri {
            issuer,
            account,
            secret,
            params: OtpParams::Steam,
            unknown_params,
            warnings: Vec::new(),
        };
        let names = 2 * 2048 + 4096;
        assert_eq!(
            key.to_uri().capacity(),
            160 + 1639 + 3 * (names + 3 * (100 + 1000 + 2))
        );
    }
}
