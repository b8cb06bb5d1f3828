//! What Android does around the window, through JNI. Every call goes to the activity's own thread.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use jni::JNIEnv;
use jni::errors::Result;
use jni::objects::{JObject, JValueOwned};
use jni::sys::jint;
use tauri::{AppHandle, Manager, Runtime};
use trousseau_wire::Haptic;
use zeroize::Zeroizing;

use super::shared::Readers;
use crate::platform::java::{self, Member};
use crate::platform::system_ui::{SharedReadError, SystemUi};

/// `WindowManager.LayoutParams`.
const FLAG_SECURE: jint = 0x2000;
const FLAG_KEEP_SCREEN_ON: jint = 0x80;

/// `HapticFeedbackConstants`; the last two came with API 30, and a phone that does not know them does nothing.
const VIRTUAL_KEY: jint = 1;
const CONFIRM: jint = 16;
const REJECT: jint = 17;

/// `View`: nothing in it is anybody's to fill in or to save. Autofill ignores the page's `autocomplete="off"`.
const NO_AUTOFILL: jint = 8;

/// The first Android that hides the windows of other apps over ours.
const HIDES_OVERLAYS: jint = 31;

/// `WebSettings`: "share", "web search" and what other apps put into the menu of a selected text.
const TO_OTHER_APPS: jint = 1 | 2 | 4;

/// How long the activity's thread may take to answer.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The parameters of a call.
type Values<'a> = &'a [jni::objects::JValue<'a, 'a>];

/// An Android phone.
pub struct SystemUiAdapter<R: Runtime> {
    app: AppHandle<R>,
    readers: Readers,
}

impl<R: Runtime> SystemUiAdapter<R> {
    /// A phone whose window is there already, or soon.
    pub fn new(app: AppHandle<R>) -> Self {
        Self {
            app,
            readers: Readers::default(),
        }
    }

    /// Runs `work` on the activity's thread: environment, activity, web view. What Java throws ends it, and is dropped.
    fn tell(
        &self,
        work: impl FnOnce(&mut JNIEnv<'_>, &JObject<'_>, &JObject<'_>) -> Result<()> + Send + 'static,
    ) {
        let Some(window) = self.app.get_webview_window("main") else {
            return;
        };
        let _ = window.with_webview(move |view| {
            view.jni_handle().exec(move |env, activity, web_view| {
                if work(env, activity, web_view).is_err() {
                    let _ = env.exception_clear();
                }
            });
        });
    }

    /// The same for an answer.
    ///
    /// # Errors
    /// `Timeout` where the thread has not come to it in time, `Disconnected` where Java threw.
    fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut JNIEnv<'_>, &JObject<'_>, &JObject<'_>) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, RecvTimeoutError> {
        let (sender, receiver) = mpsc::channel();
        self.tell(move |env, activity, web_view| {
            let answered = work(env, activity, web_view)?;
            // Whoever asked may have given up.
            let _ = sender.send(answered);
            Ok(())
        });
        receiver.recv_timeout(TIMEOUT)
    }

    fn flag(&self, flag: jint, on: bool) {
        let member = if on {
            java::WINDOW_ADD_FLAGS
        } else {
            java::WINDOW_CLEAR_FLAGS
        };
        self.tell(move |env, activity, _| {
            let window = call(env, activity, java::ACTIVITY_WINDOW, &[])?.l()?;
            call(env, &window, member, &[flag.into()])?.v()
        });
    }
}

impl<R: Runtime> SystemUi for SystemUiAdapter<R> {
    /// Closes the web view to everything but our own page, and takes the system's text size over. Called again whenever the
    /// window is back in front: the activity is not made anew where that size was changed meanwhile.
    fn set_up_window(&self) {
        self.tell(|env, activity, web_view| {
            set_up_window(env, activity)?;
            set_up_web_view(env, activity, web_view)
        });
    }

    fn hide_screen(&self, hide: bool) {
        self.flag(FLAG_SECURE, hide);
    }

    fn keep_screen_on(&self, awake: bool) {
        self.flag(FLAG_KEEP_SCREEN_ON, awake);
    }

    /// The system's own touch feedback: it asks for no permission and keeps to the person's setting.
    fn vibrate(&self, haptic: Haptic) {
        let constant = match haptic {
            Haptic::Key => VIRTUAL_KEY,
            Haptic::Done => CONFIRM,
            Haptic::Refused => REJECT,
        };
        self.tell(move |env, activity, _| {
            let window = call(env, activity, java::ACTIVITY_WINDOW, &[])?.l()?;
            let view = call(env, &window, java::WINDOW_DECOR, &[])?.l()?;
            call(env, &view, java::VIEW_HAPTIC, &[constant.into()]).map(drop)
        });
    }

