//! One window at a time, where it was left; a second start hands over what it was started with.

use std::path::{Path, PathBuf};

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Builder, Manager, Runtime};
use tauri_plugin_window_state::StateFlags;

use super::arguments::{EARLY, links};
use crate::on_opened_urls;
use crate::storage::remove_unless_file;

/// For the app itself: a test is not to end because an app runs on the same desktop.
pub fn alone<R: Runtime>(builder: Builder<R>, folder: Option<&Path>) -> Builder<R> {
    let place = folder.map_or_else(|| "window.json".into(), |folder| folder.join("window.json"));
    let window = tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .with_filename(place.to_string_lossy())
        .build();
    builder
        .plugin(only_one())
        .plugin(window_file(place))
        .plugin(window)
}

/// Clears the way for the plugin that reads where the window was: it opens whatever has that name.
fn window_file<R: Runtime>(place: PathBuf) -> TauriPlugin<R> {
    tauri::plugin::Builder::new("window-file")
        .setup(|app, _| {
            if let Ok(folder) = app.path().app_config_dir() {
                remove_unless_file(&folder.join(place));
            }
            Ok(())
        })
        .build()
}

#[cfg(target_os = "linux")]
fn only_one<R: Runtime>() -> TauriPlugin<R> {
    let plugin = tauri::plugin::Builder::new("only-one");
    plugin
        .setup(|app, _| {
            if super::application::is_there_already(app, EARLY.waiting()) {
                std::process::exit(0);
            }
            Ok(())
        })
        .build()
}

/// macOS sees to it; on Windows a second start says that the vault is open elsewhere.
#[cfg(not(target_os = "linux"))]
fn only_one<R: Runtime>() -> TauriPlugin<R> {
    tauri::plugin::Builder::new("only-one").build()
}

/// What a second start was started with, or what the message bus started this process for.
pub(super) fn take_over<R: Runtime>(app: &AppHandle<R>, addresses: Vec<String>) {
    come_up(app);
    if let Some(links) = EARLY.keep(links(addresses)) {
        on_opened_urls(app, links);
    }
}

fn come_up<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window("main") {
        // A window that does not come up is still there.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}
