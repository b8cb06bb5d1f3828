//! Linux: what the message bus itself knows of the programs on it.

use zbus::Result;
use zbus::blocking::Connection;
use zbus::names::OwnedUniqueName;

const BUS: &str = "org.freedesktop.DBus";
const PATH: &str = "/org/freedesktop/DBus";

/// The program that has this name now.
///
/// # Errors
/// What the bus says, also where nobody has it.
pub fn owner(bus: &Connection, name: &str) -> Result<OwnedUniqueName> {
    let answer = bus.call_method(Some(BUS), PATH, Some(BUS), "GetNameOwner", &name)?;
    answer.body().deserialize()
}
