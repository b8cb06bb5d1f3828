//! Shared code of the end-to-end tests, the demonstration and the benchmarks.
//!
//! [`App`] is the real binary in a real web view on its own virtual display;
//! [`PrivacyIdea`] is a real service that issues QR pictures and checks codes;
//! [`oathtool`] computes every code independently.
//!
//! A step that fails ends the test: the methods of [`App`] and
//! [`PrivacyIdea`] panic at the caller's line, with the expected and the actual
//! state. Every started process ends when its owner is dropped, also after a panic.

mod app;
mod binary;
mod display;
mod film;
mod oathtool;
mod privacyidea;
mod process;
mod qr;
mod reader;
mod start;
mod user_actions;
mod virtualenv;
mod webdriver;
mod window_manager;

pub use app::App;
pub use display::Display;
pub use film::film;
pub use oathtool::{oathtool, unix_seconds, wrong_code};
pub use privacyidea::{Activation, PrivacyIdea};
pub use process::{Running, free_port};
pub use qr::draw_qr;
pub use reader::{read_vault, read_with_old_copy};
pub use user_actions::Row;
pub use virtualenv::virtualenv;
pub use webdriver::{Element, WebDriver, WebDriverError};

use std::path::PathBuf;

/// Cargo's target folder of the running program.
///
/// # Panics
/// If the running program is not in such a folder.
pub fn target_dir() -> PathBuf {
    let program = std::env::current_exe().expect("a running program has a path");
    program
        .ancestors()
        .find(|folder| folder.join("CACHEDIR.TAG").is_file())
        .expect("cargo marks its target folder with CACHEDIR.TAG")
        .to_path_buf()
}
