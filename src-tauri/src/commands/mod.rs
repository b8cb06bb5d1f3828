//! The commands: each takes the state, calls one function, returns a wire type.

mod camera;
mod credentials;
mod drafts;
mod entries;
mod key_replacement;
mod session;
mod settings;

pub use camera::*;
pub use credentials::*;
pub use drafts::*;
pub use entries::*;
pub use key_replacement::*;
pub use session::*;
pub use settings::*;

use crate::error::Result;
use crate::panic_hook::catch_panic;
use crate::stack_wipe::with_stack_wiped;

include!("registry.rs");

/// What `work` answers, the stack that it used wiped. A panic is an answer too: the page would wait for ever.
fn run<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    with_stack_wiped(|| catch_panic(work))
}

/// The core, as commands reach it.
pub type CoreState<'a> = tauri::State<'a, std::sync::Arc<crate::session::Core>>;
