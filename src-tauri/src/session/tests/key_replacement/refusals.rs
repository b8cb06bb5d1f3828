//! What is refused, and what comes before anything is written.

use super::*;

/// Whatever is refused changes neither a file nor what the device keeps.
#[test]
fn what_is_refused_changes_nothing() {
    let fixture = vault_of(&[
        Credential::Passphrase,
        Credential::Biometric,
        Credential::Recovery,
    ]);
    let before = (read(&fixture, VAULT), read(&fixture, BACKUP));
    let kept = fixture.secret_store.memory().kept.clone();
    let (same, new) = (
        wanted_credential(Credential::Passphrase, false),
        wanted_credential(Credential::Passphrase, true),
    );
    let words = wanted_credential(Credential::Recovery, false);
    let biometric = wanted_credential(Credential::Biometric, false);
    let cases: [(&[_], &str, ErrorCode); 8] = [
        (&[], "", ErrorCode::LastCredential),
        (&[words, biometric], "", ErrorCode::LastCredential),
        (
            &[wanted_credential(Credential::Device, true)],
            "",
            ErrorCode::NoPortableCredential,
        ),
        (&[same], OTHER, ErrorCode::CredentialRejected),
        (&[new], "court", ErrorCode::PassphraseTooShort),
        (&[new, words], OTHER, ErrorCode::RecoveryWordsNotFound),
        (
            &[new, wanted_credential(Credential::Pin, true)],
            OTHER,
            ErrorCode::PinTooShort,
        ),
        (&[new, new], OTHER, ErrorCode::Internal),
    ];
    for (credentials, passphrase, expected) in cases {
        let refused = fixture.core.replace_keys(&wanted(credentials, passphrase));
        assert_eq!(code(refused), expected, "{credentials:?}");
        tell(&fixture.core);
        assert!(
            (read(&fixture, VAULT), read(&fixture, BACKUP)) == before,
            "{credentials:?}"
        );
        assert_eq!(fixture.secret_store.memory().kept, kept, "{credentials:?}");
    }
    fixture.pass(31_000);
    let late = fixture.core.replace_keys(&wanted(&[new], OTHER));
    assert_eq!(code(late), ErrorCode::ReauthRequired);
    // What is typed is a proof.
    fixture
        .core
        .replace_keys(&wanted(&[same], PASSPHRASE))
        .unwrap();
}

#[test]
fn wrong_attempts_wait_here_too() {
    let fixture = vault_of(&[Credential::Passphrase, Credential::Recovery]);
    let same = [wanted_credential(Credential::Passphrase, false)];
    for _ in 0..4 {
        let refused = fixture.core.replace_keys(&wanted(&same, OTHER));
        assert_eq!(code(refused), ErrorCode::CredentialRejected);
    }
    let refused = fixture.core.replace_keys(&wanted(&same, PASSPHRASE));
    assert_eq!(code(refused), ErrorCode::RateLimited);
}

#[test]
fn new_words_are_shown_and_confirmed_before_anything_is_written() {
    let fixture = vault_of(&[Credential::Passphrase, Credential::Recovery]);
    let before = read(&fixture, VAULT);
    let renewed = [
        wanted_credential(Credential::Passphrase, false),
        wanted_credential(Credential::Recovery, false),
    ];
    for confirms in [true, false] {
        fixture
            .core
            .reauthenticate(Credential::Passphrase, PASSPHRASE)
            .unwrap();
        let drafted = fixture.core.draft_recovery_words().unwrap();
        if confirms {
            assert!(read(&fixture, VAULT) == before);
            let answers: Vec<_> = drafted
                .ask
                .iter()
                .map(|position| TypedWord {
                    position: *position,
                    word: drafted.words[usize::from(*position) - 1].clone(),
                })
                .collect();
            fixture.core.verify_recovery_words(&answers).unwrap();
            // Another passphrase by mistake: the words that were written down stay the ones to come.
            let refused = fixture.core.replace_keys(&wanted(&renewed, OTHER));
            assert_eq!(code(refused), ErrorCode::CredentialRejected);
        }
        fixture
            .core
            .replace_keys(&wanted(&renewed, PASSPHRASE))
            .unwrap();
        let status = fixture.core.status().unwrap();
        assert_eq!(status.recovery_confirmed, confirms);
        let words = drafted.words.join(" ");
        let now = read(&fixture, VAULT);
        assert!(file_opens(&fixture, &now, Credential::Recovery, &words));
    }
    let again = fixture.core.replace_keys(&wanted(&renewed, PASSPHRASE));
    assert_eq!(
        code(again),
        ErrorCode::RecoveryWordsNotFound,
        "words are used once"
    );
}

/// Whoever opened it with the words lost the passphrase: no code at all can take its place, and nothing proves anything but
/// the words.
#[test]
fn after_the_words_anything_can_take_the_place_of_the_passphrase() {
    for (new, pin) in [(Credential::Device, ""), (Credential::Pin, PIN)] {
        let fixture = vault_of(&[Credential::Passphrase, Credential::Recovery]);
        fixture.core.lock();
        fixture.core.unlock(Credential::Recovery, WORDS).unwrap();
        let set = fixture.core.set_credential(new, pin);
        assert_eq!(code(set), ErrorCode::KeyReplacementRequired);
        let deleted_secrets = KeyReplacement {
            same: &[Credential::Recovery],
            new: &[new],
            pin,
            ..KeyReplacement::default()
        };
        let (_, words) = replace(&fixture.core, deleted_secrets).unwrap();
        assert_eq!(credentials_of(&fixture), [new, Credential::Recovery]);
        assert!(!fixture.core.status().unwrap().new_credential_due);
        fixture.core.lock();
        fixture.core.unlock(new, pin).unwrap();
        fixture.core.lock();
        fixture.core.unlock(Credential::Recovery, &words).unwrap();
    }
}
