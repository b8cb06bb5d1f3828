//! After a lock, this process holds no key and no secret any more: all its writable memory is searched, stacks and all.
//!
//! What is searched for is kept XORed with [`MASK`] and compared byte by byte, so that the search plants nothing; the keys are
//! derived by another process (`examples/keys.rs`). The commands are called as Tauri calls them, each on a thread that goes
//! on to live, as those of its pool do, with all that is left on its stack; but without a web view and its messages.
#![allow(clippy::print_stdout, reason = "the numbers are worth reading")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use data_encoding::{BASE32_NOPAD, HEXLOWER};
use secrecy::SecretString;
use tauri::test::{MockRuntime, mock_builder};
use tauri::{AppHandle, Manager};
use trousseau_app::Start;
use trousseau_app::clipboard::NoClipboard;
use trousseau_app::commands::{self, CoreState};
use trousseau_app::platform::device::{Device, DeviceError, Item};
use trousseau_wire::{
    Algorithm, Biometric, ByHand, CameraKind, Credential, Draft, DraftChanges, EntryChanges,
    FrameEncoding, Kind, Sort, ViewRequest,
};
use zeroize::Zeroizing;

const MASK: u8 = 0x5a;

fn masked(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| byte ^ MASK).collect()
}

fn unmasked(masked: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(self::masked(masked))
}

/// What is searched for.
#[derive(Clone)]
struct Needle {
    name: String,
    masked: Vec<u8>,
}

impl Needle {
    fn is_at(&self, there: &[u8]) -> bool {
        there.len() >= self.masked.len()
            && there
                .iter()
                .zip(&self.masked)
                .all(|(byte, masked)| byte ^ MASK == *masked)
    }
}

/// A text that only this test knows, masked from the start: `length` characters of `alphabet`.
fn random_text(length: usize, alphabet: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; length];
    getrandom::fill(&mut bytes).expect("there is randomness");
    bytes
        .iter()
        .map(|byte| alphabet[usize::from(*byte) % alphabet.len()] ^ MASK)
        .collect()
}

/// A device that keeps its keys masked, as a real one keeps them in another process.
#[derive(Clone, Default)]
struct MaskedDevice(Arc<Mutex<BTreeMap<String, Vec<u8>>>>);

impl Device for MaskedDevice {
    fn keeps_secrets(&self) -> bool {
        true
    }

    fn biometric(&self) -> Biometric {
        Biometric::Absent
    }

    fn read(&self, item: &Item, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, DeviceError> {
        let kept = self.0.lock().expect("nobody panics while holding it");
        Ok(kept.get(&item.name()).map(|masked| unmasked(masked)))
    }

    fn write(&self, item: &Item, value: &[u8], _: &str) -> Result<(), DeviceError> {
        let mut kept = self.0.lock().expect("nobody panics while holding it");
        kept.insert(item.name(), masked(value));
        Ok(())
    }

    fn remove(&self, item: &Item) -> Result<(), DeviceError> {
        let mut kept = self.0.lock().expect("nobody panics while holding it");
        kept.remove(&item.name());
        Ok(())
    }
}

/// One search of all memory.
#[derive(Default)]
struct Scan {
    regions: usize,
    bytes: usize,
    stacks: usize,
    /// How often each needle was found, and where.
    hits: BTreeMap<String, Vec<String>>,
}

const CHUNK: usize = 1 << 20;
const PAGE: usize = 4096;

/// Every readable and writable region of this process but the buffer that it is read into.
fn search(needles: &[Needle]) -> Scan {
    let longest = needles.iter().map(|needle| needle.masked.len()).max();
    let overlap = longest.expect("there are needles") - 1;
    let mut by_first: Vec<Vec<&Needle>> = vec![Vec::new(); 256];
    for needle in needles {
        by_first[usize::from(needle.masked[0] ^ MASK)].push(needle);
    }
    let mut buffer = Zeroizing::new(vec![0_u8; CHUNK + overlap]);
    let own = buffer.as_ptr() as usize..buffer.as_ptr() as usize + buffer.len();
    let maps = std::fs::read_to_string("/proc/self/maps").expect("Linux tells");
    let memory = File::open("/proc/self/mem").expect("it is our own");
    let mut scan = Scan::default();
    for line in maps.lines() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        if !fields[1].starts_with("rw") {
            continue;
        }
        let (from, to) = fields[0].split_once('-').expect("a range");
        let number = |hex| usize::from_str_radix(hex, 16).expect("a number");
        let (from, to) = (number(from), number(to));
        let name = fields.get(5).copied().unwrap_or("anonymous");
        scan.regions += 1;
        scan.stacks += usize::from(name == "[stack]");
        for start in (from..to).step_by(CHUNK) {
            let wanted = (CHUNK + overlap).min(to - start);
            let Ok(length) = memory.read_at(&mut buffer[..wanted], start as u64) else {
                continue;
            };
            scan.bytes += length.min(CHUNK);
            let read = &buffer[..length];
            let mut at = 0;
            while at < length.min(CHUNK) {
                // Untouched pages, but for what may begin in their ends.
                if read[at..].starts_with(&[0; PAGE]) {
                    at += PAGE - overlap;
                    continue;
                }
                let there = &read[at..];
                for needle in &by_first[usize::from(there[0])] {
                    if needle.is_at(there) && !own.contains(&(start + at)) {
                        let place = format!("{:#x} in {name} {from:#x}-{to:#x}", start + at);
                        let hits = scan.hits.entry(needle.name.clone()).or_default();
                        hits.push(place);
                    }
                }
                at += 1;
            }
        }
    }
    scan
}

