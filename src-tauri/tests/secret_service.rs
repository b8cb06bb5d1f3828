//! The app's core with a real Secret Service: Debian's gnome-keyring on a message bus of its own.
//!
//! Each step is this program once more, as each start of the app is a new process: what the keyring keeps must last.
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
/// What a desktop's screen saver is called on the bus.
const SAVER: &str = "org.freedesktop.ScreenSaver";
const PATIENCE: Duration = Duration::from_secs(20);

/// What a start of the app does: the name, whether a keyring is there, and the step.
type Step = (&'static str, Place, fn(&Core));

const STEPS: [Step; 6] = [
    ("an access code is set", Place::Home, set_pin),
    ("it opens in another process", Place::Home, open_by_pin),
    ("an older vault is noticed", Place::Home, notice_rollback),
    ("a locked screen locks", Place::Home, lock_with_the_screen),
    (
        "a copy without the keyring's secret stays shut",
        Place::Elsewhere,
        refuse_copy,
    ),
    (
        "without a keyring a passphrase is asked",
        Place::Nowhere,
        ask_for_a_passphrase,
    ),
];

/// Where a step happens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The keyring that the vault was made with.
    Home,
    /// Another keyring, and a copy of the folder.
    Elsewhere,
    /// A bus without a keyring, and an empty folder.
    Nowhere,
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
    let home = Desktop::start(true);
    let elsewhere = Desktop::start(true);
    let nowhere = Desktop::start(false);
    for (number, (name, place, _)) in STEPS.iter().enumerate() {
        let desktop = match place {
            Place::Home => &home,
            Place::Elsewhere => &elsewhere,
            Place::Nowhere => &nowhere,
        };
        if *place == Place::Elsewhere {
            let files = ["vault.trousseau", "vault.trousseau.bak"];
            for file in files.map(|name| (home.app().join(name), desktop.app().join(name))) {
                std::fs::copy(file.0, file.1).expect("the vault is there");
            }
        }
        let mut command = Command::new(std::env::current_exe().expect("a test has a path"));
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
        .expect("the keyring keeps the device's part");
    wait("the mark is told", || is_told(core));
}

fn open_by_pin(core: &Core) {
    let wrong = core.unlock(Credential::Pin, "271828");
    assert_eq!(
        wrong.err().map(|error| error.code()),
        Some(ErrorCode::CredentialRejected)
    );
    let status = core
        .unlock(Credential::Pin, PIN)
        .expect("the keyring gives its part");
    assert_eq!(status.saves_behind, 0);
}

fn notice_rollback(core: &Core) {
    let file = folder().join("vault.trousseau");
    let old = std::fs::read(&file).expect("the vault is there");
    core.unlock(Credential::Pin, PIN).expect("opens");
    let settings = core.security_settings().expect("open");
    core.set_security_settings(settings)
        .expect("a change that is saved");
    wait("the mark is told", || is_told(core));
    core.lock();
    std::fs::write(&file, old).expect("the old one is put back");
    let status = core.unlock(Credential::Pin, PIN).expect("opens");
    assert_eq!(status.saves_behind, 1);
    core.accept_rollback().expect("open");
    wait("the mark is told", || is_told(core));
}

fn lock_with_the_screen(core: &Core) {
    core.unlock(Credential::Pin, PIN).expect("opens");
    std::thread::scope(|scope| {
        let (sender, locked) = std::sync::mpsc::channel();
        watch_screen_lock(tauri::test::mock_app().handle(), move || {
            // Told more than once; the first is enough.
            let _ = sender.send(());
        });
        // The watch begins on a thread of its own; a signal before that is nobody's.
        let heard = scope.spawn(move || locked.recv_timeout(PATIENCE));
        let saver = zbus::blocking::Connection::session().expect("the bus is there");
        saver
            .request_name(SAVER)
            .expect("there is no other screen saver");
        wait("the screen is locked", || {
            let sent = saver.emit_signal(None::<&str>, "/", SAVER, "ActiveChanged", &true);
            sent.expect("the bus is there still");
            heard.is_finished()
        });
        heard
            .join()
            .expect("no panic")
            .expect("the signal was heard");
    });
    core.screen_locked();
    assert_eq!(core.status().expect("still ours").phase, Phase::Locked);
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
        .expect("needs no device");
}

/// Whether the keyring holds the mark of the file.
fn is_told(core: &Core) -> bool {
    core.tick();
    let bytes = std::fs::read(folder().join("vault.trousseau")).expect("the vault is there");
    let summary = trousseau_vault::inspect(&bytes).expect("it is one");
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

fn wait(what: &str, done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < PATIENCE, "not in time: {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A message bus, with a keyring on it or not, and a home of its own.
struct Desktop {
    home: tempfile::TempDir,
    running: Vec<Child>,
}

impl Desktop {
    fn start(keyring: bool) -> Self {
        let home = tempfile::tempdir().expect("there is room for a folder");
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
        std::fs::write(&configuration, text).expect("there is room");
        std::fs::create_dir(desktop.app()).expect("there is room");
        let mut bus = Command::new("dbus-daemon");
        bus.stderr(Stdio::null())
            .arg("--nofork")
            .arg(format!("--config-file={}", configuration.display()));
        desktop
            .running
            .push(bus.spawn().expect("dbus-daemon is installed"));
        let socket = desktop.path().join("bus");
        // Its socket is there before it listens.
        wait("the bus is there", || UnixStream::connect(&socket).is_ok());
        if keyring {
            desktop.start_keyring();
        }
        desktop
    }

    /// Unlocked with a password on its standard input, as a desktop's login does.
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
        let mut input = keyring.stdin.take().expect("it is piped");
        input
            .write_all(b"a login password")
            .expect("it reads its password");
        drop(input);
        self.running.push(keyring);
        wait("the keyring answers", || {
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

    /// A program that belongs to this desktop.
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
