//! The C functions of mlkem768_x25519: X-Wing, which is MLKEM768-X25519.
//!
//! The documentation below is the header's; the bodies are in `kem.rs`.

use super::status::pqh_status;
use super::{depth, kem, keys};
use crate::kem::mlkem768_x25519 as suite;

/// Bytes of a public key: ML-KEM-768 encapsulation key || X25519 public key.
pub const PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES: usize = 1216;
/// Bytes of a secret key: the X-Wing seed.
pub const PQH_MLKEM768_X25519_SECRET_KEY_BYTES: usize = 32;
/// Bytes of a ciphertext: ML-KEM-768 ciphertext || ephemeral X25519 public key.
pub const PQH_MLKEM768_X25519_CIPHERTEXT_BYTES: usize = 1120;
/// Bytes of a shared secret.
pub const PQH_MLKEM768_X25519_SHARED_SECRET_BYTES: usize = 32;
/// Bytes of the coins of derandomised encapsulation: m || ephemeral X25519 scalar.
pub const PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES: usize = 64;
/// Bytes of a private key as LAMPS writes it: d || z || X25519 scalar.
pub const PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES: usize = 96;

// tests/embedded proves these; depth.rs derives from them what is scrubbed.
/// Stack that keygen may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLKEM768_X25519_KEYGEN_STACK_BYTES: usize = 29952;
/// Stack that public_key may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLKEM768_X25519_PUBLIC_KEY_STACK_BYTES: usize = PQH_MLKEM768_X25519_KEYGEN_STACK_BYTES;
/// Stack that encaps and encaps_derand may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLKEM768_X25519_ENCAPS_STACK_BYTES: usize = 21632;
/// Stack that decaps may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLKEM768_X25519_DECAPS_STACK_BYTES: usize = 27904;
/// Stack that lamps_public_key may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLKEM768_X25519_LAMPS_PUBLIC_KEY_STACK_BYTES: usize = PQH_MLKEM768_X25519_KEYGEN_STACK_BYTES;
/// Stack that lamps_decaps may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLKEM768_X25519_LAMPS_DECAPS_STACK_BYTES: usize = PQH_MLKEM768_X25519_DECAPS_STACK_BYTES;

// The header's literals are the construction's sizes.
const _: () = {
    assert!(PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES == suite::PUBLIC_KEY_BYTES);
    assert!(PQH_MLKEM768_X25519_SECRET_KEY_BYTES == suite::SECRET_KEY_BYTES);
    assert!(PQH_MLKEM768_X25519_CIPHERTEXT_BYTES == suite::CIPHERTEXT_BYTES);
    assert!(PQH_MLKEM768_X25519_SHARED_SECRET_BYTES == suite::SHARED_SECRET_BYTES);
    assert!(PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES == suite::ENCAPS_COINS_BYTES);
    assert!(PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES == suite::LAMPS_SECRET_KEY_BYTES);
};

/// PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mlkem768_x25519_public_key_bytes() -> usize {
    PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES
}

/// PQH_MLKEM768_X25519_SECRET_KEY_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mlkem768_x25519_secret_key_bytes() -> usize {
    PQH_MLKEM768_X25519_SECRET_KEY_BYTES
}

/// PQH_MLKEM768_X25519_CIPHERTEXT_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mlkem768_x25519_ciphertext_bytes() -> usize {
    PQH_MLKEM768_X25519_CIPHERTEXT_BYTES
}

/// PQH_MLKEM768_X25519_SHARED_SECRET_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mlkem768_x25519_shared_secret_bytes() -> usize {
    PQH_MLKEM768_X25519_SHARED_SECRET_BYTES
}

/// PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mlkem768_x25519_encaps_coins_bytes() -> usize {
    PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES
}

/// PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mlkem768_x25519_lamps_secret_key_bytes() -> usize {
    PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES
}

