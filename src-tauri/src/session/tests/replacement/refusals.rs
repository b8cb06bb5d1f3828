//! What is refused, and what comes before anything is written.

use super::*;

/// Whatever is refused changes neither a file nor what the device keeps.
#[test]
fn what_is_refused_changes_nothing() {
    let bench = vault_of(&[
        Credential::Passphrase,
        Credential::Biometric,
        Credential::Recovery,
    ]);
    let before = (read(&bench, VAULT), read(&bench, BACKUP));
    let kept = bench.secret_store.memory().kept.clone();
    let (same, new) = (
        way(Credential::Passphrase, false),
        way(Credential::Passphrase, true),
    );
    let words = way(Credential::Recovery, false);
    let biometric = way(Credential::Biometric, false);
    let cases: [(&[_], &str, ErrorCode); 8] = [
        (&[], "", ErrorCode::LastCredential),
        (&[words, biometric], "", ErrorCode::LastCredential),
        (
            &[way(Credential::Device, true)],
            "",
            ErrorCode::CopyUnopenable,
        ),
        (&[same], OTHER, ErrorCode::CredentialRejected),
        (&[new], "court", ErrorCode::PassphraseTooShort),
        (&[new, words], OTHER, ErrorCode::WordsGone),
        (
            &[new, way(Credential::Pin, true)],
            OTHER,
            ErrorCode::PinTooShort,
        ),
        (&[new, new], OTHER, ErrorCode::Internal),
    ];
    for (ways, passphrase, expected) in cases {
        let refused = bench.core.replace_keys(&wanted(ways, passphrase));
        assert_eq!(code(refused), expected, "{ways:?}");
        tell(&bench.core);
        assert!(
            (read(&bench, VAULT), read(&bench, BACKUP)) == before,
            "{ways:?}"
        );
        assert_eq!(bench.secret_store.memory().kept, kept, "{ways:?}");
    }
    bench.pass(31_000);
    let late = bench.core.replace_keys(&wanted(&[new], OTHER));
    assert_eq!(code(late), ErrorCode::ReauthRequired);
    // What is typed is a proof.
    bench
        .core
        .replace_keys(&wanted(&[same], PASSPHRASE))
        .unwrap();
}

#[test]
fn wrong_attempts_wait_here_too() {
    let bench = vault_of(&[Credential::Passphrase, Credential::Recovery]);
    let same = [way(Credential::Passphrase, false)];
    for _ in 0..4 {
        let refused = bench.core.replace_keys(&wanted(&same, OTHER));
        assert_eq!(code(refused), ErrorCode::CredentialRejected);
    }
    let refused = bench.core.replace_keys(&wanted(&same, PASSPHRASE));
    assert_eq!(code(refused), ErrorCode::Delayed);
}

#[test]
fn new_words_are_shown_and_confirmed_before_anything_is_written() {
    let bench = vault_of(&[Credential::Passphrase, Credential::Recovery]);
    let before = read(&bench, VAULT);
    let renewed = [
        way(Credential::Passphrase, false),
        way(Credential::Recovery, false),
    ];
    for confirms in [true, false] {
        bench
            .core
            .prove(Credential::Passphrase, PASSPHRASE)
            .unwrap();
        let drafted = bench.core.draft_words().unwrap();
        if confirms {
            assert!(read(&bench, VAULT) == before);
            let answers: Vec<_> = drafted
                .ask
                .iter()
                .map(|position| WordAnswer {
                    position: *position,
                    word: drafted.words[usize::from(*position) - 1].clone(),
                })
                .collect();
            bench.core.confirm_recovery(&answers).unwrap();
            // Another passphrase by mistake: the words that were written down stay the ones to come.
            let refused = bench.core.replace_keys(&wanted(&renewed, OTHER));
            assert_eq!(code(refused), ErrorCode::CredentialRejected);
        }
        bench
            .core
            .replace_keys(&wanted(&renewed, PASSPHRASE))
            .unwrap();
        let status = bench.core.status().unwrap();
        assert_eq!(status.recovery_confirmed, confirms);
        let words = drafted.words.join(" ");
        let now = read(&bench, VAULT);
        assert!(file_opens(&bench, &now, Credential::Recovery, &words));
    }
    let again = bench.core.replace_keys(&wanted(&renewed, PASSPHRASE));
    assert_eq!(code(again), ErrorCode::WordsGone, "words are used once");
}

/// Whoever opened it with the words lost the passphrase: no code at all can take its place, and nothing proves anything but
/// the words.
#[test]
fn after_the_words_anything_can_take_the_place_of_the_passphrase() {
    for (new, pin) in [(Credential::Device, ""), (Credential::Pin, PIN)] {
        let bench = vault_of(&[Credential::Passphrase, Credential::Recovery]);
        bench.core.lock();
        bench.core.unlock(Credential::Recovery, WORDS).unwrap();
        let set = bench.core.set_credential(new, pin);
        assert_eq!(code(set), ErrorCode::KeysToReplace);
        let forgotten = Ways {
            same: &[Credential::Recovery],
            new: &[new],
            pin,
            ..Ways::default()
        };
        let (_, words) = replace(&bench.core, forgotten).unwrap();
        assert_eq!(ways(&bench), [new, Credential::Recovery]);
        assert!(!bench.core.status().unwrap().new_credential_due);
        bench.core.lock();
        bench.core.unlock(new, pin).unwrap();
        bench.core.lock();
        bench.core.unlock(Credential::Recovery, &words).unwrap();
    }
}
