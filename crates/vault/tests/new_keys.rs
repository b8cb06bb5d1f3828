//! Replaces the keys of a vault, from every set of slots to every other.

mod support;

use support::{credentials, fast_kdf, other_credentials};
use trousseau_vault::{
    Argon2Params, Credential, DeviceKey, KdfError, NewSlot, OpenError, Passphrase, SlotError,
    StretchedPin, UnlockedVault, create, inspect, open,
};

const COST: Argon2Params = Argon2Params::DEFAULT;
const PIN: usize = 2;

/// What happens to a type of slot.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Fate {
    Absent,
    /// The same credential.
    Same,
    /// Another credential.
    New,
    /// The earlier PIN, not typed again, with a new device key.
    Stretched,
}

/// Every choice of fates for the slots in `present`, which has a bit for each type.
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

/// The earlier PIN with a new device key.
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

fn stretched(vault: &UnlockedVault) -> StretchedPin {
    let [_, _, pin, ..] = credentials();
    let used = vault.verify(&pin, &fast_kdf);
    used.ok()
        .and_then(|used| used.stretched_pin)
        .expect("a PIN")
}

/// The payload, or why the vault does not open.
fn payload(bytes: &[u8], credential: &Credential) -> Result<Vec<u8>, OpenError> {
    open(bytes, credential, &fast_kdf).map(|opened| opened.payload.to_vec())
}

/// All 3687 ways to replace the keys of a vault.
#[test]
fn new_keys_open_with_the_new_credentials_and_with_no_other() {
    let (old, new, moved) = (credentials(), other_credentials(), moved_pin());
    let mut tried = 0;
    for present in 1_usize..1 << 5 {
        let own = credentials().into_iter().enumerate();
        let own = own.filter(|(kind, _)| present & (1 << kind) != 0);
        let own: Vec<_> = own.map(|(_, credential)| credential).collect();
        let (vault, before) = create(&own, COST, b"payload", &fast_kdf).expect("sealed");
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
            let replaced = vault.with_new_keys(&slots, &fast_kdf);
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
        // The earlier vault is unchanged.
        assert!(vault.slots().eq(slots_before));
        for credential in &own {
            assert_eq!(payload(&before, credential), Ok(b"payload".to_vec()));
        }
    }
    // Without those for a vault of no slots, and those that leave no slot.
    assert_eq!(tried, 6 * 5 * 5 * 5 * 5 - 32 - 31);
}

#[test]
fn new_keys_need_a_slot_and_take_one_of_each_type() {
    let (vault, _) = create(&credentials(), COST, b"", &fast_kdf).expect("sealed");
    let (old, new, pin, key) = (
        credentials(),
        other_credentials(),
        stretched(&vault),
        moved_key(),
    );
    let refused = |slots: &[NewSlot<'_>]| vault.with_new_keys(slots, &fast_kdf).err();
    assert_eq!(refused(&[]), Some(SlotError::LastSlot));
    for (one, other) in old.iter().zip(&new) {
        assert_eq!(
            refused(&[of(one), of(other)]),
            Some(SlotError::DuplicateType)
        );
    }
    let moved = NewSlot::StretchedPin {
        pin: &pin,
        device: &key,
    };
    for twice in [[of(&old[PIN]), moved], [moved, of(&old[PIN])]] {
        assert_eq!(refused(&twice), Some(SlotError::DuplicateType));
    }
}

#[test]
fn new_keys_that_fail_change_nothing() {
    let (vault, bytes) = create(&credentials(), COST, b"payload", &fast_kdf).expect("sealed");
    let failing = |_: &[u8], _: &[u8; 32], _: Argon2Params, _: &mut [u8; 32]| Err(KdfError::Memory);
    let all = credentials();
    let slots: Vec<_> = all.iter().map(of).collect();
    let error = vault.with_new_keys(&slots, &failing).err();
    assert_eq!(error, Some(SlotError::Kdf(KdfError::Memory)));
    let dear = Argon2Params {
        memory_kib: 1024 * 1024,
        ..COST
    };
    let [passphrase, ..] = &all;
    let slot = NewSlot::Credential {
        credential: passphrase,
        cost: dear,
    };
    let error = vault.with_new_keys(&[of(&all[1]), slot], &fast_kdf).err();
    assert_eq!(error, Some(SlotError::CostRefused { cost: dear }));
    for credential in &all {
        assert!(vault.verify(credential, &fast_kdf).is_ok());
        assert_eq!(payload(&bytes, credential), Ok(b"payload".to_vec()));
    }
}

/// A vault takes the place of the one that the device's mark describes.
#[test]
fn new_keys_continue_after_a_marks_generation() {
    let (vault, _) = create(&credentials(), COST, b"", &fast_kdf).expect("sealed");
    let [passphrase, ..] = credentials();
    let replaced = vault.with_new_keys(&[of(&passphrase)], &fast_kdf);
    let mut replaced = replaced.expect("one slot").vault;
    replaced.continue_after(41);
    let bytes = replaced.seal(b"").expect("sealed");
    assert_eq!(inspect(&bytes).expect("well formed").generation, 42);
}

#[test]
fn suspended_data_opens_with_its_own_keys_only() {
    let (vault, _) = create(&credentials(), COST, b"", &fast_kdf).expect("sealed");
    let all = credentials();
    let slots: Vec<_> = all.iter().map(of).collect();
    let replaced = vault.with_new_keys(&slots, &fast_kdf).expect("five").vault;
    let draft = vault.seal_suspended(b"draft").expect("sealed");
    assert!(vault.open_suspended(&draft).is_some());
    assert!(replaced.open_suspended(&draft).is_none());
}