/// Generates a key pair of X-Wing, which is MLKEM768-X25519.
///
/// Standard: GenerateKeyPair, draft-connolly-cfrg-xwing-kem-10 section 5.2;
///   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.
///
/// Parameters:
///   pk  [out]  public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
///   sk  [out]  secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32): fresh random bytes
///
/// Returns:
///   PQH_OK            pk and sk are written
///   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
///   PQH_ERR_OVERLAP   pk and sk overlap; both unchanged
///   PQH_ERR_RANDOM    the random source failed; outputs all zero
///   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
///
/// Wiped: the expanded keys and the stack that was used; after a failure also pk and sk.
///
/// cbindgen:ptrs-as-arrays=[[pk; PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES], [sk; PQH_MLKEM768_X25519_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_keygen(pk: *mut u8, sk: *mut u8) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { keys::keygen::<{ depth::MLKEM768_X25519_KEYGEN }, _, _>(pk, sk, suite::public_key) }
}

/// Computes the public key of a secret key.
///
/// Standard: GenerateKeyPair, draft-connolly-cfrg-xwing-kem-10 section 5.2;
///   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.
///
/// Parameters:
///   pk  [out]  public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
///   sk  [in]   secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32)
///
/// Returns:
///   PQH_OK            pk is written
///   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
///   PQH_ERR_OVERLAP   pk and sk overlap; pk unchanged
///   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
///
/// Wiped: the expanded keys and the stack that was used; after a failure also pk.
///
/// cbindgen:ptrs-as-arrays=[[pk; PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES], [sk; PQH_MLKEM768_X25519_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_public_key(pk: *mut u8, sk: *const u8) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { keys::public_key::<{ depth::MLKEM768_X25519_KEYGEN }, _, _>(pk, sk, suite::public_key) }
}

/// Encapsulates: makes a fresh shared secret, and the ciphertext that brings it to the holder of a public key.
///
/// Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
///   ML-KEM.Encaps, FIPS 203 algorithm 20, ML-KEM-768, after the checks of section 7.2; X25519, RFC 7748 section 5.
///
/// Parameters:
///   ct  [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
///   ss  [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
///   pk  [in]   the recipient's public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
///
/// Returns:
///   PQH_OK              ct and ss are written
///   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
///   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
///   PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203, or its X25519 half is of small order; outputs all zero
///   PQH_ERR_RANDOM      the random source failed; outputs all zero
///   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
///
/// Wiped: the coins, both halves' secrets and the stack that was used; after a failure also ct and ss.
///
/// cbindgen:ptrs-as-arrays=[[ct; PQH_MLKEM768_X25519_CIPHERTEXT_BYTES], [ss; PQH_MLKEM768_X25519_SHARED_SECRET_BYTES], [pk; PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_encaps(ct: *mut u8, ss: *mut u8, pk: *const u8) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { kem::encaps::<{ depth::MLKEM768_X25519_ENCAPS }, _, _, _, _>(ct, ss, pk, suite::encaps) }
}

/// Encapsulates deterministically, with the coins that the caller gives. For tests, and for callers with a random
/// source of their own: coins must be uniformly random, secret and used once.
///
/// Standard: Encapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.4;
///   ML-KEM.Encaps_internal, FIPS 203 algorithm 17, ML-KEM-768, after the checks of section 7.2;
///   X25519, RFC 7748 section 5.
///
/// Parameters:
///   ct     [out]  ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
///   ss     [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
///   coins  [in]   m || ephemeral X25519 scalar, PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES (64)
///   pk     [in]   the recipient's public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
///
/// Returns:
///   PQH_OK              ct and ss are written
///   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
///   PQH_ERR_OVERLAP     an output overlaps another argument; outputs unchanged
///   PQH_ERR_PUBLIC_KEY  pk fails the modulus check of FIPS 203, or its X25519 half is of small order; outputs all zero
///   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
///
/// Wiped: both halves' secrets and the stack that was used; after a failure also ct and ss.
///   Not coins: they are the caller's.
///
/// cbindgen:ptrs-as-arrays=[[ct; PQH_MLKEM768_X25519_CIPHERTEXT_BYTES], [ss; PQH_MLKEM768_X25519_SHARED_SECRET_BYTES], [coins; PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES], [pk; PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_encaps_derand(
    ct: *mut u8,
    ss: *mut u8,
    coins: *const u8,
    pk: *const u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { kem::encaps_derand::<{ depth::MLKEM768_X25519_ENCAPS }, _, _, _, _>(ct, ss, coins, pk, suite::encaps) }
}

