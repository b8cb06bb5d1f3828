//! Third-party readers panic on some pictures; nothing of that may come out.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static INSIDE_CATCH: Cell<bool> = const { Cell::new(false) };
}

/// What `work` answers, or none if it panics. Nothing is printed then: a panic's message may quote its input.
pub fn catch_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let previous_hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !INSIDE_CATCH.get() {
                previous_hook(info);
            }
        }));
    });
    let outer = INSIDE_CATCH.replace(true);
    // Whatever `work` borrowed and left half-done is dropped with it.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    INSIDE_CATCH.set(outer);
    result.ok()
}

/// Ends the surrounding [`catch_panic`] early, from code that offers no other way out.
pub fn cancel() -> ! {
    panic::resume_unwind(Box::new(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_gives_none() {
        assert_eq!(catch_panic(|| 7), Some(7));
        assert_eq!(
            catch_panic(|| -> i32 { panic!("must not be printed") }),
            None
        );
        assert_eq!(catch_panic(|| -> i32 { cancel() }), None);
        assert_eq!(
            catch_panic(|| catch_panic(|| -> i32 { cancel() })),
            Some(None)
        );
        assert!(!INSIDE_CATCH.get());
    }
}
