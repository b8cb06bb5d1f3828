//! How the app comes up and ends: on which display, over which data, and again.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use std::thread::sleep;
use std::time::Instant;

use tempfile::TempDir;

use crate::app::{PATIENCE, PAUSE};
use crate::{App, Display, WebDriver};

/// The window of a common phone.
const WINDOW: (u32, u32) = (390, 844);

impl App {
    /// Starts this binary with an empty data folder on a display of its own.
    ///
    /// # Panics
    /// If it does not come up.
    #[track_caller]
    pub fn start(binary: &Path) -> Self {
        Self::over(binary, empty_folder(), Display::start())
    }

    /// The same with a film (Y4M) in place of the camera: debug binaries only.
    ///
    /// # Panics
    /// If it does not come up.
    #[track_caller]
    pub fn start_with_film(binary: &Path, film: &Path) -> Self {
        Self::with(binary, empty_folder(), Display::start(), Some(film))
    }

    /// The same with these arguments, as a desktop starts it with a link that knows nothing of the message bus.
    ///
    /// # Panics
    /// If it does not come up.
    #[track_caller]
    pub fn start_with(binary: &Path, arguments: &[&str]) -> Self {
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

    /// The same on a desktop that keeps secrets.
    ///
    /// # Panics
    /// If it does not come up.
    #[track_caller]
    pub fn start_with_keyring(binary: &Path) -> Self {
        Self::over(binary, empty_folder(), Display::start().with_keyring())
    }

    /// Starts the app over a copy of the data, as somebody who took the files would: on another desktop, with a
    /// keyring of its own.
    ///
    /// # Panics
    /// If it does not come up.
    #[track_caller]
    pub fn over_copy(&self) -> Self {
        let data = empty_folder();
        for name in ["vault.trousseau", "vault.trousseau.bak"] {
            let copied = fs::copy(self.data().join(name), data.path().join(name));
            copied.expect("the app has saved something twice");
        }
        Self::over(&self.binary, data, Display::start().with_keyring())
    }

    /// Starts the app once more on the same data, on another display.
    ///
    /// # Panics
    /// If it does not come up.
    #[track_caller]
    pub fn second_process(&self) -> Self {
        Self::over(&self.binary, Rc::clone(&self.data), Display::start())
    }

    #[track_caller]
    fn over(binary: &Path, data: Rc<TempDir>, display: Display) -> Self {
        Self::with(binary, data, display, None)
    }

    #[track_caller]
    fn with(binary: &Path, data: Rc<TempDir>, display: Display, film: Option<&Path>) -> Self {
        let driver = drive(&display, binary, data.path(), film);
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
    /// If it does not come up.
    #[track_caller]
    pub fn restart(&mut self) {
        self.restart_after(|_| ());
    }

    /// Ends the app as `kill -9` does, does something to its data folder, and starts it again.
    ///
    /// # Panics
    /// If it does not come up.
    #[track_caller]
    pub fn restart_after(&mut self, change: impl FnOnce(&Path)) {
        self.driver.kill();
        change(self.data.path());
        self.driver = drive(
            &self.display,
            &self.binary,
            self.data.path(),
            self.film.as_deref(),
        );
    }

    /// Starts the app once more on the same desktop with these arguments, as the desktop does with a link, and waits
    /// until that second process has ended.
    ///
    /// # Panics
    /// If it ends in failure.
    #[track_caller]
    pub fn start_again(&self, arguments: &[&str]) {
        let status = Command::new(&self.binary)
            .args(arguments)
            .envs(self.display.variables())
            .env("TROUSSEAU_DATA_DIR", self.data.path())
            .status()
            .expect("the binary starts");
        assert!(status.success(), "{status}");
    }

    /// Closes the window as a person does, and starts the app again as it left itself.
    ///
    /// # Panics
    /// If it does not come up.
    #[track_caller]
    pub fn reopen(&mut self) {
        self.display.close_window("Trousseau");
        // It writes what is left to write, and ends by itself.
        let lock = self.data.path().join("vault.lock");
        let free = || fs::File::open(&lock).is_ok_and(|lock| lock.try_lock().is_ok());
        let patience = Instant::now() + PATIENCE;
        while !free() {
            assert!(Instant::now() < patience, "a closed window ends the app");
            sleep(PAUSE);
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
    Rc::new(TempDir::with_prefix("trousseau-data-").expect("there is room for a folder"))
}

#[track_caller]
fn drive(display: &Display, binary: &Path, data: &Path, film: Option<&Path>) -> WebDriver {
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
    driver.unwrap_or_else(|refusal| {
        let log = fs::read_to_string(&log).unwrap_or_default();
        panic!(
            "the app did not come up: {}: {}\n{log}",
            refusal.error, refusal.message
        )
    })
}
