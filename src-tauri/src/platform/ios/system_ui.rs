//! What iOS does around the window.

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

/// Marks our cover among the window's views.
const COVER: isize = 0x7472_6f75;

/// An iPhone or iPad.
pub struct SystemUiAdapter<R: Runtime> {
    app: AppHandle<R>,
    hidden: Arc<AtomicBool>,
    recorded: Arc<AtomicBool>,
}

impl<R: Runtime> SystemUiAdapter<R> {
    /// Covers the window from now on whenever something else comes to the front: iOS takes its picture for the list of
    /// apps then.
    pub fn new(app: AppHandle<R>) -> Self {
        let hidden = Arc::new(AtomicBool::new(true));
        let recorded = Arc::new(AtomicBool::new(false));
        let (hides, notes) = (Arc::clone(&hidden), Arc::clone(&recorded));
        on_main(&app, move |main| {
            notes.store(is_captured(main), Ordering::Relaxed);
            observe(names().resigns, move |main| {
                if hides.load(Ordering::Relaxed) {
                    cover(main);
                }
            });
            observe(names().returns, uncover);
            observe(names().recorded, move |main| {
                notes.store(is_captured(main), Ordering::Relaxed);
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
    /// The window stays the one it was.
    fn set_up_window(&self) {}

    /// Screenshots by hand cannot be prevented on iOS.
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
            Haptic::Done => notify(main, UINotificationFeedbackType::Success),
            Haptic::Refused => notify(main, UINotificationFeedbackType::Error),
        });
    }

    /// iOS does not say.
    fn sets_clock_itself(&self) -> Option<bool> {
        None
    }

    /// iOS tells by itself: [`watch_screen_lock`].
    fn is_screen_locked(&self) -> bool {
        false
    }

    fn is_screen_recorded(&self) -> bool {
        self.recorded.load(Ordering::Relaxed)
    }

    /// What is opened with the app comes as a file of its own.
    fn read_shared(&self, _: &str, _: usize) -> Result<Zeroizing<Vec<u8>>, SharedReadError> {
        Err(SharedReadError::Unreadable)
    }
}

/// Calls `locked` when the phone is locked: its protected files are about to close.
pub fn watch_screen_lock<R: Runtime>(
    app: &AppHandle<R>,
    locked: impl Fn() + Clone + Send + 'static,
) {
    on_main(app, move |_| observe(names().locks, move |_| locked()));
}

/// Calls `changed` when a recording or mirroring of the screen begins or ends.
pub fn watch_recording<R: Runtime>(app: &AppHandle<R>, changed: impl Fn() + Send + 'static) {
    on_main(app, move |_| observe(names().recorded, move |_| changed()));
}

struct Names {
    resigns: &'static NSNotificationName,
    returns: &'static NSNotificationName,
    locks: &'static NSNotificationName,
    recorded: &'static NSNotificationName,
}

fn names() -> Names {
    #[expect(unsafe_code, reason = "names that UIKit exports")]
    // SAFETY: constant strings, there since iOS 11.
    unsafe {
        Names {
            resigns: UIApplicationWillResignActiveNotification,
            returns: UIApplicationDidBecomeActiveNotification,
            locks: UIApplicationProtectedDataWillBecomeUnavailable,
            recorded: UIScreenCapturedDidChangeNotification,
        }
    }
}

fn on_main<R: Runtime>(app: &AppHandle<R>, work: impl FnOnce(MainThreadMarker) + Send + 'static) {
    // An app that is ending takes nothing more.
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
    // SAFETY: the block is called where the notification is posted, which for these names is the main thread, on which
    // it is made as well; the centre keeps a copy of it.
    let observer = unsafe {
        NSNotificationCenter::defaultCenter().addObserverForName_object_queue_usingBlock(
            Some(name),
            None,
            None,
            &block,
        )
    };
    // It is never taken away.
    std::mem::forget(observer);
}

fn is_captured(main: MainThreadMarker) -> bool {
    #[expect(deprecated, reason = "what takes their place came with iOS 17")]
    UIScreen::mainScreen(main).isCaptured()
}

fn windows(main: MainThreadMarker) -> Vec<Retained<UIWindow>> {
    #[expect(
        deprecated,
        reason = "the app has one scene, and iOS 15 knows no shorter way"
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

fn notify(main: MainThreadMarker, kind: UINotificationFeedbackType) {
    UINotificationFeedbackGenerator::new(main).notificationOccurred(kind);
}
