//! Whatever opens the vault, for every reason.

use std::collections::HashSet;

use trousseau_wire::KeysReplaced;

use super::*;

const ALL: [Credential; 5] = [
    Credential::Passphrase,
    Credential::Pin,
    Credential::Device,
    Credential::Biometric,
    Credential::Recovery,
];

/// What stays as it is, and what is new.
type SameAndNew = (Vec<Credential>, Vec<Credential>);

/// Why somebody replaces the keys, and what is to open the vault then.
struct Reason {
    name: &'static str,
    /// None where the reason does not come up with these.
    wanted: fn(&[Credential]) -> Option<SameAndNew>,
}

fn without(credentials: &[Credential], gone: &[Credential]) -> Vec<Credential> {
    let stays = |credential: &&Credential| !gone.contains(credential);
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
                && present.iter().any(|credential| gone.contains(credential));
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
    let mut target = 0;
    for chosen in 1_u32..32 {
        let present: Vec<_> = (0..5)
            .filter(|bit| chosen & 1 << bit != 0)
            .map(|bit| ALL[bit])
            .collect();
        let opens_every_day = |credentials: &[Credential]| {
            let everyday = [Credential::Passphrase, Credential::Pin, Credential::Device];
            credentials
                .iter()
                .any(|credential| everyday.contains(credential))
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
                target += 1;
            }
        }
    }
    assert!(target >= 80, "{target}");
}

fn gets_new_keys(present: &[Credential], same: &[Credential], new: &[Credential], reason: &str) {
    let what = format!("{reason}: {present:?}");
    let fixture = vault_of(present);
    let (old, old_slots) = (read(&fixture, VAULT), slots(&read(&fixture, VAULT)));
    // Beside a biometric, opening without a code proves nothing.
    let (credential, text) = match present.contains(&Credential::Biometric) {
        true => (Credential::Biometric, "why"),
        false => everyday(present),
    };
    fixture.core.reauthenticate(credential, text).unwrap();
    let is_new = !new.is_empty();
    let passphrase = if is_new { OTHER } else { PASSPHRASE };
    let changed = KeyReplacement {
        same,
        new,
        passphrase,
        pin: "",
    };
    let (done, words) = replace(&fixture.core, changed).unwrap();
    let expected = KeysReplaced {
        lost: vec![],
        finished: true,
    };
    assert_eq!(done, expected, "{what}");
    tell(&fixture.core);
    fixture.core.lock();

    let after = [same, new].concat();
    let (now, copy) = (read(&fixture, VAULT), read(&fixture, BACKUP));
    assert!(now == copy, "{what}: one write of both files");
    let kinds = |slots: &[SlotInfo]| slots.iter().map(|slot| slot.kind).collect::<HashSet<_>>();
    let wanted: HashSet<_> = after.iter().map(|credential| kind(*credential)).collect();
    assert_eq!(kinds(&slots(&now)), wanted, "{what}");
    for slot in slots(&now) {
        let is_old = old_slots.iter().any(|old| old.id == slot.id);
        assert!(!is_old, "{what}: {slot:?} has the name of before");
    }
    for credential in &after {
        let text = match credential {
            Credential::Passphrase => passphrase,
            Credential::Pin => PIN,
            Credential::Recovery => &words,
            _ => "",
        };
        assert!(
            file_opens(&fixture, &now, *credential, text),
            "{what}: {credential:?}"
        );
        fixture.core.unlock(*credential, text).unwrap();
        let status = fixture.core.status().unwrap();
        let is_present = (status.saves_behind, status.foreign, status.not_compared);
        assert_eq!(is_present, (0, false, false), "{what}: {credential:?}");
        fixture.core.lock();
    }
    let mark_secret = |file: &[u8], credential, text| {
        let opened = vault::open(file, &key(&fixture, file, credential, text)?, &argon2id).ok()?;
        Some(*opened.vault.mark_secret().expose())
    };
    if present.contains(&Credential::Passphrase) && after.contains(&Credential::Passphrase) {
        let before = mark_secret(&old, Credential::Passphrase, PASSPHRASE);
        let now = mark_secret(&now, Credential::Passphrase, passphrase);
        assert!(before.is_some() && before != now, "{what}: the master key");
    }
    // What was known before opens the file of before, and nothing now.
    for (credential, text) in [
        (Credential::Passphrase, PASSPHRASE),
        (Credential::Recovery, WORDS),
    ] {
        let stays = credential == Credential::Passphrase && same.contains(&credential);
        assert_eq!(
            file_opens(&fixture, &old, credential, text),
            present.contains(&credential),
            "{what}"
        );
        assert_eq!(
            file_opens(&fixture, &now, credential, text),
            stays,
            "{what}: {credential:?}"
        );
    }
    // The device keeps what these slots need, and no more.
    let needed: HashSet<_> = after
        .iter()
        .filter_map(|credential| role(*credential))
        .collect();
    let memory = fixture.secret_store.memory();
    let is_of_slot =
        |item: &&SecretId| !matches!(item.purpose, SecretPurpose::Mark | SecretPurpose::LastVault);
    let kept: Vec<_> = memory.kept.keys().filter(is_of_slot).collect();
    assert_eq!(kept.len(), needed.len(), "{what}: {kept:?}");
}
