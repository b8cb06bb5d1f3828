//! Files assembled from genuine parts of one vault, of two vaults or of two generations open with no type of slot.

mod support;

use serde::{Deserialize, Serialize};
use support::{credentials, fast_kdf, memoised};
use trousseau_vault::{Argon2Params, Credential, NewSlot, OpenError, UnlockedVault, create, open};

/// The parts of a vault file. It is written canonically, so that it is never refused for its form.
#[derive(Clone, PartialEq)]
struct File {
    header: Header,
    sealed: Vec<u8>,
    tag: Vec<u8>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Header {
    generation: u64,
    vault: String,
    replace_backup: bool,
    aead: String,
    salt: String,
    nonce: String,
    commitment: String,
    slots: Vec<Slot>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct Slot {
    id: String,
    r#type: String,
    kdf: SlotKdf,
    salt: String,
    nonce: String,
    commitment: String,
    key: String,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum SlotKdf {
    Argon2id {
        name: String,
        memory_kib: u32,
        passes: u32,
        lanes: u32,
    },
    Hkdf {
        name: String,
    },
}

impl File {
    fn read(bytes: &[u8]) -> Self {
        let length = u32::from_be_bytes(bytes[12..16].try_into().expect("4 bytes")) as usize;
        let (header, rest) = bytes[16..].split_at(length);
        let (sealed, tag) = rest.split_at(rest.len() - 16);
        let file = Self {
            header: serde_json::from_slice(header).expect("a header"),
            sealed: sealed.to_vec(),
            tag: tag.to_vec(),
        };
        assert!(file.write() == bytes, "not written as it was read");
        file
    }

    fn write(&self) -> Vec<u8> {
        let header = serde_json::to_vec(&self.header).expect("plain fields");
        let length = u32::try_from(header.len()).expect("short").to_be_bytes();
        let prelude = b"TROUSSEAU\n\x00\x01";
        [&prelude[..], &length, &header, &self.sealed, &self.tag].concat()
    }
}

/// Exchanges parts of two files; each bit of `parts` selects one.
fn exchange(parts: usize, one: &mut File, other: &mut File) {
    let (a, b) = (&mut one.header, &mut other.header);
    let exchanges: [&mut dyn FnMut(); 9] = [
        &mut || std::mem::swap(&mut a.generation, &mut b.generation),
        &mut || std::mem::swap(&mut a.vault, &mut b.vault),
        &mut || std::mem::swap(&mut a.replace_backup, &mut b.replace_backup),
        &mut || std::mem::swap(&mut a.salt, &mut b.salt),
        &mut || std::mem::swap(&mut a.nonce, &mut b.nonce),
        &mut || std::mem::swap(&mut a.commitment, &mut b.commitment),
        &mut || std::mem::swap(&mut a.slots, &mut b.slots),
        &mut || std::mem::swap(&mut one.sealed, &mut other.sealed),
        &mut || std::mem::swap(&mut one.tag, &mut other.tag),
    ];
    for (part, exchange) in exchanges.into_iter().enumerate() {
        if parts & (1 << part) != 0 {
            exchange();
        }
    }
}

/// Exchanges fields of two slots; each bit of `fields` selects one.
fn exchange_fields(fields: usize, one: &mut Slot, other: &mut Slot) {
    let exchanges: [&mut dyn FnMut(); 7] = [
        &mut || std::mem::swap(&mut one.id, &mut other.id),
        &mut || std::mem::swap(&mut one.r#type, &mut other.r#type),
        &mut || std::mem::swap(&mut one.kdf, &mut other.kdf),
        &mut || std::mem::swap(&mut one.salt, &mut other.salt),
        &mut || std::mem::swap(&mut one.nonce, &mut other.nonce),
        &mut || std::mem::swap(&mut one.commitment, &mut other.commitment),
        &mut || std::mem::swap(&mut one.key, &mut other.key),
    ];
    for (field, exchange) in exchanges.into_iter().enumerate() {
        if fields & (1 << field) != 0 {
            exchange();
        }
    }
}

/// A vault with one slot of each type; passphrase and PIN have different Argon2 parameters.
fn vault() -> (UnlockedVault, Vec<u8>) {
    let [passphrase, recovery, pin, device, biometric] = credentials();
    let others = [passphrase, recovery, device, biometric];
    let (mut vault, _) = create(&others, Argon2Params::DEFAULT, b"", &fast_kdf).expect("sealed");
    vault
        .put_slot(&pin, Argon2Params::MIN, &fast_kdf)
        .expect("there was none");
    let bytes = vault.seal(b"payload").expect("sealed");
    (vault, bytes)
}

/// The number of files tried, and of files that open with any type of slot. Files equal to a genuine one are skipped.
fn tried_and_accepted(genuine: &[&File], files: impl Iterator<Item = File>) -> [usize; 2] {
    let kdf = memoised(fast_kdf);
    let credentials = credentials();
    let opens = |bytes: &[u8]| {
        let opens = |credential: &Credential| open(bytes, credential, &kdf).is_ok();
        credentials.iter().filter(|one| opens(one)).count()
    };
    for file in genuine {
        assert_eq!(opens(&file.write()), 5);
    }
    let mut counts = [0, 0];
    for file in files.filter(|file| !genuine.contains(&file)) {
        counts[0] += 1;
        counts[1] += usize::from(opens(&file.write()) > 0);
    }
    counts
}

fn pairs() -> impl Iterator<Item = (usize, usize)> {
    (0..5).flat_map(|one| (one + 1..5).map(move |other| (one, other)))
}

#[test]
fn slots_in_another_order_are_damage() {
    let (_, bytes) = vault();
    for (one, other) in pairs() {
        let mut file = File::read(&bytes);
        file.header.slots.swap(one, other);
        for credential in &credentials() {
            let outcome = open(&file.write(), credential, &fast_kdf).err();
            assert_eq!(outcome, Some(OpenError::Damaged), "{one} and {other}");
        }
    }
}

#[test]
fn fields_exchanged_between_two_slots_open_nothing() {
    let file = File::read(&vault().1);
    let altered = pairs().flat_map(|(one, other)| {
        let file = &file;
        (1..1 << 7).map(move |fields| {
            let mut altered = file.clone();
            let [one, other] = altered
                .header
                .slots
                .get_disjoint_mut([one, other])
                .expect("two slots");
            exchange_fields(fields, one, other);
            altered
        })
    });
    let [tried, accepted] = tried_and_accepted(&[&file], altered);
    // 3 of the 10 pairs have the same KDF, so that one exchange changes nothing.
    assert_eq!([tried, accepted], [10 * 127 - 3, 0]);
}

#[test]
fn fields_of_a_slot_of_another_vault_open_nothing() {
    let (file, stranger) = (File::read(&vault().1), File::read(&vault().1));
    let altered = (0..25).flat_map(|pair| {
        let (file, stranger) = (&file, &stranger);
        (1..1 << 7).map(move |fields| {
            let mut altered = file.clone();
            let mut theirs = stranger.header.slots[pair % 5].clone();
            exchange_fields(fields, &mut altered.header.slots[pair / 5], &mut theirs);
            altered
        })
    });
    let [tried, accepted] = tried_and_accepted(&[&file, &stranger], altered);
    // If type and KDF are equal, 3 exchanges change nothing; if only the KDF is, 1.
    assert_eq!([tried, accepted], [25 * 127 - 5 * 3 - 6, 0]);
}

/// All files that take each part from one of the two.
fn mixtures(one: &File, other: &File) -> impl Iterator<Item = File> {
    (0..1 << 9).map(move |parts| {
        let (mut one, mut other) = (one.clone(), other.clone());
        exchange(parts, &mut one, &mut other);
        one
    })
}

#[test]
fn parts_of_two_vaults_open_nothing() {
    let (file, (mut stranger, _)) = (File::read(&vault().1), vault());
    stranger.set_previous_stale(true);
    let stranger = File::read(&stranger.seal(b"another").expect("sealed"));
    let mixed = mixtures(&file, &stranger);
    let counts = tried_and_accepted(&[&file, &stranger], mixed);
    assert_eq!(counts, [512 - 2, 0]);
}

/// The two generations have the same master key and different slots; the older credentials still open the older file.
#[test]
fn parts_of_two_generations_open_nothing() {
    let (mut vault, bytes) = vault();
    let older = File::read(&bytes);
    let [passphrase, ..] = credentials();
    vault
        .put_slot(&passphrase, Argon2Params::MIN, &fast_kdf)
        .expect("there is one");
    vault.set_previous_stale(true);
    let newer = File::read(&vault.seal(b"newer payload").expect("sealed"));
    let mixed = mixtures(&older, &newer);
    // The vault's id is the same in both, so that every file occurs twice.
    let counts = tried_and_accepted(&[&older, &newer], mixed);
    assert_eq!(counts, [512 - 4, 0]);
}

/// A vault, and the same vault with new keys and the same credentials.
fn before_and_after_new_keys() -> (File, File) {
    let (vault, before) = vault();
    let credentials = credentials();
    let costs: Vec<_> = vault.slots().map(|slot| (slot.kind, slot.cost)).collect();
    let slots = costs.iter().map(|(kind, cost)| NewSlot::Credential {
        credential: credentials
            .iter()
            .find(|credential| credential.kind() == *kind)
            .expect("one of each type"),
        cost: cost.unwrap_or(Argon2Params::DEFAULT),
    });
    let slots: Vec<_> = slots.collect();
    let mut replaced = vault.with_new_keys(&slots, &fast_kdf).expect("five").vault;
    replaced.set_previous_stale(true);
    let after = replaced.seal(b"newer payload").expect("sealed");
    (File::read(&before), File::read(&after))
}

/// For example the old slots in the new header, or the old payload after it.
#[test]
fn parts_from_before_and_after_new_keys_open_nothing() {
    let (before, after) = before_and_after_new_keys();
    let mixed = mixtures(&before, &after);
    // The vault's id is the same in both, so that every file occurs twice.
    let counts = tried_and_accepted(&[&before, &after], mixed);
    assert_eq!(counts, [512 - 4, 0]);
}

#[test]
fn an_old_slot_opens_nothing_after_new_keys() {
    let (before, after) = before_and_after_new_keys();
    let altered = (0..5).flat_map(|slot| {
        let (before, after) = (&before, &after);
        (1..1 << 7).map(move |fields| {
            let mut altered = after.clone();
            let mut old = before.header.slots[slot].clone();
            exchange_fields(fields, &mut altered.header.slots[slot], &mut old);
            altered
        })
    });
    let counts = tried_and_accepted(&[&before, &after], altered);
    // Type and KDF of each slot are equal, so that 3 exchanges change nothing.
    assert_eq!(counts, [5 * (127 - 3), 0]);
}

#[test]
fn an_older_header_over_a_newer_payload_is_damage() {
    let (mut vault, bytes) = vault();
    let older = File::read(&bytes);
    let newer = File::read(&vault.seal(b"newer").expect("sealed"));
    for (head, body) in [(&older, &newer), (&newer, &older)] {
        let replayed = File {
            header: head.header.clone(),
            ..body.clone()
        };
        for credential in &credentials() {
            let outcome = open(&replayed.write(), credential, &fast_kdf).err();
            assert_eq!(outcome, Some(OpenError::Damaged));
        }
    }
}

#[test]
fn an_edited_generation_or_stale_flag_is_damage() {
    let file = File::read(&vault().1);
    assert_eq!(file.header.generation, 2);
    let mut edits = vec![file.clone(); 6];
    edits[0].header.replace_backup = true;
    for (edit, generation) in edits[1..].iter_mut().zip([1, 3, 4, 1 << 32, u64::MAX]) {
        edit.header.generation = generation;
    }
    for edit in edits {
        for credential in &credentials() {
            let outcome = open(&edit.write(), credential, &fast_kdf).err();
            assert_eq!(outcome, Some(OpenError::Damaged));
        }
    }
}
