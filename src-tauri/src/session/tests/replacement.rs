//! New keys: whatever opens the vault, for every reason, and where the device or the disk does not do its part.

use std::collections::HashSet;

use trousseau_entries::Entries;
use trousseau_vault::{
    self as vault, Credential as Key, Mark, Passphrase, RecoveryCode, SlotInfo, WorkFactor,
    argon2id,
};
use trousseau_wire::{KeysReplaced, Needs};

use super::credentials::{PIN, ways, with_pin};
use super::*;
use crate::session::Wanted;

const VAULT: &str = "vault.trousseau";
const BACKUP: &str = "vault.trousseau.bak";
const OTHER: &str = "quatre clés de laiton";
const WORDS: &str = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";

const ALL: [Credential; 5] = [
    Credential::Passphrase,
    Credential::Pin,
    Credential::Device,
    Credential::Biometric,
    Credential::Recovery,
];

fn kind(credential: Credential) -> SlotKind {
    super::super::typed::slot_kind(credential)
}

fn role(credential: Credential) -> Option<Role> {
    super::super::typed::role(credential)
}

fn read(bench: &Bench, name: &str) -> Vec<u8> {
    std::fs::read(bench.file(name)).unwrap()
}

/// What opens a slot of this kind: the device's part is read from the device.
fn key(bench: &Bench, file: &[u8], credential: Credential, text: &str) -> Option<Key> {
    let summary = vault::inspect(file).unwrap();
    let device = || {
        let slot = summary
            .slots
            .iter()
            .find(|slot| slot.kind == kind(credential))?;
        let item = Item::of_slot(summary.vault, role(credential)?, slot.id);
        let kept: [u8; 32] = bench.device.memory().kept.get(&item)?[..].try_into().ok()?;
        Some(DeviceKey::new(&kept))
    };
    Some(match credential {
        Credential::Passphrase => Key::Passphrase(Passphrase::new(text)),
        Credential::Recovery => Key::Recovery(RecoveryCode::parse(text).unwrap()),
        Credential::Device => Key::Device(device()?),
        Credential::Biometric => Key::Biometric(device()?),
        Credential::Pin => Key::Pin {
            pin: Passphrase::new(text),
            device: device()?,
        },
    })
}

fn file_opens(bench: &Bench, file: &[u8], credential: Credential, text: &str) -> bool {
    key(bench, file, credential, text).is_some_and(|key| vault::open(file, &key, &argon2id).is_ok())
}

/// A closed vault of one entry that opens by these, as an earlier version may have written it: no stretched access code, no mark.
fn vault_of(credentials: &[Credential]) -> Bench {
    let bench = Bench::new();
    let device_key = || DeviceKey::new(&[7; 32]);
    let keys: Vec<_> = credentials
        .iter()
        .map(|credential| match credential {
            Credential::Passphrase => Key::Passphrase(Passphrase::new(PASSPHRASE)),
            Credential::Recovery => Key::Recovery(RecoveryCode::parse(WORDS).unwrap()),
            Credential::Device => Key::Device(device_key()),
            Credential::Biometric => Key::Biometric(device_key()),
            Credential::Pin => Key::Pin {
                pin: Passphrase::new(PIN),
                device: device_key(),
            },
        })
        .collect();
    let payload = Entries::new().to_json();
    let (open, sealed) = vault::create(&keys, WorkFactor::FLOOR, &payload, &argon2id).unwrap();
    for credential in credentials {
        if let Some(role) = role(*credential) {
            let item = Item::by_role(open.id(), role);
            bench.device.memory().kept.insert(item, vec![7; 32]);
        }
    }
    bench.device.memory().biometric = Some(trousseau_wire::Biometric::Ready);
    std::fs::write(bench.file(VAULT), sealed).unwrap();
    let bench = bench.restart();
    let (way, text) = everyday(credentials);
    bench.core.unlock(way, text).unwrap();
    add(&bench.core, URI).unwrap();
    tell(&bench.core);
    bench
}

fn everyday(credentials: &[Credential]) -> (Credential, &'static str) {
    let texts = [
        (Credential::Pin, PIN),
        (Credential::Passphrase, PASSPHRASE),
        (Credential::Device, ""),
    ];
    let found = texts.into_iter().find(|(way, _)| credentials.contains(way));
    found.unwrap()
}

fn slots(file: &[u8]) -> Vec<SlotInfo> {
    vault::inspect(file).unwrap().slots
}

/// What stays as it is, and what is new.
type SameAndNew = (Vec<Credential>, Vec<Credential>);

