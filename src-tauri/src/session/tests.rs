//! The core without a window, on a folder of its own, with a clock that stands still until it is moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use secrecy::SecretString;
use tempfile::TempDir;
use trousseau_wire::{
    Algorithm, ByHand, CameraKind, Credential, DraftChanges, EntryChanges, ErrorCode,
    FrameEncoding, Kind, Known, Phase, Safety, Shown, Sort, ViewRequest, WordAnswer,
};

use super::{Config, Core};
use crate::clipboard::tests::FakeClipboard;
use crate::clock::{Clock, Uptime};
use crate::refused::Answer;

const PASSPHRASE: &str = "trois clés de laiton";
/// RFC 6238 App. B's SHA-1 secret, "12345678901234567890".
const URI: &str =
    "otpauth://totp/Portail:jane?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Portail&digits=8";
const HOTP: &str =
    "otpauth://hotp/Portail:hotp?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Portail&counter=0";

#[derive(Clone)]
struct StillClock(Arc<AtomicU64>);

impl Clock for StillClock {
    fn now_ms(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
    fn uptime(&self) -> Option<Uptime> {
        Some(Uptime {
            boot_id: "boot".into(),
            ms: self.now_ms(),
        })
    }
}

struct Bench {
    folder: TempDir,
    clock: StillClock,
    clipboard: FakeClipboard,
    core: Core,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = StillClock(Arc::new(AtomicU64::new(59_000)));
        let clipboard = FakeClipboard::default();
        let core = core(&folder, &clock, &clipboard);
        Self {
            folder,
            clock,
            clipboard,
            core,
        }
    }

    /// With a vault, open, and the RFC's entry.
    fn open() -> (Self, String) {
        let bench = Self::new();
        bench.core.create_vault(PASSPHRASE).unwrap();
        let id = add(&bench.core, URI).unwrap();
        (bench, id)
    }

    /// The app is closed and started again.
    fn restart(self) -> Self {
        let Self {
            folder,
            clock,
            clipboard,
            core,
        } = self;
        drop(core);
        let core = self::core(&folder, &clock, &clipboard);
        Self {
            folder,
            clock,
            clipboard,
            core,
        }
    }

    fn pass(&self, ms: u64) {
        self.clock.0.fetch_add(ms, Ordering::Relaxed);
    }

    fn phase(&self) -> Phase {
        self.core.status().unwrap().phase
    }

