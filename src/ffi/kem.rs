//! The bodies of the KEM functions, the same for every suite.

use super::fence::{self, array, array_mut, enter, input, output, sized_input};
use super::prepared::{self, Prepared};
use super::random;
use super::status::pqh_status;
use crate::error::Error;
use crate::memory::Zeroizing;

type Decaps<const SS: usize, const CT: usize, const SK: usize> =
    fn(&mut [u8; SS], &[u8; CT], &[u8; SK]) -> Result<(), Error>;
type Encaps<const CT: usize, const SS: usize, const COINS: usize, const PK: usize> =
    fn(&mut [u8; CT], &mut [u8; SS], &[u8; COINS], &[u8; PK]) -> Result<(), Error>;

/// # Safety
/// Each pointer is NULL or valid for its size, as the header says.
pub(super) unsafe fn encaps<
    const DEPTH: usize,
    const CT: usize,
    const SS: usize,
    const COINS: usize,
    const PK: usize,
>(
    ct: *mut u8,
    ss: *mut u8,
    pk: *const u8,
    encaps: Encaps<CT, SS, COINS, PK>,
) -> pqh_status {
    enter::<DEPTH>(&[output(ct, CT), output(ss, SS), input(pk, PK)], || {
        // SAFETY: admitted, and valid as the caller promises.
        let (ct, ss, pk) = unsafe { (array_mut(ct), array_mut(ss), array(pk)) };
        fence::both_or_nothing(ct, ss, |ct, ss| {
            let mut coins = Zeroizing::new([0; COINS]);
            random::fill(coins.as_mut_slice())?;
            encaps(ct, ss, &coins, pk)
        })
    })
}

/// # Safety
/// As for `encaps`.
pub(super) unsafe fn encaps_derand<
    const DEPTH: usize,
    const CT: usize,
    const SS: usize,
    const COINS: usize,
    const PK: usize,
>(
    ct: *mut u8,
    ss: *mut u8,
    coins: *const u8,
    pk: *const u8,
    encaps: Encaps<CT, SS, COINS, PK>,
) -> pqh_status {
    enter::<DEPTH>(&[output(ct, CT), output(ss, SS), input(coins, COINS), input(pk, PK)], || {
        // SAFETY: admitted, and valid as the caller promises.
        let (ct, ss, coins, pk) = unsafe { (array_mut(ct), array_mut(ss), array(coins), array(pk)) };
        fence::both_or_nothing(ct, ss, |ct, ss| encaps(ct, ss, coins, pk))
    })
}

/// # Safety
/// As for `encaps`.
pub(super) unsafe fn decaps<const DEPTH: usize, const SS: usize, const CT: usize, const SK: usize>(
    ss: *mut u8,
    ct: *const u8,
    sk: *const u8,
    decaps: Decaps<SS, CT, SK>,
) -> pqh_status {
    enter::<DEPTH>(&[output(ss, SS), input(ct, CT), input(sk, SK)], || {
        // SAFETY: admitted, and valid as the caller promises.
        let (ss, ct, sk) = unsafe { (array_mut(ss), array(ct), array(sk)) };
        fence::all_or_nothing(ss, |ss| decaps(ss, ct, sk))
    })
}

type EncapsWith<V, const CT: usize, const SS: usize, const COINS: usize> =
    fn(&V, &mut [u8; CT], &mut [u8; SS], &[u8; COINS]) -> Result<(), Error>;
type DecapsWith<V, const SS: usize, const CT: usize> = fn(&V, &mut [u8; SS], &[u8; CT]) -> Result<(), Error>;

/// # Safety
/// As for `encaps`.
pub(super) unsafe fn encaps_with<
    V: Prepared,
    C,
    const DEPTH: usize,
    const CT: usize,
    const SS: usize,
    const COINS: usize,
>(
    ct: *mut u8,
    ss: *mut u8,
    coins: Option<*const u8>,
    key: *const C,
    encaps: EncapsWith<V, CT, SS, COINS>,
) -> pqh_status {
    let coins_arg = coins.map_or(sized_input(core::ptr::null(), 0), |coins| input(coins, COINS));
    enter::<DEPTH>(&[output(ct, CT), output(ss, SS), coins_arg, input(key, size_of::<C>())], || {
        // SAFETY: admitted, and valid as the caller promises.
        let (ct, ss) = unsafe { (array_mut(ct), array_mut(ss)) };
        fence::both_or_nothing(ct, ss, |ct, ss| {
            let mut drawn = Zeroizing::new([0; COINS]);
            match coins {
                // SAFETY: admitted, and valid as the caller promises.
                Some(coins) => *drawn = *unsafe { array(coins) },
                None => random::fill(drawn.as_mut_slice())?,
            }
            // SAFETY: admitted, and valid as the caller promises.
            unsafe { prepared::with(key, |key| encaps(key, ct, ss, &drawn)) }
        })
    })
}

/// # Safety
/// As for `encaps`.
pub(super) unsafe fn decaps_with<V: Prepared, C, const DEPTH: usize, const SS: usize, const CT: usize>(
    ss: *mut u8,
    ct: *const u8,
    key: *const C,
    decaps: DecapsWith<V, SS, CT>,
) -> pqh_status {
    enter::<DEPTH>(&[output(ss, SS), input(ct, CT), input(key, size_of::<C>())], || {
        // SAFETY: admitted, and valid as the caller promises.
        let (ss, ct) = unsafe { (array_mut(ss), array(ct)) };
        // SAFETY: likewise.
        fence::all_or_nothing(ss, |ss| unsafe { prepared::with(key, |key| decaps(key, ss, ct)) })
    })
}
