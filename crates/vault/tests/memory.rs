//! Searches all writable memory of the process for keys of a vault, including stacks and freed heap.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::sync::Mutex;
use std::sync::mpsc::sync_channel;
use std::thread;

use trousseau_vault::{
    Argon2Params, Credential, DeviceKey, NewSlot, OpenOutcome, Passphrase, argon2id, open,
};
use zeroize::Zeroize;

const GOLDEN: &[u8] = include_bytes!("golden/v1.vault");
const PAYLOAD: &[u8] = include_bytes!("golden/v1.payload");
const FORMAT: &str = include_str!("../FORMAT.md");
const PASSPHRASE: &str = "trousseau de cl\u{e9}s";

/// 16 bytes to search for, stored inverted so that the needle does not find itself.
struct Needle {
    name: &'static str,
    inverted: [u8; 16],
    /// A match after this byte does not count.
    not_after: Option<u8>,
}

impl Needle {
    fn of(name: &'static str, bytes: &[u8], not_after: Option<u8>) -> Self {
        Self {
            name,
            inverted: std::array::from_fn(|index| !bytes[index]),
            not_after,
        }
    }

    /// Both halves of the value printed after `label` in this section of `FORMAT.md`, because AES stores them as two round keys.
    fn printed(name: &'static str, section: &str, label: &str) -> [Self; 2] {
        let (_, rest) = FORMAT.split_once(section).expect("a section");
        let (_, rest) = rest.split_once(label).expect("a label");
        let digits = rest.trim_start().as_bytes();
        let nibble = |at: usize| (digits[at] as char).to_digit(16).expect("hex") as u8;
        [0, 32].map(|from| Self {
            name,
            inverted: std::array::from_fn(|at| {
                !(nibble(from + 2 * at) << 4 | nibble(from + 2 * at + 1))
            }),
            not_after: None,
        })
    }

    fn is_at(&self, memory: &[u8], at: usize) -> bool {
        let mut here = memory[at..].iter().zip(&self.inverted);
        here.all(|(byte, inverted)| *byte == !inverted)
            && (at == 0 || Some(memory[at - 1]) != self.not_after)
    }
}

fn needles() -> Vec<Needle> {
    let mut needles = vec![
        Needle::of("passphrase", PASSPHRASE.as_bytes(), None),
        Needle::of("payload", PAYLOAD, None),
    ];
    needles.extend(Needle::printed("stretched", "passphrase slot", "Argon2id"));
    needles.extend(Needle::printed(
        "wrapping key",
        "passphrase slot",
        "wrapping key",
    ));
    // One half only, so that the caller's own copy counts once.
    let [half, _] = Needle::printed("stretched PIN", "\npin slot\n", "Argon2id");
    needles.push(half);
    needles.extend(Needle::printed(
        "PIN's wrapping key",
        "\npin slot\n",
        "wrapping key",
    ));
    needles.extend(Needle::printed("sealing key", "\npayload\n", "sealing key"));
    needles.extend(Needle::printed("mark secret", "\nmark\n", "x"));
    // The golden file's bytes are consecutive numbers, so that a salt contains the master key's bytes in a longer run.
    let [mut head, _] = Needle::printed("master key", "first 16 bytes", "master key");
    head.not_after = Some(0x0f);
    needles.push(head);
    needles
}

/// The buffer that memory is read into. Matches in it do not count.
static WINDOW: Mutex<[u8; 1 << 16]> = Mutex::new([0; 1 << 16]);

