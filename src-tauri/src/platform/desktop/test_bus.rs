//! A message bus of its own for a test.

use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use zbus::blocking::{Connection, connection};

const TIMEOUT: Duration = Duration::from_secs(20);

/// A running bus; dropping it ends it.
pub struct TestBus {
    folder: TempDir,
    daemon: Child,
}

impl TestBus {
    /// Starts a bus that starts no services.
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
        let started = Instant::now();
        // The socket file exists before the daemon listens.
        while UnixStream::connect(bus.folder.path().join("bus")).is_err() {
            assert!(started.elapsed() < TIMEOUT, "dbus-daemon did not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        bus
    }

    /// The address of the bus.
    pub fn address(&self) -> String {
        format!("unix:path={}", self.folder.path().join("bus").display())
    }

    /// A connection to it that is not established yet.
    pub fn client(&self) -> connection::Builder<'static> {
        let address = self.address();
        let builder = connection::Builder::address(address.as_str()).unwrap();
        builder.method_timeout(TIMEOUT)
    }

    /// Connects to it.
    pub fn connect(&self) -> Connection {
        self.client().build().unwrap()
    }
}

impl Drop for TestBus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}
