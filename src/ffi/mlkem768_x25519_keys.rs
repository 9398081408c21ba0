//! The C functions of mlkem768_x25519 with prepared keys.
//!
//! The documentation below is the header's; the bodies are in `prepared.rs` and `kem.rs`.

use super::depth::{MLKEM768_X25519_DECAPS as DECAPS, MLKEM768_X25519_ENCAPS as ENCAPS, NONE};
use super::kem;
#[cfg(target_arch = "arm")]
use super::mlkem768_x25519::{PQH_MLKEM768_X25519_DECAPS_STACK_BYTES, PQH_MLKEM768_X25519_ENCAPS_STACK_BYTES};
use super::prepared::{self, Prepared, name};
use super::status::pqh_status;
use crate::kem::mlkem768_x25519 as suite;

/// Bytes of a prepared secret key.
pub const PQH_MLKEM768_X25519_DECAPS_KEY_BYTES: usize = 7872;
/// Bytes of a prepared public key.
pub const PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES: usize = 6272;

// tests/embedded proves these; depth.rs derives from them what is scrubbed.
/// Stack that encaps_key_init may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLKEM768_X25519_ENCAPS_KEY_INIT_STACK_BYTES: usize = PQH_MLKEM768_X25519_ENCAPS_STACK_BYTES;
/// Stack that encaps_with and encaps_derand_with may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLKEM768_X25519_ENCAPS_WITH_STACK_BYTES: usize = PQH_MLKEM768_X25519_ENCAPS_STACK_BYTES;
/// Stack that decaps_key_init and lamps_decaps_key_init may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLKEM768_X25519_DECAPS_KEY_INIT_STACK_BYTES: usize = PQH_MLKEM768_X25519_DECAPS_STACK_BYTES;
/// Stack that decaps_with may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLKEM768_X25519_DECAPS_WITH_STACK_BYTES: usize = PQH_MLKEM768_X25519_DECAPS_STACK_BYTES;

const _: () = {
    assert!(PQH_MLKEM768_X25519_DECAPS_KEY_BYTES == size_of::<pqh_mlkem768_x25519_decaps_key>());
    assert!(PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES == size_of::<pqh_mlkem768_x25519_encaps_key>());
};

impl Prepared for suite::DecapsKey {
    const NAME: [u8; 32] = name(b"MLKEM768-X25519d");
}

impl Prepared for suite::EncapsKey {
    const NAME: [u8; 32] = name(b"MLKEM768-X25519e");
}

/// PQH_MLKEM768_X25519_DECAPS_KEY_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mlkem768_x25519_decaps_key_bytes() -> usize {
    PQH_MLKEM768_X25519_DECAPS_KEY_BYTES
}

/// PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mlkem768_x25519_encaps_key_bytes() -> usize {
    PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES
}

/// A secret key that is prepared for use: all that follows from it is derived already. Opaque: the caller gives it
/// room, and wipes it. It is as secret as the secret key itself. See PREPARED KEYS in the first comment.
#[repr(C)]
#[allow(non_camel_case_types)]
pub struct pqh_mlkem768_x25519_decaps_key {
    /// Not for the caller.
    opaque: [u64; 984],
}

/// A public key that is prepared for use: it is checked, and all that follows from it is derived already. Opaque: the
/// caller gives it room. See PREPARED KEYS in the first comment.
#[repr(C)]
#[allow(non_camel_case_types)]
pub struct pqh_mlkem768_x25519_encaps_key {
    /// Not for the caller.
    opaque: [u64; 784],
}

/// Prepares a public key, for pqh_mlkem768_x25519_encaps_with.
///
/// Standard: the checks of FIPS 203 section 7.2, ML-KEM-768.
///
/// Parameters:
///   key  [out]  the prepared key, whatever was in it
///   pk   [in]   the recipient's public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
///
/// Returns:
///   PQH_OK              key is ready
///   PQH_ERR_NULL        a pointer is NULL; key unchanged
///   PQH_ERR_OVERLAP     key and pk overlap; key unchanged
///   PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203; key all zero. An X25519 half of small order is
///                       refused by encaps_with.
///   PQH_ERR_INTERNAL    an error inside the library; key all zero
///
/// Wiped: nothing: it reads no secret key. After a failure key.
///
/// cbindgen:ptrs-as-arrays=[[pk; PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_encaps_key_init(
    key: *mut pqh_mlkem768_x25519_encaps_key,
    pk: *const u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { prepared::init::<suite::EncapsKey, _, NONE, _>(key, pk, suite::EncapsKey::set) }
}

/// Wipes a prepared public key, which is then no key any more.
///
/// Parameters:
///   key  [in,out]  the prepared key, or any bytes; NULL does nothing
///
/// Wiped: key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_encaps_key_wipe(key: *mut pqh_mlkem768_x25519_encaps_key) {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { prepared::wipe(key) }
}

/// Encapsulates to a prepared public key, as pqh_mlkem768_x25519_encaps does to an encoded one.
///
/// Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
///   ML-KEM.Encaps, FIPS 203 algorithm 20, ML-KEM-768; X25519, RFC 7748 section 5.
///
/// Parameters:
///   ct   [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
///   ss   [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
///   key  [in]   the recipient's public key, prepared
///
/// Returns:
///   PQH_OK              ct and ss are written
///   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
///   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
///   PQH_ERR_RANDOM      the random source failed; outputs all zero
///   PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; outputs all zero
///   PQH_ERR_PUBLIC_KEY  the X25519 half of the public key is of small order; outputs all zero
///   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
///
/// Wiped: the coins, both halves' secrets and the stack that was used; after a failure also ct and ss.
///
/// cbindgen:ptrs-as-arrays=[[ct; PQH_MLKEM768_X25519_CIPHERTEXT_BYTES], [ss; PQH_MLKEM768_X25519_SHARED_SECRET_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_encaps_with(
    ct: *mut u8,
    ss: *mut u8,
    key: *const pqh_mlkem768_x25519_encaps_key,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { kem::encaps_with::<_, _, ENCAPS, _, _, _>(ct, ss, None, key, suite::EncapsKey::encaps) }
}

