//! The stack below a call, overwritten: ciphers and digests leave copies of keys there, moved or spilled.

use std::hint::black_box;

/// More than the deepest call of this crate uses, in either profile; `tests/memory.rs` finds what is left beyond it.
const DEPTH: usize = 32 * 1024;

/// What `work` answers, once the stack that it used is overwritten. The answer must hold its secrets in boxes.
pub(crate) fn wiped<T>(work: impl FnOnce() -> T) -> T {
    let answer = below(work);
    wipe();
    answer
}

/// A frame of its own, at the depth at which [`wipe`] has its own.
#[inline(never)]
fn below<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn wipe() {
    // Mutable: a constant would be read from the program, and the stack left as it is.
    let mut used = [0u8; DEPTH];
    black_box(&mut used);
}
