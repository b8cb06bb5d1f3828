//! Overwrites the stack that a call used, because ciphers and digests leave copies of keys there.

use std::hint::black_box;

/// Bytes to overwrite: more than the deepest call of this crate uses, in debug and release builds. `tests/memory.rs` finds copies
/// beyond it.
const DEPTH: usize = 32 * 1024;

/// Runs `work` and overwrites the stack that it used. The result must keep its secrets on the heap.
pub(crate) fn with_stack_wiped<T>(work: impl FnOnce() -> T) -> T {
    let result = call(work);
    wipe();
    result
}

/// Not inlined, so that its frames are where [`wipe`] overwrites.
#[inline(never)]
fn call<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn wipe() {
    // Mutable, because a constant array would not be on the stack.
    let mut used = [0u8; DEPTH];
    black_box(&mut used);
}
