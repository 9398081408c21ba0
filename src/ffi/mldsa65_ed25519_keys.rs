//! The C functions of mldsa65_ed25519 with prepared keys.
//!
//! The documentation below is the header's; the bodies are in `prepared.rs` and `sig.rs`.

use super::depth::{MLDSA65_ED25519_KEYGEN as KEYGEN, MLDSA65_ED25519_SIGN as SIGN, NONE};
#[cfg(target_arch = "arm")]
use super::mldsa65_ed25519::{
    PQH_MLDSA65_ED25519_KEYGEN_STACK_BYTES, PQH_MLDSA65_ED25519_SIGN_STACK_BYTES,
    PQH_MLDSA65_ED25519_VERIFY_STACK_BYTES,
};
use super::prepared::{self, Prepared, name};
use super::sig::{self, Bytes};
use super::status::pqh_status;
use crate::sig::mldsa65_ed25519 as suite;

/// Bytes of a prepared secret key.
pub const PQH_MLDSA65_ED25519_SIGN_KEY_BYTES: usize = 6144;
/// Bytes of a prepared public key.
pub const PQH_MLDSA65_ED25519_VERIFY_KEY_BYTES: usize = 3104;

// tests/embedded proves these; depth.rs derives from them what is scrubbed.
/// Stack that sign_key_init may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLDSA65_ED25519_SIGN_KEY_INIT_STACK_BYTES: usize = PQH_MLDSA65_ED25519_KEYGEN_STACK_BYTES;
/// Stack that sign_with, sign_derand_with and sign_prehashed_with may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLDSA65_ED25519_SIGN_WITH_STACK_BYTES: usize = PQH_MLDSA65_ED25519_SIGN_STACK_BYTES;
/// Stack that verify_key_init may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLDSA65_ED25519_VERIFY_KEY_INIT_STACK_BYTES: usize = PQH_MLDSA65_ED25519_VERIFY_STACK_BYTES;
/// Stack that verify_with and verify_prehashed_with may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLDSA65_ED25519_VERIFY_WITH_STACK_BYTES: usize = PQH_MLDSA65_ED25519_VERIFY_STACK_BYTES;

const _: () = {
    assert!(PQH_MLDSA65_ED25519_SIGN_KEY_BYTES == size_of::<pqh_mldsa65_ed25519_sign_key>());
    assert!(PQH_MLDSA65_ED25519_VERIFY_KEY_BYTES == size_of::<pqh_mldsa65_ed25519_verify_key>());
};

// Without the feature nothing refers to verification, so that a program that only signs does not hold it.
const CHECK: sig::CheckWith<suite::SignKey, { suite::SIGNATURE_BYTES }> =
    if cfg!(feature = "verify-after-sign") { suite::SignKey::check } else { |_, _, _, _| Ok(()) };

impl Prepared for suite::SignKey {
    const NAME: [u8; 32] = name(b"MLDSA65-Ed25519s");
}

impl Prepared for suite::VerifyKey {
    const NAME: [u8; 32] = name(b"MLDSA65-Ed25519v");
}

/// PQH_MLDSA65_ED25519_SIGN_KEY_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mldsa65_ed25519_sign_key_bytes() -> usize {
    PQH_MLDSA65_ED25519_SIGN_KEY_BYTES
}

/// PQH_MLDSA65_ED25519_VERIFY_KEY_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mldsa65_ed25519_verify_key_bytes() -> usize {
    PQH_MLDSA65_ED25519_VERIFY_KEY_BYTES
}

/// A secret key that is prepared for use: it is expanded already. Opaque: the caller gives it room, and wipes it. It
/// is as secret as the secret key itself. See PREPARED KEYS in the first comment.
#[repr(C)]
#[allow(non_camel_case_types)]
pub struct pqh_mldsa65_ed25519_sign_key {
    /// Not for the caller.
    opaque: [u64; 768],
}

/// A public key that is prepared for use: it is checked already. Opaque: the caller gives it room. See PREPARED KEYS
/// in the first comment.
#[repr(C)]
#[allow(non_camel_case_types)]
pub struct pqh_mldsa65_ed25519_verify_key {
    /// Not for the caller.
    opaque: [u64; 388],
}

