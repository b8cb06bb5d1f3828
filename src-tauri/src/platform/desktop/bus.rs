//! Linux: what the message bus itself knows of the programs on it.

use zbus::Result;
use zbus::blocking::Connection;
use zbus::names::{OwnedUniqueName, UniqueName};

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

/// The number of the user that this program runs as.
///
/// # Errors
/// What the bus says, also where that program is gone.
pub fn user(bus: &Connection, program: &UniqueName<'_>) -> Result<u32> {
    let answer = bus.call_method(Some(BUS), PATH, Some(BUS), "GetConnectionUnixUser", program)?;
    answer.body().deserialize()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::desktop::private_bus::PrivateBus;

    #[test]
    fn a_name_has_an_owner_and_an_owner_a_user() {
        let private = PrivateBus::start();
        let (us, other) = (private.connect(), private.connect());
        let name = "org.trousseau.authenticator";
        assert!(owner(&us, name).is_err());
        other.request_name(name).unwrap();
        let found = owner(&us, name).unwrap();
        assert_eq!(Some(&*found), other.unique_name().map(|name| &**name));
        let here = rustix::process::getuid().as_raw();
        assert_eq!(user(&us, &found).unwrap(), here);
        drop(other);
        // The bus notices in its own time.
        while owner(&us, name).is_ok() {
            std::thread::yield_now();
        }
        assert!(user(&us, &found).is_err());
    }
}
