//! Prepared keys: what is derived from an encoded key once, in memory of the caller's that is opaque to it.
//!
//! Such a key begins with its name, by which a key that was not made, was wiped, or is another suite's is found out. Its
//! value follows, `NAME_BYTES` from the beginning wherever the key lies: it may be copied as bytes. Where the address suits
//! the value it is used in place, elsewhere a copy of it.

use super::fence::{array, enter, input, output};
use super::status::pqh_status;
use crate::error::Error;
use crate::memory;
use crate::plain::Plain;

/// Bytes before the value, so that it is aligned if the key is.
const NAME_BYTES: usize = 32;

/// The value of a prepared key.
pub(super) trait Prepared: Plain {
    /// Tells the suite and the kind of key.
    const NAME: [u8; NAME_BYTES];
}

/// Makes a name of a few letters.
pub(super) const fn name(letters: &[u8; 16]) -> [u8; NAME_BYTES] {
    let mut name = [0; NAME_BYTES];
    let (head, _) = name.split_at_mut(letters.len());
    head.copy_from_slice(letters);
    name
}

/// Derives `V` from an encoded key and keeps it in the caller's `key`.
///
/// # Safety
/// Each pointer is NULL or valid for its size, as the header says. This holds for all functions of this file.
pub(super) unsafe fn init<V: Prepared, C, const DEPTH: usize, const N: usize>(
    key: *mut C,
    encoded: *const u8,
    set: fn(&mut V, &[u8; N]) -> Result<(), Error>,
) -> pqh_status {
    const { assert!(size_of::<C>() == NAME_BYTES + size_of::<V>()) };
    enter::<DEPTH>(&[output(key, size_of::<C>()), input(encoded, N)], || {
        let key = key.cast::<u8>();
        // SAFETY: admitted, and valid as the caller promises; zeroed first, so that after a failure nothing is in it.
        let encoded = unsafe {
            key.write_bytes(0, size_of::<C>());
            array(encoded)
        };
        let mut value = V::zeroed();
        set(&mut value, encoded)?;
        // SAFETY: as above, of the size that is asserted; the value's bytes are all initialised.
        unsafe {
            key.add(NAME_BYTES).copy_from_nonoverlapping(value.bytes().as_ptr(), size_of::<V>());
            key.copy_from_nonoverlapping(V::NAME.as_ptr(), NAME_BYTES);
        }
        Ok(())
    })
}

/// Runs `work` on the value of an admitted `key`.
///
/// # Safety
/// `key` has been admitted; it is valid, and nobody writes to it, while `work` runs.
pub(super) unsafe fn with<V: Prepared, C>(
    key: *const C,
    work: impl FnOnce(&V) -> Result<(), Error>,
) -> Result<(), Error> {
    const { assert!(size_of::<C>() == NAME_BYTES + size_of::<V>()) };
    // SAFETY: admitted, and as the caller promises; an array of bytes has no alignment.
    let name: &[u8; NAME_BYTES] = unsafe { array(key.cast()) };
    if *name != V::NAME {
        return Err(Error::State);
    }
    let value = key.cast::<u8>().wrapping_add(NAME_BYTES).cast::<V>();
    let copy;
    let value = if value.is_aligned() {
        // SAFETY: within the key, as the assertion says, and aligned; any bytes are a value.
        unsafe { &*value }
    } else {
        // SAFETY: likewise, whatever the alignment.
        copy = unsafe { value.read_unaligned() };
        &copy
    };
    work(value)
}

/// Wipes a key; NULL does nothing.
///
/// # Safety
/// As for `init`.
pub(super) unsafe fn wipe<C>(key: *mut C) {
    if !key.is_null() {
        // SAFETY: not NULL, and the caller promises that it is valid; every byte is overwritten, none is read.
        memory::wipe(unsafe { core::slice::from_raw_parts_mut(key.cast::<u8>(), size_of::<C>()) });
    }
}
