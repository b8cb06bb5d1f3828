use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};
use ureq::Agent;

use crate::{Display, Running, free_port};

/// The key of an element reference in the WebDriver standard.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// The standard's code point for the Control key.
const CONTROL: char = '\u{e009}';
/// The time in which `WebKitWebDriver` and the program must start.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// A reference to an element of the page; valid as long as the page contains it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(String);

/// An error response of the driver.
#[derive(Clone, Debug, Deserialize)]
pub struct WebDriverError {
    /// The error code of the standard, for instance `stale element reference`.
    pub error: String,
    /// The driver's explanation.
    pub message: String,
}

impl WebDriverError {
    /// The page does not contain the element.
    pub(crate) fn not_found() -> Self {
        Self::new("no such element", "")
    }

    fn new(error: &str, message: impl ToString) -> Self {
        Self {
            error: error.to_owned(),
            message: message.to_string(),
        }
    }
}

/// A session of `WebKitWebDriver`, which starts a program with a web view and controls it
/// with the W3C protocol.
///
/// Blocking on purpose, because a test is a list of steps.
pub struct WebDriver {
    http: Agent,
    session: String,
    process: Running,
}

impl WebDriver {
    /// Starts a driver on the display, which starts `binary` with these environment variables.
    ///
    /// Both write their output to `log`.
    ///
    /// # Errors
    /// The program does not start.
    pub fn start(
        display: &Display,
        binary: &Path,
        arguments: &[&str],
        variables: &[(&str, &Path)],
        log: &Path,
    ) -> Result<Self, WebDriverError> {
        let failed = |error: std::io::Error| WebDriverError::new("session not created", error);
        let port = free_port();
        let mut command = Running::command("WebKitWebDriver");
        let log = File::create(log).map_err(failed)?;
        command
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .envs(display.environment())
            .envs(variables.iter().copied())
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(failed)?)
            .stderr(log);
        let process = Running::start(&mut command).map_err(failed)?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None);
        let http: Agent = config.timeout_global(Some(START_TIMEOUT)).build().into();
        let address = format!("http://127.0.0.1:{port}");
        let mut driver = Self {
            http,
            session: address.clone(),
            process,
        };
        driver.await_ready()?;
        let options = json!({ "binary": binary, "args": arguments });
        let wanted =
            json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let answer = driver.post("/session", &wanted)?;
        let id = answer["sessionId"]
            .as_str()
            .ok_or_else(|| WebDriverError::new("no session", &answer))?;
        driver.session = format!("{address}/session/{id}");
        Ok(driver)
    }

    /// The id of the driver's process; the program is its child.
    pub fn process(&self) -> u32 {
        self.process.id()
    }

    /// Kills the driver and the program without a chance to clean up, as `kill -9` does.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Resizes the window.
    ///
    /// # Errors
    /// The driver's error, here and below.
    pub fn resize(&self, width: u32, height: u32) -> Result<(), WebDriverError> {
        let size = json!({ "x": 0, "y": 0, "width": width, "height": height });
        self.post("/window/rect", &size).map(drop)
    }

    /// The window's width and height.
    pub fn size(&self) -> Result<(u64, u64), WebDriverError> {
        let rect = self.get("/window/rect")?;
        let side = |name| rect[name as &str].as_f64().unwrap_or_default().round() as u64;
        Ok((side("width"), side("height")))
    }

    /// Runs the body of a function in the page. Use [`Element::as_argument`] to pass an
    /// [`Element`].
    ///
    /// # Errors
    /// The script throws.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Result<Value, WebDriverError> {
        self.post(
            "/execute/sync",
            &json!({ "script": body, "args": arguments }),
        )
    }

    /// Clicks in the middle of the element, as a finger would; fails if another element covers it.
    ///
    /// # Errors
    /// `element click intercepted`, `element not interactable`, `stale element reference`.
    pub fn click(&self, element: &Element) -> Result<(), WebDriverError> {
        self.post(&format!("/element/{}/click", element.0), &json!({}))
            .map(drop)
    }

    /// Whether the element is enabled. A disabled element ignores clicks without an error.
    ///
    /// # Errors
    /// `stale element reference`.
    pub fn is_enabled(&self, element: &Element) -> Result<bool, WebDriverError> {
        Ok(self.get(&format!("/element/{}/enabled", element.0))? == json!(true))
    }

    /// Types into the element, or gives a file's path to a file input.
    ///
    /// # Errors
    /// `element not interactable`, `stale element reference`.
    pub fn send_keys(&self, element: &Element, keys: &str) -> Result<(), WebDriverError> {
        self.post(
            &format!("/element/{}/value", element.0),
            &json!({ "text": keys }),
        )
        .map(drop)
    }

    /// Presses a key together with Control, in the focused element.
    ///
    /// # Errors
    /// The driver's error.
    pub fn press_with_control(&self, key: char) -> Result<(), WebDriverError> {
        let press = |kind: &str, key: char| json!({ "type": kind, "value": key });
        let keys = [
            press("keyDown", CONTROL),
            press("keyDown", key),
            press("keyUp", key),
            press("keyUp", CONTROL),
        ];
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": keys });
        self.post("/actions", &json!({ "actions": [keyboard] }))
            .map(drop)
    }

    /// Clears a text field.
    ///
    /// # Errors
    /// `invalid element state`, `stale element reference`.
    pub fn clear(&self, element: &Element) -> Result<(), WebDriverError> {
        self.post(&format!("/element/{}/clear", element.0), &json!({}))
            .map(drop)
    }

    /// The element's accessible name, as the engine computes it.
    ///
    /// # Errors
    /// `stale element reference`.
    pub fn accessible_name(&self, element: &Element) -> Result<String, WebDriverError> {
        let name = self.get(&format!("/element/{}/computedlabel", element.0))?;
        Ok(name.as_str().unwrap_or_default().to_owned())
    }

    /// A screenshot of the window: a PNG file in base64.
    ///
    /// # Errors
    /// `unable to capture screen`.
    pub fn screenshot(&self) -> Result<String, WebDriverError> {
        let picture = self.get("/screenshot")?;
        Ok(picture.as_str().unwrap_or_default().to_owned())
    }

    fn await_ready(&mut self) -> Result<(), WebDriverError> {
        let deadline = Instant::now() + START_TIMEOUT;
        while let Err(failure) = self.get("/status") {
            if !self.process.is_alive() || Instant::now() > deadline {
                return Err(failure);
            }
            sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    fn get(&self, path: &str) -> Result<Value, WebDriverError> {
        answer(self.http.get(format!("{}{path}", self.session)).call())
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, WebDriverError> {
        answer(
            self.http
                .post(format!("{}{path}", self.session))
                .send_json(body),
        )
    }
}

impl Drop for WebDriver {
    /// Asks the driver to end the program; dropping the process ends the driver.
    fn drop(&mut self) {
        if self.process.is_alive() {
            let _ = self.http.delete(&self.session).call();
        }
    }
}

impl Element {
    /// The elements in the result of a script.
    pub fn elements_in(answer: &Value) -> Vec<Self> {
        let id = |value: &Value| value.get(ELEMENT)?.as_str().map(|id| Self(id.to_owned()));
        answer
            .as_array()
            .map(|list| list.iter().filter_map(id).collect())
            .unwrap_or_default()
    }

    /// The element as an argument of a script.
    pub fn as_argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

fn answer(
    answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Value, WebDriverError> {
    let mut answer = answer.map_err(|error| WebDriverError::new("no answer", error))?;
    let done = answer.status().is_success();
    let body = answer
        .body_mut()
        .with_config()
        .limit(64 << 20)
        .read_json::<Value>();
    let mut body = body.map_err(|error| WebDriverError::new("no answer", error))?;
    let value = body["value"].take();
    if done {
        return Ok(value);
    }
    Err(serde_json::from_value(value)
        .unwrap_or_else(|error| WebDriverError::new("unknown error", error)))
}
