//! The commands: each takes the state, calls one function, returns a wire type.

mod add;
mod camera;
mod entry;
mod keys;
mod protection;
mod session;
mod settings;

pub use add::*;
pub use camera::*;
pub use entry::*;
pub use keys::*;
pub use protection::*;
pub use session::*;
pub use settings::*;

use crate::panics::caught;
use crate::refused::Answer;
use crate::stack::wiped;

include!("list.rs");

/// What `work` answers, the stack that it used wiped. A panic is an answer too: the page would wait for ever.
fn answered<T>(work: impl FnOnce() -> Answer<T>) -> Answer<T> {
    wiped(|| caught(work))
}

/// The core, as commands reach it.
pub type CoreState<'a> = tauri::State<'a, std::sync::Arc<crate::session::Core>>;
