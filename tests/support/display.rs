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

const TIMEOUT: Duration = Duration::from_secs(20);
const POLL_INTERVAL: Duration = Duration::from_millis(40);

/// A D-Bus session bus that starts no service by itself, so that no program of the machine's desktop uses it.
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

/// `-noreset`, because the display must survive when the last program ends and the next one starts.
const SCREEN: &str = "-displayfd 1 -screen 0 800x1000x24 -dpi 96 -noreset -nolisten tcp";

/// A virtual display with its own D-Bus session bus and home folder, so that a test shows nothing on the
/// machine's screen and does not touch the user's files.
pub struct Display {
    name: String,
    home: TempDir,
    // Stays open, because Xvfb may still write to it.
    _numbers: BufReader<ChildStdout>,
    keyring: Option<Running>,
    /// The connection that plays the desktop's screen saver; it owns the D-Bus name as long as the display exists.
    screen_saver: OnceCell<Connection>,
    _bus: Running,
    _server: Running,
}

impl Display {
    /// Starts the display and the bus.
    ///
    /// # Panics
    /// If `Xvfb` or `dbus-daemon` is missing or does not start.
    #[track_caller]
    pub fn start() -> Self {
        let home =
            TempDir::with_prefix("trousseau-display-").expect("a temporary folder can be created");
        let mut command = Running::command("Xvfb");
        command
            .args(SCREEN.split(' '))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut server = Running::start(&mut command).expect("Xvfb is installed");
        let (number, numbers) = first_line(&mut server);
        assert!(!number.is_empty(), "Xvfb did not start: is xvfb installed?");
        let bus = start_bus(home.path());
        Self {
            name: format!(":{number}"),
            home,
            _numbers: numbers,
            keyring: None,
            screen_saver: OnceCell::new(),
            _bus: bus,
            _server: server,
        }
    }

    /// Adds a keyring (gnome-keyring) on the bus, unlocked as after a login.
    ///
    /// # Panics
    /// If it is missing or does not start.
    #[track_caller]
    pub fn with_keyring(mut self) -> Self {
        let mut command = Running::command("gnome-keyring-daemon");
        command
            .args(["--foreground", "--unlock", "--components=secrets"])
            .envs(self.environment())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut keyring = Running::start(&mut command).expect("gnome-keyring is installed");
        let mut password = keyring
            .child()
            .stdin
            .take()
            .expect("the pipe was requested");
        password
            .write_all(b"a login password")
            .expect("it reads its password");
        drop(password);
        self.keyring = Some(keyring);
        let owner = "org.freedesktop.DBus.GetNameOwner string:org.freedesktop.secrets";
        wait_until("the keyring has started", || {
            self.send("--print-reply --dest=org.freedesktop.DBus /", owner)
        });
        self
    }

    /// Sends the D-Bus signal of a desktop's screen saver that the screen was locked.
    ///
    /// # Panics
    /// If the signal cannot be sent.
    #[track_caller]
    pub fn lock_screen(&self) {
        let name = "org.freedesktop.ScreenSaver";
        let address = format!("unix:path={}", socket(self.home()).display());
        let start = || connection::Builder::address(&*address)?.name(name)?.build();
        let screen_saver = self
            .screen_saver
            .get_or_init(|| start().expect("the bus accepts the connection"));
        screen_saver
            .emit_signal(None::<&str>, "/", name, "ActiveChanged", &true)
            .expect("the bus accepts the signal");
    }

    fn send(&self, options: &str, message: &str) -> bool {
        let mut command = Command::new("dbus-send");
        command
            .arg("--session")
            .args(options.split(' ').chain(message.split(' ')))
            .envs(self.environment())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    /// The environment with which a program uses only this display.
    pub fn environment(&self) -> Vec<(&'static str, PathBuf)> {
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
            // There is no accessibility bus, and the web driver reads names from the engine itself.
            ("NO_AT_BRIDGE", "1".into()),
            // A system without a language: the app then uses French.
            ("LC_ALL", "C.UTF-8".into()),
        ]
    }

    /// The home folder, which is deleted with the display.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Closes the window with this name as a user does.
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

    /// Puts a text into the display's clipboard, as another program does.
    ///
    /// # Panics
    /// If `xclip` is missing.
    #[track_caller]
    pub fn set_clipboard(&self, text: &str) {
        let mut command = Command::new("xclip");
        command
            .args(["-selection", "clipboard", "-in"])
            .envs(self.environment());
        // xclip keeps running to provide the text, until another program takes over the clipboard.
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let mut xclip = command.spawn().expect("xclip is installed");
        let mut pipe = xclip.stdin.take().expect("the pipe was requested");
        pipe.write_all(text.as_bytes()).expect("xclip reads it");
        drop(pipe);
        xclip.wait().expect("xclip goes to the background");
        // It may do so before the display knows that xclip owns the clipboard.
        wait_until("xclip owns the clipboard", || self.clipboard() == text);
    }

    /// The text in the display's clipboard; empty if there is none.
    ///
    /// # Panics
    /// If `xclip` is missing.
    #[track_caller]
    pub fn clipboard(&self) -> String {
        let mut command = Command::new("xclip");
        command
            .args(["-selection", "clipboard", "-out"])
            .envs(self.environment());
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
    fs::write(&config, text).expect("the folder is writable");
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
        "dbus-daemon did not start: is dbus installed?"
    );
    bus
}

/// Waits for the first line of output, which means that the process is ready.
#[track_caller]
fn first_line(process: &mut Running) -> (String, BufReader<ChildStdout>) {
    let mut pipe = BufReader::new(
        process
            .child()
            .stdout
            .take()
            .expect("the pipe was requested"),
    );
    let mut line = String::new();
    pipe.read_line(&mut line).expect("the pipe carries text");
    (line.trim().to_owned(), pipe)
}

/// Waits for an effect of another program.
#[track_caller]
fn wait_until(expected: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + TIMEOUT;
    while !condition() {
        assert!(
            Instant::now() < deadline,
            "timeout while waiting until {expected}"
        );
        sleep(POLL_INTERVAL);
    }
}
