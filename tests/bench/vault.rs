//! Time to open and save a vault, without its KDF, which is slow on purpose.

use std::fs::{self, File};
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use aes_gcm::aead::AeadInOut;
use aes_gcm::{Aes256Gcm, KeyInit, Nonce, Tag};
use tempfile::TempDir;
use trousseau_entries::{EntryContent, EntryPatch, NewEntry, VaultData};
use trousseau_otp::{Algorithm, Digits, OtpParams, Period, Secret};
use trousseau_tests_support::target_dir;
use trousseau_vault::{Argon2Params, Credential, KdfError, Passphrase, create, open};

use crate::plain::Plain;
use crate::report::{Comparison, Line, Section, Series};
use crate::statistics::{interleaved, median};
use crate::storage::{Storage, SystemDisk};

/// More entries than most users have.
pub const ENTRIES: usize = 1000;
/// The sizes to measure; [`MOST`] is the largest that the app is designed for.
pub const COUNTS: [usize; 3] = [100, ENTRIES, MOST];
pub const MOST: usize = 10_000;
/// Limits for the largest size.
const OPEN_MS: f64 = 30.0;
const SAVE_MS: f64 = 60.0;
/// Growth up to this factor counts as linear, because the largest vault does not fit into the caches.
const LINEAR: f64 = 1.25;
const MILLISECONDS: f64 = 1e3;
const NONCE: [u8; 12] = [0; 12];

/// Realistic entries with different issuers, accounts and secrets.
pub fn entries(count: usize) -> VaultData {
    let mut entries = VaultData::new();
    for index in 0..count {
        let secret = format!("{index:020}").into_bytes();
        let params = OtpParams::Totp {
            algorithm: Algorithm::Sha1,
            digits: Digits::default(),
            period: Period::default(),
        };
        let new = NewEntry {
            issuer: format!("Service n° {index}"),
            account: format!("jeanne.dupont.{index}@example.org"),
            note: String::new(),
            content: EntryContent::Otp {
                secret: Secret::from_bytes(secret).expect("20 bytes are a secret"),
                params,
            },
            unknown_params: Vec::new(),
        };
        let added = entries.add(new, 1_700_000_000_000 + index as u64);
        added.expect("the texts are short enough");
    }
    entries
}

/// Measures opening, saving in memory, and the atomic write.
pub fn measure(quick: bool) -> Section {
    let mut section = Section {
        title: "Vault without the KDF",
        how: format!(
            "Open: trousseau_vault::open with a replacement for Argon2id, then VaultData::from_json. Save: VaultData::to_json, \
             then seal. The peer is the minimum for an encrypted file: AES-256-GCM alone with as many bytes, and \
             serde_json with plain structs. Write: the app's storage (temporary file, fsync, rename, fsync of the folder), \
             compared with write and fsync of the same bytes in place. Complete save: a change as in the app, with a copy for \
             undoing it, in memory and on the disk. Alternating; medians. Growth: the time per entry with {MOST} entries, compared \
             with {ENTRIES}."
        ),
        unit: "ms",
        series: Vec::new(),
        limit: None,
        lines: Vec::new(),
    };
    let mut before = [f64::NAN; 2];
    for count in COUNTS {
        let batches = if quick { 15 } else { 201 } * ENTRIES / count.max(ENTRIES);
        let bench = Bench::new(count);
        let parts = [
            ("open", bench.opening(batches)),
            ("save, in memory", bench.saving(batches)),
            ("write to disk, atomically", bench.writing(batches)),
        ];
        for (what, [ours, peer]) in &parts {
            section.lines.push(Line {
                what: format!("{what}, {count} entries"),
                value: median(ours),
                comparison: Comparison::Peer {
                    name: "plain",
                    value: median(peer),
                    aim: None,
                },
            });
        }
        let whole = [
            median(&parts[0].1[0]),
            median(&bench.complete_save(batches)),
        ];
        if count == MOST {
            let limits = [("open, complete", OPEN_MS), ("complete save", SAVE_MS)];
            for (((what, limit), value), before) in limits.into_iter().zip(whole).zip(before) {
                section.lines.push(Line {
                    what: format!("{what}, {count} entries"),
                    value,
                    comparison: Comparison::Limit(limit),
                });
                section.lines.push(growth(what, value, before));
            }
        }
        before = whole;
        for (what, [ours, peer]) in parts {
            let series = |who: &str, values| Series {
                name: format!("{who}, {what}, {count}"),
                values,
            };
            section
                .series
                .extend([series("Trousseau", ours), series("plain", peer)]);
        }
    }
    section
}

/// The time for [`MOST`] entries, compared with the linearly scaled time for [`ENTRIES`].
pub fn growth(what: &str, value: f64, before: f64) -> Line {
    Line {
        what: format!("{what}, {MOST} entries, scaled from {ENTRIES}"),
        value,
        comparison: Comparison::Peer {
            name: "linear",
            value: before * (MOST / ENTRIES) as f64,
            aim: Some(LINEAR),
        },
    }
}

