//! The Trousseau app: the core, and Tauri around it. The page calls commands and gets wire types back.
//!
//! | module | what |
//! |---|---|
//! | [`session`] | the core: the state of the vault, and everything that the page can ask for |
//! | [`commands`] | one function for each command of the page |
//! | [`storage`], [`clock`], [`clipboard`], [`appearance`], [`camera`] | the system, each behind one small type |
//! | `origin` | the pages that the web view may show |
//! | [`panic_hook`], [`core_dumps`], [`stack_wipe`] | keep secrets out of panic messages, core dumps and the used stack |
//! | [`platform`] | the adapters for desktop, Android and iOS |

#![cfg_attr(test, allow(clippy::unwrap_used))]
// The macro of the entry point generates an undocumented function on iOS.
#![cfg_attr(target_os = "ios", allow(missing_docs))]

// Unit tests use the mocks of the integration tests, which name this crate by its public name.
#[cfg(test)]
extern crate self as trousseau_app;

pub mod appearance;
pub mod camera;
pub mod clipboard;
pub mod clock;
pub mod commands;
mod convert;
pub mod core_dumps;
pub mod error;
mod limit_checks;
mod origin;
pub mod panic_hook;
pub mod platform;
pub mod session;
pub mod stack_wipe;
pub mod storage;

use std::alloc::System;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tauri::{App, AppHandle, Builder, Manager, Runtime, WebviewWindowBuilder};
use trousseau_wire::{CameraKind, FrameEncoding, Platform};
use zeroizing_alloc::ZeroAlloc;

use crate::appearance::AppearanceStore;
use crate::clipboard::Clipboard;
use crate::clock::{Clock, SystemClock};
use crate::commands::Camera;
use crate::platform::secret_store::SecretStore;
use crate::platform::system_ui::SystemUi;
use crate::session::{Config, Core};

/// Zeroes all freed memory, because parsers, serialisers and growing buffers leave copies of secrets that no code owns.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

/// Options of the app. Tests use others than the app itself.
pub struct AppOptions {
    /// The folder of the vault and the settings. `None`: the platform's data folder.
    pub folder: Option<PathBuf>,
    /// The platform that the page adapts to.
    pub platform: Platform,
    /// Who opens the camera: the web view or the core.
    pub camera: CameraKind,
    /// How the page sends frames and pictures.
    pub frame_encoding: FrameEncoding,
    /// The clock. `None`: the system's.
    pub clock: Option<Box<dyn Clock>>,
    /// The clipboard. `None`: the system's.
    pub clipboard: Option<Box<dyn Clipboard>>,
    /// The store for small secrets. `None`: the system's.
    pub secret_store: Option<Arc<dyn SecretStore>>,
    /// The system around the window. `None`: the real one.
    pub system_ui: Option<Arc<dyn SystemUi>>,
}

impl Default for AppOptions {
    fn default() -> Self {
        Self {
            folder: std::env::var_os("TROUSSEAU_DATA_DIR").map(PathBuf::from),
            platform: platform::PLATFORM,
            camera: platform::CAMERA,
            frame_encoding: platform::FRAME_ENCODING,
            clock: None,
            clipboard: None,
            secret_store: None,
            system_ui: None,
        }
    }
}

/// Configuration, capability and the built UI, as compiled in.
pub fn context<R: Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

/// Builds the app for any Tauri runtime: plugins, state and commands.
pub fn build<R: Runtime>(builder: Builder<R>, start: AppOptions) -> Builder<R> {
    // First, because the clipboard plugin releases the clipboard at exit, and a copied code must be cleared before.
    let builder = builder.plugin(lock_at_exit());
    #[cfg(target_os = "android")]
    let builder = builder.plugin(tauri_plugin_biometric::init());
    #[cfg(not(any(target_os = "linux", target_os = "ios")))]
    let builder = builder.plugin(tauri_plugin_clipboard_manager::init());
    builder
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(origin::block_navigation())
        .setup(|app| Ok(set_up(app, start)?))
        .invoke_handler(tauri::generate_handler![
            commands::status,
            commands::subscribe,
            commands::report_activity,
            commands::set_window_visible,
            commands::hold_auto_lock,
            commands::keep_screen_on,
            commands::vibrate,
            commands::estimate_strength,
            commands::create_vault,
            commands::verify_recovery_words,
            commands::add_recovery_words,
            commands::reauthenticate,
            commands::list_credentials,
            commands::set_credential,
            commands::remove_credential,
            commands::set_kdf_cost,
            commands::plan_key_replacement,
            commands::draft_recovery_words,
            commands::replace_keys,
            commands::postpone_new_credential,
            commands::accept_rollback,
            commands::take_newer_copy,
            commands::set_aside_files,
            commands::delete_set_aside_file,
            commands::new_secrets_checklist,
            commands::set_new_secrets_checklist,
            commands::tick_new_secret,
            commands::unlock,
            commands::lock,
            commands::open_previous_generation,
            commands::restore_previous_generation,
            commands::list_entries,
            commands::take_shared,
            commands::import_text,
            commands::scan_picture,
            commands::scan_frame,
            commands::create_draft,
            commands::save_draft,
            commands::save_drafts,
            commands::discard_draft,
            commands::save_ui_state,
            commands::restore_ui_state,
            commands::reveal,
            commands::reveal_visible,
            commands::advance_counter,
            commands::copy_code,
            commands::check_codes,
            commands::entry_details,
            commands::damaged_entry_details,
            commands::export_qr,
            commands::update_entry,
            commands::set_groups,
            commands::add_group,
            commands::rename_group,
            commands::remove_group,
            commands::move_entry,
            commands::trash_entry,
            commands::restore_entry,
            commands::delete_entry,
            commands::empty_trash,
            commands::security_settings,
            commands::set_security_settings,
            commands::appearance,
            commands::set_appearance,
            commands::start_camera,
            commands::stop_camera,
        ])
}

