//! Trousseau: the app around the core. Commands in, wire types out.
//!
//! | module | what |
//! |---|---|
//! | [`session`] | the core: what is open, and everything that can be asked of it |
//! | [`commands`] | one function a command |
//! | [`storage`], [`clock`], [`clipboard`], [`appearance`], [`camera`] | the machine, each behind one small type |
//! | `origin` | the pages that the web view may show |
//! | [`panic_hook`], [`core_dumps`], [`stack_wipe`] | what is said of a bug, what is left of a secret |
//! | [`platform`] | what differs between a desktop, Android and iOS |

#![cfg_attr(test, allow(clippy::unwrap_used))]
// The entry point's macro makes an undocumented function there.
#![cfg_attr(target_os = "ios", allow(missing_docs))]

// The tests beside the code share their stand-ins with those outside it.
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
mod limits;
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

/// Wipes what is freed: the copies that parsers, serialisers and growing buffers make of secrets are nobody's to wipe.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

/// What a start may choose; the tests choose other than the app.
pub struct AppOptions {
    /// The folder of the vault and the settings; none for the platform's own.
    pub folder: Option<PathBuf>,
    /// The kind of machine that the screens are to be for.
    pub platform: Platform,
    /// Who reads the camera.
    pub camera: CameraKind,
    /// How frames travel.
    pub frame_encoding: FrameEncoding,
    /// The time; none for the machine's own.
    pub clock: Option<Box<dyn Clock>>,
    /// The clipboard; none for the system's.
    pub clipboard: Option<Box<dyn Clipboard>>,
    /// What the device keeps; none for its own store.
    pub secret_store: Option<Arc<dyn SecretStore>>,
    /// What a phone does around the window; none for what it is.
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

/// Configuration, capability and the built UI, as they were compiled in.
pub fn context<R: Runtime>() -> tauri::Context<R> {
    tauri::generate_context!()
}

/// The app on any runtime: plugins, state and commands.
pub fn build<R: Runtime>(builder: Builder<R>, start: AppOptions) -> Builder<R> {
    // First: the clipboard's plugin lets go of the clipboard when the app ends, and it is to be cleared before.
    let builder = builder.plugin(lock_at_exit());
    #[cfg(target_os = "android")]
    let builder = builder.plugin(tauri_plugin_biometric::init());
    #[cfg(not(any(target_os = "linux", target_os = "ios")))]
    let builder = builder.plugin(tauri_plugin_clipboard_manager::init());
    builder
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(origin::stay_here())
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

/// Made here and not by Tauri, which makes its windows before the set-up: on Android the page's commands run on a thread of
/// their own, and would find nothing that is managed.
fn open_window<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    for window in &app.config().app.windows {
        WebviewWindowBuilder::from_config(app, window)?.build()?;
    }
    Ok(())
}

/// Has the core told of the screen's lock and of recordings, and of each second.
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

/// What other apps hand over, read where it holds up no window.
fn on_opened_urls<R: Runtime>(app: &AppHandle<R>, urls: Vec<tauri::Url>) {
    // The set-up comes first, and without it there is nobody to take anything.
    let Some(core) = app.try_state::<Arc<Core>>() else {
        return;
    };
    let core = Arc::clone(&core);
    std::thread::spawn(move || {
        stack_wipe::with_stack_wiped(|| urls.iter().for_each(|url| core.receive_shared_url(url)))
    });
}

/// Closing the app closes the vault, and takes a copied code out of a computer's clipboard.
fn lock_at_exit<R: Runtime>() -> tauri::plugin::TauriPlugin<R> {
    tauri::plugin::Builder::new("lock-at-exit")
        .on_event(|app, event| {
            if let (tauri::RunEvent::Exit, Some(core)) = (event, app.try_state::<Arc<Core>>()) {
                stack_wipe::with_stack_wiped(|| core.end());
            }
        })
        .build()
}

/// Runs the app until its window is closed.
#[cfg_attr(mobile, tauri::mobile_entry_point)]
pub fn run() {
    panic_hook::install();
    core_dumps::disable();
    #[cfg(desktop)]
    platform::take_arguments();
    let start = AppOptions::default();
    let builder = platform::alone(tauri::Builder::default(), start.folder.as_deref());
    match build(builder, start).build(context()) {
        Ok(app) => app.run(|app, event| match event {
            tauri::RunEvent::Ready => on_opened_urls(app, platform::started_with()),
            #[cfg(any(target_os = "macos", mobile))]
            tauri::RunEvent::Opened { urls } => on_opened_urls(app, urls),
            _ => {}
        }),
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "there is no window to say it in")]
            {
                eprintln!("Trousseau cannot open its window: {error}");
            }
            std::process::exit(1);
        }
    }
}
