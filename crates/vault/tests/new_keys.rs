//! New keys for a vault: whatever opens it before, whatever is to open it afterwards.

mod support;

use support::{credentials, quick, strangers};
use trousseau_vault::{
    Credential, DeviceKey, KdfError, NewSlot, OpenError, OpenVault, Passphrase, SlotError,
    StretchedPin, WorkFactor, create, inspect, open,
};

const COST: WorkFactor = WorkFactor::DEFAULT;
const PIN: usize = 2;

/// What becomes of a type of slot.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Fate {
    Absent,
    /// The same credential.
    Same,
    /// Another one.
    New,
    /// The PIN of before, which nobody types, with a new device key.
    Stretched,
}

/// Every choice of fates for slots that are there as `present` has a bit for their type.
fn choices(present: usize) -> Vec<[Fate; 5]> {
    let mut choices = vec![[Fate::Absent; 5]];
    for kind in 0..5 {
        let fates: &[Fate] = match (present & (1 << kind) != 0, kind) {
            (false, _) => &[Fate::Absent, Fate::New],
            (true, PIN) => &[Fate::Absent, Fate::Same, Fate::New, Fate::Stretched],
            (true, _) => &[Fate::Absent, Fate::Same, Fate::New],
        };
        let with = |choice: &[Fate; 5]| {
            let mut choice = *choice;
            fates.iter().map(move |fate| {
                choice[kind] = *fate;
                choice
            })
        };
        choices = choices.iter().flat_map(with).collect();
    }
    choices.retain(|choice| choice.iter().any(|fate| *fate != Fate::Absent));
    choices
}

/// The PIN of before, on a device that made a new key.
fn moved_pin() -> Credential {
    Credential::Pin {
        pin: Passphrase::new("123456"),
        device: moved_key(),
    }
}

fn moved_key() -> DeviceKey {
    DeviceKey::new(&[9; 32])
}

fn of(credential: &Credential) -> NewSlot<'_> {
    NewSlot::Credential {
        credential,
        cost: COST,
    }
}

fn stretched(vault: &OpenVault) -> StretchedPin {
    let [_, _, pin, ..] = credentials();
    let used = vault.verify(&pin, &quick);
    used.ok()
        .and_then(|used| used.stretched_pin)
        .expect("a PIN")
}

/// What opening answers: the payload, or why there is none.
fn payload(bytes: &[u8], credential: &Credential) -> Result<Vec<u8>, OpenError> {
    open(bytes, credential, &quick).map(|opened| opened.payload.to_vec())
}

/// All 3687 ways to replace the keys of a vault.
#[test]
fn new_keys_open_with_the_new_credentials_and_with_no_other() {
    let (old, new, moved) = (credentials(), strangers(), moved_pin());
    let mut tried = 0;
    for present in 1_usize..1 << 5 {
        let own = credentials().into_iter().enumerate();
        let own = own.filter(|(kind, _)| present & (1 << kind) != 0);
        let own: Vec<_> = own.map(|(_, credential)| credential).collect();
        let (vault, before) = create(&own, COST, b"payload", &quick).expect("sealed");
        let pin = (present & (1 << PIN) != 0).then(|| stretched(&vault));
        let slots_before: Vec<_> = vault.slots().collect();
        for choice in choices(present) {
            tried += 1;
            let key = moved_key();
            let slots = choice.iter().enumerate().filter_map(|(kind, fate)| {
                Some(match fate {
                    Fate::Absent => return None,
                    Fate::Same => of(&old[kind]),
                    Fate::New => of(&new[kind]),
                    Fate::Stretched => NewSlot::StretchedPin {
                        pin: pin.as_ref()?,
                        device: &key,
                    },
                })
            });
            let slots: Vec<_> = slots.collect();
            let replaced = vault.with_new_keys(&slots, &quick);
            let mut replaced = replaced.expect("one slot or more").vault;
            let after = replaced.seal(b"payload").expect("sealed");

            for (kind, fate) in choice.iter().enumerate() {
                let opener = match fate {
                    Fate::Absent => {
                        let gone = payload(&after, &old[kind]);
                        assert_eq!(gone, Err(OpenError::NoSuchSlot), "{choice:?}");
                        continue;
                    }
                    Fate::Same => &old[kind],
                    Fate::New => &new[kind],
                    Fate::Stretched => &moved,
                };
                assert_eq!(
                    payload(&after, opener),
                    Ok(b"payload".to_vec()),
                    "{choice:?}"
                );
                if *fate != Fate::Same {
                    let rejected = payload(&after, &old[kind]);
                    assert_eq!(rejected, Err(OpenError::CredentialRejected), "{choice:?}");
                }
            }
            let (was, is) = (inspect(&before), inspect(&after));
            let (was, is) = (was.expect("well formed"), is.expect("well formed"));
            assert_eq!((is.vault, is.generation), (was.vault, was.generation + 1));
            let is_old = |slot: &&_| slots_before.iter().any(|old| old.id == **slot);
            let ids: Vec<_> = is.slots.iter().map(|slot| slot.id).collect();
            assert_eq!(ids.iter().filter(is_old).count(), 0, "{choice:?}");
        }
        // Nothing of it touched the vault of before.
        assert!(vault.slots().eq(slots_before));
        for credential in &own {
            assert_eq!(payload(&before, credential), Ok(b"payload".to_vec()));
        }
    }
    // Without those for a vault of no slots, and those that leave none.
    assert_eq!(tried, 6 * 5 * 5 * 5 * 5 - 32 - 31);
}

