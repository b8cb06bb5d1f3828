use zeroize::Zeroizing;

use super::{OtpauthError, text};

/// The parameters that this crate uses.
pub const KNOWN: [&str; 8] = [
    "secret",
    "issuer",
    "algorithm",
    "digits",
    "period",
    "counter",
    "encoder",
    "steam",
];

/// The parameters that were not removed yet, in their order, still encoded.
pub struct Query<'a>(Vec<(&'a str, &'a str)>);

impl<'a> Query<'a> {
    /// Splits `key=value&key&…`. `&amp;` counts as `&`, because links are copied out of HTML.
    pub fn parse(text: &'a str) -> Self {
        let pairs = text
            .split('&')
            .map(|pair| pair.strip_prefix("amp;").unwrap_or(pair))
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        Self(pairs.collect())
    }

    /// Whether the value of a parameter may continue after an `&` that does not separate parameters: an HTML entity such as
    /// `&#10;` or `&shy;` follows, or a word in base32.
    pub fn may_be_truncated(&self, name: &str) -> bool {
        let mut pairs = self.0.iter().skip_while(|(key, _)| !is_named(key, name));
        let value = pairs.next().map_or("", |(_, value)| *value);
        pairs.next().is_some_and(|(key, behind)| {
            let is_word = behind.is_empty() && continues_secret(value, key);
            key.starts_with('#') || key.contains(';') || is_word
        })
    }

    /// Removes a parameter and its repetitions. `None` if it is absent, empty or `null`.
    ///
    /// # Errors
    /// [`OtpauthError::Malformed`] if it is not UTF-8.
    pub fn take(&mut self, name: &str) -> Result<Option<Zeroizing<String>>, OtpauthError> {
        let Some(value) = self.take_raw(name) else {
            return Ok(None);
        };
        let value = text::decode(&text::plus_to_space(value)).ok_or(OtpauthError::Malformed)?;
        Ok(Some(value).filter(|value| !is_absent(value)))
    }

    /// [`Query::take`] for a name, which is decoded by [`text::decode_name`].
    pub fn take_name(&mut self, name: &str) -> Option<Zeroizing<String>> {
        let value = text::decode_name(&text::plus_to_space(self.take_raw(name)?));
        Some(value).filter(|value| !is_absent(value))
    }

    /// Removes a parameter if `matches` accepts its first value. True if it did.
    pub fn take_if(&mut self, name: &str, matches: impl Fn(&str) -> bool) -> bool {
        let first = self.0.iter().find(|(key, _)| is_named(key, name));
        let value = first.and_then(|(_, value)| text::decode(&text::plus_to_space(value)));
        let is_right = value.is_some_and(|value| matches(value.trim()));
        if is_right {
            self.take_raw(name);
        }
        is_right
    }

    /// Takes every parameter of this name out, whatever their values, which need not be UTF-8.
    pub fn drop_all(&mut self, name: &str) {
        let _ = self.take_raw(name);
    }

    /// Whether the name of any parameter starts with `start`.
    pub fn any_starts_with(&self, start: &str) -> bool {
        self.0.iter().any(|(key, _)| key.starts_with(start))
    }

    /// The remaining parameters: decoded if that gives UTF-8, otherwise still encoded.
    pub fn into_unknown_params(self) -> Vec<(String, String)> {
        let out = |raw: &str| {
            let raw = text::plus_to_space(raw);
            text::decode(&raw).map_or_else(
                || text::keep_encoded(&raw),
                |mut text| std::mem::take(&mut *text),
            )
        };
        let pairs = self.0.into_iter();
        pairs.map(|(key, value)| (out(key), out(value))).collect()
    }

    fn take_raw(&mut self, name: &str) -> Option<&'a str> {
        let first = self.0.iter().position(|(key, _)| is_named(key, name))?;
        let (_, value) = self.0.remove(first);
        self.0.retain(|(key, _)| !is_named(key, name));
        Some(value)
    }
}

/// Whether the encoded `key` is this name, without regard to case.
pub fn is_named(key: &str, name: &str) -> bool {
    let is_it = |key: &str| key.trim().eq_ignore_ascii_case(name);
    if key.contains(['%', '+']) {
        text::decode(&text::plus_to_space(key)).is_some_and(|key| is_it(&key))
    } else {
        is_it(key)
    }
}

/// Whether `key` may be the continuation of `secret`.
fn continues_secret(secret: &str, key: &str) -> bool {
    let is_upper = |text: &str| !text.contains(|c: char| c.is_ascii_lowercase());
    let is_base32 = |c| matches!(c, 'A'..='Z' | 'a'..='z' | '2'..='7');
    key.len() >= 4
        && key.chars().all(is_base32)
        && is_upper(key) == is_upper(secret)
        && (is_upper(key) || key.contains(|c: char| c.is_ascii_digit()))
}

fn is_absent(value: &str) -> bool {
    matches!(value.trim(), "" | "null")
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(Query<'_>: Debug, Display, serde::Serialize, Clone);

    #[test]
    fn takes_the_first_of_repeated_parameters_and_keeps_the_others() {
        let mut query = Query::parse("a=1&&B=2&c&a=3&d=null&amp;e=x%26y+z&=&c=4&f=%FF+%20");
        let mut take = |name: &str| query.take(name).unwrap().map(|value| value.to_string());
        assert_eq!(take("A").as_deref(), Some("1"));
        assert_eq!(take("a"), None, "its repetition is removed, too");
        assert_eq!(take("c"), None, "the first has no value");
        assert_eq!(take("d"), None);
        assert!(!query.take_if("b", |value| value == "3"));
        assert!(query.any_starts_with("B"));
        let remaining = [("B", "2"), ("e", "x&y z"), ("", ""), ("f", "%FF%20%20")];
        assert_eq!(
            query.into_unknown_params(),
            remaining.map(|(key, value)| (key.to_owned(), value.to_owned()))
        );
    }

    #[test]
    fn an_html_entity_may_truncate_a_secret() {
        for text in [
            "secret=JBSWY3DP&#10;EHPK3PXP",
            "secret=JBSWY3DP&shy;EHPK3PXP&issuer=x",
            "a=b&secret=JBSWY3DP&EHPK3PXP",
            "secret=JBSWY3DP&EHPKAPXP",
            "secret=jbswy3dp&ehpk3pxp",
        ] {
            assert!(Query::parse(text).may_be_truncated("secret"), "{text}");
        }
        for text in [
            "secret=JBSWY3DP&issuer=x&EHPK3PXP",
            "secret=JBSWY3DP&amp;issuer=x",
            "secret=JBSWY3DP&app",
            "secret=JBSWY3DP",
            "issuer=A&#10;B",
            "",
        ] {
            assert!(!Query::parse(text).may_be_truncated("secret"), "{text}");
        }
    }
}
