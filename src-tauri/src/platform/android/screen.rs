//! The screen that goes dark: Android tells `MainActivity`, and that calls us by name.

use std::sync::{Mutex, PoisonError};
use std::thread;

use jni::JNIEnv;
use jni::objects::JObject;
use tauri::{AppHandle, Runtime};

use crate::stack_wipe;

/// Called when the screen goes dark.
static ON_SCREEN_OFF: Mutex<Option<Box<dyn Fn() + Send>>> = Mutex::new(None);

/// Calls `locked` when the screen goes dark. An app that is not in front may be told later only:
/// [`Phone::is_locked`](crate::platform::system_ui::SystemUi::is_locked) is asked beside this.
pub fn watch_screen_lock<R: Runtime>(
    _app: &AppHandle<R>,
    locked: impl Fn() + Clone + Send + 'static,
) {
    let told = move || {
        let locked = locked.clone();
        // The session may be at work, and this is the activity's thread. Without a thread the next tick locks.
        let _ = thread::Builder::new().spawn(move || stack_wipe::with_stack_wiped(locked));
    };
    *ON_SCREEN_OFF.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(told));
}

/// `MainActivity.onScreenOff`.
#[expect(
    unsafe_code,
    reason = "the name by which Java finds it, which nothing else has"
)]
#[unsafe(no_mangle)]
extern "system" fn Java_org_trousseau_authenticator_MainActivity_onScreenOff(
    _: JNIEnv<'_>,
    _: JObject<'_>,
) {
    if let Some(told) = &*ON_SCREEN_OFF.lock().unwrap_or_else(PoisonError::into_inner) {
        told();
    }
}
