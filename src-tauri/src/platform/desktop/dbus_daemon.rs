//! Linux: queries to the message bus about the programs connected to it.

use zbus::Result;
use zbus::blocking::Connection;
use zbus::names::{OwnedUniqueName, UniqueName};

const BUS: &str = "org.freedesktop.DBus";
const PATH: &str = "/org/freedesktop/DBus";

/// The program that owns this name now.
///
/// # Errors
/// The error of the bus, also if nobody owns the name.
pub fn name_owner(bus: &Connection, name: &str) -> Result<OwnedUniqueName> {
    let answer = bus.call_method(Some(BUS), PATH, Some(BUS), "GetNameOwner", &name)?;
    answer.body().deserialize()
}

/// The id of the user that this program runs as.
///
/// # Errors
/// The error of the bus, also if the program is gone.
pub fn unix_user(bus: &Connection, program: &UniqueName<'_>) -> Result<u32> {
    let answer = bus.call_method(Some(BUS), PATH, Some(BUS), "GetConnectionUnixUser", program)?;
    answer.body().deserialize()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::desktop::test_bus::TestBus;

    #[test]
    fn the_bus_tells_the_owner_of_a_name_and_its_user() {
        let private = TestBus::start();
        let (us, other) = (private.connect(), private.connect());
        let name = "org.trousseau.authenticator";
        assert!(name_owner(&us, name).is_err());
        other.request_name(name).unwrap();
        let found = name_owner(&us, name).unwrap();
        assert_eq!(Some(&*found), other.unique_name().map(|name| &**name));
        let here = rustix::process::getuid().as_raw();
        assert_eq!(unix_user(&us, &found).unwrap(), here);
        drop(other);
        // The bus notices the end of a connection with a delay.
        while name_owner(&us, name).is_ok() {
            std::thread::yield_now();
        }
        assert!(unix_user(&us, &found).is_err());
    }
}