#[test]
fn new_keys_need_a_slot_and_take_one_of_each_type() {
    let (vault, _) = create(&credentials(), COST, b"", &quick).expect("sealed");
    let (old, new, pin, key) = (credentials(), strangers(), stretched(&vault), moved_key());
    let refused = |slots: &[NewSlot<'_>]| vault.with_new_keys(slots, &quick).err();
    assert_eq!(refused(&[]), Some(SlotError::NoneLeft));
    for (one, other) in old.iter().zip(&new) {
        assert_eq!(refused(&[of(one), of(other)]), Some(SlotError::SameType));
    }
    let moved = NewSlot::StretchedPin {
        pin: &pin,
        device: &key,
    };
    for twice in [[of(&old[PIN]), moved], [moved, of(&old[PIN])]] {
        assert_eq!(refused(&twice), Some(SlotError::SameType));
    }
}

#[test]
fn new_keys_that_cannot_be_made_change_nothing() {
    let (vault, bytes) = create(&credentials(), COST, b"payload", &quick).expect("sealed");
    let failing = |_: &[u8], _: &[u8; 32], _: WorkFactor, _: &mut [u8; 32]| Err(KdfError::Memory);
    let all = credentials();
    let slots: Vec<_> = all.iter().map(of).collect();
    let error = vault.with_new_keys(&slots, &failing).err();
    assert_eq!(error, Some(SlotError::Kdf(KdfError::Memory)));
    let dear = WorkFactor {
        memory_kib: 1024 * 1024,
        ..COST
    };
    let [passphrase, ..] = &all;
    let slot = NewSlot::Credential {
        credential: passphrase,
        cost: dear,
    };
    let error = vault.with_new_keys(&[of(&all[1]), slot], &quick).err();
    assert_eq!(error, Some(SlotError::CostRefused { cost: dear }));
    for credential in &all {
        assert!(vault.verify(credential, &quick).is_ok());
        assert_eq!(payload(&bytes, credential), Ok(b"payload".to_vec()));
    }
}

/// The generation of a device's mark, in whose place a vault is taken over.
#[test]
fn new_keys_go_on_after_a_mark() {
    let (vault, _) = create(&credentials(), COST, b"", &quick).expect("sealed");
    let [passphrase, ..] = credentials();
    let replaced = vault.with_new_keys(&[of(&passphrase)], &quick);
    let mut replaced = replaced.expect("one slot").vault;
    replaced.continue_after(41);
    let bytes = replaced.seal(b"").expect("sealed");
    assert_eq!(inspect(&bytes).expect("well formed").generation, 42);
}

#[test]
fn a_draft_of_before_stays_with_the_keys_of_before() {
    let (vault, _) = create(&credentials(), COST, b"", &quick).expect("sealed");
    let all = credentials();
    let slots: Vec<_> = all.iter().map(of).collect();
    let replaced = vault.with_new_keys(&slots, &quick).expect("five").vault;
    let draft = vault.seal_draft(b"draft").expect("sealed");
    assert!(vault.open_draft(&draft).is_some());
    assert!(replaced.open_draft(&draft).is_none());
}
