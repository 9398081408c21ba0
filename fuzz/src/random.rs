//! The random source of the library under test: what a target has laid ready, and no byte more.

use std::cell::RefCell;

#[derive(Default)]
struct Source {
    ready: Vec<u8>,
    /// What the source returns; anything but 0 is a failure.
    status: i32,
}

thread_local! {
    static SOURCE: RefCell<Source> = RefCell::default();
}

/// Runs `call` with a source that gives exactly `bytes`; fewer must not be asked for, nor more.
pub fn with<T>(bytes: &[u8], call: impl FnOnce() -> T) -> T {
    SOURCE.set(Source { ready: bytes.to_vec(), status: 0 });
    let result = call();
    let left = SOURCE.take().ready.len();
    assert_eq!(left, 0, "the call left {left} of {} random bytes", bytes.len());
    result
}

/// Runs `call` with a source that writes `bytes` and then says that it failed.
pub fn failing<T>(status: i32, bytes: &[u8], call: impl FnOnce() -> T) -> T {
    SOURCE.set(Source { ready: bytes.to_vec(), status });
    let result = call();
    SOURCE.take();
    result
}

/// What the library calls where there is no operating system.
///
/// # Safety
/// `out` is valid for `len` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_platform_random_bytes(out: *mut u8, len: usize) -> i32 {
    SOURCE.with_borrow_mut(|source| {
        assert!(source.status != 0 || len <= source.ready.len(), "the call drew {len} random bytes too many");
        let given: Vec<u8> = source.ready.drain(..len.min(source.ready.len())).collect();
        // SAFETY: no more than `len`, as the caller promises.
        unsafe { out.copy_from_nonoverlapping(given.as_ptr(), given.len()) };
        source.status
    })
}
