use crate::name::fold_name;

/// Issuer and account, and whether the issuers in label and parameter issuers_differ.
#[derive(Debug, PartialEq, Eq)]
pub struct Names {
    pub issuer: String,
    pub account: String,
    pub issuers_differ: bool,
}

/// Splits a decoded label, given the value of the parameter `issuer`.
///
/// If the two issuers issuers_differ, the parameter is used, because other apps show it. The account is then the whole label,
/// because its first part may distinguish two accounts (a tenant, a Matrix name).
pub fn split(label: &str, issuer: Option<&str>) -> Names {
    let names = |issuer: &str, account: &str, issuers_differ| Names {
        issuer: issuer.trim().to_owned(),
        account: account.trim().to_owned(),
        issuers_differ,
    };
    match (issuer, label.split_once(':')) {
        (None, None) => names("", label, false),
        (None, Some((prefix, account))) => names(prefix, account, false),
        (Some(issuer), None) => names(issuer, label, false),
        (Some(issuer), Some((prefix, rest))) => {
            if let Some(account) = after_issuer(label, issuer) {
                names(issuer, account, false)
            } else if prefix.trim().is_empty() {
                names(issuer, rest, false)
            } else {
                names(issuer, label, true)
            }
        }
    }
}

/// The label after its prefix `issuer:`. The issuer may contain colons; it is compared by [`fold_name`].
fn after_issuer<'a>(label: &'a str, issuer: &str) -> Option<&'a str> {
    let issuer = fold_name(issuer);
    let mut colons = label.match_indices(':');
    let (end, _) = colons.find(|(at, _)| fold_name(&label[..*at]) == issuer)?;
    Some(&label[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_of_label_and_issuer() {
        for (label, issuer, expected) in [
            ("", None, ("", "", false)),
            ("jane", None, ("", "jane", false)),
            ("Bank:jane", None, ("Bank", "jane", false)),
            ("Bank : jane", None, ("Bank", "jane", false)),
            (":jane", None, ("", "jane", false)),
            ("::jane", None, ("", ":jane", false)),
            ("Bank:", None, ("Bank", "", false)),
            (
                "Matrix:@u:matrix.org",
                None,
                ("Matrix", "@u:matrix.org", false),
            ),
            ("jane", Some("Bank"), ("Bank", "jane", false)),
            ("", Some("Bank"), ("Bank", "", false)),
            ("Bank", Some("Bank"), ("Bank", "Bank", false)),
            (":jane", Some("Bank"), ("Bank", "jane", false)),
            ("Bank:jane", Some("Bank"), ("Bank", "jane", false)),
            ("Bank: jane", Some("Bank"), ("Bank", "jane", false)),
            ("BANK:jane", Some("Bank"), ("Bank", "jane", false)),
            (
                "Air+Canada:a+b@x",
                Some("Air Canada"),
                ("Air Canada", "a+b@x", false),
            ),
            ("a:b:jane", Some("a:b"), ("a:b", "jane", false)),
            (
                "aws: production:eva",
                Some("AWS: Production"),
                ("AWS: Production", "eva", false),
            ),
            (
                "Caf\u{e9}:jane",
                Some("Cafe\u{301}"),
                ("Cafe\u{301}", "jane", false),
            ),
            ("Bank:x:jane", Some("Bank"), ("Bank", "x:jane", false)),
            (
                "MyOrg:user",
                Some("Microsoft"),
                ("Microsoft", "MyOrg:user", true),
            ),
            (
                "@u:matrix.org",
                Some("Matrix"),
                ("Matrix", "@u:matrix.org", true),
            ),
            ("Banking:jane", Some("Bank"), ("Bank", "Banking:jane", true)),
        ] {
            let (by, account, issuers_differ) = expected;
            let expected = Names {
                issuer: by.into(),
                account: account.into(),
                issuers_differ,
            };
            assert_eq!(split(label, issuer), expected, "{label:?} {issuer:?}");
        }
    }
}