fn set_up<R: Runtime>(app: &mut App<R>, start: AppOptions) -> tauri::Result<()> {
    let folder = match start.folder {
        Some(folder) => folder,
        None => app.path().app_data_dir()?,
    };
    let core = Arc::new(Core::new(Config {
        folder: folder.clone(),
        disk: platform::disk(),
        clock: start.clock.unwrap_or_else(|| Box::new(SystemClock)),
        clipboard: start
            .clipboard
            .unwrap_or_else(|| platform::clipboard(app.handle())),
        secret_store: start
            .secret_store
            .unwrap_or_else(|| platform::secret_store(app.handle()).into()),
        platform: start.platform,
        camera: start.camera,
        frame_encoding: start.frame_encoding,
        system_ui: start
            .system_ui
            .unwrap_or_else(|| platform::system_ui(app.handle())),
    }));
    app.manage(Arc::clone(&core));
    app.manage(AppearanceStore::new(folder.join("settings.json")));
    app.manage(Camera::default());
    open_window(app.handle())?;
    core.set_up_window();
    start_background_threads(app.handle(), core);
    Ok(())
}

/// Creates the window after the state is managed. Tauri itself would create it before the set-up; on Android commands run on
/// another thread, and could then find no state.
fn open_window<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    for window in &app.config().app.windows {
        WebviewWindowBuilder::from_config(app, window)?.build()?;
    }
    Ok(())
}

/// Reports screen lock and screen recording to the core, and calls its `tick` every second.
fn start_background_threads<R: Runtime>(app: &AppHandle<R>, core: Arc<Core>) {
    let watching = Arc::downgrade(&core);
    platform::watch_screen_lock(app, move || {
        if let Some(core) = watching.upgrade() {
            core.screen_locked();
        }
    });
    let watching = Arc::downgrade(&core);
    platform::watch_recording(app, move || {
        if let Some(core) = watching.upgrade() {
            core.recording_changed();
        }
    });
    let ticking = Arc::downgrade(&core);
    std::thread::spawn(move || core.refresh_capabilities());
    std::thread::spawn(move || {
        while let Some(core) = ticking.upgrade() {
            stack_wipe::with_stack_wiped(|| core.tick_or_close());
            drop(core);
            std::thread::sleep(Duration::from_secs(1));
        }
    });
}

/// Passes URLs of other apps to the core on a thread of its own, because reading them may take long.
fn on_opened_urls<R: Runtime>(app: &AppHandle<R>, urls: Vec<tauri::Url>) {
    // There is no core if the set-up failed.
    let Some(core) = app.try_state::<Arc<Core>>() else {
        return;
    };
    let core = Arc::clone(&core);
    std::thread::spawn(move || {
        stack_wipe::with_stack_wiped(|| urls.iter().for_each(|url| core.receive_shared_url(url)))
    });
}

/// Locks the vault when the app exits, and clears a copied code from a desktop's clipboard.
fn lock_at_exit<R: Runtime>() -> tauri::plugin::TauriPlugin<R> {
    tauri::plugin::Builder::new("lock-at-exit")
        .on_event(|app, event| {
            if let (tauri::RunEvent::Exit, Some(core)) = (event, app.try_state::<Arc<Core>>()) {
                stack_wipe::with_stack_wiped(|| core.end());
            }
        })
        .build()
}

/// Runs the app until it exits.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    panic_hook::install();
    core_dumps::disable();
    #[cfg(desktop)]
    platform::take_arguments();
    let start = AppOptions::default();
    let builder =
        platform::with_single_instance(tauri::Builder::default(), start.folder.as_deref());
    match build(builder, start).build(context()) {
        Ok(app) => app.run(|app, event| match event {
            tauri::RunEvent::Ready => on_opened_urls(app, platform::launch_urls()),
            #[cfg(any(target_os = "macos", mobile))]
            tauri::RunEvent::Opened { urls } => on_opened_urls(app, urls),
            _ => {}
        }),
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "there is no window to show it in")]
            {
                eprintln!("Trousseau cannot open its window: {error}");
            }
            std::process::exit(1);
        }
    }
}
