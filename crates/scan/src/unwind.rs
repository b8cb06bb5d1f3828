//! Contains panics: third-party readers panic on some pictures.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static INSIDE_CATCH: Cell<bool> = const { Cell::new(false) };
}

/// The result of `work`, or `None` if it panics.
///
/// Such a panic is not printed, because its message may quote the input.
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
    // Unwind-safe: no caller uses a value again that `work` may have left half-changed.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    INSIDE_CATCH.set(outer);
    result.ok()
}

/// Makes the surrounding [`catch_panic`] return `None`, from callbacks that cannot return an error.
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
