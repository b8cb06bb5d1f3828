//! A message bus for a test alone.

use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use zbus::blocking::{Connection, connection};

const PATIENCE: Duration = Duration::from_secs(20);

/// The bus, until it is dropped.
pub struct PrivateBus {
    folder: TempDir,
    daemon: Child,
}

impl PrivateBus {
    /// Starts one that starts no services.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let configuration = folder.path().join("bus.conf");
        let text = format!(
            "<busconfig><type>session</type><listen>unix:path={}</listen><auth>EXTERNAL</auth><policy context=\"default\">\
             <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
            folder.path().join("bus").display()
        );
        std::fs::write(&configuration, text).unwrap();
        let daemon = Command::new("dbus-daemon")
            .arg("--nofork")
            .arg(format!("--config-file={}", configuration.display()))
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed");
        let bus = Self { folder, daemon };
        let begun = Instant::now();
        // Its socket is there before it listens.
        while UnixStream::connect(bus.folder.path().join("bus")).is_err() {
            assert!(begun.elapsed() < PATIENCE, "dbus-daemon did not come up");
            std::thread::sleep(Duration::from_millis(20));
        }
        bus
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("unix:path={}", self.folder.path().join("bus").display())
    }

    /// A program on it, which is not yet connected.
    pub fn program(&self) -> connection::Builder<'static> {
        let address = self.address();
        let builder = connection::Builder::address(address.as_str()).unwrap();
        builder.method_timeout(PATIENCE)
    }

    /// A program on it.
    pub fn connect(&self) -> Connection {
        self.program().build().unwrap()
    }
}

impl Drop for PrivateBus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
