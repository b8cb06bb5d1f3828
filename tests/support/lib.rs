//! What the end-to-end tests, the demonstration and the benches share.
//!
//! [`App`] is the real binary in a real web view on a display of its own;
//! [`PrivacyIdea`] is a real service that hands out QR pictures and checks codes;
//! [`oathtool`] is an independent opinion about every code.
//!
//! A step that does not come about ends the test: what is asked of [`App`] and
//! [`PrivacyIdea`] panics at the caller's line, saying what was awaited and what is
//! there instead. Every process that is started ends with its owner, also after a panic.

mod app;
mod binary;
mod display;
mod film;
mod oathtool;
mod person;
mod privacyidea;
mod process;
mod qr;
mod reader;
mod start;
mod virtualenv;
mod webdriver;
mod window_manager;

pub use app::App;
pub use display::Display;
pub use film::film;
pub use oathtool::{oathtool, unix_seconds, wrong_code};
pub use person::Row;
pub use privacyidea::{Activation, PrivacyIdea};
pub use process::{Running, free_port};
pub use qr::draw_qr;
pub use reader::{read_by_old_copy, read_vault};
pub use virtualenv::virtualenv;
pub use webdriver::{Element, Refusal, WebDriver};

use std::path::PathBuf;

/// Cargo's target folder of this very run.
///
/// # Panics
/// If the running program lies in no such folder.
pub fn target_dir() -> PathBuf {
    let program = std::env::current_exe().expect("a running program has a path");
    program
        .ancestors()
        .find(|folder| folder.join("CACHEDIR.TAG").is_file())
        .expect("cargo marks its target folder with CACHEDIR.TAG")
        .to_path_buf()
}
