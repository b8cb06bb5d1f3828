//! The commands: each takes the state, calls one function, returns a wire type.

mod add;
mod camera;
mod entry;
mod protection;
mod session;
mod settings;

pub use add::*;
pub use camera::*;
pub use entry::*;
pub use protection::*;
pub use session::*;
pub use settings::*;

include!("list.rs");

/// The core, as commands reach it.
pub type CoreState<'a> = tauri::State<'a, std::sync::Arc<crate::session::Core>>;
