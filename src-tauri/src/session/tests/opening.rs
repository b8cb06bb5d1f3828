//! Creating, locking, waiting, proving.

use super::super::unlock::Tried;
use super::*;

#[test]
fn a_second_core_on_the_folder_is_told_so() {
    let (bench, _) = Bench::open();
    let second = core(
        bench.folder.path(),
        &bench.clock,
        &bench.clipboard,
        &bench.secret_store,
    );
    assert_eq!(code(second.status()), ErrorCode::SecondProcess);
    drop(bench.core);
    assert_eq!(second.status().unwrap().phase, Phase::Locked);
}

#[test]
fn a_vault_is_never_made_over_another() {
    let (bench, _) = Bench::open();
    assert_eq!(
        code(bench.core.create_vault(Credential::Passphrase, PASSPHRASE)),
        ErrorCode::VaultExists
    );
    let bench = bench.restart();
    assert_eq!(
        code(bench.core.create_vault(Credential::Passphrase, PASSPHRASE)),
        ErrorCode::VaultExists
    );
    assert_eq!(bench.unlock().unwrap(), Phase::Unlocked);
}

#[test]
fn a_short_passphrase_makes_nothing() {
    let bench = Bench::new();
    assert_eq!(
        code(bench.core.create_vault(Credential::Passphrase, "1234567")),
        ErrorCode::PassphraseTooShort
    );
    assert_eq!(bench.phase(), Phase::NoVault);
    assert!(!bench.file("vault.trousseau").exists());
}

#[test]
fn wrong_attempts_wait_and_survive_a_restart() {
    let (bench, _) = Bench::open();
    bench.core.lock();
    for _ in 0..4 {
        assert_eq!(
            code(bench.core.unlock(Credential::Passphrase, "wrong wrong")),
            ErrorCode::CredentialRejected
        );
    }
    assert_eq!(bench.phase(), Phase::Delayed);
    let bench = bench.restart();
    assert_eq!(code(bench.unlock()), ErrorCode::Delayed);
    bench.pass(5_000);
    assert_eq!(bench.unlock().unwrap(), Phase::Unlocked);
}

#[test]
fn the_recovery_words_open_and_new_ones_close_the_old() {
    let bench = Bench::new();
    let words = bench
        .core
        .create_vault(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    let text = words.words.join(" ");
    let answers = |words: &trousseau_wire::RecoveryWords| -> Vec<WordAnswer> {
        let word = |position: &u8| words.words[usize::from(*position) - 1].clone();
        words
            .ask
            .iter()
            .map(|position| WordAnswer {
                position: *position,
                word: word(position),
            })
            .collect()
    };
    assert!(!bench.core.status().unwrap().recovery_confirmed);
    let mut wrong = answers(&words);
    wrong[1].word = "zebra".into();
    assert_eq!(
        code(bench.core.confirm_recovery(&wrong)),
        ErrorCode::RecoveryWordDiffers
    );
    bench.core.confirm_recovery(&answers(&words)).unwrap();
    assert!(bench.core.status().unwrap().recovery_confirmed);
    bench.core.lock();
    assert_eq!(
        bench
            .core
            .unlock(Credential::Recovery, &text)
            .unwrap()
            .phase,
        Phase::Unlocked
    );

    bench.core.postpone_credential().unwrap();
    bench.pass(31_000);
    assert_eq!(code(bench.core.draft_words()), ErrorCode::ReauthRequired);
    assert_eq!(
        code(bench.core.prove(Credential::Passphrase, "not this one")),
        ErrorCode::CredentialRejected
    );
    bench
        .core
        .prove(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    let (_, renewed) = replace(
        &bench.core,
        Ways {
            same: &[Credential::Passphrase, Credential::Recovery],
            passphrase: PASSPHRASE,
            ..Ways::default()
        },
    )
    .unwrap();
    bench.core.lock();
    assert_eq!(
        code(bench.core.unlock(Credential::Recovery, &text)),
        ErrorCode::CredentialRejected
    );
    assert_eq!(
        bench
            .core
            .unlock(Credential::Recovery, &renewed)
            .unwrap()
            .phase,
        Phase::Unlocked
    );
    // The previous generation must not open with them either.
    bench.core.lock();
    std::fs::copy(
        bench.file("vault.trousseau.bak"),
        bench.file("vault.trousseau"),
    )
    .unwrap();
    let bench = bench.restart();
    assert_eq!(
        code(bench.core.unlock(Credential::Recovery, &text)),
        ErrorCode::CredentialRejected
    );
    assert_eq!(
        code(bench.core.unlock(Credential::Recovery, "zoo zoo")),
        ErrorCode::RecoveryWordCount
    );
}

#[test]
fn it_locks_when_left_and_when_idle() {
    let (bench, _) = Bench::open();
    bench.core.set_visible(false, None).unwrap();
    bench.pass(59_000);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Unlocked);
    bench.pass(1_000);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Locked);

    bench.core.set_visible(true, None).unwrap();
    bench.unlock().unwrap();
    bench.pass(299_000);
    bench.core.touch();
    bench.pass(299_000);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Unlocked);
    bench.pass(1_000);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Locked);
}

#[test]
fn at_once_locks_as_soon_as_it_is_left() {
    let (bench, _) = Bench::open();
    bench.lock_when_left();
    let not_offered = Safety {
        reveal_s: 1,
        ..bench.core.safety().unwrap()
    };
    let refused = bench.core.set_safety(not_offered);
    assert_eq!(code(refused), ErrorCode::SettingOutOfRange);
    bench.core.set_visible(false, None).unwrap();
    assert_eq!(bench.phase(), Phase::Locked);
}

#[test]
fn a_panic_while_a_key_is_derived_ends_the_attempt() {
    let (bench, _) = Bench::open();
    bench.core.lock();
    let opened = bench
        .core
        .attempt(Tried::Vault, Credential::Passphrase, PASSPHRASE, |_, _| {
            panic!("as a bug would")
        });
    assert_eq!(code(opened), ErrorCode::Internal);
    assert_eq!(bench.phase(), Phase::Locked);
    assert_eq!(bench.unlock().unwrap(), Phase::Unlocked);
}
