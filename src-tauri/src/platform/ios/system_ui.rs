//! The system UI of iOS.

use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use block2::RcBlock;
use objc2::MainThreadMarker;
use objc2::rc::Retained;
use objc2_foundation::{NSNotification, NSNotificationCenter, NSNotificationName};
use objc2_ui_kit::{
    UIApplication, UIApplicationDidBecomeActiveNotification,
    UIApplicationProtectedDataWillBecomeUnavailable, UIApplicationWillResignActiveNotification,
    UIColor, UIImpactFeedbackGenerator, UINotificationFeedbackGenerator,
    UINotificationFeedbackType, UIScreen, UIScreenCapturedDidChangeNotification, UIView,
    UIViewAutoresizing, UIWindow,
};
use tauri::{AppHandle, Runtime};
use trousseau_wire::Haptic;
use zeroize::Zeroizing;

use crate::platform::system_ui::{SharedReadError, SystemUi};

/// Tag of the view that covers the window.
const COVER: isize = 0x7472_6f75;

/// The system UI of an iPhone or iPad.
pub struct SystemUiAdapter<R: Runtime> {
    app: AppHandle<R>,
    hidden: Arc<AtomicBool>,
    recorded: Arc<AtomicBool>,
}

impl<R: Runtime> SystemUiAdapter<R> {
    /// From now on, covers the window whenever another app comes to the front, because iOS then takes the
    /// picture for the list of recent apps.
    pub fn new(app: AppHandle<R>) -> Self {
        let hidden = Arc::new(AtomicBool::new(true));
        let recorded = Arc::new(AtomicBool::new(false));
        let (hidden_in_observer, recorded_in_observer) =
            (Arc::clone(&hidden), Arc::clone(&recorded));
        on_main(&app, move |main| {
            recorded_in_observer.store(is_captured(main), Ordering::Relaxed);
            observe(notifications().resigns, move |main| {
                if hidden_in_observer.load(Ordering::Relaxed) {
                    cover(main);
                }
            });
            observe(notifications().returns, uncover);
            observe(notifications().recorded, move |main| {
                recorded_in_observer.store(is_captured(main), Ordering::Relaxed);
            });
        });
        Self {
            app,
            hidden,
            recorded,
        }
    }
}

impl<R: Runtime> SystemUi for SystemUiAdapter<R> {
    /// Nothing to do: iOS does not replace the window.
    fn set_up_window(&self) {}

    /// Screenshots that the user takes cannot be prevented on iOS.
    fn hide_screen(&self, hide: bool) {
        self.hidden.store(hide, Ordering::Relaxed);
    }

    fn keep_screen_on(&self, awake: bool) {
        on_main(&self.app, move |main| {
            UIApplication::sharedApplication(main).setIdleTimerDisabled(awake);
        });
    }

    fn vibrate(&self, haptic: Haptic) {
        on_main(&self.app, move |main| match haptic {
            Haptic::Key => UIImpactFeedbackGenerator::new(main).impactOccurred(),
            Haptic::Done => notification_feedback(main, UINotificationFeedbackType::Success),
            Haptic::Refused => notification_feedback(main, UINotificationFeedbackType::Error),
        });
    }

    /// iOS does not tell.
    fn sets_clock_itself(&self) -> Option<bool> {
        None
    }

    /// Always false: iOS notifies the app, see [`watch_screen_lock`].
    fn is_screen_locked(&self) -> bool {
        false
    }

    fn is_screen_recorded(&self) -> bool {
        self.recorded.load(Ordering::Relaxed)
    }

    /// Not used: iOS gives the app a copy of a shared file.
    fn read_shared(&self, _: &str, _: usize) -> Result<Zeroizing<Vec<u8>>, SharedReadError> {
        Err(SharedReadError::Unreadable)
    }
}

/// Calls `locked` when the device is locked: its protected files become unavailable then.
pub fn watch_screen_lock<R: Runtime>(
    app: &AppHandle<R>,
    locked: impl Fn() + Clone + Send + 'static,
) {
    on_main(app, move |_| {
        observe(notifications().locks, move |_| locked())
    });
}

/// Calls `changed` when a recording or mirroring of the screen begins or ends.
pub fn watch_recording<R: Runtime>(app: &AppHandle<R>, changed: impl Fn() + Send + 'static) {
    on_main(app, move |_| {
        observe(notifications().recorded, move |_| changed())
    });
}

struct Notifications {
    resigns: &'static NSNotificationName,
    returns: &'static NSNotificationName,
    locks: &'static NSNotificationName,
    recorded: &'static NSNotificationName,
}

fn notifications() -> Notifications {
    #[expect(unsafe_code, reason = "constants that UIKit exports")]
    // SAFETY: constant strings, which exist since iOS 11.
    unsafe {
        Notifications {
            resigns: UIApplicationWillResignActiveNotification,
            returns: UIApplicationDidBecomeActiveNotification,
            locks: UIApplicationProtectedDataWillBecomeUnavailable,
            recorded: UIScreenCapturedDidChangeNotification,
        }
    }
}

fn on_main<R: Runtime>(app: &AppHandle<R>, work: impl FnOnce(MainThreadMarker) + Send + 'static) {
    // Fails only while the app is ending.
    let _ = app.run_on_main_thread(move || {
        if let Some(main) = MainThreadMarker::new() {
            work(main);
        }
    });
}

/// Calls `then` on the main thread at each notification, for as long as the app runs.
fn observe(name: &NSNotificationName, then: impl Fn(MainThreadMarker) + 'static) {
    let block = RcBlock::new(move |_: NonNull<NSNotification>| {
        if let Some(main) = MainThreadMarker::new() {
            then(main);
        }
    });
    #[expect(unsafe_code, reason = "UIKit posts these on its main thread")]
    // SAFETY: UIKit calls the block where it posts the notification. For these names that is the main thread,
    // where the block was created; the notification centre keeps a copy of it.
    let observer = unsafe {
        NSNotificationCenter::defaultCenter().addObserverForName_object_queue_usingBlock(
            Some(name),
            None,
            None,
            &block,
        )
    };
    // The observer stays for as long as the app runs.
    std::mem::forget(observer);
}

fn is_captured(main: MainThreadMarker) -> bool {
    #[expect(deprecated, reason = "the replacement needs iOS 17")]
    UIScreen::mainScreen(main).isCaptured()
}

fn windows(main: MainThreadMarker) -> Vec<Retained<UIWindow>> {
    #[expect(
        deprecated,
        reason = "the app has one scene, and iOS 15 has no shorter way"
    )]
    UIApplication::sharedApplication(main).windows().to_vec()
}

fn cover(main: MainThreadMarker) {
    for window in windows(main) {
        if window.viewWithTag(COVER).is_some() {
            continue;
        }
        let view = UIView::new(main);
        view.setFrame(window.bounds());
        view.setAutoresizingMask(
            UIViewAutoresizing::FlexibleWidth | UIViewAutoresizing::FlexibleHeight,
        );
        view.setBackgroundColor(Some(&UIColor::systemBackgroundColor()));
        view.setTag(COVER);
        window.addSubview(&view);
    }
}

fn uncover(main: MainThreadMarker) {
    for window in windows(main) {
        if let Some(view) = window.viewWithTag(COVER) {
            view.removeFromSuperview();
        }
    }
}

fn notification_feedback(main: MainThreadMarker, kind: UINotificationFeedbackType) {
    UINotificationFeedbackGenerator::new(main).notificationOccurred(kind);
}
