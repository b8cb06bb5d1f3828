//! Android's system UI, through JNI. Every call runs on the activity's thread.

use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use jni::JNIEnv;
use jni::errors::Result;
use jni::objects::{JObject, JValueOwned};
use jni::sys::jint;
use tauri::{AppHandle, Manager, Runtime};
use trousseau_wire::Haptic;
use zeroize::Zeroizing;

use super::content_reader::ContentReader;
use crate::platform::jni_members::{self, Member};
use crate::platform::system_ui::{SharedReadError, SystemUi};

/// `WindowManager.LayoutParams`.
const FLAG_SECURE: jint = 0x2000;
const FLAG_KEEP_SCREEN_ON: jint = 0x80;

/// `HapticFeedbackConstants`. The last two came with API 30; an older phone ignores them.
const VIRTUAL_KEY: jint = 1;
const CONFIRM: jint = 16;
const REJECT: jint = 17;

/// `View.IMPORTANT_FOR_AUTOFILL_NO_EXCLUDE_DESCENDANTS`: no app may fill in or save anything in the view.
/// Autofill ignores the page's `autocomplete="off"`.
const NO_AUTOFILL: jint = 8;

/// The first API level that can hide the windows of other apps over this one.
const HIDES_OVERLAYS_SINCE: jint = 31;

/// `WebSettings`: "share", "web search" and the items that other apps add to the menu of a selected text.
const MENU_ITEMS_OF_OTHER_APPS: jint = 1 | 2 | 4;

/// How long the activity's thread may take.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The arguments of a call.
type Arguments<'a> = &'a [jni::objects::JValue<'a, 'a>];

/// Android's system UI.
pub struct SystemUiAdapter<R: Runtime> {
    app: AppHandle<R>,
    content: ContentReader,
}

impl<R: Runtime> SystemUiAdapter<R> {
    /// The window may not exist yet.
    pub fn new(app: AppHandle<R>) -> Self {
        Self {
            app,
            content: ContentReader::default(),
        }
    }

    /// Runs `work` on the activity's thread with the JNI environment, the activity and the web view. A Java
    /// exception ends it and is dropped.
    fn run_on_ui(
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

    /// Like [`Self::run_on_ui`], and returns the result of `work`.
    ///
    /// # Errors
    /// `Timeout` if the thread did not run `work` in time, `Disconnected` if Java threw an exception.
    fn call_on_ui<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut JNIEnv<'_>, &JObject<'_>, &JObject<'_>) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, RecvTimeoutError> {
        let (sender, receiver) = mpsc::channel();
        self.run_on_ui(move |env, activity, web_view| {
            let answered = work(env, activity, web_view)?;
            // The caller may have stopped waiting.
            let _ = sender.send(answered);
            Ok(())
        });
        receiver.recv_timeout(TIMEOUT)
    }

    fn set_window_flag(&self, flag: jint, on: bool) {
        let member = if on {
            jni_members::WINDOW_ADD_FLAGS
        } else {
            jni_members::WINDOW_CLEAR_FLAGS
        };
        self.run_on_ui(move |env, activity, _| {
            let window = call(env, activity, jni_members::ACTIVITY_WINDOW, &[])?.l()?;
            call(env, &window, member, &[flag.into()])?.v()
        });
    }
}

impl<R: Runtime> SystemUi for SystemUiAdapter<R> {
    /// Restricts the web view to the app's own page and applies the system's text size. Called whenever the
    /// window comes back to the front, because Android does not recreate the activity when the text size
    /// changed meanwhile.
    fn set_up_window(&self) {
        self.run_on_ui(|env, activity, web_view| {
            set_up_window(env, activity)?;
            set_up_web_view(env, activity, web_view)
        });
    }

    fn hide_screen(&self, hide: bool) {
        self.set_window_flag(FLAG_SECURE, hide);
    }

    fn keep_screen_on(&self, awake: bool) {
        self.set_window_flag(FLAG_KEEP_SCREEN_ON, awake);
    }

    /// The system's touch feedback, which needs no permission and follows the user's setting.
    fn vibrate(&self, haptic: Haptic) {
        let constant = match haptic {
            Haptic::Key => VIRTUAL_KEY,
            Haptic::Done => CONFIRM,
            Haptic::Refused => REJECT,
        };
        self.run_on_ui(move |env, activity, _| {
            let window = call(env, activity, jni_members::ACTIVITY_WINDOW, &[])?.l()?;
            let view = call(env, &window, jni_members::WINDOW_DECOR, &[])?.l()?;
            call(env, &view, jni_members::VIEW_HAPTIC, &[constant.into()]).map(drop)
        });
    }

    fn sets_clock_itself(&self) -> Option<bool> {
        self.call_on_ui(|env, activity, _| {
            let resolver = call(env, activity, jni_members::CONTEXT_RESOLVER, &[])?.l()?;
            let name = env.new_string("auto_time")?;
            let arguments = [(&resolver).into(), (&name).into(), (-1).into()];
            call_static(env, jni_members::GLOBAL_INT, &arguments)?.i()
        })
        .ok()
        .and_then(|value| match value {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        })
    }