/// Why somebody replaces the keys, and what is to open the vault then.
struct Reason {
    name: &'static str,
    /// None where the reason does not come up with these.
    wanted: fn(&[Credential]) -> Option<SameAndNew>,
}

fn without(credentials: &[Credential], gone: &[Credential]) -> Vec<Credential> {
    let stays = |way: &&Credential| !gone.contains(way);
    credentials.iter().filter(stays).copied().collect()
}

const REASONS: [Reason; 6] = [
    Reason {
        name: "a new passphrase",
        wanted: |present| {
            let changes = present.contains(&Credential::Passphrase);
            let same = without(present, &[Credential::Passphrase]);
            changes.then(|| (same, vec![Credential::Passphrase]))
        },
    },
    Reason {
        name: "no passphrase any more",
        wanted: |present| {
            let goes = present.contains(&Credential::Passphrase);
            goes.then(|| (without(present, &[Credential::Passphrase]), vec![]))
        },
    },
    Reason {
        name: "new words, and the same of everything else",
        wanted: |present| {
            let renewed = present.contains(&Credential::Recovery);
            renewed.then(|| (present.to_vec(), vec![]))
        },
    },
    Reason {
        name: "no words any more",
        wanted: |present| {
            let goes = present.contains(&Credential::Recovery);
            goes.then(|| (without(present, &[Credential::Recovery]), vec![]))
        },
    },
    Reason {
        name: "a first passphrase in the place of no code and of an access code",
        wanted: |present| {
            let gone = [Credential::Device, Credential::Pin];
            let first = !present.contains(&Credential::Passphrase)
                && present.iter().any(|way| gone.contains(way));
            first.then(|| (without(present, &gone), vec![Credential::Passphrase]))
        },
    },
    Reason {
        name: "the same of everything, but for the words",
        wanted: |present| Some((without(present, &[Credential::Recovery]), vec![])),
    },
];

#[test]
fn every_combination_gets_new_keys_for_every_reason() {
    let mut tried = 0;
    for chosen in 1_u32..32 {
        let present: Vec<_> = (0..5)
            .filter(|bit| chosen & 1 << bit != 0)
            .map(|bit| ALL[bit])
            .collect();
        let opens_every_day = |ways: &[Credential]| {
            let everyday = [Credential::Passphrase, Credential::Pin, Credential::Device];
            ways.iter().any(|way| everyday.contains(way))
        };
        if !opens_every_day(&present) {
            continue;
        }
        for reason in &REASONS {
            let Some((same, new)) = (reason.wanted)(&present) else {
                continue;
            };
            let after = [same.clone(), new.clone()].concat();
            if opens_every_day(&after) {
                gets_new_keys(&present, &same, &new, reason.name);
                tried += 1;
            }
        }
    }
    assert!(tried >= 80, "{tried}");
}

fn gets_new_keys(present: &[Credential], same: &[Credential], new: &[Credential], reason: &str) {
    let what = format!("{reason}: {present:?}");
    let bench = vault_of(present);
    let (old, old_slots) = (read(&bench, VAULT), slots(&read(&bench, VAULT)));
    // Beside a biometric, opening without a code proves nothing.
    let (way, text) = match present.contains(&Credential::Biometric) {
        true => (Credential::Biometric, "why"),
        false => everyday(present),
    };
    bench.core.prove(way, text).unwrap();
    let is_new = !new.is_empty();
    let passphrase = if is_new { OTHER } else { PASSPHRASE };
    let changed = Ways {
        same,
        new,
        passphrase,
        pin: "",
    };
    let (done, words) = replace(&bench.core, changed).unwrap();
    let expected = KeysReplaced {
        lost: vec![],
        finished: true,
    };
    assert_eq!(done, expected, "{what}");
    tell(&bench.core);
    bench.core.lock();

    let after = [same, new].concat();
    let (now, copy) = (read(&bench, VAULT), read(&bench, BACKUP));
    assert!(now == copy, "{what}: one write of both files");
    let kinds = |slots: &[SlotInfo]| slots.iter().map(|slot| slot.kind).collect::<HashSet<_>>();
    let wanted: HashSet<_> = after.iter().map(|way| kind(*way)).collect();
    assert_eq!(kinds(&slots(&now)), wanted, "{what}");
    for slot in slots(&now) {
        let is_old = old_slots.iter().any(|old| old.id == slot.id);
        assert!(!is_old, "{what}: {slot:?} has the name of before");
    }
    for way in &after {
        let text = match way {
            Credential::Passphrase => passphrase,
            Credential::Pin => PIN,
            Credential::Recovery => &words,
            _ => "",
        };
        assert!(file_opens(&bench, &now, *way, text), "{what}: {way:?}");
        bench.core.unlock(*way, text).unwrap();
        let status = bench.core.status().unwrap();
        let is_present = (status.behind, status.foreign, status.not_compared);
        assert_eq!(is_present, (0, false, false), "{what}: {way:?}");
        bench.core.lock();
    }
    let mark_secret = |file: &[u8], way, text| {
        let opened = vault::open(file, &key(&bench, file, way, text)?, &argon2id).ok()?;
        Some(*opened.vault.mark_secret().expose())
    };
    if present.contains(&Credential::Passphrase) && after.contains(&Credential::Passphrase) {
        let before = mark_secret(&old, Credential::Passphrase, PASSPHRASE);
        let now = mark_secret(&now, Credential::Passphrase, passphrase);
        assert!(before.is_some() && before != now, "{what}: the master key");
    }
    // What was known before opens the file of before, and nothing now.
    for (way, text) in [
        (Credential::Passphrase, PASSPHRASE),
        (Credential::Recovery, WORDS),
    ] {
        let stays = way == Credential::Passphrase && same.contains(&way);
        assert_eq!(
            file_opens(&bench, &old, way, text),
            present.contains(&way),
            "{what}"
        );
        assert_eq!(
            file_opens(&bench, &now, way, text),
            stays,
            "{what}: {way:?}"
        );
    }
    // The device keeps what these slots need, and no more.
    let needed: HashSet<_> = after.iter().filter_map(|way| role(*way)).collect();
    let memory = bench.device.memory();
    let is_of_slot = |item: &&Item| !matches!(item.role, Role::Mark | Role::LastVault);
    let kept: Vec<_> = memory.kept.keys().filter(is_of_slot).collect();
    assert_eq!(kept.len(), needed.len(), "{what}: {kept:?}");
}

