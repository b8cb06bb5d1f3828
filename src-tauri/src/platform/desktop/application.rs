//! Linux: the app's name on the session's bus, and what the desktop calls there (freedesktop.org's Desktop Entry
//! Specification, "D-Bus Activation"). The crates for this purpose bring sockets of the network along.
//!
//! A desktop hands links over this way, whether the app runs or the bus starts it for them, so that no command line shows
//! them.

use std::collections::HashMap;

use tauri::{AppHandle, Manager, Runtime, Url};
use zbus::blocking::{Connection, connection};
use zbus::zvariant::OwnedValue;
use zbus::{Error, Result};

use super::bus;
use super::one_window::take_over;

const NAME: &str = "org.trousseau.authenticator";
const PATH: &str = "/org/trousseau/authenticator";
const INTERFACE: &str = "org.freedesktop.Application";

type PlatformData = HashMap<String, OwnedValue>;

struct Application<R: Runtime>(AppHandle<R>);

#[zbus::interface(name = "org.freedesktop.Application")]
impl<R: Runtime> Application<R> {
    fn activate(&self, _platform_data: PlatformData) {
        take_over(&self.0, Vec::new());
    }

    fn open(&self, addresses: Vec<String>, _platform_data: PlatformData) {
        take_over(&self.0, addresses);
    }
}

/// Takes the name; where another process has it, that one gets the links. A desktop without a bus has no second start
/// that could be noticed but by the vault's lock.
pub fn is_there_already<R: Runtime>(app: &AppHandle<R>, links: Vec<Url>) -> bool {
    match take_name(app) {
        Ok(connection) => {
            // The name is held as long as the connection is.
            app.manage(connection);
            false
        }
        Err(Error::NameTaken) => hand_over(&links).is_ok(),
        Err(_) => false,
    }
}

fn take_name<R: Runtime>(app: &AppHandle<R>) -> Result<Connection> {
    connection::Builder::session()?
        .replace_existing_names(false)
        .allow_name_replacements(false)
        .serve_at(PATH, Application(app.clone()))?
        .name(NAME)?
        .build()
}

/// Hands the links, secrets included, to the process that has the name.
///
/// The session's bus lets in this user and root alone, as those that come with systems are set up, and nobody may take the
/// name from the app while it has it; before the app has it, any program of the user may. That program can read what this
/// user clicks anyway. On a bus that is shared with other users, the process must be of this user.
fn hand_over(links: &[Url]) -> Result<()> {
    let bus = Connection::session()?;
    let owner = bus::owner(&bus, NAME)?;
    if bus::user(&bus, &owner)? != rustix::process::getuid().as_raw() {
        return Err(Error::Failure("the name is another user's".into()));
    }
    // To that process, not to the name, which may be another's by now.
    let owner = Some(owner.as_ref());
    let data = PlatformData::new();
    if links.is_empty() {
        bus.call_method(owner, PATH, Some(INTERFACE), "Activate", &data)?;
    } else {
        let addresses: Vec<_> = links.iter().map(Url::as_str).collect();
        let body = (addresses, data);
        bus.call_method(owner, PATH, Some(INTERFACE), "Open", &body)?;
    }
    Ok(())
}