/// Prepares a secret key, for pqh_mldsa65_ed25519_sign_with and its like.
///
/// Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
///   ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-65; Ed25519, RFC 8032 section 5.1.5.
///
/// Parameters:
///   key  [out]  the prepared key, whatever was in it
///   sk   [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)
///
/// Returns:
///   PQH_OK            key is ready
///   PQH_ERR_NULL      a pointer is NULL; key unchanged
///   PQH_ERR_OVERLAP   key and sk overlap; key unchanged
///   PQH_ERR_INTERNAL  an error inside the library; key all zero
///
/// Wiped: the library's copies of the expanded key and the stack that was used; after a failure also key. The caller
///   wipes key by pqh_mldsa65_ed25519_sign_key_wipe.
///
/// cbindgen:ptrs-as-arrays=[[sk; PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_sign_key_init(
    key: *mut pqh_mldsa65_ed25519_sign_key,
    sk: *const u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { prepared::init::<suite::SignKey, _, KEYGEN, _>(key, sk, suite::SignKey::set) }
}

/// Wipes a prepared secret key, which is then no key any more.
///
/// Parameters:
///   key  [in,out]  the prepared key, or any bytes; NULL does nothing
///
/// Wiped: key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_sign_key_wipe(key: *mut pqh_mldsa65_ed25519_sign_key) {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { prepared::wipe(key) }
}

/// Signs a message with a prepared secret key, as pqh_mldsa65_ed25519_sign does with an encoded one.
///
/// Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
///   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.
///
/// Parameters:
///   sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
///   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
///   msg_len  [in]   length of msg in bytes
///   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
///   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
///   key      [in]   the secret key, prepared
///
/// Returns:
///   PQH_OK                  sig is written
///   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
///   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
///   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
///   PQH_ERR_RANDOM          the random source failed; sig all zero
///   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
///   PQH_ERR_INTERNAL        an error inside the library; sig all zero
///
/// Wiped: the signing randomness and the stack that was used; after a failure also sig. Not key.
///
/// cbindgen:ptrs-as-arrays=[[sig; PQH_MLDSA65_ED25519_SIGNATURE_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_sign_with(
    sig: *mut u8,
    msg: *const u8,
    msg_len: usize,
    ctx: *const u8,
    ctx_len: usize,
    key: *const pqh_mldsa65_ed25519_sign_key,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe {
        sig::sign_with::<suite::Prehash, _, _, SIGN, _>(
            sig,
            Bytes(msg, msg_len),
            Bytes(ctx, ctx_len),
            None,
            key,
            suite::SignKey::sign,
            CHECK,
        )
    }
}

/// Signs a message with a prepared secret key and the signing randomness that the caller gives, as
/// pqh_mldsa65_ed25519_sign_derand does with an encoded key. All zero is FIPS 204's deterministic variant.
///
/// Standard: Composite-ML-DSA.Sign, draft-ietf-lamps-pq-composite-sigs-19;
///   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.
///
/// Parameters:
///   sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
///   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
///   msg_len  [in]   length of msg in bytes
///   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
///   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
///   rnd      [in]   signing randomness, PQH_MLDSA65_ED25519_SIGN_RND_BYTES (32)
///   key      [in]   the secret key, prepared
///
/// Returns:
///   PQH_OK                  sig is written
///   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
///   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
///   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
///   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
///   PQH_ERR_INTERNAL        an error inside the library; sig all zero
///
/// Wiped: the stack that was used; after a failure also sig. Neither rnd nor key: they are the caller's.
///
/// cbindgen:ptrs-as-arrays=[[sig; PQH_MLDSA65_ED25519_SIGNATURE_BYTES], [rnd; PQH_MLDSA65_ED25519_SIGN_RND_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_sign_derand_with(
    sig: *mut u8,
    msg: *const u8,
    msg_len: usize,
    ctx: *const u8,
    ctx_len: usize,
    rnd: *const u8,
    key: *const pqh_mldsa65_ed25519_sign_key,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe {
        sig::sign_with::<suite::Prehash, _, _, SIGN, _>(
            sig,
            Bytes(msg, msg_len),
            Bytes(ctx, ctx_len),
            Some(rnd),
            key,
            suite::SignKey::sign,
            CHECK,
        )
    }
}

/// Signs a message by its digest with a prepared secret key, as pqh_mldsa65_ed25519_sign_prehashed does with an
/// encoded one.
///
/// Standard: Composite-ML-DSA.Sign with an external prehash, draft-ietf-lamps-pq-composite-sigs-19;
///   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.
///
/// Parameters:
///   sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
///   digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
///   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
///   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
///   key      [in]   the secret key, prepared
///
/// Returns:
///   PQH_OK                  sig is written
///   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
///   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
///   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
///   PQH_ERR_RANDOM          the random source failed; sig all zero
///   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind; sig all zero
///   PQH_ERR_INTERNAL        an error inside the library; sig all zero
///
/// Wiped: the signing randomness and the stack that was used; after a failure also sig. Not key.
///
/// cbindgen:ptrs-as-arrays=[[sig; PQH_MLDSA65_ED25519_SIGNATURE_BYTES], [digest; PQH_MLDSA65_ED25519_DIGEST_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_sign_prehashed_with(
    sig: *mut u8,
    digest: *const u8,
    ctx: *const u8,
    ctx_len: usize,
    key: *const pqh_mldsa65_ed25519_sign_key,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe {
        sig::sign_prehashed_with::<_, _, SIGN, _>(sig, digest, Bytes(ctx, ctx_len), key, suite::SignKey::sign, CHECK)
    }
}