/// Encapsulates deterministically to a prepared public key, as pqh_mlkem768_x25519_encaps_derand does to an encoded
/// one: coins must be uniformly random, secret and used once.
///
/// Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
///   ML-KEM.Encaps_internal, FIPS 203 algorithm 17, ML-KEM-768; X25519, RFC 7748 section 5.
///
/// Parameters:
///   ct     [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
///   ss     [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
///   coins  [in]   m || ephemeral X25519 scalar, PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES (64)
///   key    [in]   the recipient's public key, prepared
///
/// Returns:
///   PQH_OK              ct and ss are written
///   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
///   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
///   PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; outputs all zero
///   PQH_ERR_PUBLIC_KEY  the X25519 half of the public key is of small order; outputs all zero
///   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
///
/// Wiped: both halves' secrets and the stack that was used; after a failure also ct and ss.
///   Not coins: they are the caller's.
///
/// cbindgen:ptrs-as-arrays=[[ct; PQH_MLKEM768_X25519_CIPHERTEXT_BYTES], [ss; PQH_MLKEM768_X25519_SHARED_SECRET_BYTES], [coins; PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_encaps_derand_with(
    ct: *mut u8,
    ss: *mut u8,
    coins: *const u8,
    key: *const pqh_mlkem768_x25519_encaps_key,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { kem::encaps_with::<_, _, ENCAPS, _, _, _>(ct, ss, Some(coins), key, suite::EncapsKey::encaps) }
}

/// Prepares a secret key, for pqh_mlkem768_x25519_decaps_with.
///
/// Standard: expandDecapsulationKey, draft-connolly-cfrg-xwing-kem-10 section 5.2;
///   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.
///
/// Parameters:
///   key  [out]  the prepared key, whatever was in it
///   sk   [in]   secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32)
///
/// Returns:
///   PQH_OK            key is ready
///   PQH_ERR_NULL      a pointer is NULL; key unchanged
///   PQH_ERR_OVERLAP   key and sk overlap; key unchanged
///   PQH_ERR_INTERNAL  an error inside the library; key all zero
///
/// Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
///   wipes key by pqh_mlkem768_x25519_decaps_key_wipe.
///
/// cbindgen:ptrs-as-arrays=[[sk; PQH_MLKEM768_X25519_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_decaps_key_init(
    key: *mut pqh_mlkem768_x25519_decaps_key,
    sk: *const u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { prepared::init::<suite::DecapsKey, _, DECAPS, _>(key, sk, suite::DecapsKey::set) }
}

/// Prepares a private key in the LAMPS form, for pqh_mlkem768_x25519_decaps_with.
///
/// Standard: id-MLKEM768-X25519-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
///   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.
///
/// Parameters:
///   key  [out]  the prepared key, whatever was in it
///   dk   [in]   d || z || X25519 scalar, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES (96)
///
/// Returns:
///   PQH_OK            key is ready
///   PQH_ERR_NULL      a pointer is NULL; key unchanged
///   PQH_ERR_OVERLAP   key and dk overlap; key unchanged
///   PQH_ERR_INTERNAL  an error inside the library; key all zero
///
/// Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
///   wipes key by pqh_mlkem768_x25519_decaps_key_wipe.
///
/// cbindgen:ptrs-as-arrays=[[dk; PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_lamps_decaps_key_init(
    key: *mut pqh_mlkem768_x25519_decaps_key,
    dk: *const u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { prepared::init::<suite::DecapsKey, _, DECAPS, _>(key, dk, suite::DecapsKey::set_lamps) }
}

/// Wipes a prepared secret key, which is then no key any more.
///
/// Parameters:
///   key  [in,out]  the prepared key, or any bytes; NULL does nothing
///
/// Wiped: key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_decaps_key_wipe(key: *mut pqh_mlkem768_x25519_decaps_key) {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { prepared::wipe(key) }
}

/// Decapsulates with a prepared secret key, as pqh_mlkem768_x25519_decaps does with an encoded one. A ciphertext that
/// was forged or made for another key is not an error.
///
/// Standard: Decapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.5;
///   ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-768; X25519, RFC 7748 section 5.
///
/// Parameters:
///   ss   [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
///   ct   [in]   ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
///   key  [in]   the secret key, prepared
///
/// Returns:
///   PQH_OK              ss is written
///   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
///   PQH_ERR_OVERLAP     ss overlaps ct or key; ss unchanged
///   PQH_ERR_STATE       key was not prepared, was wiped, or is of another kind; ss all zero
///   PQH_ERR_CIPHERTEXT  the X25519 half of ct has small order; ss all zero
///   PQH_ERR_INTERNAL    an error inside the library; ss all zero
///
/// Wiped: both halves' secrets and the stack that was used; after a failure also ss. Not key.
///
/// cbindgen:ptrs-as-arrays=[[ss; PQH_MLKEM768_X25519_SHARED_SECRET_BYTES], [ct; PQH_MLKEM768_X25519_CIPHERTEXT_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_decaps_with(
    ss: *mut u8,
    ct: *const u8,
    key: *const pqh_mlkem768_x25519_decaps_key,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { kem::decaps_with::<_, _, DECAPS, _, _>(ss, ct, key, suite::DecapsKey::decaps) }
}