    /// The screen counts as locked if the UI thread does not answer twice: a single time may mean that the
    /// phone stopped the app during the call. If Java throws an exception, it would do so each time; then the
    /// vault locks by time only.
    fn is_screen_locked(&self) -> bool {
        let locked = || self.call_on_ui(|env, activity, _| is_screen_locked(env, activity));
        locked()
            .or_else(|error| match error {
                RecvTimeoutError::Timeout => locked(),
                RecvTimeoutError::Disconnected => Err(error),
            })
            .unwrap_or_else(|error| error == RecvTimeoutError::Timeout)
    }

    /// Android does not report recordings. Sensitive content is hidden from them.
    fn is_screen_recorded(&self) -> bool {
        false
    }

    fn read_shared(
        &self,
        address: &str,
        limit: usize,
    ) -> std::result::Result<Zeroizing<Vec<u8>>, SharedReadError> {
        let resolver = self.call_on_ui(|env, activity, _| {
            let resolver = call(env, activity, jni_members::CONTEXT_RESOLVER, &[])?.l()?;
            Ok((env.get_java_vm()?, env.new_global_ref(resolver)?))
        });
        let (machine, resolver) = resolver.map_err(|_| SharedReadError::Unreadable)?;
        self.content
            .read(machine, resolver, address.to_owned(), limit)
    }
}

pub(super) fn call<'a>(
    env: &mut JNIEnv<'a>,
    object: &JObject<'_>,
    member: Member,
    arguments: Arguments<'_>,
) -> Result<JValueOwned<'a>> {
    env.call_method(object, member.name, member.descriptor, arguments)
}

pub(super) fn call_static<'a>(
    env: &mut JNIEnv<'a>,
    member: Member,
    arguments: Arguments<'_>,
) -> Result<JValueOwned<'a>> {
    env.call_static_method(member.class, member.name, member.descriptor, arguments)
}

/// Hides the windows of other apps over this one, if this Android version can.
fn set_up_window(env: &mut JNIEnv<'_>, activity: &JObject<'_>) -> Result<()> {
    let version = jni_members::VERSION;
    let version = env.get_static_field(version.class, version.name, version.descriptor)?;
    if version.i()? < HIDES_OVERLAYS_SINCE {
        return Ok(());
    }
    let window = call(env, activity, jni_members::ACTIVITY_WINDOW, &[])?.l()?;
    call(
        env,
        &window,
        jni_members::WINDOW_HIDE_OVERLAYS,
        &[true.into()],
    )?
    .v()
}

/// Turns off access to files, to content of other apps and to the location, the inspector, and every way from a
/// selected text to other apps except the clipboard; sets the text size to the system's.
fn set_up_web_view(
    env: &mut JNIEnv<'_>,
    activity: &JObject<'_>,
    web_view: &JObject<'_>,
) -> Result<()> {
    if !cfg!(debug_assertions) {
        call_static(env, jni_members::WEB_VIEW_DEBUGGING, &[false.into()])?;
    }
    call(
        env,
        web_view,
        jni_members::VIEW_AUTOFILL,
        &[NO_AUTOFILL.into()],
    )?;
    let settings = call(env, web_view, jni_members::WEB_VIEW_SETTINGS, &[])?.l()?;
    for setting in [
        jni_members::SETTINGS_FILE_ACCESS,
        jni_members::SETTINGS_CONTENT_ACCESS,
        jni_members::SETTINGS_GEOLOCATION,
    ] {
        call(env, &settings, setting, &[false.into()])?;
    }
    call(
        env,
        &settings,
        jni_members::SETTINGS_DISABLED_MENU_ITEMS,
        &[MENU_ITEMS_OF_OTHER_APPS.into()],
    )?;
    let resources = call(env, activity, jni_members::CONTEXT_RESOURCES, &[])?.l()?;
    let configuration = call(env, &resources, jni_members::RESOURCES_CONFIGURATION, &[])?.l()?;
    let scale = jni_members::CONFIGURATION_FONT_SCALE;
    let scale = env
        .get_field(&configuration, scale.name, scale.descriptor)?
        .f()?;
    let zoom = (scale * 100.0).round() as jint;
    call(
        env,
        &settings,
        jni_members::SETTINGS_TEXT_ZOOM,
        &[zoom.into()],
    )
    .map(drop)
}

fn is_screen_locked(env: &mut JNIEnv<'_>, activity: &JObject<'_>) -> Result<bool> {
    let keyguard = service(env, activity, "keyguard")?;
    if call(env, &keyguard, jni_members::KEYGUARD_IS_LOCKED, &[])?.z()? {
        return Ok(true);
    }
    let power = service(env, activity, "power")?;
    Ok(!call(env, &power, jni_members::POWER_IS_INTERACTIVE, &[])?.z()?)
}

fn service<'a>(env: &mut JNIEnv<'a>, activity: &JObject<'_>, name: &str) -> Result<JObject<'a>> {
    let name = env.new_string(name)?;
    call(
        env,
        activity,
        jni_members::CONTEXT_SERVICE,
        &[(&name).into()],
    )?
    .l()
}