/// Decapsulates: recovers the shared secret from a ciphertext. A ciphertext that was forged or made for another key is
/// not an error: ML-KEM rejects implicitly, and the secret is one that nobody else has.
///
/// Standard: Decapsulate, draft-connolly-cfrg-xwing-kem-10 section 5.5;
///   ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-768; X25519, RFC 7748 section 5.
///
/// Parameters:
///   ss  [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
///   ct  [in]   ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
///   sk  [in]   secret key, PQH_MLKEM768_X25519_SECRET_KEY_BYTES (32)
///
/// Returns:
///   PQH_OK              ss is written
///   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
///   PQH_ERR_OVERLAP     ss overlaps ct or sk; ss unchanged
///   PQH_ERR_CIPHERTEXT  the X25519 half of ct has small order; ss all zero
///   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
///
/// Wiped: the expanded keys, both halves' secrets and the stack that was used; after a failure also ss.
///
/// cbindgen:ptrs-as-arrays=[[ss; PQH_MLKEM768_X25519_SHARED_SECRET_BYTES], [ct; PQH_MLKEM768_X25519_CIPHERTEXT_BYTES], [sk; PQH_MLKEM768_X25519_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_decaps(ss: *mut u8, ct: *const u8, sk: *const u8) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { kem::decaps::<{ depth::MLKEM768_X25519_DECAPS }, _, _, _>(ss, ct, sk, suite::decaps) }
}

/// Computes the public key of a private key that other software wrote in the LAMPS form. The X-Wing seed sk has the
/// LAMPS form SHAKE256(sk, 96).
///
/// Standard: id-MLKEM768-X25519-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
///   ML-KEM.KeyGen_internal, FIPS 203 algorithm 16, ML-KEM-768; X25519, RFC 7748 section 5.
///
/// Parameters:
///   pk  [out]  public key, PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES (1216)
///   dk  [in]   d || z || X25519 scalar, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES (96)
///
/// Returns:
///   PQH_OK            pk is written
///   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
///   PQH_ERR_OVERLAP   pk and dk overlap; pk unchanged
///   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
///
/// Wiped: the expanded keys and the stack that was used; after a failure also pk.
///
/// cbindgen:ptrs-as-arrays=[[pk; PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES], [dk; PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_lamps_public_key(pk: *mut u8, dk: *const u8) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { keys::public_key::<{ depth::MLKEM768_X25519_KEYGEN }, _, _>(pk, dk, suite::lamps_public_key) }
}

/// Decapsulates with a private key in the LAMPS form.
///
/// Standard: id-MLKEM768-X25519-SHA3-256, draft-ietf-lamps-pq-composite-kem-17;
///   ML-KEM.Decaps, FIPS 203 algorithm 21, ML-KEM-768; X25519, RFC 7748 section 5.
///
/// Parameters:
///   ss  [out]  shared secret, PQH_MLKEM768_X25519_SHARED_SECRET_BYTES (32)
///   ct  [in]   ciphertext, PQH_MLKEM768_X25519_CIPHERTEXT_BYTES (1120)
///   dk  [in]   d || z || X25519 scalar, PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES (96)
///
/// Returns:
///   PQH_OK              ss is written
///   PQH_ERR_NULL        a pointer is NULL; outputs unchanged
///   PQH_ERR_OVERLAP     ss overlaps ct or dk; ss unchanged
///   PQH_ERR_CIPHERTEXT  the X25519 half of ct has small order; ss all zero
///   PQH_ERR_INTERNAL    an error inside the library; outputs all zero
///
/// Wiped: the expanded keys, both halves' secrets and the stack that was used; after a failure also ss.
///
/// cbindgen:ptrs-as-arrays=[[ss; PQH_MLKEM768_X25519_SHARED_SECRET_BYTES], [ct; PQH_MLKEM768_X25519_CIPHERTEXT_BYTES], [dk; PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mlkem768_x25519_lamps_decaps(ss: *mut u8, ct: *const u8, dk: *const u8) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { kem::decaps::<{ depth::MLKEM768_X25519_DECAPS }, _, _, _>(ss, ct, dk, suite::lamps_decaps) }
}
