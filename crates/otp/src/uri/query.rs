use zeroize::Zeroizing;

use super::{OtpauthError, text};

/// The parameters that nobody took yet, in their order.
pub struct Query(Vec<(Zeroizing<String>, Zeroizing<String>)>);

impl Query {
    /// Reads `key=value&key&…`, form-decoded. `&amp;` counts as `&`: links are copied out of HTML.
    pub fn parse(text: &str) -> Result<Self, OtpauthError> {
        text.split('&')
            .map(|pair| pair.strip_prefix("amp;").unwrap_or(pair))
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
                Ok((text::decode_form(key)?, text::decode_form(value)?))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Takes a parameter out, and those that repeat it. None if it is absent, empty or `null`.
    pub fn take(&mut self, name: &str) -> Option<Zeroizing<String>> {
        self.take_if(name, |_| true)
            .filter(|value| !matches!(value.trim(), "" | "null"))
    }

    /// Takes a parameter out, whatever its value, if the first of its name is `right`.
    pub fn take_if(
        &mut self,
        name: &str,
        right: impl Fn(&str) -> bool,
    ) -> Option<Zeroizing<String>> {
        let is_it = |key: &str| key.trim().eq_ignore_ascii_case(name);
        let first = self.0.iter().position(|(key, _)| is_it(key))?;
        right(self.0[first].1.trim()).then(|| {
            let (_, value) = self.0.remove(first);
            self.0.retain(|(key, _)| !is_it(key));
            value
        })
    }

    /// Whether a parameter's name starts so.
    pub fn any_starts_with(&self, start: &str) -> bool {
        self.0.iter().any(|(key, _)| key.starts_with(start))
    }

    /// What is left.
    pub fn into_extra(self) -> Vec<(String, String)> {
        let out = |mut text: Zeroizing<String>| std::mem::take(&mut *text);
        self.0
            .into_iter()
            .map(|(key, value)| (out(key), out(value)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::{Debug, Display};

    use static_assertions::assert_not_impl_any;

    use super::*;

    assert_not_impl_any!(Query: Debug, Display, serde::Serialize, Clone);

    #[test]
    fn takes_the_first_and_keeps_the_rest() {
        let mut query = Query::parse("a=1&&B=2&c&a=3&d=null&amp;e=x%26y+z&=&c=4").unwrap();
        assert_eq!(query.take("A").as_deref().map(String::as_str), Some("1"));
        assert!(query.take("a").is_none(), "the repeated one is gone too");
        assert!(query.take("c").is_none(), "the first has no value");
        assert!(query.take("d").is_none());
        assert!(query.take_if("b", |value| value == "3").is_none());
        assert!(query.any_starts_with("B"));
        let extra = [("B", "2"), ("e", "x&y z"), ("", "")];
        assert_eq!(
            query.into_extra(),
            extra.map(|(key, value)| (key.to_owned(), value.to_owned()))
        );
    }
}
