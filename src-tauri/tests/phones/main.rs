//! What the phone projects ask for and give away, as far as their sources show it.

mod android;
mod check_apk;
mod check_ios_app;
mod check_log;
mod ios;
mod keys;
mod kotlin;
mod resources;
mod scripts;
mod tree;
mod version;
