//! The crate x-wing behind C functions; libsodium and OpenSSL come along as they are.

use libsodium_sys as _;
use x_wing::kem::{Decapsulate, Decapsulator, KeyExport, TryKeyInit};
use x_wing::{Ciphertext, DecapsulationKey, EncapsulationKey};
use zeroize::Zeroize;

/// What the crate returned is this file's to wipe, and not what the crate left.
fn hand_over(to: &mut [u8; 32], secret: &mut [u8]) {
    to.copy_from_slice(secret);
    secret.zeroize();
}

/// # Safety
/// 1216 writable and 32 readable bytes.
#[unsafe(no_mangle)]
#[inline(never)]
pub unsafe extern "C" fn x_wing_public_key(pk: *mut [u8; 1216], sk: *const [u8; 32]) {
    // SAFETY: as the caller promises.
    let (pk, sk) = unsafe { (&mut *pk, &*sk) };
    let key = DecapsulationKey::from(*sk);
    pk.copy_from_slice(&key.encapsulation_key().to_bytes());
}

/// # Safety
/// 1120 and 32 writable, 1216 and 64 readable bytes.
#[unsafe(no_mangle)]
#[inline(never)]
pub unsafe extern "C" fn x_wing_encaps(
    ct: *mut [u8; 1120],
    ss: *mut [u8; 32],
    pk: *const [u8; 1216],
    coins: *const [u8; 64],
) {
    // SAFETY: as the caller promises.
    let (ct, ss, pk, coins) = unsafe { (&mut *ct, &mut *ss, &*pk, &*coins) };
    let Ok(key) = EncapsulationKey::new(pk.into()) else { return };
    let (ciphertext, mut secret) = key.encapsulate_deterministic(coins.into());
    ct.copy_from_slice(&ciphertext);
    hand_over(ss, &mut secret);
}

/// # Safety
/// 32 writable, 1120 and 32 readable bytes.
#[unsafe(no_mangle)]
#[inline(never)]
pub unsafe extern "C" fn x_wing_decaps(ss: *mut [u8; 32], ct: *const [u8; 1120], sk: *const [u8; 32]) {
    // SAFETY: as the caller promises.
    let (ss, ct, sk) = unsafe { (&mut *ss, &*ct, &*sk) };
    let ct: &Ciphertext = ct.into();
    let mut secret = DecapsulationKey::from(*sk).decapsulate(ct);
    hand_over(ss, &mut secret);
}