/// Built by `cargo test` beside the tests.
fn keys() -> PathBuf {
    let test = std::env::current_exe().expect("a running program has a path");
    let program = test
        .parent()
        .and_then(Path::parent)
        .expect("tests are built in deps/")
        .join("examples/keys");
    assert!(
        program.is_file(),
        "the example `keys` is not built: cargo build -p trousseau --examples"
    );
    program
}

/// The type of a slot, and what opens it, masked: what is typed, and the device's key.
type Typed<'a> = (&'a str, &'a [u8], Option<Vec<u8>>);

/// The keys of the vault file, masked.
fn derived_elsewhere(file: &Path, credentials: &[Typed<'_>]) -> Vec<Needle> {
    let mut child = Command::new(keys())
        .arg(file)
        .arg(MASK.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut lines = child.stdin.take().expect("it is piped");
    for (kind, text, device) in credentials {
        let device = device
            .as_ref()
            .map_or("-".into(), |device| HEXLOWER.encode(device));
        writeln!(lines, "{kind} {} {device}", HEXLOWER.encode(text)).expect("it listens");
    }
    drop(lines);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("hex");
    let needle = |line: &str| {
        let (name, hex) = line.split_once(' ').expect("two fields");
        Needle {
            name: format!("key {name}"),
            masked: HEXLOWER.decode(hex.as_bytes()).expect("hex"),
        }
    };
    text.lines().map(needle).collect()
}

/// Calls commands as Tauri does.
struct Hands {
    app: AppHandle<MockRuntime>,
}

impl Hands {
    /// On a thread of its own, which sleeps from then on.
    fn call<T: Send + 'static>(
        &self,
        command: impl FnOnce(CoreState<'_>) -> T + Send + 'static,
    ) -> T {
        let app = self.app.clone();
        let (answer, is_answered) = mpsc::channel();
        std::thread::spawn(move || {
            answer.send(command(app.state())).expect("it is awaited");
            loop {
                std::thread::park();
            }
        });
        is_answered.recv().expect("the command does not panic")
    }

    fn text(masked: &[u8]) -> String {
        String::from_utf8(masked.iter().map(|byte| byte ^ MASK).collect()).expect("ASCII")
    }

    fn typed(masked: &[u8]) -> SecretString {
        SecretString::from(Self::text(masked))
    }

    fn read(&self, uri: String) -> Vec<Draft> {
        let answer = self.call(|core| commands::read_text(core, uri));
        answer.expect("a link").drafts
    }

    fn save(&self, draft: Draft) -> String {
        let changes = DraftChanges {
            issuer: draft.issuer,
            account: draft.account,
        };
        let saved = self.call(|core| commands::save_draft(core, draft.draft_id, changes));
        saved.expect("the disk works").id
    }

    fn reveal(&self, id: &str) {
        let id = id.to_owned();
        self.call(|core| commands::reveal(core, id))
            .expect("it is there");
    }

    fn set(&self, kind: Credential, text: &[u8]) {
        let text = Self::typed(text);
        self.call(move |core| commands::set_credential(core, kind, text))
            .expect("the disk works");
    }

    fn unlock(&self, kind: Credential, text: &[u8]) {
        let text = Self::typed(text);
        self.call(move |core| commands::unlock(core, kind, text))
            .expect("it opens");
    }

    fn lock(&self) {
        self.call(commands::lock);
    }
}

/// What is typed and kept, masked.
struct Secrets {
    passphrase: Vec<u8>,
    other: Vec<u8>,
    pin: Vec<u8>,
    /// Base32.
    secrets: Vec<Vec<u8>>,
    note: Vec<u8>,
}

impl Secrets {
    fn new() -> Self {
        let letters = b"abcdefghijklmnopqrstuvwxyz";
        let base32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        Self {
            passphrase: random_text(24, letters),
            other: random_text(24, letters),
            pin: random_text(18, b"0123456789"),
            secrets: (0..5).map(|_| random_text(32, base32)).collect(),
            note: random_text(40, letters),
        }
    }

    fn needles(&self) -> Vec<Needle> {
        let texts = [
            ("passphrase", &self.passphrase),
            ("other passphrase", &self.other),
            ("access code", &self.pin),
            ("note", &self.note),
        ];
        let mut needles: Vec<Needle> = texts
            .into_iter()
            .map(|(name, text)| Needle {
                name: name.into(),
                masked: text.clone(),
            })
            .collect();
        for (at, secret) in self.secrets.iter().enumerate() {
            needles.push(Needle {
                name: format!("secret {at}, base32"),
                masked: secret.clone(),
            });
            let raw = BASE32_NOPAD.decode(&unmasked(secret)).expect("base32");
            let raw = Zeroizing::new(raw);
            needles.push(Needle {
                name: format!("secret {at}"),
                masked: masked(&raw),
            });
        }
        needles
    }
}

/// The words as one text, masked, and as any three in a row.
fn of_words(words: &[String], name: &str) -> Vec<Needle> {
    let runs = words.windows(3).enumerate();
    runs.map(|(at, run)| Needle {
        name: format!("{name}, words {at}.."),
        masked: masked(Zeroizing::new(run.join(" ")).as_bytes()),
    })
    .collect()
}

/// Everything that holds a secret; the needles of the words that came up, and the last words themselves, masked.
fn work(hands: &Hands, secrets: &Secrets) -> (Vec<Needle>, Vec<u8>) {
    let first = Hands::typed(&secrets.passphrase);
    let words = hands
        .call(|core| commands::create_vault(core, Credential::Passphrase, first))
        .expect("the disk works");
    let mut needles = of_words(&words.words, "first words");
    let mut ids = Vec::new();
    for (at, secret) in secrets.secrets[..4].iter().enumerate() {
        let kind = ["totp", "hotp", "steam", "totp"][at];
        let secret = Zeroizing::new(Hands::text(secret));
        let uri = format!("otpauth://{kind}/Portail:{at}?secret={}", *secret);
        ids.extend(hands.read(uri).into_iter().map(|draft| hands.save(draft)));
    }
    let fields = ByHand {
        kind: Kind::Totp,
        issuer: "Portail".into(),
        account: "typed".into(),
        algorithm: Algorithm::Sha512,
        digits: 6,
        period: 30,
        counter: "0".into(),
    };
    let typed = Hands::typed(&secrets.secrets[4]);
    let draft = hands.call(|core| commands::draft_by_hand(core, fields, typed));
    ids.push(hands.save(draft.expect("base32")));
    ids.iter().for_each(|id| hands.reveal(id));
    let id = |at: usize| ids[at].clone();
    let (totp, hotp, last) = (id(0), id(1), id(3));
    hands
        .call(|core| commands::advance_counter(core, hotp))
        .expect("the disk works");
    let changes = EntryChanges {
        issuer: "Portail".into(),
        account: "edited".into(),
        note: Hands::text(&secrets.note),
        favourite: true,
    };
    hands
        .call(|core| commands::edit_entry(core, totp, changes))
        .expect("the disk works");
    hands
        .call(|core| commands::trash_entry(core, last))
        .expect("the disk works");
    let request = ViewRequest {
        query: "edit".into(),
        sort: Sort::Manual,
        group: None,
        trash: false,
        offset: 0,
        limit: 9,
    };
    hands
        .call(|core| commands::view(core, request))
        .expect("it is open");
    hands.set(Credential::Pin, &secrets.pin);
    hands.set(Credential::Passphrase, &secrets.other);
    let pin = Hands::typed(&secrets.pin);
    hands
        .call(|core| commands::prove(core, Credential::Pin, pin))
        .expect("it is right");
    let renewed = hands
        .call(commands::renew_recovery)
        .expect("the disk works");
    needles.extend(of_words(&renewed.words, "words"));
    let phrase = Zeroizing::new(renewed.words.join(" "));
    hands.lock();
    // Once with each, so that every slot was opened here.
    hands.unlock(Credential::Pin, &secrets.pin);
    hands.lock();
    hands.unlock(Credential::Recovery, &masked(phrase.as_bytes()));
    hands.lock();
    hands.unlock(Credential::Passphrase, &secrets.other);
    hands.reveal(&id(0));
    // What is begun is sealed at the lock.
    let secret = Zeroizing::new(Hands::text(&secrets.secrets[0]));
    hands.read(format!("otpauth://totp/Portail:begun?secret={}", *secret));
    (needles, masked(phrase.as_bytes()))
}

fn start(folder: &Path, device: MaskedDevice) -> tauri::App<MockRuntime> {
    let start = Start {
        folder: Some(folder.into()),
        camera: CameraKind::Web,
        frame_encoding: FrameEncoding::Raw,
        clipboard: Some(Box::new(NoClipboard)),
        device: Some(Arc::new(device)),
        ..Start::default()
    };
    let mut app = trousseau_app::build(mock_builder(), start)
        .build(trousseau_app::context())
        .expect("the mock runtime needs no display");
    #[expect(
        deprecated,
        reason = "`run_return` does not return from the mock runtime's loop"
    )]
    app.run_iteration(|_, _| {});
    app
}

