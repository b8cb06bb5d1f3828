//! The wait after wrong attempts, through restarts of the app and of the machine, whatever the clock says.

use std::sync::Mutex;

use super::noting_disk::NotingDisk;
use super::*;

/// Twelve words that belong together, and to nobody: wrong, and judged without any derivation.
const WRONG: &str = "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong";
const WAITS_MS: [u64; 10] = [
    0, 0, 0, 5_000, 30_000, 60_000, 300_000, 900_000, 900_000, 900_000,
];
const YEAR_MS: u64 = 365 * 24 * 3_600_000;
const START_MS: u64 = 60 * YEAR_MS;

/// A machine: what its clock says, and how long it has really been on.
#[derive(Clone)]
struct Machine(Arc<Mutex<(u64, Uptime)>>);

impl Machine {
    fn new() -> Self {
        let uptime = Uptime {
            boot_id: "0".into(),
            ms: 1_000,
        };
        Self(Arc::new(Mutex::new((START_MS, uptime))))
    }

    fn pass(&self, ms: u64) {
        let mut state = self.0.lock().unwrap();
        state.0 += ms;
        state.1.ms += ms;
    }

    fn set_clock(&self, ms: u64) {
        self.0.lock().unwrap().0 = ms;
    }

    fn reboot(&self) {
        let uptime = &mut self.0.lock().unwrap().1;
        uptime.boot_id.push('0');
        uptime.ms = 0;
    }
}

impl Clock for Machine {
    fn now_ms(&self) -> u64 {
        self.0.lock().unwrap().0
    }
    fn uptime(&self) -> Option<Uptime> {
        Some(self.0.lock().unwrap().1.clone())
    }
    fn monotonic(&self) -> MonotonicTime {
        MonotonicTime::from_ms(self.0.lock().unwrap().1.ms)
    }
}

struct Waiting {
    folder: TempDir,
    machine: Machine,
    secret_store: MemorySecretStore,
}

impl Waiting {
    /// A vault, closed, and no attempt yet.
    fn new() -> Self {
        let waiting = Self {
            folder: tempfile::tempdir().unwrap(),
            machine: Machine::new(),
            secret_store: MemorySecretStore::default(),
        };
        let core = waiting.start();
        core.create_vault(Credential::Device, "").unwrap();
        drop(core);
        waiting
    }

    /// The app, started anew.
    fn start(&self) -> Core {
        Core::new(Config {
            clock: Box::new(self.machine.clone()),
            secret_store: Arc::new(self.secret_store.clone()),
            ..Config::bare(self.folder.path().into())
        })
    }

    fn wait_ms(&self) -> u64 {
        let status = self.start().status().unwrap();
        let until = status.rate_limited_until_ms;
        assert_eq!(until.is_some(), status.phase == Phase::RateLimited);
        until.map_or(0, |until| until - self.machine.now_ms())
    }

    fn try_wrong(&self) -> ErrorCode {
        code(self.start().unlock(Credential::Recovery, WRONG))
    }
}

#[test]
fn the_table_holds_through_restarts_whatever_the_clock_says() {
    let waiting = Waiting::new();
    let machine = &waiting.machine;
    for (attempt, wait_ms) in WAITS_MS.into_iter().enumerate() {
        assert_eq!(waiting.try_wrong(), ErrorCode::CredentialRejected);
        let now_ms = machine.now_ms();
        for clock in [now_ms, 0, now_ms - YEAR_MS, now_ms + YEAR_MS] {
            machine.set_clock(clock);
            assert_eq!(waiting.wait_ms(), wait_ms, "attempt {attempt} at {clock}");
        }
        machine.set_clock(now_ms);
        if wait_ms > 0 {
            machine.pass(wait_ms - 1);
            assert_eq!(waiting.try_wrong(), ErrorCode::RateLimited);
            assert_eq!(waiting.wait_ms(), 1, "a refused attempt is none");
            machine.pass(1);
        }
        assert_eq!(waiting.wait_ms(), 0);
    }
    let core = waiting.start();
    core.unlock(Credential::Device, "").unwrap();
    drop(core);
    assert_eq!(waiting.try_wrong(), ErrorCode::CredentialRejected);
    assert_eq!(waiting.wait_ms(), 0, "a right one forgets the wrong ones");
}

#[test]
fn a_restart_of_the_machine_neither_shortens_a_wait_nor_makes_it_endless() {
    for (attempts, wait_ms) in [(4, 5_000), (5, 30_000), (8, 900_000)] {
        for back_ms in [0, 1_000, YEAR_MS, START_MS / 2] {
            let waiting = Waiting::new();
            let machine = &waiting.machine;
            for _ in 0..attempts {
                machine.pass(waiting.wait_ms());
                assert_eq!(waiting.try_wrong(), ErrorCode::CredentialRejected);
            }
            machine.set_clock(machine.now_ms() - back_ms);
            machine.reboot();
            assert_eq!(waiting.wait_ms(), wait_ms, "set back by {back_ms}");
            machine.pass(wait_ms - 1);
            assert!(waiting.wait_ms() >= 1, "set back by {back_ms}");
            machine.pass(1);
            assert_eq!(waiting.wait_ms(), 0, "set back by {back_ms}");
        }
    }
}

