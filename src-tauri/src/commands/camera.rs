//! The camera that the core reads, on desktops.

use std::sync::{Arc, Mutex, PoisonError};

use tauri::State;
use tauri::ipc::{Channel, InvokeResponseBody};
use trousseau_scan::QrCode;
use trousseau_wire::{CameraEvent, WireError};

use super::CoreState;
use crate::camera::{CameraScan, ScanListener};
use crate::error::Result;
use crate::session::Core;
use crate::stack_wipe::with_stack_wiped;

/// The running scan, if any.
#[derive(Default)]
pub struct Camera(Mutex<Option<CameraScan>>);

/// Opens the camera and scans until a code was read or `stop_camera` is called.
#[tauri::command(async)]
pub fn start_camera(
    core: CoreState<'_>,
    camera: State<'_, Camera>,
    events: Channel<CameraEvent>,
    preview: Channel<InvokeResponseBody>,
) -> Result<()> {
    core.check_can_import()?;
    let screen = Screen {
        core: Arc::clone(&core),
        events,
        preview,
    };
    let scan = CameraScan::start(crate::platform::open_camera, screen);
    *camera.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(scan);
    Ok(())
}

/// Closes the camera.
#[tauri::command(async)]
pub fn stop_camera(camera: State<'_, Camera>) {
    *camera.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// The scanner screen in the web view.
struct Screen {
    core: Arc<Core>,
    events: Channel<CameraEvent>,
    preview: Channel<InvokeResponseBody>,
}

impl ScanListener for Screen {
    fn opened(&self) {
        let _ = self.events.send(CameraEvent::Opened);
    }

    fn preview(&self, picture: Vec<u8>) -> bool {
        self.preview.send(InvokeResponseBody::Raw(picture)).is_ok()
    }

    /// Stops the scan after the first code that can be saved, and if the vault was locked in the meantime.
    fn read(&self, codes: Vec<QrCode>) -> bool {
        match with_stack_wiped(|| self.core.import_codes(&codes)) {
            Ok(answer) => {
                let found = !answer.drafts.is_empty();
                self.events.send(CameraEvent::Read(answer)).is_err() || found
            }
            Err(error) => {
                self.failed(error.0);
                true
            }
        }
    }

    fn failed(&self, error: WireError) {
        let _ = self.events.send(CameraEvent::Failed(error));
    }
}
