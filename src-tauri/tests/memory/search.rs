//! The search of all writable memory of this process, which plants nothing of what it is for.

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::FileExt;

use zeroize::Zeroizing;

pub const MASK: u8 = 0x5a;

pub fn masked(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| byte ^ MASK).collect()
}

pub fn unmasked(masked: &[u8]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(self::masked(masked))
}

/// What is searched for.
#[derive(Clone)]
pub struct Needle {
    pub name: String,
    pub masked: Vec<u8>,
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

/// One search of all memory.
#[derive(Default)]
pub struct Scan {
    pub regions: usize,
    pub bytes: usize,
    pub stacks: usize,
    /// How often each needle was found, and where.
    pub hits: BTreeMap<String, Vec<String>>,
}

pub const CHUNK: usize = 1 << 20;
pub const PAGE: usize = 4096;

/// Every readable and writable region of this process but the buffer that it is read into.
pub fn search(needles: &[Needle]) -> Scan {
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
