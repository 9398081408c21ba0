//! Wiping, comparing in constant time, and scrubbing the stack. The only room that names zeroize and subtle.

use crate::registers::clear_registers;
use core::hint::black_box;
use subtle::ConstantTimeEq;

#[cfg(not(feature = "_suite"))]
use zeroize::Zeroize;
#[cfg(feature = "_suite")]
pub(crate) use zeroize::{Zeroize, Zeroizing};

/// Overwrites `data` with zeros in a way that the compiler may not leave out.
pub(crate) fn wipe(data: &mut [u8]) {
    data.zeroize();
}

/// Whether `a` and `b` are equal. The time depends on their length alone.
pub(crate) fn ct_equal(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}

/// Whether all of `data` is zero. The time depends on its length alone.
#[cfg(feature = "_kem")]
pub(crate) fn is_zero<const N: usize>(data: &[u8; N]) -> bool {
    ct_equal(data, &[0; N])
}

/// Overwrites the `N` bytes of stack below the caller's frame, and the vector registers.
///
/// The backends leave expanded keys and intermediate values in frames that are gone by the time they return. Whoever
/// called them calls this next, with at least the depth that they used, from the same frame.
#[inline(never)]
pub(crate) fn scrub_stack<const N: usize>() {
    let mut area = [0u8; N];
    black_box(&mut area);
    clear_registers();
}