fn say(what: &str, scan: &Scan) {
    println!(
        "{what}: {} regions, {} bytes, {} needles found",
        scan.regions,
        scan.bytes,
        scan.hits.len()
    );
    for (name, places) in &scan.hits {
        println!("  {name}: {} times, {}", places.len(), places.join("; "));
    }
}

#[test]
fn nothing_is_left_in_memory_after_a_lock() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let device = MaskedDevice::default();
    let app = start(folder.path(), device.clone());
    let secrets = Secrets::new();
    let mut needles = secrets.needles();
    let hands = Hands {
        app: app.handle().clone(),
    };
    let (of_words, phrase) = work(&hands, &secrets);
    needles.extend(of_words);
    let kept = device.0.lock().expect("nobody panics while holding it");
    let pin_key = kept.iter().find(|(name, _)| name.ends_with(".pin"));
    let pin_key = pin_key.expect("it was kept").1.clone();
    drop(kept);
    needles.push(Needle {
        name: "device key".into(),
        masked: pin_key.clone(),
    });
    needles.extend(derived_elsewhere(
        &folder.path().join("vault.trousseau"),
        &[
            ("passphrase", &secrets.other, None),
            ("pin", &secrets.pin, Some(pin_key)),
            ("recovery", &phrase, None),
        ],
    ));

    let open = search(&needles);
    say("open", &open);
    for name in ["key master", "secret 0", "secret 4", "note"] {
        assert!(
            open.hits.contains_key(name),
            "{name} is not found while the vault is open: the search finds nothing"
        );
    }
    hands.lock();
    let locked = search(&needles);
    say("locked", &locked);
    assert_eq!(locked.hits, BTreeMap::new());
    assert!(locked.stacks == 1 && locked.bytes > 1 << 20);

    // Whatever is kept is found.
    let kept = unmasked(&secrets.passphrase);
    let found = search(&needles);
    assert_eq!(found.hits["passphrase"].len(), 1);
    drop(kept);
    assert_eq!(search(&needles).hits, BTreeMap::new());
}