fn wanted<'a>(ways: &'a [trousseau_wire::WantedWay], passphrase: &'a str) -> Wanted<'a> {
    Wanted {
        ways,
        passphrase,
        pin: "",
        sentence: "why",
        confirmed: false,
    }
}

fn way(credential: Credential, is_new: bool) -> trousseau_wire::WantedWay {
    trousseau_wire::WantedWay { credential, is_new }
}

/// Whatever is refused changes neither a file nor what the device keeps.
#[test]
fn what_is_refused_changes_nothing() {
    let bench = vault_of(&[
        Credential::Passphrase,
        Credential::Biometric,
        Credential::Recovery,
    ]);
    let before = (read(&bench, VAULT), read(&bench, BACKUP));
    let kept = bench.device.memory().kept.clone();
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
        (&[new, words], OTHER, ErrorCode::DraftGone),
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
        assert_eq!(bench.device.memory().kept, kept, "{ways:?}");
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
    assert_eq!(code(again), ErrorCode::DraftGone, "words are used once");
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

#[test]
fn an_access_code_is_typed_only_where_nothing_was_kept_of_it() {
    let (bench, _) = with_pin();
    let plan = |bench: &Bench| {
        let plan = bench.core.key_plan().unwrap();
        let pin = plan
            .into_iter()
            .find(|way| way.credential == Credential::Pin);
        pin.unwrap().needs
    };
    assert_eq!(plan(&bench), Needs::Nothing);
    bench
        .core
        .session()
        .change(0, |entries: &mut Entries| {
            entries.set_device(trousseau_entries::Device::default());
            Ok(())
        })
        .unwrap();
    assert_eq!(plan(&bench), Needs::Typed);
    let pin = [way(Credential::Pin, false)];
    let typed = |pin_text| Wanted {
        pin: pin_text,
        confirmed: true,
        ..wanted(&pin, "")
    };
    let before = read(&bench, VAULT);
    let refused = bench.core.replace_keys(&typed("271828"));
    assert_eq!(code(refused), ErrorCode::CredentialRejected);
    let nothing_left = bench.core.replace_keys(&typed(""));
    // A right proof, and still: without the code its slot cannot be made anew.
    assert_eq!(code(nothing_left), ErrorCode::LastCredential);
    assert!(read(&bench, VAULT) == before);
    bench.core.replace_keys(&typed(PIN)).unwrap();
    assert_eq!(plan(&bench), Needs::Nothing);
    bench.core.replace_keys(&typed("")).unwrap();
    bench.core.lock();
    bench.core.unlock(Credential::Pin, PIN).unwrap();
    bench.device.memory().kept.clear();
    assert_eq!(plan(&bench), Needs::Gone);
}

/// What the device gives no part of any more is dropped and told; where nothing would stay, nothing is written.
#[test]
fn what_the_device_does_not_take_is_lost_and_told() {
    type Breaks = fn(&Bench);
    let cases: [(&str, Breaks, &[Credential]); 4] = [
        (
            "loses",
            |bench| bench.device.memory().loses = true,
            &[Credential::Pin],
        ),
        (
            "absent",
            |bench| bench.device.memory().absent = true,
            &[Credential::Pin, Credential::Biometric],
        ),
        (
            "dialog left",
            |bench| bench.device.memory().dialog = Some(DeviceError::Cancelled),
            &[Credential::Biometric],
        ),
        (
            "empty",
            |bench| bench.device.memory().kept.clear(),
            &[Credential::Pin],
        ),
    ];
    for (what, breaks, expected) in cases {
        let present = [
            Credential::Passphrase,
            Credential::Pin,
            Credential::Biometric,
        ];
        let bench = vault_of(&present);
        breaks(&bench);
        let all = Ways {
            same: &present,
            passphrase: PASSPHRASE,
            ..Ways::default()
        };
        let (done, _) = replace(&bench.core, all).unwrap();
        let lost: HashSet<_> = done.lost.iter().map(|way| kind(*way)).collect();
        let expected: HashSet<_> = expected.iter().map(|way| kind(*way)).collect();
        assert_eq!(lost, expected, "{what}");
        let there: HashSet<_> = ways(&bench).into_iter().map(kind).collect();
        let stays: HashSet<_> = present.into_iter().map(kind).collect();
        assert_eq!(there, &stays - &expected, "{what}");
        bench.core.lock();
        bench.device.memory().absent = false;
        bench.unlock().unwrap();
    }
    let bench = vault_of(&[Credential::Pin]);
    let before = (read(&bench, VAULT), read(&bench, BACKUP));
    bench.device.memory().loses = true;
    let alone = Ways {
        same: &[Credential::Pin],
        ..Ways::default()
    };
    assert_eq!(
        code(replace(&bench.core, alone)),
        ErrorCode::DeviceStoreFailed
    );
    assert!((read(&bench, VAULT), read(&bench, BACKUP)) == before);
    bench.core.lock();
    bench.core.unlock(Credential::Pin, PIN).unwrap();
}

#[test]
fn a_second_file_that_cannot_be_written_is_told_and_made_good_at_the_next_opening() {
    let present = [Credential::Passphrase, Credential::Pin];
    let bench = vault_of(&present);
    let old = read(&bench, BACKUP);
    std::fs::create_dir(bench.file("vault.trousseau.bak.new")).unwrap();
    let changed = Ways {
        same: &[Credential::Pin],
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..Ways::default()
    };
    let (done, _) = replace(&bench.core, changed).unwrap();
    assert!(!done.finished);
    tell(&bench.core);
    assert!(read(&bench, BACKUP) == old);
    assert!(file_opens(
        &bench,
        &read(&bench, VAULT),
        Credential::Pin,
        PIN
    ));
    let by_role = |bench: &Bench| {
        let memory = bench.device.memory();
        let of_before = |item: &&Item| item.role == Role::Pin && item.slot.is_none();
        memory.kept.keys().filter(of_before).count()
    };
    assert_eq!(by_role(&bench), 1, "the copy still needs it");
    let mark = |bench: &Bench| {
        let id = vault::inspect(&read(bench, VAULT)).unwrap().vault;
        let item = Item::by_role(id, Role::Mark);
        Mark::parse(&bench.device.memory().kept[&item]).unwrap()
    };
    let before = mark(&bench);
    std::fs::remove_dir(bench.file("vault.trousseau.bak.new")).unwrap();
    let bench = bench.restart();
    let opened = bench.core.unlock(Credential::Passphrase, OTHER).unwrap();
    assert_eq!((opened.behind, opened.foreign), (0, false), "its own past");
    tell(&bench.core);
    assert!(read(&bench, BACKUP) == read(&bench, VAULT));
    assert_ne!(mark(&bench).check, before.check);
    assert_eq!(by_role(&bench), 0);
}

/// Not even a store that never answers again keeps anybody from going on.
#[test]
fn a_store_that_falls_silent_keeps_nobody_waiting() {
    let bench = vault_of(&[Credential::Passphrase, Credential::Recovery]);
    let gate = Arc::new(std::sync::Barrier::new(2));
    bench.device.memory().gate = Some(Arc::clone(&gate));
    let changed = Ways {
        new: &[Credential::Passphrase],
        passphrase: OTHER,
        ..Ways::default()
    };
    replace(&bench.core, changed).unwrap();
    add(&bench.core, HOTP).unwrap();
    bench.device.memory().gate = None;
    gate.wait();
    bench.core.lock();
    bench.core.unlock(Credential::Passphrase, OTHER).unwrap();
}
