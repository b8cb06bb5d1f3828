//! One window at a time, at its last position. A second start forwards its links to the running app.

use std::path::{Path, PathBuf};

use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, Builder, Manager, Runtime};
use tauri_plugin_window_state::StateFlags;

use super::arguments::{PENDING, links};
use crate::on_opened_urls;
use crate::storage::remove_special_file;

/// Adds the plugins for a single instance and for the window's position. Tests do not use this, because they
/// would end if the app runs on the same desktop.
pub fn with_single_instance<R: Runtime>(builder: Builder<R>, folder: Option<&Path>) -> Builder<R> {
    let file = folder.map_or_else(|| "window.json".into(), |folder| folder.join("window.json"));
    let window = tauri_plugin_window_state::Builder::new()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .with_filename(file.to_string_lossy())
        .build();
    builder
        .plugin(forward_second_start())
        .plugin(remove_special_window_file(file))
        .plugin(window)
}

/// Removes a pipe or a device that has the name of the window-state file, because that plugin opens whatever
/// has this name.
fn remove_special_window_file<R: Runtime>(file: PathBuf) -> TauriPlugin<R> {
    tauri::plugin::Builder::new("remove-special-window-file")
        .setup(|app, _| {
            if let Ok(folder) = app.path().app_config_dir() {
                remove_special_file(&folder.join(file));
            }
            Ok(())
        })
        .build()
}

#[cfg(target_os = "linux")]
fn forward_second_start<R: Runtime>() -> TauriPlugin<R> {
    let plugin = tauri::plugin::Builder::new("single-instance");
    plugin
        .setup(|app, _| {
            if super::dbus_activation::forward_to_running_instance(app, PENDING.waiting()) {
                std::process::exit(0);
            }
            Ok(())
        })
        .build()
}

/// macOS starts no second instance. On Windows a second instance says that the vault is open elsewhere.
#[cfg(not(target_os = "linux"))]
fn forward_second_start<R: Runtime>() -> TauriPlugin<R> {
    tauri::plugin::Builder::new("single-instance").build()
}

/// Takes the links of a second start, or those for which the message bus started this process.
pub(super) fn on_second_start<R: Runtime>(app: &AppHandle<R>, addresses: Vec<String>) {
    focus_window(app);
    if let Some(links) = PENDING.queue(links(addresses)) {
        on_opened_urls(app, links);
    }
}

fn focus_window<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window("main") {
        // Failing is harmless: the window still exists.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}
