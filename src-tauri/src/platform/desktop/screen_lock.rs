//! Linux: notices that the desktop locked its screen.
//!
//! Any program can send a signal of any name, on the system bus even programs of other users, and can send it
//! directly to this program, past its match rules. A signal therefore counts only if its sender owns the bus
//! name of the service. zbus leaves this check to the caller: its match rules do not compare such a name with
//! the sender.

use std::time::Duration;

use zbus::blocking::{Connection, MessageIterator, connection};
use zbus::message::{Message, Type};
use zbus::zvariant::{OwnedObjectPath, OwnedValue};
use zbus::{MatchRule, Result};

use super::dbus_daemon;

/// The screen savers of GNOME, KDE and compatible desktops. Each is the name of the service and of its
/// interface.
const SCREEN_SAVERS: [&str; 2] = ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"];

const LOGIN: &str = "org.freedesktop.login1";
const LOGIN_PATH: &str = "/org/freedesktop/login1";
const LOGIN_MANAGER: &str = "org.freedesktop.login1.Manager";
const LOGIN_SESSION: &str = "org.freedesktop.login1.Session";

/// Limits how long a silent login service delays the start of the watch.
const TIMEOUT: Duration = Duration::from_secs(5);

/// Calls `locked` whenever the screen is locked, for as long as the app runs; never on a machine without a bus.
pub fn watch(locked: impl Fn() + Clone + Send + 'static) {
    let locked_by_login = locked.clone();
    std::thread::spawn(move || {
        let connect = || {
            connection::Builder::session()?
                .method_timeout(TIMEOUT)
                .build()
        };
        LockSignals::of_screen_savers(connect()?, connect()?)
            .map(|signals| signals.for_each(|_| locked()))
    });
    std::thread::spawn(move || {
        let connect = || {
            connection::Builder::system()?
                .method_timeout(TIMEOUT)
                .build()
        };
        let session = std::env::var("XDG_SESSION_ID").ok();
        LockSignals::of_login(connect()?, connect()?, session)
            .map(|signals| signals.for_each(|_| locked_by_login()))
    });
}

/// The signals of one bus that report a locked screen, each sent by its real service.
struct LockSignals {
    /// Asks who owns a name. A connection of its own, because on the one that receives the signals each answer
    /// would wait behind a flood of forged signals.
    queries: Connection,
    messages: MessageIterator,
    /// The service that must have sent this message; `None` if the message does not report a locked screen.
    expected_sender: fn(&Message) -> Option<&'static str>,
}

impl LockSignals {
    /// `ActiveChanged(true)` of a screen saver.
    fn of_screen_savers(bus: Connection, queries: Connection) -> Result<Self> {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .member("ActiveChanged")?
            .build();
        Self::new(&bus, queries, rule, |message| {
            let header = message.header();
            let interface = header.interface()?.as_str();
            let active = message.body().deserialize::<bool>().unwrap_or(false);
            let mut savers = SCREEN_SAVERS.into_iter();
            savers.find(|name| active && *name == interface)
        })
    }

    /// `Lock` of the login session that this program belongs to: `loginctl lock-session`, a closed lid. If that
    /// session cannot be determined, `Lock` of every session counts: locking too often is better than never.
    fn of_login(bus: Connection, queries: Connection, session: Option<String>) -> Result<Self> {
        let path = own_session(&queries, session);
        let mut rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender(LOGIN)?
            .interface(LOGIN_SESSION)?
            .member("Lock")?;
        if let Some(path) = &path {
            rule = rule.path(path)?;
        }
        Self::new(&bus, queries, rule.build(), |_| Some(LOGIN))
    }

    fn new(
        bus: &Connection,
        queries: Connection,
        rule: MatchRule<'_>,
        expected_sender: fn(&Message) -> Option<&'static str>,
    ) -> Result<Self> {
        Ok(Self {
            messages: MessageIterator::for_match_rule(rule.to_owned(), bus, None)?,
            queries,
            expected_sender,
        })
    }
}

impl Iterator for LockSignals {
    type Item = Message;

    fn next(&mut self) -> Option<Message> {
        loop {
            let Ok(message) = self.messages.next()? else {
                continue;
            };
            let owner = (self.expected_sender)(&message)
                .map(|name| dbus_daemon::name_owner(&self.queries, name));
            // If nobody owns the name, no sender is accepted.
            if let Some(Ok(owner)) = owner
                && message.header().sender() == Some(&*owner)
            {
                return Some(message);
            }
        }
    }
}

/// The object of this login session: the one that the environment names, else the session of this process, else
/// the one that shows the user's desktop. The last is needed because a program that the message bus starts
/// belongs to no session.
fn own_session(bus: &Connection, id: Option<String>) -> Option<OwnedObjectPath> {
    let by_id = || id.and_then(|id| session_by(bus, "GetSession", &id).ok());
    let by_process = || session_by(bus, "GetSessionByPID", &std::process::id()).ok();
    by_id()
        .or_else(by_process)
        .or_else(|| display_session(bus).ok())
}

fn session_by(
    bus: &Connection,
    method: &str,
    which: &(impl serde::Serialize + zbus::zvariant::DynamicType),
) -> Result<OwnedObjectPath> {
    let answer = bus.call_method(Some(LOGIN), LOGIN_PATH, Some(LOGIN_MANAGER), method, which)?;
    answer.body().deserialize()
}

fn display_session(bus: &Connection) -> Result<OwnedObjectPath> {
    let user = "/org/freedesktop/login1/user/self";
    let properties = Some("org.freedesktop.DBus.Properties");
    let which = ("org.freedesktop.login1.User", "Display");
    let answer = bus.call_method(Some(LOGIN), user, properties, "Get", &which)?;
    let shown: OwnedValue = answer.body().deserialize()?;
    let (_, path) = <(String, OwnedObjectPath)>::try_from(shown)?;
    Ok(path)
}

#[cfg(test)]
mod tests;
