//! Linux: the desktop says that its screen was locked.

use zbus::blocking::{Connection, MessageIterator};
use zbus::message::{Message, Type};
use zbus::{MatchRule, Result};

/// GNOME, KDE and those that follow them, by D-Bus.
const SCREEN_SAVERS: [&str; 2] = ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"];

/// Calls `locked` whenever the screen is locked, for as long as the app runs. A machine that has no bus never says so.
pub fn watch(locked: impl Fn() + Clone + Send + 'static) {
    let again = locked.clone();
    std::thread::spawn(move || listen(Connection::session, "ActiveChanged", is_saver, &locked));
    std::thread::spawn(move || listen(Connection::system, "Lock", is_login, &again));
}

fn listen(
    connect: fn() -> Result<Connection>,
    member: &str,
    says_locked: fn(&Message) -> bool,
    locked: &impl Fn(),
) -> Result<()> {
    let rule = MatchRule::builder()
        .msg_type(Type::Signal)
        .member(member)?
        .build();
    for message in MessageIterator::for_match_rule(rule, &connect()?, None)? {
        if says_locked(&message?) {
            locked();
        }
    }
    Ok(())
}

/// `ActiveChanged(true)` of a screen saver.
fn is_saver(message: &Message) -> bool {
    let header = message.header();
    header
        .interface()
        .is_some_and(|name| SCREEN_SAVERS.contains(&name.as_str()))
        && message.body().deserialize::<bool>().unwrap_or(false)
}

/// `Lock` of a login session: `loginctl lock-session`, a closed lid.
fn is_login(message: &Message) -> bool {
    let header = message.header();
    header
        .interface()
        .is_some_and(|name| name.as_str() == "org.freedesktop.login1.Session")
}
