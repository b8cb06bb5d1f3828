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
    let memory = bench.secret_store.memory();
    let is_of_slot =
        |item: &&SecretId| !matches!(item.role, SecretPurpose::Mark | SecretPurpose::LastVault);
    let kept: Vec<_> = memory.kept.keys().filter(is_of_slot).collect();
    assert_eq!(kept.len(), needed.len(), "{what}: {kept:?}");
}
