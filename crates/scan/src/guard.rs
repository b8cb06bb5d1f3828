//! Third-party readers panic on some pictures; nothing of that may come out.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// What `work` answers, or none if it panics. Nothing is printed then: a panic's message may quote its input.
pub fn survive<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                others(info);
            }
        }));
    });
    let outer = GUARDED.replace(true);
    // Whatever `work` borrowed and left half-done is dropped with it.
    let answer = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    answer.ok()
}

/// Ends the surrounding [`survive`] early, from code that offers no other way out.
pub fn give_up() -> ! {
    panic::resume_unwind(Box::new(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_none() {
        assert_eq!(survive(|| 7), Some(7));
        assert_eq!(survive(|| -> i32 { panic!("must not be printed") }), None);
        assert_eq!(survive(|| -> i32 { give_up() }), None);
        assert_eq!(survive(|| survive(|| -> i32 { give_up() })), Some(None));
        assert!(!GUARDED.get());
    }
}
