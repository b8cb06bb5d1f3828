use std::fs::File;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};
use ureq::Agent;

use crate::{Display, Running, free_port};

/// The name under which the standard passes an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
/// The standard's sign for the Control key.
const CONTROL: char = '\u{e009}';
/// How long `WebKitWebDriver` and the program it drives may take to come up.
const START: Duration = Duration::from_secs(60);

/// An element of the page, as long as it is in the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(String);

/// What the driver did not do, in the standard's words.
#[derive(Clone, Debug, Deserialize)]
pub struct Refusal {
    /// The standard's name of the error, for instance `stale element reference`.
    pub error: String,
    /// The driver's explanation.
    pub message: String,
}

impl Refusal {
    /// What was looked for is not there.
    pub(crate) fn absent() -> Self {
        Self::new("no such element", "")
    }

    fn new(error: &str, message: impl ToString) -> Self {
        Self {
            error: error.to_owned(),
            message: message.to_string(),
        }
    }
}

/// One session of `WebKitWebDriver`: a program with a web view that it started, driven
/// over the W3C protocol.
///
/// Blocking on purpose: a test is a list of steps.
pub struct WebDriver {
    http: Agent,
    session: String,
    process: Running,
}

impl WebDriver {
    /// Starts `binary` on the display under a driver of its own, with these variables.
    ///
    /// Both write what they have to say to `log`.
    ///
    /// # Errors
    /// What the driver says if the program does not come up.
    pub fn start(
        display: &Display,
        binary: &Path,
        arguments: &[&str],
        variables: &[(&str, &Path)],
        log: &Path,
    ) -> Result<Self, Refusal> {
        let failed = |error: std::io::Error| Refusal::new("session not created", error);
        let port = free_port();
        let mut command = Running::command("WebKitWebDriver");
        let log = File::create(log).map_err(failed)?;
        command
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            .envs(display.variables())
            .envs(variables.iter().copied())
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(log.try_clone().map_err(failed)?)
            .stderr(log);
        let process = Running::start(&mut command).map_err(failed)?;
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None);
        let http: Agent = config.timeout_global(Some(START)).build().into();
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
            .ok_or_else(|| Refusal::new("no session", &answer))?;
        driver.session = format!("{address}/session/{id}");
        Ok(driver)
    }

    /// The driver's process; the program is its child.
    pub fn process(&self) -> u32 {
        self.process.id()
    }

    /// Lets the driver's process and the program end without tidying up, as `kill -9` does.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Sizes the window.
    ///
    /// # Errors
    /// The driver's refusal, here and below.
    pub fn resize(&self, width: u32, height: u32) -> Result<(), Refusal> {
        let size = json!({ "x": 0, "y": 0, "width": width, "height": height });
        self.post("/window/rect", &size).map(drop)
    }

    /// The window's width and height.
    pub fn size(&self) -> Result<(u64, u64), Refusal> {
        let rect = self.get("/window/rect")?;
        let side = |name| rect[name as &str].as_f64().unwrap_or_default().round() as u64;
        Ok((side("width"), side("height")))
    }

    /// Runs the body of a function in the page. An [`Element`] among the arguments goes in
    /// by [`Element::argument`].
    ///
    /// # Errors
    /// What the script throws.
    pub fn script(&self, body: &str, arguments: &[Value]) -> Result<Value, Refusal> {
        self.post(
            "/execute/sync",
            &json!({ "script": body, "args": arguments }),
        )
    }

    /// Clicks in the middle of the element, as a finger would: what covers it refuses.
    ///
    /// # Errors
    /// `element click intercepted`, `element not interactable`, `stale element reference`.
    pub fn click(&self, element: &Element) -> Result<(), Refusal> {
        self.post(&format!("/element/{}/click", element.0), &json!({}))
            .map(drop)
    }

    /// Whether the element is not disabled: a disabled one swallows clicks in silence.
    ///
    /// # Errors
    /// `stale element reference`.
    pub fn is_enabled(&self, element: &Element) -> Result<bool, Refusal> {
        Ok(self.get(&format!("/element/{}/enabled", element.0))? == json!(true))
    }

    /// Types into the element, or hands a file's path to a file input.
    ///
    /// # Errors
    /// `element not interactable`, `stale element reference`.
    pub fn send_keys(&self, element: &Element, keys: &str) -> Result<(), Refusal> {
        self.post(
            &format!("/element/{}/value", element.0),
            &json!({ "text": keys }),
        )
        .map(drop)
    }

    /// Presses a key while Control is held, wherever the focus is.
    ///
    /// # Errors
    /// What the driver says.
    pub fn control(&self, key: char) -> Result<(), Refusal> {
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

    /// Empties a text field.
    ///
    /// # Errors
    /// `invalid element state`, `stale element reference`.
    pub fn clear(&self, element: &Element) -> Result<(), Refusal> {
        self.post(&format!("/element/{}/clear", element.0), &json!({}))
            .map(drop)
    }

    /// The element's name as the engine itself gives it to assistive technology.
    ///
    /// # Errors
    /// `stale element reference`.
    pub fn accessible_name(&self, element: &Element) -> Result<String, Refusal> {
        let name = self.get(&format!("/element/{}/computedlabel", element.0))?;
        Ok(name.as_str().unwrap_or_default().to_owned())
    }

    /// What the window shows, a PNG file in base64.
    ///
    /// # Errors
    /// `unable to capture screen`.
    pub fn screenshot(&self) -> Result<String, Refusal> {
        let picture = self.get("/screenshot")?;
        Ok(picture.as_str().unwrap_or_default().to_owned())
    }

    fn await_ready(&mut self) -> Result<(), Refusal> {
        let patience = Instant::now() + START;
        while let Err(refusal) = self.get("/status") {
            if !self.process.is_alive() || Instant::now() > patience {
                return Err(refusal);
            }
            sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    fn get(&self, path: &str) -> Result<Value, Refusal> {
        answer(self.http.get(format!("{}{path}", self.session)).call())
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        answer(
            self.http
                .post(format!("{}{path}", self.session))
                .send_json(body),
        )
    }
}

impl Drop for WebDriver {
    /// Asks the program to end; the driver itself ends with its process.
    fn drop(&mut self) {
        if self.process.is_alive() {
            let _ = self.http.delete(&self.session).call();
        }
    }
}

impl Element {
    /// The elements in a script's answer.
    pub fn all_in(answer: &Value) -> Vec<Self> {
        let id = |value: &Value| value.get(ELEMENT)?.as_str().map(|id| Self(id.to_owned()));
        answer
            .as_array()
            .map(|list| list.iter().filter_map(id).collect())
            .unwrap_or_default()
    }

    /// The element as a script's argument.
    pub fn argument(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

fn answer(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Value, Refusal> {
    let mut answer = answer.map_err(|error| Refusal::new("no answer", error))?;
    let done = answer.status().is_success();
    let body = answer
        .body_mut()
        .with_config()
        .limit(64 << 20)
        .read_json::<Value>();
    let mut body = body.map_err(|error| Refusal::new("no answer", error))?;
    let value = body["value"].take();
    if done {
        return Ok(value);
    }
    Err(serde_json::from_value(value).unwrap_or_else(|error| Refusal::new("unknown error", error)))
}