/// Prepares a public key, for pqh_mldsa65_ed25519_verify_with and pqh_mldsa65_ed25519_verify_prehashed_with.
///
/// Standard: decoding of the public key, Ed25519, RFC 8032 section 5.1.3.
///
/// Parameters:
///   key  [out]  the prepared key, whatever was in it
///   pk   [in]   the signer's public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
///
/// Returns:
///   PQH_OK              key is ready
///   PQH_ERR_NULL        a pointer is NULL; key unchanged
///   PQH_ERR_OVERLAP     key and pk overlap; key unchanged
///   PQH_ERR_PUBLIC_KEY  the Ed25519 half of pk is not a canonical point, or has small order; key all zero
///   PQH_ERR_INTERNAL    an error inside the library; key all zero
///
/// Wiped: nothing: it reads no secret key. After a failure key.
///
/// cbindgen:ptrs-as-arrays=[[pk; PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_verify_key_init(
    key: *mut pqh_mldsa65_ed25519_verify_key,
    pk: *const u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { prepared::init::<suite::VerifyKey, _, NONE, _>(key, pk, suite::VerifyKey::set) }
}

/// Wipes a prepared public key, which is then no key any more.
///
/// Parameters:
///   key  [in,out]  the prepared key, or any bytes; NULL does nothing
///
/// Wiped: key.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_verify_key_wipe(key: *mut pqh_mldsa65_ed25519_verify_key) {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { prepared::wipe(key) }
}

/// Verifies a signature with a prepared public key, as pqh_mldsa65_ed25519_verify does with an encoded one: both
/// halves must be valid.
///
/// Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
///   ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-65; Ed25519, RFC 8032 section 5.1.7 without the cofactor.
///
/// Parameters:
///   sig      [in]   signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
///   msg      [in]   message, msg_len bytes; may be NULL if msg_len is 0
///   msg_len  [in]   length of msg in bytes
///   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
///   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
///   key      [in]   the signer's public key, prepared
///
/// Returns:
///   PQH_OK                  the signature is valid
///   PQH_ERR_NULL            a required pointer is NULL
///   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
///   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind
///   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
///   PQH_ERR_INTERNAL        an error inside the library
///
/// Wiped: nothing: it reads no secret key.
///
/// cbindgen:ptrs-as-arrays=[[sig; PQH_MLDSA65_ED25519_SIGNATURE_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_verify_with(
    sig: *const u8,
    msg: *const u8,
    msg_len: usize,
    ctx: *const u8,
    ctx_len: usize,
    key: *const pqh_mldsa65_ed25519_verify_key,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe {
        sig::verify_with::<suite::Prehash, _, _, _>(
            sig,
            Bytes(msg, msg_len),
            Bytes(ctx, ctx_len),
            key,
            suite::VerifyKey::verify,
        )
    }
}

/// Verifies a signature of a message by its digest with a prepared public key, as pqh_mldsa65_ed25519_verify_prehashed
/// does with an encoded one: both halves must be valid.
///
/// Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
///   ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-65; Ed25519, RFC 8032 section 5.1.7 without the cofactor.
///
/// Parameters:
///   sig      [in]   signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
///   digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
///   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
///   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
///   key      [in]   the signer's public key, prepared
///
/// Returns:
///   PQH_OK                  the signature is valid
///   PQH_ERR_NULL            a required pointer is NULL
///   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
///   PQH_ERR_STATE           key was not prepared, was wiped, or is of another kind
///   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
///   PQH_ERR_INTERNAL        an error inside the library
///
/// Wiped: nothing: it reads no secret key.
///
/// cbindgen:ptrs-as-arrays=[[sig; PQH_MLDSA65_ED25519_SIGNATURE_BYTES], [digest; PQH_MLDSA65_ED25519_DIGEST_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_verify_prehashed_with(
    sig: *const u8,
    digest: *const u8,
    ctx: *const u8,
    ctx_len: usize,
    key: *const pqh_mldsa65_ed25519_verify_key,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { sig::verify_prehashed_with(sig, digest, Bytes(ctx, ctx_len), key, suite::VerifyKey::verify) }
}
