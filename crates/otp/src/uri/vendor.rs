use data_encoding::{BASE64_NOPAD, BASE64URL_NOPAD};

use super::OtpauthError;

/// URI schemes of enrolment codes that only the vendor's own app accepts, because it fetches the secret from a server; and the
/// name of that app.
pub const VENDORS: &[(&str, &str)] = &[
    ("airlock2fa", "Airlock 2FA"),
    ("com.rsa.securid", "RSA SecurID"),
    ("com.rsa.securid.iphone", "RSA SecurID"),
    ("duo", DUO),
    ("fido", "FIDO passkey"),
    ("futurae", "Futurae"),
    ("igmobileotp", "Entrust Identity"),
    ("mfauth", "ForgeRock Authenticator"),
    ("microsoft-authenticator", "Microsoft Authenticator"),
    ("mobilepass", "MobilePASS+"),
    ("msauth", "Microsoft Authenticator"),
    ("oktaverify", "Okta Verify"),
    ("phonefactor", "Microsoft Authenticator"),
    ("pia", PRIVACYIDEA),
    ("pushauth", "ForgeRock Authenticator"),
    ("swissid", "SwissID"),
    ("vipaccess", "Symantec VIP"),
];

const DUO: &str = "Duo Mobile";

/// Also the app for `otpauth://pipush`, and for `otpauth` URIs with only half of a secret (`2step_…`).
pub const PRIVACYIDEA: &str = "privacyIDEA Authenticator";

/// The error for a text that is not an otpauth URI.
pub fn classify(text: &str) -> OtpauthError {
    let (scheme, rest) = text.split_once(':').unwrap_or_default();
    let scheme = scheme.to_ascii_lowercase();
    let is_web = matches!(&*scheme, "http" | "https") && rest.starts_with("//");
    if is_web && rest.starts_with("//127.0.0.1/securid/") {
        OtpauthError::VendorCode {
            vendor: "RSA SecurID",
        }
    } else if is_web {
        OtpauthError::WebAddress
    } else if let Some((_, vendor)) = VENDORS.iter().find(|(known, _)| *known == scheme) {
        OtpauthError::VendorCode { vendor }
    } else if is_duo(text) {
        OtpauthError::VendorCode { vendor: DUO }
    } else {
        OtpauthError::NotOtpauth
    }
}

/// Duo's QR codes contain `CODE-HOST` without a scheme, the host in base64.
fn is_duo(text: &str) -> bool {
    const MAX_LENGTH: usize = 256;
    let Some((_, host)) = text.rsplit_once('-').filter(|_| text.len() <= MAX_LENGTH) else {
        return false;
    };
    let host = host.trim_end_matches('=').as_bytes();
    [BASE64_NOPAD, BASE64URL_NOPAD]
        .iter()
        .filter_map(|encoding| encoding.decode(host).ok())
        .any(|host| host.ends_with(b".duosecurity.com"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_sorted_and_lower_case() {
        assert!(VENDORS.is_sorted());
        assert!(
            VENDORS
                .iter()
                .all(|(scheme, _)| *scheme == scheme.to_ascii_lowercase())
        );
    }

    #[test]
    fn duo_codes_have_no_scheme() {
        for host in [
            "api-0a1b2c3d.duosecurity.com",
            "api-0a1b2c3.duosecurity.com",
        ] {
            let padded = data_encoding::BASE64.encode(host.as_bytes());
            for host in [padded.trim_end_matches('='), &padded] {
                let text = format!("4hUe2vKq8ZxW9bRtYc0P-{host}");
                assert_eq!(classify(&text), OtpauthError::VendorCode { vendor: DUO });
            }
        }
        assert_eq!(
            classify("4hUe2vKq8ZxW9bRtYc0P-ZXhhbXBsZS5jb20"),
            OtpauthError::NotOtpauth
        );
    }

    #[test]
    fn large_texts_are_not_otpauth() {
        assert_eq!(classify(&"a-".repeat(5_000_000)), OtpauthError::NotOtpauth);
    }
}
