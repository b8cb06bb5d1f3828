//! The app on Tauri's mock runtime: its real commands, capability and core, without a web view.
#![allow(dead_code, reason = "each test program takes what it needs of it")]

use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tauri::ipc::{CallbackFn, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Manager, WebviewWindow};
use trousseau_app::Start;
use trousseau_app::clipboard::{Clipboard, Unavailable};
use trousseau_app::session::Core;
use trousseau_wire::{CameraKind, FrameEncoding};
use zeroize::Zeroizing;

/// The app, and what it put into its clipboard.
pub struct MockApp {
    window: WebviewWindow<MockRuntime>,
    app: App<MockRuntime>,
    pub clipboard: MemoryClipboard,
}

impl MockApp {
    /// Started on `folder`.
    pub fn start(folder: &Path, frame_encoding: FrameEncoding) -> Self {
        let clipboard = MemoryClipboard::default();
        let start = Start {
            folder: Some(folder.into()),
            camera: CameraKind::Web,
            frame_encoding,
            clipboard: Some(Box::new(clipboard.clone())),
        };
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

/// A clipboard that nobody else sees.
#[derive(Clone, Default)]
pub struct MemoryClipboard(Arc<Mutex<Option<String>>>);

impl MemoryClipboard {
    fn held(&self) -> std::sync::MutexGuard<'_, Option<String>> {
        self.0.lock().expect("nobody panics while holding it")
    }
}

impl Clipboard for MemoryClipboard {
    fn write_secret(&self, text: &str) -> Result<(), Unavailable> {
        *self.held() = Some(text.into());
        Ok(())
    }

    fn read(&self) -> Option<Zeroizing<String>> {
        self.held().clone().map(Zeroizing::new)
    }

    fn clear(&self) -> Result<(), Unavailable> {
        *self.held() = None;
        Ok(())
    }
}