/// The number of matches of each needle, by name.
fn found(needles: &[Needle]) -> BTreeMap<&'static str, usize> {
    let mut window = WINDOW.lock().expect("one reader");
    let own = window.as_ptr_range();
    let own = own.start as u64..own.end as u64;
    let memory = File::open("/proc/self/mem").expect("Linux has it");
    let mut begins = [false; 256];
    for needle in needles {
        begins[usize::from(!needle.inverted[0])] = true;
    }
    let mut found = BTreeMap::new();
    for mapping in writable() {
        // Reads overlap by a needle and the byte before it.
        for from in mapping.clone().step_by(window.len() - 16) {
            let length = window.len().min((mapping.end - from) as usize);
            let window = &mut window[..length];
            memory.read_exact_at(window, from).expect("it is mapped");
            let starts = 0..length.saturating_sub(15);
            for at in starts.filter(|&at| begins[usize::from(window[at])]) {
                for needle in needles.iter().filter(|needle| needle.is_at(window, at)) {
                    if !own.contains(&(from + at as u64)) {
                        *found.entry(needle.name).or_default() += 1;
                    }
                }
            }
            window.zeroize();
        }
    }
    found
}

fn writable() -> Vec<Range<u64>> {
    let number = |text: &str| u64::from_str_radix(text, 16).expect("an address");
    let maps = fs::read_to_string("/proc/self/maps").expect("Linux has it");
    maps.lines()
        .filter_map(|line| {
            let (range, rest) = line.split_once(' ')?;
            let (from, to) = range.split_once('-')?;
            rest.starts_with("rw").then(|| number(from)..number(to))
        })
        .collect()
}

/// The vault is used on a separate thread, which is blocked while its stack is searched.
#[test]
fn keys_are_only_where_they_must_be() {
    let needles = needles();
    let (stop, stopped) = sync_channel(0);
    let (go, gone_on) = sync_channel(0);
    let user = thread::spawn(move || {
        let stand_still = |stage| {
            stop.send(stage).expect("the test waits");
            gone_on.recv().expect("the test answers");
        };
        let credential = Credential::Passphrase(Passphrase::new(PASSPHRASE));
        let OpenOutcome {
            mut vault, payload, ..
        } = open(GOLDEN, &credential, &argon2id).expect("its own");
        stand_still("open");

        assert!(vault.verify(&credential, &argon2id).is_ok());
        let sealed = vault.seal(&payload).expect("sealed");
        let draft = vault.seal_suspended(&payload).expect("sealed");
        assert!(vault.open_suspended(&draft).is_some());
        let put = vault.put_slot(&credential, Argon2Params::MIN, &argon2id);
        assert!(put.is_ok());
        let pin = Credential::Pin {
            pin: Passphrase::new("314159"),
            device: DeviceKey::new(&[0x11; 32]),
        };
        let stretched = vault.verify(&pin, &argon2id);
        let stretched = stretched.ok().and_then(|used| used.stretched_pin);
        let (stretched, device) = (stretched.expect("a PIN"), DeviceKey::new(&[0x11; 32]));
        let kept = vault
            .seal_stretched_pin(&stretched, &device)
            .expect("its own");
        let again = vault.open_stretched_pin(&kept, &device).expect("its own");
        drop(stretched);
        let new = NewSlot::StretchedPin {
            pin: &again,
            device: &device,
        };
        assert!(vault.with_new_keys(&[new], &argon2id).is_ok());
        assert_ne!(vault.mark_secret().check(), [0; 32]);
        stand_still("stretched");

        drop((credential, payload, again, device, pin));
        stand_still("used");

        drop(vault);
        stand_still("closed");
        assert!(
            open(
                &sealed,
                &Credential::Passphrase(Passphrase::new("")),
                &argon2id
            )
            .is_err()
        );
        stand_still("rejected");
    });
    for (stage, expected) in [
        ("open", &["master key", "passphrase", "payload"][..]),
        (
            "stretched",
            &["master key", "passphrase", "payload", "stretched PIN"],
        ),
        ("used", &["master key"]),
        ("closed", &[]),
        ("rejected", &[]),
    ] {
        assert_eq!(stopped.recv(), Ok(stage));
        let expected = expected.iter().map(|name| (*name, 1)).collect();
        assert_eq!(found(&needles), expected, "{stage}");
        go.send(()).expect("the thread waits");
    }
    user.join().expect("no panic");
}
