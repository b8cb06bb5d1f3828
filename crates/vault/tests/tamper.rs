//! Every single-bit flip, every truncation, appended bytes and non-canonical headers are refused, for each type of slot.

mod support;

use support::{credentials, fast_kdf, memoised};
use trousseau_vault::{Argon2Params, Kdf, OpenError, argon2id, create, inspect, open};

/// A vault with one slot of each type.
fn vault(cost: Argon2Params, kdf: &Kdf<'_>) -> Vec<u8> {
    let (_, bytes) = create(&credentials(), cost, b"payload", kdf).expect("sealed");
    bytes
}

fn flipped(bytes: &[u8], bit: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[bit / 8] ^= 1 << (bit % 8);
    bytes
}

/// The number of altered vaults that open with the first slot: bit flips, truncations, appended bytes.
fn accepted(slots: [usize; 2]) -> [usize; 3] {
    let kdf = memoised(fast_kdf);
    let mut all = credentials().map(Some);
    let pair = slots.map(|index| all[index].take().expect("two different slots"));
    let (_, bytes) = create(&pair, Argon2Params::DEFAULT, b"payload", &kdf).expect("sealed");
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

// Each type of slot, together with another one.
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
    let bytes = vault(Argon2Params::MIN, &argon2id);
    let [passphrase, ..] = credentials();
    assert!(open(&bytes, &passphrase, &argon2id).is_ok());
    for sample in 0..32 {
        // A prime stride, so that every bit position of a byte is tested.
        let bit = (sample * 631) % (bytes.len() * 8);
        assert!(
            open(&flipped(&bytes, bit), &passphrase, &argon2id).is_err(),
            "bit {bit}"
        );
    }
}

#[test]
fn a_flip_after_the_slots_is_damage_not_a_wrong_credential() {
    let bytes = vault(Argon2Params::DEFAULT, &fast_kdf);
    let [_, recovery, ..] = credentials();
    for bit in (bytes.len() - 272) * 8..bytes.len() * 8 {
        let error = open(&flipped(&bytes, bit), &recovery, &fast_kdf).err();
        assert_eq!(error, Some(OpenError::Damaged), "bit {bit}");
    }
}

/// Replaces a text in the header and corrects the header's length.
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
fn only_the_canonical_header_is_accepted() {
    let bytes = vault(Argon2Params::DEFAULT, &fast_kdf);
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
    let bytes = vault(Argon2Params::DEFAULT, &fast_kdf);
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

/// The JSON of the slots, without their braces.
fn slots(bytes: &[u8]) -> Vec<String> {
    let header = std::str::from_utf8(&bytes[16..16 + header_length(bytes)]).expect("JSON");
    let (_, slots) = header.split_once("\"slots\":[{").expect("a field");
    let slots = slots.strip_suffix("}]}").expect("the end");
    slots.split("},{").map(str::to_owned).collect()
}

/// The file with one more slot.
fn with_slot(bytes: &[u8], slot: &str) -> Vec<u8> {
    edited(bytes, "}]}", &format!("}},{{{slot}}}]}}"))
}

#[test]
fn a_file_needs_a_slot_and_no_two_of_one_id_or_type() {
    let refused = Some(OpenError::Damaged);
    let kinds = [0, 1, 2, 3, 4];
    for kind in kinds {
        let one = &credentials()[kind..=kind];
        let (_, bytes) = create(one, Argon2Params::DEFAULT, b"", &fast_kdf).expect("sealed");
        let own = slots(&bytes).remove(0);
        let empty = edited(&bytes, &format!("{{{own}}}"), "");
        assert_eq!(inspect(&empty).err(), refused);
        assert_eq!(inspect(&with_slot(&bytes, &own)).err(), refused);

        // With another id: refused only because its type is there twice.
        let all = slots(&vault(Argon2Params::DEFAULT, &fast_kdf));
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
fn costs_above_the_maximum_are_refused_before_the_kdf_runs() {
    let bytes = vault(Argon2Params::DEFAULT, &fast_kdf);
    let [passphrase, ..] = credentials();
    let untouched =
        |_: &[u8], _: &[u8; 32], _: Argon2Params, _: &mut [u8; 32]| panic!("the KDF was asked");
    for (memory_kib, passes, lanes) in [
        (1024 * 1024 + 1, 3, 1),
        (65536, 17, 1),
        (65536, 3, 9),
        (524_289, 3, 1),
        (98_305, 16, 1),
        (1024 * 1024, 2, 1),
        (u32::MAX, u32::MAX, 8),
    ] {
        let cost = Argon2Params {
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
fn other_files_and_newer_versions_have_different_errors() {
    let bytes = vault(Argon2Params::DEFAULT, &fast_kdf);
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
        let expected = OpenError::UnsupportedVersion {
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
