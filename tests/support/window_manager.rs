use x11rb::connection::Connection;
use x11rb::errors::ReplyOrIdError;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, Window};
use x11rb::wrapper::ConnectionExt as _;

/// Asks every window with this name to close, as its close button does. Returns the number of windows.
///
/// # Errors
/// The X server's error.
pub fn ask_to_close(display: &str, name: &str) -> Result<usize, Box<dyn std::error::Error>> {
    let (connection, screen) = x11rb::connect(Some(display))?;
    let atom = |name: &str| -> Result<u32, ReplyOrIdError> {
        Ok(connection
            .intern_atom(false, name.as_bytes())?
            .reply()?
            .atom)
    };
    let (protocols, delete) = (atom("WM_PROTOCOLS")?, atom("WM_DELETE_WINDOW")?);
    let accepts = |window: Window| -> Result<bool, ReplyOrIdError> {
        let property =
            |property| connection.get_property(false, window, property, AtomEnum::ANY, 0, 1024);
        let named = property(AtomEnum::WM_NAME.into())?.reply()?.value == name.as_bytes();
        let supported = property(protocols)?.reply()?;
        Ok(named
            && supported
                .value32()
                .is_some_and(|mut known| known.any(|one| one == delete)))
    };
    let root = connection.setup().roots[screen].root;
    let mut closed = 0;
    for window in connection.query_tree(root)?.reply()?.children {
        if accepts(window)? {
            let message = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
            connection.send_event(false, window, EventMask::NO_EVENT, message)?;
            closed += 1;
        }
    }
    connection.sync()?;
    Ok(closed)
}
