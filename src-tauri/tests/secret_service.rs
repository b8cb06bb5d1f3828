//! The app's core with a real Secret Service: Debian's gnome-keyring on a message bus of its own.
//!
//! Each step runs in a new process of this program, like each start of the app: secrets in the keyring must
//! persist.
#![allow(
    clippy::print_stdout,
    reason = "a test program without the usual harness"
)]

use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use trousseau_app::platform::secret_store::{SecretId, SecretPurpose, SecretStore};
use trousseau_app::platform::{Keyring, watch_screen_lock};
use trousseau_app::session::{Config, Core};
use trousseau_wire::{Credential, ErrorCode, Phase};

const STEP: &str = "TROUSSEAU_TEST_STEP";
const FOLDER: &str = "TROUSSEAU_TEST_FOLDER";
const PIN: &str = "314159";
const PASSPHRASE: &str = "trois clés de laiton";
/// The bus name of a desktop's screen saver.
const SAVER: &str = "org.freedesktop.ScreenSaver";
const TIMEOUT: Duration = Duration::from_secs(20);

/// A start of the app: its name, its environment, and what it does.
type Step = (&'static str, Environment, fn(&Core));

const STEPS: [Step; 6] = [
    ("an access code is set", Environment::Original, set_pin),
    (
        "it opens in another process",
        Environment::Original,
        open_by_pin,
    ),
    (
        "an older vault is noticed",
        Environment::Original,
        notice_rollback,
    ),
    (
        "a locked screen locks",
        Environment::Original,
        lock_with_the_screen,
    ),
    (
        "a copy without the keyring's secret stays shut",
        Environment::OtherKeyring,
        refuse_copy,
    ),
    (
        "without a keyring a passphrase is asked",
        Environment::NoKeyring,
        ask_for_a_passphrase,
    ),
];

/// Where a step runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Environment {
    /// The keyring that the vault was created with.
    Original,
    /// Another keyring, with a copy of the folder.
    OtherKeyring,
    /// A bus without a keyring, with an empty folder.
    NoKeyring,
}

fn main() {
    if let Ok(step) = std::env::var(STEP) {
        let folder = std::env::var_os(FOLDER).expect("the test names a folder");
        let (.., work) = STEPS[step.parse::<usize>().expect("a step has a number")];
        let core = Core::new(Config {
            secret_store: Arc::new(Keyring),
            ..Config::bare(folder.into())
        });
        core.refresh_capabilities();
        return work(&core);
    }
    let original = Desktop::start(true);
    let other_keyring = Desktop::start(true);
    let no_keyring = Desktop::start(false);
    for (number, (name, environment, _)) in STEPS.iter().enumerate() {
        let desktop = match environment {
            Environment::Original => &original,
            Environment::OtherKeyring => &other_keyring,
            Environment::NoKeyring => &no_keyring,
        };
        if *environment == Environment::OtherKeyring {
            let files = ["vault.trousseau", "vault.trousseau.bak"];
            for file in files.map(|name| (original.app().join(name), desktop.app().join(name))) {
                std::fs::copy(file.0, file.1).expect("the vault file exists");
            }
        }
        let mut command =
            Command::new(std::env::current_exe().expect("a running program has a path"));
        let done = desktop
            .on(&mut command)
            .env(STEP, number.to_string())
            .status();
        assert!(done.is_ok_and(|status| status.success()), "{name}: failed");
        println!("secret service: {name}: ok");
    }
    println!("secret service: {} steps passed", STEPS.len());
}

fn set_pin(core: &Core) {
    let status = core.status().expect("the folder is free");
    assert!(status.device_keeps_secrets);
    core.create_vault(Credential::Pin, PIN)
        .expect("the keyring stores the device's half");
    wait_until("the mark is stored", || is_mark_stored(core));
}

fn open_by_pin(core: &Core) {
    let wrong = core.unlock(Credential::Pin, "271828");
    assert_eq!(
        wrong.err().map(|error| error.code()),
        Some(ErrorCode::CredentialRejected)
    );
    let status = core
        .unlock(Credential::Pin, PIN)
        .expect("the keyring returns its half");
    assert_eq!(status.saves_behind, 0);
}

fn notice_rollback(core: &Core) {
    let file = folder().join("vault.trousseau");
    let old = std::fs::read(&file).expect("the vault file exists");
    core.unlock(Credential::Pin, PIN).expect("the vault opens");
    let settings = core.security_settings().expect("the vault is open");
    core.set_security_settings(settings)
        .expect("the change is saved");
    wait_until("the mark is stored", || is_mark_stored(core));
    core.lock();
    std::fs::write(&file, old).expect("the old file is restored");
    let status = core.unlock(Credential::Pin, PIN).expect("the vault opens");
    assert_eq!(status.saves_behind, 1);
    core.accept_rollback().expect("the vault is open");
    wait_until("the mark is stored", || is_mark_stored(core));
}

