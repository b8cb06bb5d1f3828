use std::cell::OnceCell;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use std::{fs, process::ChildStdout};

use tempfile::TempDir;
use zbus::blocking::{Connection, connection};

use crate::{Running, window_manager};

const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(40);

/// A message bus that starts no service by itself: nothing of the machine's desktop joins in.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=SOCKET</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Never reset: the last program may end and the next one start on the same display.
const SCREEN: &str = "-displayfd 1 -screen 0 800x1000x24 -dpi 96 -noreset -nolisten tcp";

/// A virtual display with a message bus and home folders of its own: nothing on the
/// machine's screen, nothing in the person's files.
pub struct Display {
    name: String,
    home: TempDir,
    // The pipe stays open as long as Xvfb may write to it.
    _numbers: BufReader<ChildStdout>,
    keyring: Option<Running>,
    /// The desktop's screen saver: it has its name for as long as the display is there.
    saver: OnceCell<Connection>,
    _bus: Running,
    _server: Running,
}

impl Display {
    /// Starts them.
    ///
    /// # Panics
    /// If `Xvfb` or `dbus-daemon` is missing or does not come up.
    #[track_caller]
    pub fn start() -> Self {
        let home = TempDir::with_prefix("trousseau-display-").expect("there is room for a folder");
        let mut command = Running::command("Xvfb");
        command
            .args(SCREEN.split(' '))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Running::start(&mut command).expect("Xvfb is installed");
        let (number, numbers) = first_line(&mut server);
        assert!(
            !number.is_empty(),
            "Xvfb did not come up: is xvfb installed?"
        );
        let bus = start_bus(home.path());
        Self {
            name: format!(":{number}"),
            home,
            _numbers: numbers,
            keyring: None,
            saver: OnceCell::new(),
            _bus: bus,
            _server: server,
        }
    }

    /// With a keyring on its bus, unlocked as a login does it: Debian's gnome-keyring.
    ///
    /// # Panics
    /// If it is missing or does not come up.
    #[track_caller]
    pub fn with_keyring(mut self) -> Self {
        let mut command = Running::command("gnome-keyring-daemon");
        command
            .args(["--foreground", "--unlock", "--components=secrets"])
            .envs(self.variables())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut keyring = Running::start(&mut command).expect("gnome-keyring is installed");
        let mut password = keyring.child().stdin.take().expect("it is piped");
        password
            .write_all(b"a login password")
            .expect("it reads its password");
        drop(password);
        self.keyring = Some(keyring);
        let owner = "org.freedesktop.DBus.GetNameOwner string:org.freedesktop.secrets";
        await_that("the keyring came up", || {
            self.send("--print-reply --dest=org.freedesktop.DBus /", owner)
        });
        self
    }

    /// Says on the bus what a desktop's screen saver says when its screen is locked.
    ///
    /// # Panics
    /// If it cannot be said.
    #[track_caller]
    pub fn lock_screen(&self) {
        let name = "org.freedesktop.ScreenSaver";
        let address = format!("unix:path={}", socket(self.home()).display());
        let start = || connection::Builder::address(&*address)?.name(name)?.build();
        let saver = self
            .saver
            .get_or_init(|| start().expect("the bus takes it"));
        saver
            .emit_signal(None::<&str>, "/", name, "ActiveChanged", &true)
            .expect("the bus takes the signal");
    }

    fn send(&self, how: &str, what: &str) -> bool {
        let mut command = Command::new("dbus-send");
        command
            .arg("--session")
            .args(how.split(' ').chain(what.split(' ')))
            .envs(self.variables())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// What a program needs in its environment to appear here and nowhere else.
    pub fn variables(&self) -> Vec<(&'static str, PathBuf)> {
        let home = self.home.path();
        vec![
            ("DISPLAY", self.name.clone().into()),
            (
                "DBUS_SESSION_BUS_ADDRESS",
                format!("unix:path={}", socket(home).display()).into(),
            ),
            ("HOME", home.to_path_buf()),
            ("XDG_CONFIG_HOME", home.join("config")),
            ("XDG_CACHE_HOME", home.join("cache")),
            ("XDG_DATA_HOME", home.join("data")),
            ("XDG_RUNTIME_DIR", home.to_path_buf()),
            ("GDK_BACKEND", "x11".into()),
            // No accessibility bus here, and the web driver reads names from the engine itself.
            ("NO_AT_BRIDGE", "1".into()),
            // A system that names no language: the app then speaks French.
            ("LC_ALL", "C.UTF-8".into()),
        ]
    }

    /// A folder that goes with the display.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Closes the window of this name as a person does.
    ///
    /// # Panics
    /// If there is not exactly one.
    #[track_caller]
    pub fn close_window(&self, name: &str) {
        let closed = window_manager::ask_to_close(&self.name, name);
        assert_eq!(
            closed.expect("the display answers"),
            1,
            "one window “{name}”"
        );
    }

    /// Puts a text into the display's clipboard, as another program would.
    ///
    /// # Panics
    /// If `xclip` is missing.
    #[track_caller]
    pub fn set_clipboard(&self, text: &str) {
        let mut command = Command::new("xclip");
        command
            .args(["-selection", "clipboard", "-in"])
            .envs(self.variables());
        // It stays behind to answer for the text, until another program takes the clipboard over.
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut xclip = command.spawn().expect("xclip is installed");
        let mut pipe = xclip.stdin.take().expect("it is piped");
        pipe.write_all(text.as_bytes()).expect("xclip reads it");
        drop(pipe);
        xclip.wait().expect("xclip goes to the background");
        // It may go there before the display knows that the clipboard is its.
        await_that("the clipboard was taken over", || self.clipboard() == text);
    }

    /// The text in the display's clipboard; empty where there is none.
    ///
    /// # Panics
    /// If `xclip` is missing.
    #[track_caller]
    pub fn clipboard(&self) -> String {
        let mut command = Command::new("xclip");
        command
            .args(["-selection", "clipboard", "-out"])
            .envs(self.variables());
        let answer = command.output().expect("xclip is installed");
        String::from_utf8_lossy(&answer.stdout).into_owned()
    }
}

fn socket(home: &Path) -> PathBuf {
    home.join("bus")
}

#[track_caller]
fn start_bus(home: &Path) -> Running {
    let config = home.join("bus.conf");
    let text = BUS.replace("SOCKET", &socket(home).display().to_string());
    fs::write(&config, text).expect("the folder is ours");
    let mut command = Running::command("dbus-daemon");
    command
        .arg(format!("--config-file={}", config.display()))
        .args(["--nofork", "--nopidfile", "--print-address=1"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut bus = Running::start(&mut command).expect("dbus-daemon is installed");
    let (address, _) = first_line(&mut bus);
    assert!(
        !address.is_empty(),
        "dbus-daemon did not come up: is dbus installed?"
    );
    bus
}

/// The first line a process prints, which says that it is ready.
#[track_caller]
fn first_line(process: &mut Running) -> (String, BufReader<ChildStdout>) {
    let mut pipe = BufReader::new(process.child().stdout.take().expect("it is piped"));
    let mut line = String::new();
    pipe.read_line(&mut line).expect("the pipe carries text");
    (line.trim().to_owned(), pipe)
}

/// Waits for what other programs do in their time.
#[track_caller]
fn await_that(what: &str, is_so: impl Fn() -> bool) {
    let patience = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < patience, "awaited in vain: {what}");
        sleep(PAUSE);
    }
}
