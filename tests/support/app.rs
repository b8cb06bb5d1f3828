use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread::{self, sleep};
use std::time::{Duration, Instant};
use std::{fs, io};

use data_encoding::BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::process::children;
use crate::{Display, Element, Refusal, WebDriver, target_dir};

/// How long a step may take to come about before it counts as failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
pub(crate) const PAUSE: Duration = Duration::from_millis(40);
/// Waits until what the page holds now is painted and has come to rest, for 1 s at most.
const PAINTED: &str = r#"
const frame = () => new Promise((go) => requestAnimationFrame(go));
const rest = frame().then(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
return Promise.race([rest.then(frame).then(frame), new Promise((go) => setTimeout(go, 1000))])
  .then(() => null);
"#;
/// The options of a list with this text.
const OPTION: &str = "return [...arguments[0].options].filter((one) => one.label === arguments[1])";
const FIND: &str = include_str!("find.js");

/// The real app in a window of 390 x 844, as a person meets it: what is on the screen is
/// found by role and name, touched and typed into.
///
/// Every step waits until it can be done, for 20 s at most.
pub struct App {
    // Declared in the order in which they must end.
    pub(crate) driver: WebDriver,
    pub(crate) display: Display,
    pub(crate) data: Rc<TempDir>,
    pub(crate) binary: PathBuf,
    /// The film that plays in place of the camera, if one does.
    pub(crate) film: Option<PathBuf>,
}

impl App {
    /// The number of the app's own process.
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

    /// The display, for its clipboard.
    pub fn display(&self) -> &Display {
        &self.display
    }

    /// The protocol itself, for what has no word here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Touches the one element of this role and name.
    #[track_caller]
    pub fn tap(&self, role: &str, name: &str) {
        self.until(&format!("{role} “{name}” touched"), || {
            self.attempt(role, name, |element| {
                match self.driver.is_enabled(element)? {
                    true => self.driver.click(element),
                    false => Err(Refusal::absent()),
                }
            })
        });
    }

    /// Empties the text field of this name and types.
    #[track_caller]
    pub fn fill(&self, name: &str, text: &str) {
        self.until(&format!("text typed into “{name}”"), || {
            self.attempt("textbox", name, |field| {
                self.driver.clear(field)?;
                self.driver.send_keys(field, text)
            })
        });
    }

    /// Hands a file to the file input of this name, as its picker would.
    #[track_caller]
    pub fn choose_file(&self, name: &str, file: &Path) {
        let path = file.to_str().expect("the tests' file names are UTF-8");
        self.until(&format!("file given to “{name}”"), || {
            self.attempt("file", name, |input| self.driver.send_keys(input, path))
        });
    }

    /// Chooses one of the options of the list of this name.
    #[track_caller]
    pub fn choose(&self, name: &str, option: &str) {
        self.until(&format!("“{option}” chosen in “{name}”"), || {
            self.attempt("combobox", name, |list| {
                let found = self
                    .driver
                    .script(OPTION, &[list.argument(), json!(option)])?;
                let [option] = Element::all_in(&found)
                    .try_into()
                    .map_err(|_| Refusal::absent())?;
                self.driver.click(&option)
            })
        });
    }

    /// The one element of this role and name, once it is there.
    #[track_caller]
    pub fn find(&self, role: &str, name: &str) -> Element {
        self.until(&format!("{role} “{name}”"), || {
            let mut found = self.all(role, name);
            (found.len() == 1).then(|| found.remove(0))
        })
    }

    /// The visible elements of this role whose name is, or else holds, `name`: now.
    #[track_caller]
    pub fn all(&self, role: &str, name: &str) -> Vec<Element> {
        Element::all_in(&self.script(FIND, &[json!(role), json!(name)]))
    }

    /// What can be read on the screen now, line by line.
    #[track_caller]
    pub fn text(&self) -> String {
        let text = self.script("return document.body?.innerText ?? ''", &[]);
        text.as_str()
            .unwrap_or_default()
            .replace(['\u{a0}', '\u{202f}'], " ")
            // Marks for the direction of a text, which nobody sees.
            .replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
    }

    /// Waits until the screen shows this text.
    #[track_caller]
    pub fn sees(&self, text: &str) {
        self.until(&format!("“{text}” on the screen"), || {
            self.text().contains(text).then_some(())
        });
    }

    /// Waits until the screen shows this text no more.
    #[track_caller]
    pub fn sees_no(&self, text: &str) {
        self.until(&format!("“{text}” gone"), || {
            (!self.text().contains(text)).then_some(())
        });
    }

    /// Runs the body of a function in the page.
    #[track_caller]
    pub fn script(&self, body: &str, arguments: &[Value]) -> Value {
        match self.driver.script(body, arguments) {
            Ok(value) => value,
            Err(refusal) => panic!("{}: {}", refusal.error, refusal.message),
        }
    }

    /// Asks again and again until there is an answer.
    ///
    /// # Panics
    /// After 20 s, with what was awaited, what the screen shows and a picture of it.
    #[track_caller]
    pub fn until<T>(&self, awaited: &str, mut ask: impl FnMut() -> Option<T>) -> T {
        let patience = Instant::now() + PATIENCE;
        loop {
            if let Some(answer) = ask() {
                return answer;
            }
            if Instant::now() > patience {
                let test = thread::current()
                    .name()
                    .unwrap_or("step")
                    .replace("::", "-");
                let picture = target_dir().join(format!("failed/{test}.png"));
                let _ = self.try_screenshot(&picture);
                panic!(
                    "awaited: {awaited}\n{}\nthe screen shows:\n{}",
                    picture.display(),
                    self.text()
                );
            }
            sleep(PAUSE);
        }
    }

    /// Writes a picture of the window.
    #[track_caller]
    pub fn screenshot(&self, file: &Path) {
        self.try_screenshot(file)
            .unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }

    fn try_screenshot(&self, file: &Path) -> io::Result<()> {
        let refused = |refusal: Refusal| io::Error::other(refusal.message);
        self.driver.script(PAINTED, &[]).map_err(refused)?;
        let picture = self.driver.screenshot().map_err(refused)?;
        let picture = BASE64
            .decode(picture.as_bytes())
            .map_err(io::Error::other)?;
        fs::create_dir_all(file.parent().unwrap_or(file))?;
        fs::write(file, picture)
    }

    /// Does something to the one element of this role and name; nothing while it is not there,
    /// is covered, or is just being replaced.
    #[track_caller]
    fn attempt(
        &self,
        role: &str,
        name: &str,
        act: impl Fn(&Element) -> Result<(), Refusal>,
    ) -> Option<()> {
        let [element] = self.all(role, name).try_into().ok()?;
        match act(&element) {
            Ok(()) => Some(()),
            Err(refusal) => match refusal.error.as_str() {
                "stale element reference"
                | "no such element"
                | "element not interactable"
                | "element click intercepted"
                | "invalid element state" => None,
                _ => panic!("{role} “{name}”: {}: {}", refusal.error, refusal.message),
            },
        }
    }
}
