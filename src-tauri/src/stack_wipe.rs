//! What functions leave behind on the stack: copies of keys and texts that nobody owns any more.

use zeroize::Zeroize;

/// In bytes: deeper than anything here calls, and a part of the smallest stack, the megabyte of an iPhone's main thread.
const DEPTH: usize = 256 * 1024;

/// What `work` answers. The stack that it used is wiped then: ciphers, hashes and parsers that are not ours leave their
/// blocks there, and a thread that goes to sleep keeps them.
#[inline(never)]
pub fn with_stack_wiped<T>(work: impl FnOnce() -> T) -> T {
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
    let mut dead = [0_u8; DEPTH];
    dead.zeroize();
}

#[cfg(test)]
mod tests {
    /// An iPhone's main thread has a megabyte, and has used some of it.
    #[test]
    fn half_a_megabyte_is_enough() {
        let thread = std::thread::Builder::new().stack_size(512 * 1024);
        let answered = thread
            .spawn(|| super::with_stack_wiped(|| 7))
            .unwrap()
            .join();
        assert_eq!(answered.unwrap(), 7);
    }
}
