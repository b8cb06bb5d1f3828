//! Zeroes the stack that secret work used: functions leave copies of keys and texts there.

use zeroize::Zeroize;

/// Bytes to zero: deeper than any call here, and less than the smallest stack, the 1 MB of an iPhone's main thread.
const DEPTH: usize = 256 * 1024;

/// Runs `work` and then zeroes the stack that it used, because ciphers, hashes and parsers of other crates leave their
/// blocks there, and a sleeping thread keeps them.
#[inline(never)]
pub fn with_stack_wiped<T>(work: impl FnOnce() -> T) -> T {
    let result = call(work);
    wipe();
    result
}

/// Not inlined, so that its frames overlap those that [`wipe`] overwrites.
#[inline(never)]
fn call<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn wipe() {
    let mut used = [0_u8; DEPTH];
    used.zeroize();
}

#[cfg(test)]
mod tests {
    /// An iPhone's main thread has 1 MB, part of which is used.
    #[test]
    fn a_stack_of_half_a_megabyte_is_enough() {
        let thread = std::thread::Builder::new().stack_size(512 * 1024);
        let handle = thread
            .spawn(|| super::with_stack_wiped(|| 7))
            .unwrap()
            .join();
        assert_eq!(handle.unwrap(), 7);
    }
}
