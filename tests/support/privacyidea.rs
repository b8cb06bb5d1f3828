use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use serde_json::Value;
use tempfile::TempDir;
use ureq::Agent;

use crate::virtualenv::run;
use crate::{Running, free_port, virtualenv};

const REALM: &str = "portal";
const START_TIMEOUT: Duration = Duration::from_secs(90);

/// The issuer in the service's URIs. Its accent and space are escaped there.
const ISSUER: &str = "Caisse de compensation Éole";

/// The service's configuration. All its files are in its own folder, and runs share nothing.
const CONFIG: &str = "import os, secrets
def stored(name):
    path = os.path.join(FOLDER, name)
    if not os.path.exists(path):
        with open(path, 'w') as new:
            new.write(secrets.token_hex(32))
    with open(path) as old:
        return old.read()
SECRET_KEY = stored('secret_key')
PI_PEPPER = stored('pepper')
SUPERUSER_REALM = ['administrators']
SQLALCHEMY_DATABASE_URI = 'sqlite:///' + os.path.join(FOLDER, 'service.sqlite')
PI_ENCFILE = os.path.join(FOLDER, 'enckey')
PI_AUDIT_KEY_PRIVATE = os.path.join(FOLDER, 'audit-private.pem')
PI_AUDIT_KEY_PUBLIC = os.path.join(FOLDER, 'audit-public.pem')
PI_LOGFILE = os.path.join(FOLDER, 'service.log')
";

/// What the service shows an administrator who activates TOTP for a user.
pub struct Activation {
    /// The service's serial number of the activation.
    pub serial: String,
    /// The QR picture, a PNG file.
    pub picture: Vec<u8>,
    /// The `otpauth` URI in that picture.
    pub uri: String,
    /// The base32 secret, for users who cannot scan.
    pub secret: String,
}

/// A running privacyIDEA of the pinned version, newly set up in its own folder.
///
/// It listens on the loopback address only; the users `john.doe` and `jane.doe` sign in with a
/// code alone.
pub struct PrivacyIdea {
    http: Agent,
    address: String,
    administrator: String,
    _process: Running,
    _folder: TempDir,
}

impl PrivacyIdea {
    /// The issuer in every URI of the service.
    pub const ISSUER: &str = ISSUER;