    fn unlock(&self) -> Answer<Phase> {
        Ok(self.core.unlock(Credential::Passphrase, PASSPHRASE)?.phase)
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
}

fn core(folder: &TempDir, clock: &StillClock, clipboard: &FakeClipboard) -> Core {
    Core::new(Config {
        folder: folder.path().into(),
        clock: Box::new(clock.clone()),
        clipboard: Box::new(clipboard.clone()),
        camera: CameraKind::Web,
        frame_encoding: FrameEncoding::Raw,
    })
}

fn add(core: &Core, uri: &str) -> Answer<String> {
    let draft = core.read_text(uri)?.drafts.remove(0);
    let changes = DraftChanges {
        issuer: draft.issuer,
        account: draft.account,
    };
    Ok(core.save_draft(&draft.draft_id, changes)?.id)
}

fn code(answer: Answer<impl Sized>) -> ErrorCode {
    answer.err().map(|refused| refused.code()).unwrap()
}

fn everything() -> ViewRequest {
    ViewRequest {
        query: String::new(),
        sort: Sort::Manual,
        group: None,
        trash: false,
        offset: 0,
        limit: 100,
    }
}

#[test]
fn from_a_link_to_the_code_of_the_rfc_and_through_a_restart() {
    let (bench, id) = Bench::open();
    bench.core.reveal(&id).unwrap();
    let revealed = bench.core.reveal(&id).unwrap();
    assert_eq!(
        revealed.code.as_deref(),
        Some("94287082"),
        "RFC 6238 App. B, 59 s"
    );
    assert_eq!(
        (revealed.valid_from_ms, revealed.valid_until_ms),
        (Some(30_000), Some(60_000))
    );
    bench.core.lock();
    assert_eq!(code(bench.core.reveal(&id)), ErrorCode::Locked);
    let bench = bench.restart();
    assert_eq!(bench.phase(), Phase::Locked);
    assert_eq!(bench.unlock().unwrap(), Phase::Unlocked);
    assert_eq!(
        bench.core.details(&id).unwrap().use_count,
        1,
        "one row, open for a while; written at the lock"
    );
    bench.pass(60_000);
    bench.core.reveal(&id).unwrap();
    assert_eq!(bench.core.details(&id).unwrap().use_count, 2);
}

#[test]
fn a_second_core_on_the_folder_is_told_so() {
    let (bench, _) = Bench::open();
    let second = core(&bench.folder, &bench.clock, &bench.clipboard);
    assert_eq!(code(second.status()), ErrorCode::SecondProcess);
    drop(bench.core);
    assert_eq!(second.status().unwrap().phase, Phase::Locked);
}

#[test]
fn a_vault_is_never_made_over_another() {
    let (bench, _) = Bench::open();
    assert_eq!(
        code(bench.core.create_vault(PASSPHRASE)),
        ErrorCode::VaultExists
    );
    let bench = bench.restart();
    assert_eq!(
        code(bench.core.create_vault(PASSPHRASE)),
        ErrorCode::VaultExists
    );
    assert_eq!(bench.unlock().unwrap(), Phase::Unlocked);
}

#[test]
fn a_short_passphrase_makes_nothing() {
    let bench = Bench::new();
    assert_eq!(
        code(bench.core.create_vault("1234567")),
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
    let words = bench.core.create_vault(PASSPHRASE).unwrap();
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

    bench.pass(31_000);
    assert_eq!(code(bench.core.renew_recovery()), ErrorCode::ReauthRequired);
    assert_eq!(
        code(bench.core.prove("not this one")),
        ErrorCode::CredentialRejected
    );
    bench.core.prove(PASSPHRASE).unwrap();
    let renewed = bench.core.renew_recovery().unwrap().words.join(" ");
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
fn a_damaged_vault_opens_from_the_previous_generation_and_is_kept() {
    let (bench, id) = Bench::open();
    add(&bench.core, HOTP).unwrap();
    bench.core.lock();
    let path = bench.file("vault.trousseau");
    let mut damaged = std::fs::read(&path).unwrap();
    let last = damaged.len() - 20;
    damaged[last] ^= 1;
    std::fs::write(&path, &damaged).unwrap();

    assert_eq!(code(bench.unlock()), ErrorCode::VaultDamaged);
    assert_eq!(bench.phase(), Phase::Unreadable);
    assert_eq!(
        code(bench.core.create_vault(PASSPHRASE)),
        ErrorCode::VaultExists
    );
    let status = bench
        .core
        .open_backup(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    assert_eq!(status.phase, Phase::ReadOnly);
    assert_eq!(
        bench.core.reveal(&id).unwrap().code.as_deref(),
        Some("94287082")
    );
    assert_eq!(code(bench.core.trash_entry(&id)), ErrorCode::ReadOnly);
    assert_eq!(code(add(&bench.core, URI)), ErrorCode::ReadOnly);
    assert_eq!(
        std::fs::read(&path).unwrap(),
        damaged,
        "reading changed nothing"
    );

    assert_eq!(bench.core.restore_backup().unwrap().phase, Phase::Unlocked);
    let kept = bench.file(&format!("vault.trousseau.damaged-{}", bench.clock.now_ms()));
    assert_eq!(std::fs::read(kept).unwrap(), damaged);
    let bench = bench.restart();
    assert_eq!(bench.unlock().unwrap(), Phase::Unlocked);
    assert_eq!(bench.core.view(&everything()).unwrap().total, 1);
}

#[test]
fn a_vault_that_is_gone_or_cut_is_no_first_run() {
    for cut in [None, Some(0), Some(5), Some(300)] {
        let (bench, _) = Bench::open();
        let path = bench.file("vault.trousseau");
        let bytes = std::fs::read(&path).unwrap();
        match cut {
            None => std::fs::remove_file(&path).unwrap(),
            Some(length) => std::fs::write(&path, &bytes[..length]).unwrap(),
        }
        let bench = bench.restart();
        assert_eq!(bench.phase(), Phase::Unreadable, "{cut:?}");
        assert_eq!(
            code(bench.core.create_vault(PASSPHRASE)),
            ErrorCode::VaultExists,
            "{cut:?}"
        );
    }
}

#[test]
fn a_damaged_slot_is_not_called_a_wrong_passphrase() {
    let (bench, _) = Bench::open();
    bench.core.lock();
    let path = bench.file("vault.trousseau");
    let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
    let at = text
        .find("\"salt\":\"")
        .map(|_| text.rfind("\"salt\":\"").unwrap() + 8)
        .unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    for position in [
        at,
        text.find("\"slots\"").unwrap()
            + text[text.find("\"slots\"").unwrap()..]
                .find("\"salt\":\"")
                .unwrap()
            + 8,
    ] {
        bytes[position] = if bytes[position] == b'0' { b'1' } else { b'0' };
    }
    std::fs::write(&path, bytes).unwrap();
    assert_eq!(code(bench.unlock()), ErrorCode::VaultDamaged);
    assert_eq!(bench.phase(), Phase::Unreadable);
}

#[test]
fn a_counter_is_on_disk_before_its_code_is_shown() {
    let (bench, _) = Bench::open();
    let id = add(&bench.core, HOTP).unwrap();
    assert_eq!(bench.core.reveal(&id).unwrap().code, None);
    let first = bench.core.advance_counter(&id).unwrap();
    assert_eq!(
        first.code.as_deref(),
        Some("755224"),
        "RFC 4226 App. D, counter 0"
    );
    // No lock, no farewell: what is on disk must do.
    let bench = bench.restart();
    bench.unlock().unwrap();
    assert_eq!(
        bench.core.details(&id).unwrap().counter.as_deref(),
        Some("1")
    );
    assert_eq!(
        bench.core.advance_counter(&id).unwrap().code.as_deref(),
        Some("287082")
    );
}

#[test]
fn a_failed_save_changes_nothing_and_shows_no_code() {
    let (bench, id) = Bench::open();
    let hotp = add(&bench.core, HOTP).unwrap();
    // A folder where the temporary file would be: the write fails, for root too.
    std::fs::create_dir(bench.file("vault.trousseau.new")).unwrap();
    assert!(bench.core.advance_counter(&hotp).is_err());
    assert!(bench.core.trash_entry(&id).is_err());
    assert!(bench.core.renew_recovery().is_err());
    assert_eq!(
        bench.core.details(&hotp).unwrap().counter.as_deref(),
        Some("0")
    );
    assert_eq!(bench.core.view(&everything()).unwrap().trashed, 0);
    std::fs::remove_dir(bench.file("vault.trousseau.new")).unwrap();
    assert_eq!(
        bench.core.advance_counter(&hotp).unwrap().code.as_deref(),
        Some("755224")
    );
}

#[test]
fn what_is_copied_is_what_is_shown_and_goes_in_time() {
    let (bench, id) = Bench::open();
    let shown = bench.core.reveal(&id).unwrap();
    bench.pass(2_000);
    bench
        .core
        .copy_code(&id, shown.shown.as_ref().unwrap())
        .unwrap();
    assert_eq!(
        bench.clipboard.0.lock().unwrap().as_deref(),
        Some("94287082"),
        "the shown one, not the next"
    );
    bench.pass(30_000);
    bench.core.tick();
    assert_eq!(*bench.clipboard.0.lock().unwrap(), None);
    bench.pass(60_000);
    assert_eq!(
        code(bench.core.copy_code(&id, &shown.shown.unwrap())),
        ErrorCode::CodeExpired
    );
    assert_eq!(
        code(bench.core.copy_code(
            &id,
            &Shown::Counter {
                counter: "0".into()
            }
        )),
        ErrorCode::NoCode
    );
}

#[test]
fn it_locks_when_left_and_when_idle() {
    let (bench, _) = Bench::open();
    bench.core.set_visible(false);
    bench.pass(59_000);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Unlocked);
    bench.pass(1_000);
    bench.core.tick();
    assert_eq!(bench.phase(), Phase::Locked);

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
    let safety = bench.core.safety().unwrap();
    bench
        .core
        .set_safety(Safety {
            lock_after_s: 0,
            ..safety
        })
        .unwrap();
    assert_eq!(
        code(bench.core.set_safety(Safety {
            reveal_s: 1,
            ..safety
        })),
        ErrorCode::SettingOutOfRange
    );
    bench.core.set_visible(false);
    assert_eq!(bench.phase(), Phase::Locked);
}

#[test]
fn what_is_known_is_said() {
    let (bench, id) = Bench::open();
    let known = |uri: &str| bench.core.read_text(uri).unwrap().drafts.remove(0).known;
    assert_eq!(known(URI), Known::Same { id: id.clone() });
    assert!(matches!(
        known(&URI.replace("jane", "joan")),
        Known::SameSecret { .. }
    ));
    assert_eq!(known(&URI.replace("GEZD", "AEZD")), Known::SameName { id });
    assert_eq!(known("otpauth://totp/New:one?secret=AAAA"), Known::New);
}

#[test]
fn editing_trash_and_restoring() {
    let (bench, id) = Bench::open();
    let changes = EntryChanges {
        issuer: "Caisse".into(),
        account: "j".into(),
        note: "n".into(),
        favourite: true,
    };
    assert_eq!(
        bench.core.edit_entry(&id, changes).unwrap().issuer,
        "Caisse"
    );
    bench.core.trash_entry(&id).unwrap();
    assert_eq!(code(bench.core.reveal(&id)), ErrorCode::EntryGone);
    let page = bench.core.view(&everything()).unwrap();
    assert_eq!((page.total, page.trashed), (0, 1));
    bench.core.restore_entry(&id).unwrap();
    assert_eq!(
        bench.core.reveal(&id).unwrap().code.as_deref(),
        Some("94287082")
    );
}

#[test]
fn typed_values_are_checked_one_by_one() {
    let (bench, _) = Bench::open();
    let fields = ByHand {
        kind: Kind::Totp,
        issuer: "A".into(),
        account: "b".into(),
        algorithm: Algorithm::Sha1,
        digits: 6,
        period: 30,
        counter: "0".into(),
    };
    let try_it = |fields: ByHand, secret: &str| {
        bench
            .core
            .draft_by_hand(fields, &SecretString::from(secret))
    };
    assert_eq!(
        try_it(fields.clone(), "jbsw y3dp-ehpk 3pxp")
            .unwrap()
            .secret_bits,
        80
    );
    let error = try_it(fields.clone(), "JBSWY3D1").unwrap_err().0;
    assert_eq!(error.code, ErrorCode::SecretCharacter);
    assert_eq!(
        (
            error.params["character"].as_str(),
            error.params["position"].as_str()
        ),
        ("1", "8")
    );
    assert_eq!(
        code(try_it(
            ByHand {
                digits: 11,
                ..fields.clone()
            },
            "AAAA"
        )),
        ErrorCode::DigitsOutOfRange
    );
    assert_eq!(
        code(try_it(
            ByHand {
                period: 0,
                ..fields.clone()
            },
            "AAAA"
        )),
        ErrorCode::PeriodOutOfRange
    );
    assert_eq!(code(try_it(fields.clone(), " ")), ErrorCode::SecretMissing);
    let counter = ByHand {
        kind: Kind::Hotp,
        counter: "-1".into(),
        ..fields
    };
    assert_eq!(code(try_it(counter, "AAAA")), ErrorCode::CounterOutOfRange);
}
