//! Every single-bit flip, every truncation, appended bytes and another spelling are refused, through each type of slot.

mod support;

use support::{credentials, memoised, quick};
use trousseau_vault::{Kdf, OpenError, WorkFactor, argon2id, create, inspect, open};

/// A vault with one slot of each type.
fn vault(cost: WorkFactor, kdf: &Kdf<'_>) -> Vec<u8> {
    let (_, bytes) = create(&credentials(), cost, b"payload", kdf).expect("sealed");
    bytes
}

fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes
}

/// How many of all altered forms of a vault opened with its first slot: flips, truncations, appended bytes.
fn accepted(slots: [usize; 2]) -> [usize; 3] {
    let kdf = memoised(quick);
    let mut all = credentials().map(Some);
    let pair = slots.map(|index| all[index].take().expect("two different slots"));
    let (_, bytes) = create(&pair, WorkFactor::DEFAULT, b"payload", &kdf).expect("sealed");
    let opens = |altered: &[u8]| open(altered, &pair[0], &kdf).is_ok();
    assert!(opens(&bytes));
    let flips = (0..bytes.len() * 8)
        .filter(|&bit| opens(&flipped(&bytes, bit)))
        .count();
    let cuts = (0..bytes.len())
        .filter(|&length| opens(&bytes[..length]))
        .count();
    let with = |tail: &[u8]| opens(&[&bytes, tail].concat());
    let appended = (0..=u8::MAX).filter(|&byte| with(&[byte])).count()
        + (1..1000).filter(|&count| with(&vec![0; count])).count();
    [flips, cuts, appended]
}

macro_rules! tampering {
    ($($name:ident = $slots:expr,)*) => {$(
        #[test]
        fn $name() {
            assert_eq!(accepted($slots), [0, 0, 0]);
        }
    )*};
}

// Each type of slot, with another one beside it.
tampering! {
    nothing_altered_opens_with_the_passphrase = [0, 1],
    nothing_altered_opens_with_the_recovery_code = [1, 2],
    nothing_altered_opens_with_the_pin = [2, 3],
    nothing_altered_opens_with_the_device_key = [3, 4],
    nothing_altered_opens_with_the_biometric_key = [4, 0],
}

/// 32 bits, spread over the file, with the real Argon2.
#[test]
fn nothing_altered_opens_with_the_real_argon2() {
    let bytes = vault(WorkFactor::FLOOR, &argon2id);
    let [passphrase, ..] = credentials();
    assert!(open(&bytes, &passphrase, &argon2id).is_ok());
    for sample in 0..32 {
        // A prime stride, so that all positions in a byte are met.
        let bit = (sample * 631) % (bytes.len() * 8);
        assert!(
            open(&flipped(&bytes, bit), &passphrase, &argon2id).is_err(),
            "bit {bit}"
        );
    }
}

#[test]
fn a_flip_behind_the_slots_is_damage_and_not_a_wrong_credential() {
    let bytes = vault(WorkFactor::DEFAULT, &quick);
    let [_, recovery, ..] = credentials();
    for bit in (bytes.len() - 272) * 8..bytes.len() * 8 {
        let error = open(&flipped(&bytes, bit), &recovery, &quick).err();
        assert_eq!(error, Some(OpenError::Damaged), "bit {bit}");
    }
}

/// Replaces one text of the header and corrects its length.
fn edited(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    let (header, body) = bytes[16..].split_at(header_length(bytes));
    let header = std::str::from_utf8(header).expect("JSON");
    assert!(header.contains(from), "{from} is not in the header");
    let header = header.replacen(from, to, 1);
    let length = u32::try_from(header.len()).expect("short").to_be_bytes();
    [&bytes[..12], &length, header.as_bytes(), body].concat()
}

fn header_length(bytes: &[u8]) -> usize {
    u32::from_be_bytes(bytes[12..16].try_into().expect("4 bytes")) as usize
}

#[test]
fn one_header_has_one_spelling() {
    let bytes = vault(WorkFactor::DEFAULT, &quick);
    for (from, to) in [
        ("{\"generation\"", "{ \"generation\""),
        ("\"generation\":1", "\"generation\":1.0"),
        ("\"generation\":1", "\"generation\":01"),
        ("\"generation\":1", "\"generation\":1e0"),
        ("\"generation\":1", "\"generation\":0"),
        ("\"generation\":1", "\"generation\":-1"),
        ("\"generation\":1", "\"generation\":18446744073709551616"),
        ("\"generation\":1", "\"generation\":1,\"generation\":1"),
        ("\"generation\":1", "\"generation\":1,\"more\":1"),
        ("\"generation\":1,", ""),
        ("\"replace_backup\":false", "\"replace_backup\":null"),
        ("\"aead\":\"aes-256-gcm\"", "\"aead\":\"\\u0061es-256-gcm\""),
        ("\"aead\":\"aes-256-gcm\"", "\"aead\":\"aes-128-gcm\""),
        ("\"aead\":\"aes-256-gcm\"", "\"aead\":\"AES-256-GCM\""),
        ("\"type\":\"device\"", "\"type\":\"unheard-of\""),
        ("\"type\":\"device\"", "\"type\":\"passphrase\""),
        ("\"type\":\"passphrase\"", "\"type\":\"device\""),
        (
            "\"name\":\"hkdf-sha-256\"",
            "\"name\":\"hkdf-sha-256\",\"passes\":3",
        ),
        (
            "\"memory_kib\":65536,\"passes\":3",
            "\"passes\":3,\"memory_kib\":65536",
        ),
        ("\"memory_kib\":65536", "\"memory_kib\":7"),
        ("\"passes\":3", "\"passes\":0"),
        ("\"lanes\":1", "\"lanes\":0"),
        ("\"salt\":\"", "\"salt\":\"a"),
        ("}]}", "}],}"),
        ("}]}", "}]}\n"),
    ] {
        let altered = edited(&bytes, from, to);
        assert_eq!(
            inspect(&altered).err(),
            Some(OpenError::Damaged),
            "{from} to {to}"
        );
    }
}

