//! Linux: the app's name on the session bus, and the methods that the desktop calls there (freedesktop.org's
//! Desktop Entry Specification, "D-Bus Activation"). Written here because the crates for this purpose contain
//! network sockets.
//!
//! A desktop passes links this way, whether the app is running or the bus starts it, so that they are on no
//! command line.

use std::collections::HashMap;

use tauri::{AppHandle, Manager, Runtime, Url};
use zbus::blocking::{Connection, connection};
use zbus::zvariant::OwnedValue;
use zbus::{Error, Result};

use super::dbus_daemon;
use super::single_instance::on_second_start;

const NAME: &str = "org.trousseau.authenticator";
const PATH: &str = "/org/trousseau/authenticator";
const INTERFACE: &str = "org.freedesktop.Application";

type PlatformData = HashMap<String, OwnedValue>;

struct Application<R: Runtime>(AppHandle<R>);

#[zbus::interface(name = "org.freedesktop.Application")]
impl<R: Runtime> Application<R> {
    fn activate(&self, _platform_data: PlatformData) {
        on_second_start(&self.0, Vec::new());
    }

    fn open(&self, addresses: Vec<String>, _platform_data: PlatformData) {
        on_second_start(&self.0, addresses);
    }
}

/// Claims the app's name on the bus. If another process owns it, forwards the links to that process and returns
/// true; this process can then exit. Without a bus a second start is noticed only by the lock of the vault.
pub fn forward_to_running_instance<R: Runtime>(app: &AppHandle<R>, links: Vec<Url>) -> bool {
    match claim_name(app) {
        Ok(connection) => {
            // The app owns the name for as long as the connection exists.
            app.manage(connection);
            false
        }
        Err(Error::NameTaken) => forward(&links).is_ok(),
        Err(_) => false,
    }
}

fn claim_name<R: Runtime>(app: &AppHandle<R>) -> Result<Connection> {
    connection::Builder::session()?
        .replace_existing_names(false)
        .allow_name_replacements(false)
        .serve_at(PATH, Application(app.clone()))?
        .name(NAME)?
        .build()
}

/// Sends the links, with their secrets, to the process that owns the name.
///
/// The session bus of common systems admits only this user and root. No program can take the name from the
/// running app. Before the app has the name, any program of the user can claim it; such a program can read the
/// user's clicks anyway. The owner must run as this user, in case the bus is shared with other users.
fn forward(links: &[Url]) -> Result<()> {
    let bus = Connection::session()?;
    let owner = dbus_daemon::name_owner(&bus, NAME)?;
    if dbus_daemon::unix_user(&bus, &owner)? != rustix::process::getuid().as_raw() {
        return Err(Error::Failure("the name is owned by another user".into()));
    }
    // To the process, not to the name, which may have another owner by now.
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
