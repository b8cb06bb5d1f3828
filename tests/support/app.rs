use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};
use std::{fs, io};

use data_encoding::BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::children;
use crate::{Display, Element, WebDriver, WebDriverError, target_dir};

/// The time after which a step counts as failed.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(20);
pub(crate) const POLL_INTERVAL: Duration = Duration::from_millis(40);
/// Waits until the page is painted and its animations have finished, for 1 s at most.
const PAINTED: &str = r#"
const frame = () => new Promise((go) => requestAnimationFrame(go));
const rest = frame().then(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
return Promise.race([rest.then(frame).then(frame), new Promise((go) => setTimeout(go, 1000))])
  .then(() => null);
"#;
/// The options with this text in a list.
const OPTION: &str = "return [...arguments[0].options].filter((one) => one.label === arguments[1])";
const FIND: &str = include_str!("find.js");

/// The real app in a window of 390 x 844, used as by a user: elements on the screen are
/// found by role and name, touched and typed into.
///
/// Every step waits until it is possible, for 20 s at most.
pub struct App {
    // Declared in the order in which they must be dropped.
    pub(crate) driver: WebDriver,
    pub(crate) display: Display,
    pub(crate) data: Rc<TempDir>,
    pub(crate) binary: PathBuf,
    /// The film that replaces the camera, if any.
    pub(crate) film: Option<PathBuf>,
}

impl App {
    /// The id of the app's own process.
    ///
    /// # Panics
    /// If there is not exactly one.
    #[track_caller]
    pub fn process(&self) -> u32 {
        let name = self.binary.file_name().unwrap_or_default();
        let started = children(self.driver.process(), name);
        let [process] = started[..] else {
            panic!("the driver started {started:?}, not one app");
        };
        process
    }

    /// The folder in which the app keeps its data.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// The display of the app.
    pub fn display(&self) -> &Display {
        &self.display
    }

    /// The WebDriver session, for commands without a method here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Touches the only element with this role and name.
    #[track_caller]
    pub fn tap(&self, role: &str, name: &str) {
        self.wait_until(&format!("{role} “{name}” touched"), || {
            self.attempt(role, name, |element| {
                match self.driver.is_enabled(element)? {
                    true => self.driver.click(element),
                    false => Err(WebDriverError::not_found()),
                }
            })
        });
    }

    /// Clears the text field with this name and types the text.
    #[track_caller]
    pub fn fill(&self, name: &str, text: &str) {
        self.wait_until(&format!("text typed into “{name}”"), || {
            self.attempt("textbox", name, |field| {
                self.driver.clear(field)?;
                self.driver.send_keys(field, text)
            })
        });
    }

    /// Gives a file to the file input with this name, as the file dialog does.
    #[track_caller]
    pub fn choose_file(&self, name: &str, file: &Path) {
        let path = file.to_str().expect("the tests' file names are UTF-8");
        self.wait_until(&format!("file given to “{name}”"), || {
            self.attempt("file", name, |input| self.driver.send_keys(input, path))
        });
    }

    /// Chooses an option in the list with this name.
    #[track_caller]
    pub fn choose(&self, name: &str, option: &str) {
        self.wait_until(&format!("“{option}” chosen in “{name}”"), || {
            self.attempt("combobox", name, |list| {
                let found = self
                    .driver
                    .script(OPTION, &[list.as_argument(), json!(option)])?;
                let [option] = Element::elements_in(&found)
                    .try_into()
                    .map_err(|_| WebDriverError::not_found())?;
                self.driver.click(&option)
            })
        });
    }

    /// Waits for the only element with this role and name.
    #[track_caller]
    pub fn find(&self, role: &str, name: &str) -> Element {
        self.wait_until(&format!("{role} “{name}”"), || {
            let mut found = self.find_all(role, name);
            (found.len() == 1).then(|| found.remove(0))
        })
    }

    /// The visible elements with this role and name, without waiting; if there are none, those whose name contains `name`.
    #[track_caller]
    pub fn find_all(&self, role: &str, name: &str) -> Vec<Element> {
        Element::elements_in(&self.script(FIND, &[json!(role), json!(name)]))
    }

    /// The text on the screen, without waiting.
    #[track_caller]
    pub fn text(&self) -> String {
        let text = self.script("return document.body?.innerText ?? ''", &[]);
        text.as_str()
            .unwrap_or_default()
            .replace(['\u{a0}', '\u{202f}'], " ")
            // Invisible marks of text direction.
            .replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
    }

    /// Waits until the screen shows this text.
    #[track_caller]
    pub fn wait_for_text(&self, text: &str) {
        self.wait_until(&format!("“{text}” on the screen"), || {
            self.text().contains(text).then_some(())
        });
    }

    /// Waits until the screen does not show this text.
    #[track_caller]
    pub fn wait_for_no_text(&self, text: &str) {
        self.wait_until(&format!("“{text}” gone"), || {
            (!self.text().contains(text)).then_some(())
        });
    }

    /// Runs the body of a function in the page.
    #[track_caller]
    pub fn script(&self, body: &str, arguments: &[Value]) -> Value {
        match self.driver.script(body, arguments) {
            Ok(value) => value,
            Err(failure) => panic!("{}: {}", failure.error, failure.message),
        }
    }

    /// Calls `ask` until it returns a value.
    ///
    /// # Panics
    /// After 20 s, with the expected event, the text on the screen and a screenshot.
    #[track_caller]
    pub fn wait_until<T>(&self, expected: &str, mut ask: impl FnMut() -> Option<T>) -> T {
        let deadline = Instant::now() + TIMEOUT;
        loop {
            if let Some(answer) = ask() {
                return answer;
            }
            if Instant::now() > deadline {
                let test = thread::current()
                    .name()
                    .unwrap_or("step")
                    .replace("::", "-");
                let picture = target_dir().join(format!("failed/{test}.png"));
                let _ = self.try_screenshot(&picture);
                panic!(
                    "timeout while waiting for: {expected}\n{}\nthe screen shows:\n{}",
                    picture.display(),
                    self.text()
                );
            }
            sleep(POLL_INTERVAL);
        }
    }

    /// Writes a screenshot of the window.
    #[track_caller]
    pub fn screenshot(&self, file: &Path) {
        self.try_screenshot(file)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }

    fn try_screenshot(&self, file: &Path) -> io::Result<()> {
        let refused = |failure: WebDriverError| io::Error::other(failure.message);
        self.driver.script(PAINTED, &[]).map_err(refused)?;
        let picture = self.driver.screenshot().map_err(refused)?;
        let picture = BASE64
            .decode(picture.as_bytes())
            .map_err(io::Error::other)?;
        fs::create_dir_all(file.parent().unwrap_or(file))?;
        fs::write(file, picture)
    }

    /// Performs `act` on the only element with this role and name. Returns `None` if the element does not exist yet,
    /// is covered, or is being replaced.
    #[track_caller]
    fn attempt(
        &self,
        role: &str,
        name: &str,
        act: impl Fn(&Element) -> Result<(), WebDriverError>,
    ) -> Option<()> {
        let [element] = self.find_all(role, name).try_into().ok()?;
        match act(&element) {
            Ok(()) => Some(()),
            Err(failure) => match failure.error.as_str() {
                "stale element reference"
                | "no such element"
                | "element not interactable"
                | "element click intercepted"
                | "invalid element state" => None,
                _ => panic!("{role} “{name}”: {}: {}", failure.error, failure.message),
            },
        }
    }
}