    /// Installs it if necessary, sets it up and starts it.
    ///
    /// # Panics
    /// If any of these steps fails.
    #[track_caller]
    pub fn start() -> Self {
        let programs = virtualenv("privacyidea", include_str!("privacyidea-requirements.txt"));
        let manage = programs.join("pi-manage");
        let folder =
            TempDir::with_prefix("trousseau-service-").expect("a temporary folder can be created");
        set_up(&manage, folder.path());
        let port = free_port();
        let log = fs::File::create(folder.path().join("run.log")).expect("the folder is writable");
        let mut command = Running::command(&manage);
        command
            .args(["run", "--host", "127.0.0.1", "--port", &port.to_string()])
            .env("PRIVACYIDEA_CONFIGFILE", folder.path().join("pi.cfg"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        let mut process = Running::start(&mut command).expect("pi-manage is installed");
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None);
        let http: Agent = config
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let address = format!("http://127.0.0.1:{port}");
        await_service(&http, &address, &mut process, folder.path());
        let mut service = Self {
            http,
            address,
            administrator: String::new(),
            _process: process,
            _folder: folder,
        };
        service.set_up_realm();
        service
    }

    /// Activates TOTP for a user as an administrator: `/token/init` with `genkey=1`.
    ///
    /// # Panics
    /// If the service rejects the request.
    #[track_caller]
    pub fn activate(&self, user: &str) -> Activation {
        let answer = self.post(
            "/token/init",
            &[
                ("type", "totp"),
                ("genkey", "1"),
                ("user", user),
                ("realm", REALM),
            ],
        );
        let detail = &answer["detail"];
        let uri = text(&detail["googleurl"]["value"]);
        let picture = text(&detail["googleurl"]["img"]);
        let picture = picture
            .strip_prefix("data:image/png;base64,")
            .expect("it draws PNG files");
        let secret = uri
            .split(['?', '&'])
            .find_map(|part| part.strip_prefix("secret="));
        Activation {
            serial: text(&detail["serial"]),
            picture: BASE64
                .decode(picture.as_bytes())
                .expect("the picture is base64"),
            secret: secret.expect("the URI holds the secret").to_owned(),
            uri,
        }
    }

    /// Whether the service accepts this code for the user: `/validate/check`.
    ///
    /// It accepts each code once only.
    ///
    /// # Panics
    /// If the service gives no verdict.
    #[track_caller]
    pub fn accepts(&self, user: &str, code: &str) -> bool {
        let form = [("user", user), ("realm", REALM), ("pass", code)];
        let answer = self.post("/validate/check", &form);
        let verdict = answer["result"]["value"].as_bool();
        verdict.unwrap_or_else(|| panic!("the service gives no verdict: {answer}"))
    }

    /// Signs in as the administrator and creates the realm with its users.
    fn set_up_realm(&mut self) {
        let token = self.post("/auth", &[("username", "admin"), ("password", "admin")]);
        self.administrator = text(&token["result"]["value"]["token"]);
        let users = self._folder.path().join("users");
        let users = users.to_str().expect("a temporary folder's name is UTF-8");
        self.post(
            "/resolver/users",
            &[("type", "passwdresolver"), ("fileName", users)],
        );
        self.post(&format!("/realm/{REALM}"), &[("resolvers", "users")]);
        let labels = format!("tokenlabel=<u>, tokenissuer={ISSUER}");
        self.post(
            "/policy/labels",
            &[
                ("scope", "enrollment"),
                ("realm", REALM),
                ("action", &labels),
            ],
        );
    }

    /// Sends a request that must succeed.
    #[track_caller]
    fn post(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let request = self.http.post(format!("{}{path}", self.address));
        let request = request.header("Authorization", &self.administrator);
        let answer = request.send_form(form.iter().copied());
        let mut answer = answer.unwrap_or_else(|error| panic!("{path}: {error}"));
        let answer: Value = answer
            .body_mut()
            .read_json()
            .expect("the service answers in JSON");
        assert_eq!(answer["result"]["status"], true, "{path}: {answer}");
        answer
    }
}

/// Runs the documented steps from an empty folder to a service with one administrator.
#[track_caller]
fn set_up(manage: &Path, folder: &Path) {
    let config = folder.join("pi.cfg");
    fs::write(&config, format!("FOLDER = {folder:?}\n{CONFIG}")).expect("the folder is writable");
    let users =
        "john.doe:*:1001:1001:John Doe:/:/bin/false\njane.doe:*:1002:1002:Jane Doe:/:/bin/false\n";
    fs::write(folder.join("users"), users).expect("the folder is writable");
    for step in [
        ["setup", "create_enckey"].as_slice(),
        &["setup", "create_audit_keys"],
        &["setup", "create_tables"],
        &["db", "stamp", "head"],
        &["admin", "add", "--password", "admin", "admin"],
    ] {
        run(Command::new(manage)
            .args(step)
            .env("PRIVACYIDEA_CONFIGFILE", &config));
    }
}

#[track_caller]
fn await_service(http: &Agent, address: &str, process: &mut Running, folder: &Path) {
    let deadline = Instant::now() + START_TIMEOUT;
    let log = || fs::read_to_string(folder.join("run.log")).unwrap_or_default();
    while let Err(error) = http.get(format!("{address}/auth/rights")).call() {
        let refused = matches!(&error, ureq::Error::Io(why) if why.kind() == io::ErrorKind::ConnectionRefused);
        assert!(
            process.is_alive(),
            "the service ended unexpectedly:\n{}",
            log()
        );
        assert!(
            refused && Instant::now() < deadline,
            "the service: {error}\n{}",
            log()
        );
        sleep(Duration::from_millis(100));
    }
}

#[track_caller]
fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("expected a string: {value}"))
        .to_owned()
}
