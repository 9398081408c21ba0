//! The bodies of keygen and public_key, the same for every suite of either kind.

use super::fence::{self, array, array_mut, enter, input, output};
use super::random;
use super::status::pqh_status;
use crate::error::Error;

/// # Safety
/// Each pointer is NULL or valid for its size, as the header says.
pub(super) unsafe fn keygen<const DEPTH: usize, const PK: usize, const SK: usize>(
    pk: *mut u8,
    sk: *mut u8,
    public_key: fn(&mut [u8; PK], &[u8; SK]) -> Result<(), Error>,
) -> pqh_status {
    enter::<DEPTH>(&[output(pk, PK), output(sk, SK)], || {
        // SAFETY: admitted, and valid as the caller promises.
        let (pk, sk) = unsafe { (array_mut(pk), array_mut(sk)) };
        fence::both_or_nothing(pk, sk, |pk, sk| {
            random::fill(sk)?;
            public_key(pk, sk)
        })
    })
}

/// # Safety
/// As for `keygen`.
pub(super) unsafe fn public_key<const DEPTH: usize, const PK: usize, const SK: usize>(
    pk: *mut u8,
    sk: *const u8,
    public_key: fn(&mut [u8; PK], &[u8; SK]) -> Result<(), Error>,
) -> pqh_status {
    enter::<DEPTH>(&[output(pk, PK), input(sk, SK)], || {
        // SAFETY: admitted, and valid as the caller promises.
        let (pk, sk) = unsafe { (array_mut(pk), array(sk)) };
        fence::all_or_nothing(pk, |pk| public_key(pk, sk))
    })
}
