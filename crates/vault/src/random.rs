//! The only source of randomness.

use crate::RandomError;

/// Fills `bytes` with random bytes from the operating system. There is no fallback.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), RandomError> {
    #[cfg(test)]
    if let Some(outcome) = scripted::fill(bytes) {
        return outcome;
    }
    getrandom::fill(bytes).map_err(|_| RandomError)
}

/// `N` random bytes that are not secret: a salt, a nonce or an id.
pub(crate) fn generate<const N: usize>() -> Result<[u8; N], RandomError> {
    let mut bytes = [0; N];
    fill(&mut bytes)?;
    Ok(bytes)
}

/// Replaces the source on this thread, so that tests can make it fail or repeat.
#[cfg(test)]
pub(crate) mod scripted {
    use std::cell::RefCell;

    use super::RandomError;

    type Source = Box<dyn FnMut(&mut [u8]) -> Result<(), RandomError>>;

    thread_local!(static SOURCE: RefCell<Option<Source>> = const { RefCell::new(None) });

    pub(super) fn fill(bytes: &mut [u8]) -> Option<Result<(), RandomError>> {
        SOURCE.with_borrow_mut(|source| source.as_mut().map(|source| source(bytes)))
    }

    /// Runs `body` with `source` instead of the operating system.
    pub(crate) fn with<R>(
        source: impl FnMut(&mut [u8]) -> Result<(), RandomError> + 'static,
        body: impl FnOnce() -> R,
    ) -> R {
        SOURCE.set(Some(Box::new(source)));
        let result = body();
        SOURCE.set(None);
        result
    }

    /// Succeeds `times` times, then fails.
    pub(crate) fn failing_after(
        mut times: usize,
    ) -> impl FnMut(&mut [u8]) -> Result<(), RandomError> {
        move |bytes| {
            times = times.checked_sub(1).ok_or(RandomError)?;
            getrandom::fill(bytes).map_err(|_| RandomError)
        }
    }

    /// A source of the bytes 0, 1, 2 … 255, 0 …
    pub(crate) fn counting() -> impl FnMut(&mut [u8]) -> Result<(), RandomError> {
        let mut next = 0u8;
        move |bytes| {
            for byte in bytes {
                *byte = next;
                next = next.wrapping_add(1);
            }
            Ok(())
        }
    }
}
