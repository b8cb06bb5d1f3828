//! Tests of the phone projects by their sources: permissions, settings and resources.

mod android;
mod biometric_keys;
mod check_apk;
mod check_ios_app;
mod check_log;
mod ios;
mod kotlin;
mod project_files;
mod resources;
mod scripts;
mod version;
