//! Creating, locking, waiting, proving.

use super::super::unlock::Target;
use super::*;

#[test]
fn a_second_core_on_the_folder_is_told_so() {
    let (fixture, _) = Fixture::open();
    let second = core(
        fixture.folder.path(),
        &fixture.clock,
        &fixture.clipboard,
        &fixture.secret_store,
    );
    assert_eq!(code(second.status()), ErrorCode::AlreadyRunning);
    drop(fixture.core);
    assert_eq!(second.status().unwrap().phase, Phase::Locked);
}

#[test]
fn a_vault_is_never_made_over_another() {
    let (fixture, _) = Fixture::open();
    assert_eq!(
        code(
            fixture
                .core
                .create_vault(Credential::Passphrase, PASSPHRASE)
        ),
        ErrorCode::VaultExists
    );
    let fixture = fixture.restart();
    assert_eq!(
        code(
            fixture
                .core
                .create_vault(Credential::Passphrase, PASSPHRASE)
        ),
        ErrorCode::VaultExists
    );
    assert_eq!(fixture.unlock().unwrap(), Phase::Unlocked);
}

#[test]
fn a_short_passphrase_makes_nothing() {
    let fixture = Fixture::new();
    assert_eq!(
        code(fixture.core.create_vault(Credential::Passphrase, "1234567")),
        ErrorCode::PassphraseTooShort
    );
    assert_eq!(fixture.phase(), Phase::NoVault);
    assert!(!fixture.file("vault.trousseau").exists());
}

#[test]
fn wrong_attempts_wait_and_survive_a_restart() {
    let (fixture, _) = Fixture::open();
    fixture.core.lock();
    for _ in 0..4 {
        assert_eq!(
            code(fixture.core.unlock(Credential::Passphrase, "wrong wrong")),
            ErrorCode::CredentialRejected
        );
    }
    assert_eq!(fixture.phase(), Phase::RateLimited);
    let fixture = fixture.restart();
    assert_eq!(code(fixture.unlock()), ErrorCode::RateLimited);
    fixture.pass(5_000);
    assert_eq!(fixture.unlock().unwrap(), Phase::Unlocked);
}

#[test]
fn the_recovery_words_open_and_new_ones_close_the_old() {
    let fixture = Fixture::new();
    let words = fixture
        .core
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    let text = words.words.join(" ");
    let answers = |words: &trousseau_wire::RecoveryWords| -> Vec<TypedWord> {
        let word = |position: &u8| words.words[usize::from(*position) - 1].clone();
        words
            .ask
            .iter()
            .map(|position| TypedWord {
                position: *position,
                word: word(position),
            })
            .collect()
    };
    assert!(!fixture.core.status().unwrap().recovery_confirmed);
    let mut wrong = answers(&words);
    wrong[1].word = "zebra".into();
    assert_eq!(
        code(fixture.core.verify_recovery_words(&wrong)),
        ErrorCode::RecoveryWordDiffers
    );
    fixture
        .core
        .verify_recovery_words(&answers(&words))
        .unwrap();
    assert!(fixture.core.status().unwrap().recovery_confirmed);
    fixture.core.lock();
    assert_eq!(
        fixture
            .core
            .unlock(Credential::Recovery, &text)
            .unwrap()
            .phase,
        Phase::Unlocked
    );

    fixture.core.postpone_new_credential().unwrap();
    fixture.pass(31_000);
    assert_eq!(
        code(fixture.core.draft_recovery_words()),
        ErrorCode::ReauthRequired
    );
    assert_eq!(
        code(
            fixture
                .core
                .reauthenticate(Credential::Passphrase, "not this one")
        ),
        ErrorCode::CredentialRejected
    );
    fixture
        .core
        .reauthenticate(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    let (_, renewed) = replace(
        &fixture.core,
        KeyReplacement {
            same: &[Credential::Passphrase, Credential::Recovery],
            passphrase: PASSPHRASE,
            ..KeyReplacement::default()
        },
    )
    .unwrap();
    fixture.core.lock();
    assert_eq!(
        code(fixture.core.unlock(Credential::Recovery, &text)),
        ErrorCode::CredentialRejected
    );
    assert_eq!(
        fixture
            .core
            .unlock(Credential::Recovery, &renewed)
            .unwrap()
            .phase,
        Phase::Unlocked
    );
    // The previous generation must not open with them either.
    fixture.core.lock();
    std::fs::copy(
        fixture.file("vault.trousseau.bak"),
        fixture.file("vault.trousseau"),
    )
    .unwrap();
    let fixture = fixture.restart();
    assert_eq!(
        code(fixture.core.unlock(Credential::Recovery, &text)),
        ErrorCode::CredentialRejected
    );
    assert_eq!(
        code(fixture.core.unlock(Credential::Recovery, "zoo zoo")),
        ErrorCode::RecoveryWordCount
    );
}

#[test]
fn it_locks_when_left_and_when_idle() {
    let (fixture, _) = Fixture::open();
    fixture.core.set_window_visible(false, None).unwrap();
    fixture.pass(59_000);
    fixture.core.tick();
    assert_eq!(fixture.phase(), Phase::Unlocked);
    fixture.pass(1_000);
    fixture.core.tick();
    assert_eq!(fixture.phase(), Phase::Locked);

    fixture.core.set_window_visible(true, None).unwrap();
    fixture.unlock().unwrap();
    fixture.pass(299_000);
    fixture.core.report_activity();
    fixture.pass(299_000);
    fixture.core.tick();
    assert_eq!(fixture.phase(), Phase::Unlocked);
    fixture.pass(1_000);
    fixture.core.tick();
    assert_eq!(fixture.phase(), Phase::Locked);
}

#[test]
fn at_once_locks_as_soon_as_it_is_left() {
    let (fixture, _) = Fixture::open();
    fixture.lock_when_left();
    let not_offered = SecuritySettings {
        reveal_s: 1,
        ..fixture.core.security_settings().unwrap()
    };
    let refused = fixture.core.set_security_settings(not_offered);
    assert_eq!(code(refused), ErrorCode::SettingOutOfRange);
    fixture.core.set_window_visible(false, None).unwrap();
    assert_eq!(fixture.phase(), Phase::Locked);
}

#[test]
fn a_panic_while_a_key_is_derived_ends_the_attempt() {
    let (fixture, _) = Fixture::open();
    fixture.core.lock();
    let opened = fixture
        .core
        .attempt(Target::Vault, Credential::Passphrase, PASSPHRASE, |_, _| {
            panic!("as a bug would")
        });
    assert_eq!(code(opened), ErrorCode::Internal);
    assert_eq!(fixture.phase(), Phase::Locked);
    assert_eq!(fixture.unlock().unwrap(), Phase::Unlocked);
}