impl Waiting {
    /// The app, started on this disk.
    fn start_on(&self, disk: &NotingDisk) -> Core {
        Core::new(Config {
            disk: Arc::new(disk.clone()),
            clock: Box::new(self.machine.clone()),
            secret_store: Arc::new(self.secret_store.clone()),
            ..Config::bare(self.folder.path().into())
        })
    }
}

#[test]
fn an_attempt_is_counted_before_it_is_judged() {
    let waiting = Waiting::new();
    let disk = NotingDisk::default();
    let core = waiting.start_on(&disk);
    disk.note_phases(&core);
    let refused = core.unlock(Credential::Recovery, WRONG);
    assert_eq!(code(refused), ErrorCode::CredentialRejected);
    // The phase changes when the attempt begins to be judged, and when it was.
    let order = ["counted", "phase changed", "phase changed"];
    assert_eq!(disk.take(), order);
}

#[test]
fn an_attempt_that_the_disk_does_not_take_is_judged_and_waits_in_this_process() {
    let waiting = Waiting::new();
    let disk = NotingDisk::default();
    let core = waiting.start_on(&disk);
    disk.refuse(true);
    for wait_ms in &WAITS_MS[..6] {
        let refused = core.unlock(Credential::Recovery, WRONG);
        assert_eq!(code(refused), ErrorCode::CredentialRejected);
        let status = core.status().unwrap();
        let until_ms = status
            .rate_limited_until_ms
            .unwrap_or(waiting.machine.now_ms());
        assert_eq!(until_ms - waiting.machine.now_ms(), *wait_ms);
        if *wait_ms > 0 {
            let early = core.unlock(Credential::Device, "");
            assert_eq!(code(early), ErrorCode::RateLimited);
        }
        waiting.machine.pass(*wait_ms);
    }
    assert_eq!(disk.take(), [""; 0], "nothing is on disk");
    core.unlock(Credential::Device, "").unwrap();
    core.lock();

    // What the disk takes again counts from where it stands.
    for _ in 0..2 {
        let refused = core.unlock(Credential::Recovery, WRONG);
        assert_eq!(code(refused), ErrorCode::CredentialRejected);
    }
    disk.refuse(false);
    for _ in 0..2 {
        let refused = core.unlock(Credential::Recovery, WRONG);
        assert_eq!(code(refused), ErrorCode::CredentialRejected);
    }
    drop(core);
    assert_eq!(waiting.wait_ms(), 5_000, "four in a row");
}

#[test]
fn a_proof_counts_as_an_attempt_and_needs_no_disk() {
    let waiting = Waiting::new();
    let disk = NotingDisk::default();
    let core = waiting.start_on(&disk);
    core.unlock(Credential::Device, "").unwrap();
    let first = KeyReplacement {
        same: &[Credential::Recovery],
        new: &[Credential::Passphrase],
        passphrase: PASSPHRASE,
        ..KeyReplacement::default()
    };
    replace(&core, first).unwrap();
    disk.refuse(true);
    core.reauthenticate(Credential::Passphrase, PASSPHRASE)
        .unwrap();
    for _ in 0..4 {
        let refused = core.reauthenticate(Credential::Recovery, WRONG);
        assert_eq!(code(refused), ErrorCode::CredentialRejected);
    }
    let right = core.reauthenticate(Credential::Passphrase, PASSPHRASE);
    assert_eq!(code(right), ErrorCode::RateLimited);
}

/// What the vault's folder holds in place of a count that can be read.
fn damage_count(waiting: &Waiting) {
    std::fs::write(waiting.folder.path().join("vault.attempts"), b"nothing").unwrap();
}

#[test]
fn a_damaged_count_waits_longest_but_not_anew_at_each_start_where_it_cannot_be_written() {
    let waiting = Waiting::new();
    damage_count(&waiting);
    let disk = NotingDisk::default();
    disk.refuse(true);
    let core = waiting.start_on(&disk);
    assert_eq!(core.status().unwrap().phase, Phase::Locked);
    core.unlock(Credential::Device, "").unwrap();
    drop(core);
    assert_eq!(waiting.wait_ms(), 900_000, "a disk that takes it");
}

#[test]
fn as_many_proofs_at_the_same_time_are_judged_as_one_after_the_other() {
    let (fixture, _) = super::credentials::with_pin();
    let many = 8;
    fixture.secret_store.memory().gate = Some(Arc::new(std::sync::Barrier::new(many)));
    // Each has seen that no attempt waits before any of them is counted.
    let codes: Vec<ErrorCode> = std::thread::scope(|scope| {
        let prove = || code(fixture.core.reauthenticate(Credential::Pin, "271828"));
        let threads: Vec<_> = (0..many).map(|_| scope.spawn(prove)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    let judged = codes
        .iter()
        .filter(|code| **code == ErrorCode::CredentialRejected);
    assert_eq!(judged.count(), 4, "{codes:?}");
}
