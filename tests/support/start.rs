//! Starting, restarting and closing the app, with its display and its data folder.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use std::thread::sleep;
use std::time::Instant;

use tempfile::TempDir;

use crate::app::{POLL_INTERVAL, TIMEOUT};
use crate::{App, Display, WebDriver};

/// The window size of a common phone.
const WINDOW: (u32, u32) = (390, 844);

impl App {
    /// Starts this binary with an empty data folder on its own display.
    ///
    /// # Panics
    /// If the app does not start.
    #[track_caller]
    pub fn start(binary: &Path) -> Self {
        Self::start_on(binary, empty_folder(), Display::start())
    }

    /// Like [`App::start`], with a film (Y4M) instead of the camera; debug binaries only.
    ///
    /// # Panics
    /// If the app does not start.
    #[track_caller]
    pub fn start_with_film(binary: &Path, film: &Path) -> Self {
        Self::start_with_data(binary, empty_folder(), Display::start(), Some(film))
    }

    /// Like [`App::start`], with these arguments, as a desktop without D-Bus activation starts it with a link.
    ///
    /// # Panics
    /// If the app does not start.
    #[track_caller]
    pub fn start_with_arguments(binary: &Path, arguments: &[&str]) -> Self {
        let (data, display) = (empty_folder(), Display::start());
        let driver = connect(&display, binary, arguments, data.path(), None);
        Self {
            driver,
            display,
            data,
            binary: binary.to_path_buf(),
            film: None,
        }
    }

    /// Like [`App::start`], on a desktop with a keyring.
    ///
    /// # Panics
    /// If the app does not start.
    #[track_caller]
    pub fn start_with_keyring(binary: &Path) -> Self {
        Self::start_on(binary, empty_folder(), Display::start().with_keyring())
    }

    /// Starts the app on a copy of the data, as an attacker with the files would: on another desktop, with a
    /// different keyring.
    ///
    /// # Panics
    /// If the app does not start.
    #[track_caller]
    pub fn start_on_copy(&self) -> Self {
        let data = empty_folder();
        for name in ["vault.trousseau", "vault.trousseau.bak"] {
            let copied = fs::copy(self.data().join(name), data.path().join(name));
            copied.expect("the app has saved twice");
        }
        Self::start_on(&self.binary, data, Display::start().with_keyring())
    }

    /// Starts a second app on the same data, on another display.
    ///
    /// # Panics
    /// If the app does not start.
    #[track_caller]
    pub fn start_second_process(&self) -> Self {
        Self::start_on(&self.binary, Rc::clone(&self.data), Display::start())
    }

    #[track_caller]
    fn start_on(binary: &Path, data: Rc<TempDir>, display: Display) -> Self {
        Self::start_with_data(binary, data, display, None)
    }

    #[track_caller]
    fn start_with_data(
        binary: &Path,
        data: Rc<TempDir>,
        display: Display,
        film: Option<&Path>,
    ) -> Self {
        let driver = connect_and_resize(&display, binary, data.path(), film);
        Self {
            driver,
            display,
            data,
            binary: binary.to_path_buf(),
            film: film.map(Path::to_path_buf),
        }
    }

    /// Ends the app as `kill -9` does and starts it again on the same data.
    ///
    /// # Panics
    /// If the app does not start.
    #[track_caller]
    pub fn restart(&mut self) {
        self.restart_after(|_| ());
    }

    /// Ends the app as `kill -9` does, does something to its data folder, and starts it again.
    ///
    /// # Panics
    /// If the app does not start.
    #[track_caller]
    pub fn restart_after(&mut self, change: impl FnOnce(&Path)) {
        self.driver.kill();
        change(self.data.path());
        self.driver = connect_and_resize(
            &self.display,
            &self.binary,
            self.data.path(),
            self.film.as_deref(),
        );
    }

    /// Starts the app again on the same desktop with these arguments, as the desktop does for a link, and waits
    /// until that second process has ended.
    ///
    /// # Panics
    /// If it exits with an error.
    #[track_caller]
    pub fn start_again(&self, arguments: &[&str]) {
        let status = Command::new(&self.binary)
            .args(arguments)
            .envs(self.display.environment())
            .env("TROUSSEAU_DATA_DIR", self.data.path())
            .status()
            .expect("the binary starts");
        assert!(status.success(), "{status}");
    }

    /// Closes the window as a user does, and starts the app again with its saved state.
    ///
    /// # Panics
    /// If the app does not start.
    #[track_caller]
    pub fn reopen(&mut self) {
        self.display.close_window("Trousseau");
        // The app writes unsaved data and then ends by itself.
        let lock = self.data.path().join("vault.lock");
        let free = || fs::File::open(&lock).is_ok_and(|lock| lock.try_lock().is_ok());
        let deadline = Instant::now() + TIMEOUT;
        while !free() {
            assert!(
                Instant::now() < deadline,
                "the app did not end after its window was closed"
            );
            sleep(POLL_INTERVAL);
        }
        self.driver.kill();
        self.driver = connect(
            &self.display,
            &self.binary,
            &[],
            self.data.path(),
            self.film.as_deref(),
        );
    }
}

fn empty_folder() -> Rc<TempDir> {
    Rc::new(TempDir::with_prefix("trousseau-data-").expect("a temporary folder can be created"))
}

#[track_caller]
fn connect_and_resize(
    display: &Display,
    binary: &Path,
    data: &Path,
    film: Option<&Path>,
) -> WebDriver {
    let driver = connect(display, binary, &[], data, film);
    driver
        .resize(WINDOW.0, WINDOW.1)
        .expect("the window can be sized");
    driver
}

#[track_caller]
fn connect(
    display: &Display,
    binary: &Path,
    arguments: &[&str],
    data: &Path,
    film: Option<&Path>,
) -> WebDriver {
    let log = display.home().join("app.log");
    let mut variables = vec![("TROUSSEAU_DATA_DIR", data)];
    variables.extend(film.map(|film| ("TROUSSEAU_FILM", film)));
    let driver = WebDriver::start(display, binary, arguments, &variables, &log);
    driver.unwrap_or_else(|failure| {
        let log = fs::read_to_string(&log).unwrap_or_default();
        panic!(
            "the app did not start: {}: {}\n{log}",
            failure.error, failure.message
        )
    })
}