#[test]
fn upper_case_hex_is_refused() {
    let bytes = vault(WorkFactor::DEFAULT, &quick);
    for position in 16..16 + header_length(&bytes) {
        if bytes[position].is_ascii_lowercase() {
            let mut altered = bytes.clone();
            altered[position].make_ascii_uppercase();
            assert_eq!(
                inspect(&altered).err(),
                Some(OpenError::Damaged),
                "byte {position}"
            );
        }
    }
}

/// The texts of the slots, without their braces.
fn slots(bytes: &[u8]) -> Vec<String> {
    let header = std::str::from_utf8(&bytes[16..16 + header_length(bytes)]).expect("JSON");
    let (_, slots) = header.split_once("\"slots\":[{").expect("a field");
    let slots = slots.strip_suffix("}]}").expect("the end");
    slots.split("},{").map(str::to_owned).collect()
}

/// The file with a slot behind its own.
fn with_slot(bytes: &[u8], slot: &str) -> Vec<u8> {
    edited(bytes, "}]}", &format!("}},{{{slot}}}]}}"))
}

#[test]
fn a_file_has_a_slot_and_no_two_of_one_id_or_type() {
    let refused = Some(OpenError::Damaged);
    let kinds = [0, 1, 2, 3, 4];
    for kind in kinds {
        let one = &credentials()[kind..=kind];
        let (_, bytes) = create(one, WorkFactor::DEFAULT, b"", &quick).expect("sealed");
        let own = slots(&bytes).remove(0);
        let empty = edited(&bytes, &format!("{{{own}}}"), "");
        assert_eq!(inspect(&empty).err(), refused);
        assert_eq!(inspect(&with_slot(&bytes, &own)).err(), refused);

        // Of another id: refused for its type alone, wherever the slots of another vault come from.
        let all = slots(&vault(WorkFactor::DEFAULT, &quick));
        for other in kinds {
            let outcome = inspect(&with_slot(&bytes, &all[other]));
            assert_eq!(outcome.is_err(), other == kind, "{kind} and {other}");
        }
        let id = &own[..own.find(",").expect("more fields")];
        for other in kinds.into_iter().filter(|other| *other != kind) {
            let (_, rest) = all[other].split_once(',').expect("more fields");
            let same_id = with_slot(&bytes, &format!("{id},{rest}"));
            assert_eq!(inspect(&same_id).err(), refused, "{kind} and {other}");
        }
    }
}

#[test]
fn costs_above_the_ceiling_are_refused_before_the_kdf_is_asked() {
    let bytes = vault(WorkFactor::DEFAULT, &quick);
    let [passphrase, ..] = credentials();
    let untouched =
        |_: &[u8], _: &[u8; 32], _: WorkFactor, _: &mut [u8; 32]| panic!("the KDF was asked");
    for (memory_kib, passes, lanes) in [
        (1024 * 1024 + 1, 3, 1),
        (65536, 17, 1),
        (65536, 3, 9),
        (524_289, 3, 1),
        (98_305, 16, 1),
        (1024 * 1024, 2, 1),
        (u32::MAX, u32::MAX, 8),
    ] {
        let cost = WorkFactor {
            memory_kib,
            passes,
            lanes,
        };
        let to = format!("\"memory_kib\":{memory_kib},\"passes\":{passes},\"lanes\":{lanes}");
        let altered = edited(&bytes, "\"memory_kib\":65536,\"passes\":3,\"lanes\":1", &to);
        let refused = OpenError::CostRefused { cost };
        assert_eq!(open(&altered, &passphrase, &untouched).err(), Some(refused));
        assert_eq!(inspect(&altered).err(), Some(refused));
    }
}

#[test]
fn foreign_and_newer_files_are_told_apart() {
    let bytes = vault(WorkFactor::DEFAULT, &quick);
    for foreign in [
        &b""[..],
        b"T",
        b"{}",
        &[0; 4096],
        b"trousseau\n",
        &bytes[1..],
    ] {
        assert_eq!(inspect(foreign).err(), Some(OpenError::NotAVault));
    }
    for version in [2, 3, 0x0101, u16::MAX] {
        let newer = [&bytes[..10], &version.to_be_bytes(), b"anything"].concat();
        let expected = OpenError::Newer {
            version,
            supported: 1,
        };
        assert_eq!(inspect(&newer).err(), Some(expected));
    }
    let zero = [&bytes[..10], &[0, 0], &bytes[12..]].concat();
    assert_eq!(inspect(&zero).err(), Some(OpenError::Damaged));
    let long = [&bytes[..12], &u32::MAX.to_be_bytes(), &bytes[16..]].concat();
    assert_eq!(inspect(&long).err(), Some(OpenError::Damaged));
}
