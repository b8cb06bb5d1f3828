//! Which signals count as a locked screen, with real and forged signals on a test bus.

use zbus::fdo;

use super::*;
use crate::platform::desktop::test_bus::TestBus;

const OWN: &str = "/org/freedesktop/login1/session/_32";
const ANOTHER: &str = "/org/freedesktop/login1/session/_37";

/// The part of logind that is called.
struct Login;

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
impl Login {
    fn get_session(&self, id: String) -> fdo::Result<OwnedObjectPath> {
        match id.as_str() {
            "2" => Ok(path(OWN)),
            _ => Err(fdo::Error::Failed("no such session".into())),
        }
    }

    #[zbus(name = "GetSessionByPID")]
    fn get_session_by_pid(&self, _process: u32) -> fdo::Result<OwnedObjectPath> {
        Err(fdo::Error::Failed("in no session".into()))
    }
}

struct User;

#[zbus::interface(name = "org.freedesktop.login1.User")]
impl User {
    #[zbus(property)]
    fn display(&self) -> (String, OwnedObjectPath) {
        ("2".into(), path(OWN))
    }
}

fn path(text: &str) -> OwnedObjectPath {
    OwnedObjectPath::try_from(text).unwrap()
}

/// Starts a service with this bus name.
fn service(bus: &TestBus, name: &str) -> Connection {
    let service = bus.connect();
    service.request_name(name).unwrap();
    service
}

/// Serves its objects before it claims its name, because zbus drops calls that arrive in between.
fn login(bus: &TestBus) -> Connection {
    let user = "/org/freedesktop/login1/user/self";
    let login = bus.client().serve_at(LOGIN_PATH, Login).unwrap();
    let login = login.serve_at(user, User).unwrap();
    login.name(LOGIN).unwrap().build().unwrap()
}

/// Broadcasts a signal and also sends it directly to `to`; returns once the bus has delivered both.
fn signal(
    from: &Connection,
    to: &Connection,
    path: &str,
    name: (&str, &str),
    active: Option<bool>,
) {
    let (interface, member) = name;
    for to in [None, to.unique_name()] {
        let sent = match active {
            Some(active) => from.emit_signal(to, path, interface, member, &active),
            None => from.emit_signal(to, path, interface, member, &()),
        };
        sent.unwrap();
    }
    dbus_daemon::name_owner(from, LOGIN).ok();
}

/// The bus name of the sender of the next signal that counts.
fn sender_of(signals: &mut LockSignals) -> String {
    let message = signals.next().unwrap();
    message.header().sender().unwrap().to_string()
}

fn name_of(bus: &Connection) -> String {
    bus.unique_name().unwrap().to_string()
}

#[test]
fn only_the_real_screen_saver_counts() {
    let bus = TestBus::start();
    for name in SCREEN_SAVERS {
        let us = bus.connect();
        let mut signals = LockSignals::of_screen_savers(us.clone(), bus.connect()).unwrap();
        let saver = (name, "ActiveChanged");
        // Forged before the service exists, and while it exists.
        let forger = bus.connect();
        signal(&forger, &us, "/", saver, Some(true));
        let real = service(&bus, name);
        signal(&forger, &us, "/", saver, Some(true));
        signal(&real, &us, "/ScreenSaver", saver, Some(false));
        signal(
            &real,
            &us,
            "/",
            (LOGIN_SESSION, "ActiveChanged"),
            Some(true),
        );
        // More signals than the queue holds: they must not block the query for the sender.
        for _ in 0..200 {
            signal(&forger, &us, "/", saver, Some(true));
        }
        signal(&real, &us, "/ScreenSaver", saver, Some(true));
        assert_eq!(sender_of(&mut signals), name_of(&real), "{name}");
    }
}

#[test]
fn only_a_lock_of_this_session_from_the_login_service_counts() {
    let bus = TestBus::start();
    let login = login(&bus);
    let lock = (LOGIN_SESSION, "Lock");
    for session in [Some("2"), Some("gone"), None] {
        let us = bus.connect();
        let mut signals =
            LockSignals::of_login(us.clone(), bus.connect(), session.map(str::to_owned)).unwrap();
        signal(&bus.connect(), &us, OWN, lock, None);
        signal(&login, &us, ANOTHER, lock, None);
        signal(&login, &us, OWN, lock, None);
        let message = signals.next().unwrap();
        let header = message.header();
        assert_eq!(header.sender().unwrap().to_string(), name_of(&login));
        assert_eq!(header.path().unwrap().as_str(), OWN, "{session:?}");
    }
}

#[test]
fn without_a_session_every_lock_of_the_login_service_counts() {
    let bus = TestBus::start();
    let us = bus.connect();
    // This service has no session.
    let login = bus.client().serve_at("/", Login).unwrap();
    let login = login.name(LOGIN).unwrap().build().unwrap();
    let mut signals = LockSignals::of_login(us.clone(), bus.connect(), None).unwrap();
    let lock = (LOGIN_SESSION, "Lock");
    signal(&bus.connect(), &us, OWN, lock, None);
    signal(&login, &us, ANOTHER, lock, None);
    assert_eq!(sender_of(&mut signals), name_of(&login));
}
