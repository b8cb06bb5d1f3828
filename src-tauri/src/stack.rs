//! What functions leave behind on the stack: copies of keys and texts that nobody owns any more.

use zeroize::Zeroize;

/// Deeper than anything here calls.
const DEPTH: usize = 256 * 1024;

/// What `work` answers. The stack that it used is wiped then: ciphers, hashes and parsers that are not ours leave their
/// blocks there, and a thread that goes to sleep keeps them.
#[inline(never)]
pub fn wiped<T>(work: impl FnOnce() -> T) -> T {
    let answer = apart(work);
    wipe();
    answer
}

/// Its frame, and all below, begin where that of [`wipe`] does.
#[inline(never)]
fn apart<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn wipe() {
    let mut dead = [0; DEPTH];
    dead.zeroize();
}
