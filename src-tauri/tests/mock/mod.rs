//! The app on Tauri's mock runtime: its real commands, capability and core, without a web view.
#![allow(dead_code, reason = "each test program takes what it needs of it")]

mod clipboard;
mod clock;
pub mod mount;
pub mod qr;
mod secret_store;
mod system_ui;
pub mod traces;
pub mod vault;

pub use clipboard::MemoryClipboard;
pub use clock::MovedClock;
pub use secret_store::MemorySecretStore;
pub use system_ui::MemorySystemUi;

use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager, WebviewWindow};
use trousseau_app::AppOptions;
use trousseau_app::clock::Clock;
use trousseau_app::session::Core;
use trousseau_wire::{CameraKind, FrameEncoding, Platform};

/// The app, and what it put into its clipboard.
pub struct MockApp {
    window: WebviewWindow<MockRuntime>,
    app: App<MockRuntime>,
    pub clipboard: MemoryClipboard,
    pub secret_store: MemorySecretStore,
    pub system_ui: MemorySystemUi,
}

impl MockApp {
    /// Started on `folder`, at the machine's own time, with a device that keeps nothing yet.
    pub fn start(folder: &Path, frame_encoding: FrameEncoding) -> Self {
        Self::start_on(folder, frame_encoding, MemorySecretStore::default(), None)
    }

    /// The same on a machine that says it is a phone, at a time that can be moved on.
    pub fn start_as(
        platform: Platform,
        folder: &Path,
        frame_encoding: FrameEncoding,
        clock: &MovedClock,
    ) -> Self {
        Self::start_with(
            folder,
            frame_encoding,
            MemorySecretStore::default(),
            |start| {
                start.platform = platform;
                start.clock = Some(Box::new(clock.clone()));
            },
        )
    }

    /// Started on `folder` and `device`, at the time of `clock`.
    pub fn start_on(
        folder: &Path,
        frame_encoding: FrameEncoding,
        secret_store: MemorySecretStore,
        clock: Option<Box<dyn Clock>>,
    ) -> Self {
        Self::start_with(folder, frame_encoding, secret_store, |start| {
            start.clock = clock
        })
    }

    fn start_with(
        folder: &Path,
        frame_encoding: FrameEncoding,
        secret_store: MemorySecretStore,
        choose: impl FnOnce(&mut AppOptions),
    ) -> Self {
        let clipboard = MemoryClipboard::default();
        let system_ui = MemorySystemUi::default();
        let mut start = AppOptions {
            folder: Some(folder.into()),
            camera: CameraKind::Web,
            frame_encoding,
            clipboard: Some(Box::new(clipboard.clone())),
            secret_store: Some(Arc::new(secret_store.clone())),
            system_ui: Some(Arc::new(system_ui.clone())),
            ..AppOptions::default()
        };
        choose(&mut start);
        let mut app = trousseau_app::build(mock_builder(), start)
            .build(trousseau_app::context())
            .expect("the mock runtime needs no display");
        // The first turn makes the window and runs the set-up; there is no second, so nothing is looped.
        #[expect(
            deprecated,
            reason = "`run_return` does not return from the mock runtime's loop"
        )]
        app.run_iteration(|_, _| {});
        let window = app
            .get_webview_window("main")
            .expect("the configuration has a window `main`");
        Self {
            window,
            app,
            clipboard,
            secret_store,
            system_ui,
        }
    }

    /// The core behind the commands.
    pub fn core(&self) -> Arc<Core> {
        Arc::clone(&self.app.state::<Arc<Core>>())
    }

    /// What the web view would get for a command, as text, or the rejection.
    pub fn invoke(&self, command: &str, body: InvokeBody) -> Result<String, Value> {
        let request = InvokeRequest {
            cmd: command.into(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().expect("a constant URL"),
            body,
            headers: Default::default(),
            invoke_key: INVOKE_KEY.into(),
        };
        get_ipc_response(&self.window, request).map(|body| match body {
            InvokeResponseBody::Json(text) => text,
            InvokeResponseBody::Raw(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        })
    }
}