fn lock_with_the_screen(core: &Core) {
    core.unlock(Credential::Pin, PIN).expect("the vault opens");
    std::thread::scope(|scope| {
        let (sender, locked) = std::sync::mpsc::channel();
        watch_screen_lock(tauri::test::mock_app().handle(), move || {
            // Called several times; the first is enough.
            let _ = sender.send(());
        });
        // The watch starts on its own thread; signals before that are lost.
        let received = scope.spawn(move || locked.recv_timeout(TIMEOUT));
        let saver = zbus::blocking::Connection::session().expect("the bus is running");
        saver
            .request_name(SAVER)
            .expect("there is no other screen saver");
        wait_until("the screen is locked", || {
            let sent = saver.emit_signal(None::<&str>, "/", SAVER, "ActiveChanged", &true);
            sent.expect("the bus is running");
            received.is_finished()
        });
        received
            .join()
            .expect("the thread does not panic")
            .expect("the signal was received");
    });
    core.screen_locked();
    assert_eq!(
        core.status()
            .expect("the folder is locked by this process")
            .phase,
        Phase::Locked
    );
}

fn refuse_copy(core: &Core) {
    let refused = core.unlock(Credential::Pin, PIN);
    assert_eq!(
        refused.err().map(|error| error.code()),
        Some(ErrorCode::DeviceSecretGone)
    );
}

fn ask_for_a_passphrase(core: &Core) {
    assert!(
        !core
            .status()
            .expect("the folder is free")
            .device_keeps_secrets
    );
    for kind in [Credential::Pin, Credential::Device] {
        let refused = core.create_vault(kind, PIN);
        assert_eq!(
            refused.err().map(|error| error.code()),
            Some(ErrorCode::DeviceStoreAbsent)
        );
    }
    core.create_vault(Credential::Passphrase, PASSPHRASE)
        .expect("a passphrase needs no secret store");
}

/// Whether the keyring contains the mark of the file.
fn is_mark_stored(core: &Core) -> bool {
    core.tick();
    let bytes = std::fs::read(folder().join("vault.trousseau")).expect("the vault file exists");
    let summary = trousseau_vault::inspect(&bytes).expect("the file is a vault");
    let role = SecretPurpose::Mark;
    let vault = summary.vault;
    let kept = Keyring
        .read(&SecretId::without_slot(vault, role), "")
        .expect("the keyring answers");
    let mark = kept.and_then(|kept| trousseau_vault::Mark::parse(&kept));
    mark.is_some_and(|mark| mark.generation == summary.generation && mark.check.is_some())
}

fn folder() -> PathBuf {
    std::env::var_os(FOLDER)
        .expect("the test names a folder")
        .into()
}

fn wait_until(what: &str, done: impl Fn() -> bool) {
    let started = Instant::now();
    while !done() {
        assert!(started.elapsed() < TIMEOUT, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A message bus, with or without a keyring, and a home folder of its own.
struct Desktop {
    home: tempfile::TempDir,
    running: Vec<Child>,
}

impl Desktop {
    fn start(keyring: bool) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder can be created");
        let mut desktop = Self {
            home,
            running: Vec::new(),
        };
        let configuration = desktop.path().join("bus.conf");
        let text = format!(
            "<busconfig><type>session</type><listen>{}</listen><auth>EXTERNAL</auth><policy context=\"default\">\
             <allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>",
            desktop.address()
        );
        std::fs::write(&configuration, text).expect("the disk has space");
        std::fs::create_dir(desktop.app()).expect("the disk has space");
        let mut bus = Command::new("dbus-daemon");
        bus.stderr(Stdio::null())
            .arg("--nofork")
            .arg(format!("--config-file={}", configuration.display()));
        desktop
            .running
            .push(bus.spawn().expect("dbus-daemon is installed"));
        let socket = desktop.path().join("bus");
        // The socket file exists before the daemon listens.
        wait_until("the bus is running", || {
            UnixStream::connect(&socket).is_ok()
        });
        if keyring {
            desktop.start_keyring();
        }
        desktop
    }

    /// Unlocks the keyring with a password on its standard input, as a desktop does at login.
    fn start_keyring(&mut self) {
        let mut keyring = Command::new("gnome-keyring-daemon");
        keyring.args(["--foreground", "--unlock", "--components=secrets"]);
        let mut keyring = self
            .on(&mut keyring)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("gnome-keyring is installed");
        let mut input = keyring.stdin.take().expect("the stream is piped");
        input
            .write_all(b"a login password")
            .expect("the daemon reads the password");
        drop(input);
        self.running.push(keyring);
        wait_until("the keyring answers", || {
            let mut ask = Command::new("dbus-send");
            ask.args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/",
            ])
            .args([
                "org.freedesktop.DBus.GetNameOwner",
                "string:org.freedesktop.secrets",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
            self.on(&mut ask)
                .status()
                .is_ok_and(|status| status.success())
        });
    }

    fn path(&self) -> &Path {
        self.home.path()
    }

    /// The folder of the app's vault.
    fn app(&self) -> PathBuf {
        self.path().join("app")
    }

    fn address(&self) -> String {
        format!("unix:path={}", self.path().join("bus").display())
    }

    /// Makes a program run on this desktop.
    fn on<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("DBUS_SESSION_BUS_ADDRESS", self.address())
            .env("HOME", self.path())
            .env("XDG_DATA_HOME", self.path().join("data"))
            .env("XDG_RUNTIME_DIR", self.path())
            .env(FOLDER, self.app())
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for child in self.running.iter_mut().rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