    fn sets_clock_itself(&self) -> Option<bool> {
        self.ask(|env, activity, _| {
            let resolver = call(env, activity, java::CONTEXT_RESOLVER, &[])?.l()?;
            let name = env.new_string("auto_time")?;
            let values = [(&resolver).into(), (&name).into(), (-1).into()];
            call_static(env, java::GLOBAL_INT, &values)?.i()
        })
        .ok()
        .and_then(|set| match set {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        })
    }

    /// Where the UI thread does not answer twice, the screen counts as locked: once may be a phone that stopped the app amid
    /// the question. Where Android answers with an exception, it does so each time, and the vault locks by time alone.
    fn is_screen_locked(&self) -> bool {
        let ask = || self.ask(|env, activity, _| is_screen_locked(env, activity));
        ask()
            .or_else(|silence| match silence {
                RecvTimeoutError::Timeout => ask(),
                RecvTimeoutError::Disconnected => Err(silence),
            })
            .unwrap_or_else(|silence| silence == RecvTimeoutError::Timeout)
    }

    /// Android tells nobody. What must not be recorded is hidden.
    fn is_screen_recorded(&self) -> bool {
        false
    }

    fn read_shared(
        &self,
        address: &str,
        limit: usize,
    ) -> std::result::Result<Zeroizing<Vec<u8>>, SharedReadError> {
        let resolver = self.ask(|env, activity, _| {
            let resolver = call(env, activity, java::CONTEXT_RESOLVER, &[])?.l()?;
            Ok((env.get_java_vm()?, env.new_global_ref(resolver)?))
        });
        let (machine, resolver) = resolver.map_err(|_| SharedReadError::Unreadable)?;
        self.readers
            .read(machine, resolver, address.to_owned(), limit)
    }
}

pub(super) fn call<'a>(
    env: &mut JNIEnv<'a>,
    object: &JObject<'_>,
    member: Member,
    values: Values<'_>,
) -> Result<JValueOwned<'a>> {
    env.call_method(object, member.name, member.descriptor, values)
}

pub(super) fn call_static<'a>(
    env: &mut JNIEnv<'a>,
    member: Member,
    values: Values<'_>,
) -> Result<JValueOwned<'a>> {
    env.call_static_method(member.class, member.name, member.descriptor, values)
}

/// No window of another app over this one, where Android can do it.
fn set_up_window(env: &mut JNIEnv<'_>, activity: &JObject<'_>) -> Result<()> {
    let version = java::VERSION;
    let version = env.get_static_field(version.class, version.name, version.descriptor)?;
    if version.i()? < HIDES_OVERLAYS {
        return Ok(());
    }
    let window = call(env, activity, java::ACTIVITY_WINDOW, &[])?.l()?;
    call(env, &window, java::WINDOW_HIDE_OVERLAYS, &[true.into()])?.v()
}

/// No file, no content of other apps, no place, no inspector, no way for a selected text to other apps but the clipboard;
/// the text as large as the system's.
fn set_up_web_view(
    env: &mut JNIEnv<'_>,
    activity: &JObject<'_>,
    web_view: &JObject<'_>,
) -> Result<()> {
    if !cfg!(debug_assertions) {
        call_static(env, java::WEB_VIEW_DEBUGGING, &[false.into()])?;
    }
    call(env, web_view, java::VIEW_AUTOFILL, &[NO_AUTOFILL.into()])?;
    let settings = call(env, web_view, java::WEB_VIEW_SETTINGS, &[])?.l()?;
    for closed in [
        java::SETTINGS_FILE_ACCESS,
        java::SETTINGS_CONTENT_ACCESS,
        java::SETTINGS_GEOLOCATION,
    ] {
        call(env, &settings, closed, &[false.into()])?;
    }
    call(
        env,
        &settings,
        java::SETTINGS_DISABLED_MENU_ITEMS,
        &[TO_OTHER_APPS.into()],
    )?;
    let resources = call(env, activity, java::CONTEXT_RESOURCES, &[])?.l()?;
    let configuration = call(env, &resources, java::RESOURCES_CONFIGURATION, &[])?.l()?;
    let scale = java::CONFIGURATION_FONT_SCALE;
    let scale = env
        .get_field(&configuration, scale.name, scale.descriptor)?
        .f()?;
    let zoom = (scale * 100.0).round() as jint;
    call(env, &settings, java::SETTINGS_TEXT_ZOOM, &[zoom.into()]).map(drop)
}

fn is_screen_locked(env: &mut JNIEnv<'_>, activity: &JObject<'_>) -> Result<bool> {
    let keyguard = service(env, activity, "keyguard")?;
    if call(env, &keyguard, java::KEYGUARD_IS_LOCKED, &[])?.z()? {
        return Ok(true);
    }
    let power = service(env, activity, "power")?;
    Ok(!call(env, &power, java::POWER_IS_INTERACTIVE, &[])?.z()?)
}

fn service<'a>(env: &mut JNIEnv<'a>, activity: &JObject<'_>, name: &str) -> Result<JObject<'a>> {
    let name = env.new_string(name)?;
    call(env, activity, java::CONTEXT_SERVICE, &[(&name).into()])?.l()
}
