//! Values that are integers and nothing else, such as may lie in a caller's memory: any bytes are one, and they may be
//! copied and wiped as bytes.
#![allow(unsafe_code)]

use core::hint::black_box;

/// A type without padding, every byte string of whose size is a value.
///
/// # Safety
/// It is one.
pub(crate) unsafe trait Plain: Sized {
    /// The value whose bytes are all zero.
    fn zeroed() -> Self {
        // SAFETY: any bytes are a value.
        unsafe { core::mem::zeroed() }
    }

    /// The value as bytes.
    fn bytes(&self) -> &[u8] {
        // SAFETY: without padding, so all of them are initialised.
        unsafe { core::slice::from_raw_parts(core::ptr::from_ref(self).cast(), size_of::<Self>()) }
    }

    /// Overwrites the value with zeros in a way that the compiler may not leave out.
    fn wipe(&mut self) {
        // Not byte by byte, as it would be done for bytes: these are thousands.
        // SAFETY: any bytes are a value.
        unsafe { core::ptr::from_mut(self).write_bytes(0, 1) };
        black_box(self);
    }
}
