//! Notices that the screen turns off: Android notifies `MainActivity`, which calls Rust by name.

use std::sync::{Mutex, PoisonError};
use std::thread;

use jni::JNIEnv;
use jni::objects::JObject;
use tauri::{AppHandle, Runtime};

use crate::stack_wipe;

/// Called when the screen turns off.
static ON_SCREEN_OFF: Mutex<Option<Box<dyn Fn() + Send>>> = Mutex::new(None);

/// Calls `locked` when the screen turns off. Android may notify an app in the background late, so
/// [`SystemUi::is_screen_locked`](crate::platform::system_ui::SystemUi::is_screen_locked) is polled as well.
pub fn watch_screen_lock<R: Runtime>(
    _app: &AppHandle<R>,
    locked: impl Fn() + Clone + Send + 'static,
) {
    let notify = move || {
        let locked = locked.clone();
        // On a new thread, because this is the activity's thread and the session may be busy. If no thread can
        // be started, the next tick locks.
        let _ = thread::Builder::new().spawn(move || stack_wipe::with_stack_wiped(locked));
    };
    *ON_SCREEN_OFF.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(notify));
}

/// `MainActivity.onScreenOff`.
#[expect(
    unsafe_code,
    reason = "Java finds the function by this name, which is used nowhere else"
)]
#[unsafe(no_mangle)]
extern "system" fn Java_org_trousseau_authenticator_MainActivity_onScreenOff(
    _: JNIEnv<'_>,
    _: JObject<'_>,
) {
    if let Some(notify) = &*ON_SCREEN_OFF.lock().unwrap_or_else(PoisonError::into_inner) {
        notify();
    }
}
