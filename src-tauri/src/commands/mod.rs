//! The commands of the page. Each calls one function of the core and returns a wire type.

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

/// Runs `work`, zeroes the stack that it used, and turns a panic into an error, because the page would wait for ever.
fn run<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    with_stack_wiped(|| catch_panic(work))
}

/// The core as a command gets it.
pub type CoreState<'a> = tauri::State<'a, std::sync::Arc<crate::session::Core>>;
