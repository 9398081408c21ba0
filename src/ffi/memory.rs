//! Wiping, comparing and random bytes, for everybody.

use super::depth::SHALLOW;
use super::fence::{enter, output, slice};
use super::random;
use super::status::pqh_status;
use crate::memory;
use core::ffi::c_void;

/// Stack that pqh_random_bytes may take.
#[cfg(target_arch = "arm")]
pub const PQH_RANDOM_BYTES_STACK_BYTES: usize = 2048;

/// Overwrites memory with zeros, in a way that the compiler may not leave out.
///
/// Parameters:
///   data  [out] the memory to wipe, len bytes; NULL does nothing
///   len   [in]  length of data in bytes; one over PTRDIFF_MAX, which no object has, does nothing
///
/// Wiped: data.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_secure_wipe(data: *mut c_void, len: usize) {
    if !data.is_null() && len <= isize::MAX.unsigned_abs() {
        // SAFETY: not NULL, and the caller promises len writable bytes; every byte is overwritten, none is read.
        memory::wipe(unsafe { core::slice::from_raw_parts_mut(data.cast::<u8>(), len) });
    }
}

/// Compares two byte strings in a time that depends on their length alone.
///
/// Parameters:
///   a    [in] len bytes; may be NULL if len is 0
///   b    [in] len bytes; may be NULL if len is 0
///   len  [in] length of each in bytes
///
/// Returns 1 if they are equal, else 0. A NULL with a len that is not 0, or a len over PTRDIFF_MAX, equals nothing: 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_ct_equal(a: *const c_void, b: *const c_void, len: usize) -> i32 {
    if len != 0 && (a.is_null() || b.is_null() || len > isize::MAX.unsigned_abs()) {
        return 0;
    }
    // SAFETY: not NULL unless empty, and the caller promises len readable bytes each.
    let (a, b) = unsafe { (slice(a.cast(), len), slice(b.cast(), len)) };
    i32::from(memory::ct_equal(a, b))
}

/// Fills memory with random bytes from the operating system, or from pqh_platform_random_bytes where there is none.
///
/// Parameters:
///   out  [out] len random bytes
///   len  [in]  length of out in bytes
///
/// Returns:
///   PQH_OK          out is filled
///   PQH_ERR_NULL    out is NULL, also if len is 0
///   PQH_ERR_RANDOM  the random source failed; out is all zero
///
/// Wiped: the stack that was used.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_random_bytes(out: *mut u8, len: usize) -> pqh_status {
    enter::<SHALLOW>(&[output(out, len)], || {
        // SAFETY: admitted, so not NULL and not over isize::MAX; zeroed first, because a reference needs initialised
        // bytes; the caller promises len writable bytes.
        let out = unsafe {
            out.write_bytes(0, len);
            core::slice::from_raw_parts_mut(out, len)
        };
        random::fill(out).inspect_err(|_| memory::wipe(out))
    })
}
