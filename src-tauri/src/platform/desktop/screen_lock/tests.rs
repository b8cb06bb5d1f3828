//! What counts as a locked screen, with real and forged signals on a message bus of its own.

use zbus::fdo;

use super::*;
use crate::platform::desktop::private_bus::PrivateBus;

const OWN: &str = "/org/freedesktop/login1/session/_32";
const ANOTHER: &str = "/org/freedesktop/login1/session/_37";

/// logind, as far as it is asked.
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

/// A service under its name.
fn service(bus: &PrivateBus, name: &str) -> Connection {
    let service = bus.connect();
    service.request_name(name).unwrap();
    service
}

/// It serves its objects before it has its name: zbus drops calls that come in between.
fn login(bus: &PrivateBus) -> Connection {
    let user = "/org/freedesktop/login1/user/self";
    let login = bus.program().serve_at(LOGIN_PATH, Login).unwrap();
    let login = login.serve_at(user, User).unwrap();
    login.name(LOGIN).unwrap().build().unwrap()
}

/// Sends a signal to all and straight to `to`, and returns once the bus has passed it on.
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
    bus::owner(from, LOGIN).ok();
}

/// The name of whoever sent the next signal that counts.
fn sender_of(signals: &mut Signals) -> String {
    let message = signals.next().unwrap();
    message.header().sender().unwrap().to_string()
}

fn name_of(bus: &Connection) -> String {
    bus.unique_name().unwrap().to_string()
}

#[test]
fn a_screen_saver_counts_and_nobody_else_in_its_name() {
    let bus = PrivateBus::start();
    for name in SCREEN_SAVERS {
        let us = bus.connect();
        let mut signals = Signals::of_screen_savers(us.clone(), bus.connect()).unwrap();
        let saver = (name, "ActiveChanged");
        // Before there is such a service, and beside it.
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
        // More than wait at once: nobody is kept from asking who sent them.
        for _ in 0..200 {
            signal(&forger, &us, "/", saver, Some(true));
        }
        signal(&real, &us, "/ScreenSaver", saver, Some(true));
        assert_eq!(sender_of(&mut signals), name_of(&real), "{name}");
    }
}

#[test]
fn a_lock_counts_from_the_login_service_and_for_this_session_alone() {
    let bus = PrivateBus::start();
    let login = login(&bus);
    let lock = (LOGIN_SESSION, "Lock");
    for session in [Some("2"), Some("gone"), None] {
        let us = bus.connect();
        let mut signals =
            Signals::of_login(us.clone(), bus.connect(), session.map(str::to_owned)).unwrap();
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
    let bus = PrivateBus::start();
    let us = bus.connect();
    // It knows of no session.
    let login = bus.program().serve_at("/", Login).unwrap();
    let login = login.name(LOGIN).unwrap().build().unwrap();
    let mut signals = Signals::of_login(us.clone(), bus.connect(), None).unwrap();
    let lock = (LOGIN_SESSION, "Lock");
    signal(&bus.connect(), &us, OWN, lock, None);
    signal(&login, &us, ANOTHER, lock, None);
    assert_eq!(sender_of(&mut signals), name_of(&login));
}
