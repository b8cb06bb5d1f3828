//! Compares the estimates with those of the zxcvbn crate, and checks the scores of typical passphrases.

use proptest::prelude::*;
use trousseau_strength::{guesses_log10, score};

fn zxcvbn_guesses_log10(passphrase: &str) -> f64 {
    zxcvbn::zxcvbn(passphrase, &[]).guesses_log10()
}

#[test]
fn common_passwords_score_at_most_1() {
    for passphrase in [
        "",
        "a",
        "password",
        "123456",
        "motdepasse",
        "azerty",
        "qwertz",
        "aaaaaaaa",
        "soleil",
        "Bonjour1",
        "passwort",
        "19851231",
        "trousseau",
        "TROUSSEAU!",
        "P@ssw0rd",
        "abcdefgh",
        "87654321",
        "doudou",
        "marseille13",
        "Fussball",
        "juventus",
    ] {
        assert!(
            score(passphrase, &["trousseau"]) <= 1,
            "{passphrase}: {}",
            guesses_log10(passphrase, &[])
        );
    }
}

#[test]
fn random_passphrases_score_4() {
    for passphrase in [
        "tR9#kq!vZ2wL",
        "cheval agrafe pile correct",
        "Der Mond riecht nach Zimt",
        "violon-tulipe-gravier-orage",
        "correct horse battery staple",
    ] {
        assert_eq!(
            score(passphrase, &[]),
            4,
            "{passphrase}: {}",
            guesses_log10(passphrase, &[])
        );
    }
}

#[test]
fn a_word_is_found_at_any_position() {
    for passphrase in ["kq7vacances", "kq7vacances7qk", "7!kqsecnacav"] {
        let bruteforce = passphrase.len() as f64;
        let guesses = guesses_log10(passphrase, &[]);
        assert!(guesses < bruteforce - 1.0, "{passphrase}: {guesses}");
    }
}

#[test]
fn french_german_and_italian_words_are_in_the_dictionary() {
    for passphrase in ["bonjourmonde", "wunderbar99", "buongiorno1", "vacances2024"] {
        assert!(
            guesses_log10(passphrase, &[]) < zxcvbn_guesses_log10(passphrase),
            "{passphrase}"
        );
    }
}

/// The dictionaries differ, so the scores may differ by one.
#[test]
fn agrees_with_zxcvbn_on_english_passwords() {
    let assert_near = |ours: u8, passphrase: &str| {
        let theirs = u8::from(zxcvbn::zxcvbn(passphrase, &[]).score());
        assert!(
            theirs.abs_diff(ours) <= 1,
            "{passphrase}: {ours}, zxcvbn {theirs}"
        );
    };
    for passphrase in [
        "zxcvbn",
        "qwER43@!",
        "correcthorsebatterystaple",
        "coRrecth0rseba++ery9.23.2007staple$",
        "D0g..................",
        "abcdefghijk987654321",
        "neverforget13/3/1997",
        "1qaz2wsx3edc",
        "temppass22",
        "briansmith",
        "briansmith4mayor",
        "password1",
        "viking",
        "thx1138",
        "ScoRpi0ns",
        "do you know",
        "ryanhunter2000",
        "rianhunter2000",
        "asdfghju7654rewq",
        "12345678",
        "defghi6789",
        "rosebud",
        "Rosebud",
        "ROSEBUD",
        "rosebuD",
        "ros3bud99",
        "r0s3bud99",
        "R0$38uD99",
        "verlineVANDERMARK",
        "eheuczkqyq",
        "rWibMFACxAUGZmxhVncy",
        "Ba9ZyWABu99[BK#6MBgbH88Tofv)vs$w",
    ] {
        assert_near(score(passphrase, &[]), passphrase);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn never_exceeds_bruteforce(passphrase in "\\PC{0,40}") {
        let guesses = guesses_log10(&passphrase, &[]);
        prop_assert!(guesses >= 0.0);
        prop_assert!(guesses <= passphrase.chars().count() as f64 + 0.31);
    }

    #[test]
    fn takes_any_text(passphrase in any::<String>()) {
        prop_assert!(guesses_log10(&passphrase, &["trousseau"]).is_finite());
    }
}
