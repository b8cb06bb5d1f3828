//! Linux: the desktop says that its screen was locked.
//!
//! Any program may send a signal of any name, on the system's bus those of other users too, and straight to this
//! program, past the rules of what it asked for. A signal therefore counts only when its sender owns the name of the
//! service. zbus leaves that to the caller: its rules compare no such name with the sender.

use std::time::Duration;

use zbus::blocking::{Connection, MessageIterator, connection};
use zbus::message::{Message, Type};
use zbus::zvariant::{OwnedObjectPath, OwnedValue};
use zbus::{MatchRule, Result};

use super::bus;

/// GNOME, KDE and those that follow them: each is the name of the service and of its interface.
const SCREEN_SAVERS: [&str; 2] = ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"];

const LOGIN: &str = "org.freedesktop.login1";
const LOGIN_PATH: &str = "/org/freedesktop/login1";
const LOGIN_MANAGER: &str = "org.freedesktop.login1.Manager";
const LOGIN_SESSION: &str = "org.freedesktop.login1.Session";

/// A login service that does not answer is not waited for: the signal is.
const PATIENCE: Duration = Duration::from_secs(5);

/// Calls `locked` whenever the screen is locked, for as long as the app runs. A machine that has no bus never says so.
pub fn watch(locked: impl Fn() + Clone + Send + 'static) {
    let again = locked.clone();
    std::thread::spawn(move || {
        let connect = || {
            connection::Builder::session()?
                .method_timeout(PATIENCE)
                .build()
        };
        Signals::of_screen_savers(connect()?, connect()?)
            .map(|signals| signals.for_each(|_| locked()))
    });
    std::thread::spawn(move || {
        let connect = || {
            connection::Builder::system()?
                .method_timeout(PATIENCE)
                .build()
        };
        let session = std::env::var("XDG_SESSION_ID").ok();
        Signals::of_login(connect()?, connect()?, session)
            .map(|signals| signals.for_each(|_| again()))
    });
}

/// The signals of one bus that say that the screen was locked, each from its real sender.
struct Signals {
    /// Asks who owns a name. Not the one that the signals come by: whoever floods that with signals of their own would
    /// have each answer wait behind them.
    asks: Connection,
    messages: MessageIterator,
    /// The service that such a signal has to come from; none where it does not say that the screen was locked.
    service: fn(&Message) -> Option<&'static str>,
}

impl Signals {
    /// `ActiveChanged(true)` of a screen saver.
    fn of_screen_savers(bus: Connection, asks: Connection) -> Result<Self> {
        let rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .member("ActiveChanged")?
            .build();
        Self::new(&bus, asks, rule, |message| {
            let header = message.header();
            let interface = header.interface()?.as_str();
            let active = message.body().deserialize::<bool>().unwrap_or(false);
            let mut savers = SCREEN_SAVERS.into_iter();
            savers.find(|name| active && *name == interface)
        })
    }

    /// `Lock` of the login session that this program belongs to: `loginctl lock-session`, a closed lid. Where that session
    /// cannot be found out, those of all sessions: locked too often is better than never.
    fn of_login(bus: Connection, asks: Connection, session: Option<String>) -> Result<Self> {
        let path = own_session(&asks, session);
        let mut rule = MatchRule::builder()
            .msg_type(Type::Signal)
            .sender(LOGIN)?
            .interface(LOGIN_SESSION)?
            .member("Lock")?;
        if let Some(path) = &path {
            rule = rule.path(path)?;
        }
        Self::new(&bus, asks, rule.build(), |_| Some(LOGIN))
    }

    fn new(
        bus: &Connection,
        asks: Connection,
        rule: MatchRule<'_>,
        service: fn(&Message) -> Option<&'static str>,
    ) -> Result<Self> {
        Ok(Self {
            messages: MessageIterator::for_match_rule(rule.to_owned(), bus, None)?,
            asks,
            service,
        })
    }
}

impl Iterator for Signals {
    type Item = Message;

    fn next(&mut self) -> Option<Message> {
        loop {
            let Ok(message) = self.messages.next()? else {
                continue;
            };
            let owner = (self.service)(&message).map(|name| bus::owner(&self.asks, name));
            // Without an owner nobody may speak for the service.
            if let Some(Ok(owner)) = owner
                && message.header().sender() == Some(&*owner)
            {
                return Some(message);
            }
        }
    }
}

/// The object of this login session: the one that the environment names, the one of this process, or the one that
/// shows this user's desktop, since a program that the message bus starts belongs to no session itself.
fn own_session(bus: &Connection, id: Option<String>) -> Option<OwnedObjectPath> {
    let by_id = || id.and_then(|id| session_by(bus, "GetSession", &id).ok());
    let by_process = || session_by(bus, "GetSessionByPID", &std::process::id()).ok();
    by_id()
        .or_else(by_process)
        .or_else(|| shown_session(bus).ok())
}

fn session_by(
    bus: &Connection,
    method: &str,
    which: &(impl serde::Serialize + zbus::zvariant::DynamicType),
) -> Result<OwnedObjectPath> {
    let answer = bus.call_method(Some(LOGIN), LOGIN_PATH, Some(LOGIN_MANAGER), method, which)?;
    answer.body().deserialize()
}

fn shown_session(bus: &Connection) -> Result<OwnedObjectPath> {
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
