//! The recovery code: 128 random bits as 12 words.

use bip39::{Language, Mnemonic};
use zeroize::Zeroizing;

use crate::{RandomError, RecoveryError, random};

const WORDS: usize = 12;

/// 128 random bits and a checksum of 4 bits, as 12 words of the English list of BIP-39.
pub struct RecoveryCode(Box<Mnemonic>);

impl RecoveryCode {
    /// Generates a code.
    ///
    /// # Errors
    /// The operating system gave no randomness.
    pub fn generate() -> Result<Self, RandomError> {
        let mut entropy = Zeroizing::new([0; 16]);
        random::fill(&mut *entropy)?;
        let mnemonic = Mnemonic::from_entropy_in(Language::English, &*entropy)
            .expect("128 bits are a length of BIP-39");
        Ok(Self(Box::new(mnemonic)))
    }

    /// Parses 12 words in either case, separated by white space or commas.
    pub fn parse(text: &str) -> Result<Self, RecoveryError> {
        let words = || {
            text.split(|c: char| c.is_whitespace() || c == ',')
                .filter(|w| !w.is_empty())
        };
        let count = words().count();
        if count != WORDS {
            return Err(RecoveryError::Count { count });
        }
        let mut phrase = Zeroizing::new(String::with_capacity(text.len() + WORDS));
        for word in words() {
            phrase.push_str(word);
            phrase.push(' ');
        }
        phrase.make_ascii_lowercase();
        match Mnemonic::parse_in_normalized(Language::English, phrase.trim_end()) {
            Ok(mnemonic) => Ok(Self(Box::new(mnemonic))),
            Err(bip39::Error::UnknownWord(index)) => Err(RecoveryError::Unknown {
                position: index + 1,
            }),
            Err(_) => Err(RecoveryError::Checksum),
        }
    }

    /// The 12 words in order, in lower case.
    pub fn words(&self) -> [&'static str; WORDS] {
        let mut words = [""; WORDS];
        for (slot, word) in words.iter_mut().zip(self.0.words()) {
            *slot = word;
        }
        words
    }

    /// The words joined by single spaces: the keying material of the slot.
    pub(crate) fn phrase(&self) -> Zeroizing<String> {
        let words = self.words();
        let length: usize = words.iter().map(|word| word.len() + 1).sum();
        let mut phrase = Zeroizing::new(String::with_capacity(length));
        for (index, word) in words.iter().enumerate() {
            if index > 0 {
                phrase.push(' ');
            }
            phrase.push_str(word);
        }
        phrase
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vectors of BIP-39 with 128 bits of one repeated byte.
    #[test]
    fn bip39_vectors() {
        for (byte, phrase) in [
            (
                0x00,
                "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
            ),
            (
                0x7f,
                "legal winner thank year wave sausage worth useful legal winner thank yellow",
            ),
            (
                0x80,
                "letter advice cage absurd amount doctor acoustic avoid letter advice cage above",
            ),
            (0xff, "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong"),
        ] {
            let fixed = move |bytes: &mut [u8]| {
                bytes.fill(byte);
                Ok(())
            };
            let code = random::scripted::with(fixed, RecoveryCode::generate).expect("scripted");
            assert_eq!(code.phrase().as_str(), phrase);
            let parsed = RecoveryCode::parse(phrase).expect("a vector");
            assert_eq!(parsed.words(), code.words());
        }
    }

    #[test]
    fn tolerates_case_and_separators() {
        let untidy = "\n Legal, WINNER thank,year\twave\r\nsausage  worth useful legal\u{a0}winner,, thank yellow ,";
        let code = RecoveryCode::parse(untidy).expect("12 words");
        assert_eq!(
            code.phrase().as_str(),
            "legal winner thank year wave sausage worth useful legal winner thank yellow"
        );
    }

    #[test]
    fn errors_name_the_wrong_word() {
        let error = |text: &str| RecoveryCode::parse(text).err();
        assert_eq!(error(""), Some(RecoveryError::Count { count: 0 }));
        assert_eq!(
            error(&"zoo ".repeat(11)),
            Some(RecoveryError::Count { count: 11 })
        );
        assert_eq!(
            error(&"zoo ".repeat(24)),
            Some(RecoveryError::Count { count: 24 })
        );
        assert_eq!(error(&"zoo ".repeat(12)), Some(RecoveryError::Checksum));
        let unknown = format!("{}zoö wrong", "zoo ".repeat(10));
        assert_eq!(
            error(&unknown),
            Some(RecoveryError::Unknown { position: 11 })
        );
    }

    #[test]
    fn generating_fails_without_randomness() {
        let outcome =
            random::scripted::with(random::scripted::failing_after(0), RecoveryCode::generate);
        assert!(matches!(outcome, Err(RandomError)));
    }
}