/// The same entries in every representation.
struct Bench {
    credential: Credential,
    entries: VaultData,
    plain: Plain,
    cipher: Aes256Gcm,
    vault: trousseau_vault::UnlockedVault,
    sealed: Vec<u8>,
    /// The JSON encrypted with AES-256-GCM, without a header.
    encrypted: (Vec<u8>, Tag),
}

impl Bench {
    fn new(count: usize) -> Self {
        let credential = Credential::Passphrase(Passphrase::new("bateau lampe orage tilleul"));
        let entries = entries(count);
        let json = entries.to_json();
        let credentials = std::slice::from_ref(&credential);
        let (vault, sealed) = create(credentials, Argon2Params::DEFAULT, &json, &fast_kdf)
            .expect("the system gives randomness");
        let plain = serde_json::from_slice(&json).expect("plain structs hold every field");
        let cipher = Aes256Gcm::new(&[7; 32].into());
        let encrypted = encrypt(&cipher, json.to_vec());
        Self {
            credential,
            entries,
            plain,
            cipher,
            vault,
            sealed,
            encrypted,
        }
    }

    fn opening(&self, batches: usize) -> [Vec<f64>; 2] {
        let ours = |_| {
            let opened = open(black_box(&self.sealed), &self.credential, &fast_kdf);
            let opened = opened.expect("the credential is right");
            let entries = VaultData::from_json(&opened.payload).expect("the JSON is ours");
            assert_eq!(
                black_box(entries).iter().count(),
                self.entries.iter().count()
            );
        };
        let peer = |_| {
            let (mut text, tag) = black_box(&self.encrypted).clone();
            let text_in_place = text.as_mut_slice().into();
            self.cipher
                .decrypt_inout_detached(&NONCE.into(), &[], text_in_place, &tag)
                .expect("the tag is ours");
            let plain: Plain = serde_json::from_slice(&text).expect("the JSON is ours");
            plain
        };
        milliseconds(interleaved(batches, 1, ours, peer))
    }

    fn saving(&self, batches: usize) -> [Vec<f64>; 2] {
        let mut vault = self.vault.clone();
        let ours = |_| {
            let json = black_box(&self.entries).to_json();
            black_box(vault.seal(&json).expect("the system gives randomness"));
        };
        let peer = |_| {
            let json = serde_json::to_vec(black_box(&self.plain)).expect("every key is a text");
            black_box(encrypt(&self.cipher, json));
        };
        milliseconds(interleaved(batches, 1, ours, peer))
    }

    fn writing(&self, batches: usize) -> [Vec<f64>; 2] {
        // Not in the system's folder for temporary files, which may be in memory.
        let folder = TempDir::new_in(target_dir()).expect("the target folder is writable");
        let inner = folder.path().join("vault");
        let storage = Storage::open(&inner, Arc::new(SystemDisk)).expect("the folder is writable");
        let in_place = folder.path().join("in-place");
        let ours = |_| {
            storage
                .write_vault(&self.sealed)
                .expect("the disk has space")
        };
        let peer = |_| write_in_place(&in_place, &self.sealed);
        let times = interleaved(batches, 1, ours, peer);
        assert_eq!(
            storage.read_vault().ok().flatten(),
            fs::read(&in_place).ok()
        );
        milliseconds(times)
    }

    fn complete_save(&self, batches: usize) -> Vec<f64> {
        let folder = TempDir::new_in(target_dir()).expect("the target folder is writable");
        let storage = Storage::open(&folder.path().join("vault"), Arc::new(SystemDisk));
        let storage = storage.expect("the folder is writable");
        let (mut vault, mut entries) = (self.vault.clone(), self.entries.clone());
        let id = entries.iter().last().expect("there are some").id;
        let save = |batch| {
            let before = entries.clone();
            let favourite = Some(batch % 2 == 0);
            let changes = EntryPatch {
                favourite,
                ..EntryPatch::default()
            };
            entries
                .edit(id, changes, batch as u64)
                .expect("the entry exists");
            let sealed = vault.seal(&entries.to_json());
            let sealed = sealed.expect("the system gives randomness");
            storage.write_vault(&sealed).expect("the disk has space");
            (before, sealed)
        };
        let [ours, _] = milliseconds(interleaved(batches, 1, save, |_| {}));
        ours
    }
}

fn encrypt(cipher: &Aes256Gcm, mut text: Vec<u8>) -> (Vec<u8>, Tag) {
    let nonce: Nonce<_> = NONCE.into();
    let tag = cipher
        .encrypt_inout_detached(&nonce, &[], text.as_mut_slice().into())
        .expect("it is far below 64 GiB");
    (text, tag)
}

fn write_in_place(file: &Path, bytes: &[u8]) {
    let mut file = File::create(file).expect("the folder is writable");
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .expect("the disk has space");
}

/// Replaces Argon2id: returns a key at once.
fn fast_kdf(
    _: &[u8],
    salt: &[u8; 32],
    _: Argon2Params,
    key: &mut [u8; 32],
) -> Result<(), KdfError> {
    *key = *salt;
    Ok(())
}

fn milliseconds(times: [Vec<f64>; 2]) -> [Vec<f64>; 2] {
    times.map(|times| times.into_iter().map(|time| time * MILLISECONDS).collect())
}
