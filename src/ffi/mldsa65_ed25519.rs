//! The C functions of mldsa65_ed25519: id-MLDSA65-Ed25519-SHA512.
//!
//! The documentation below is the header's; the bodies are in `sig.rs`.

use super::depth::{MLDSA65_ED25519_KEYGEN as KEYGEN, MLDSA65_ED25519_SIGN as SIGN};
use super::keys;
use super::sig::{self, Bytes};
use super::status::pqh_status;
use crate::sig::mldsa65_ed25519 as suite;

/// Bytes of a public key: ML-DSA-65 public key || Ed25519 public key.
pub const PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES: usize = 1984;
/// Bytes of a secret key: ML-DSA-65 seed || Ed25519 seed.
pub const PQH_MLDSA65_ED25519_SECRET_KEY_BYTES: usize = 64;
/// Bytes of a signature: ML-DSA-65 signature || Ed25519 signature.
pub const PQH_MLDSA65_ED25519_SIGNATURE_BYTES: usize = 3373;
/// Bytes of the signing randomness of sign_derand.
pub const PQH_MLDSA65_ED25519_SIGN_RND_BYTES: usize = 32;
/// Bytes of a prehash digest: SHA-512.
pub const PQH_MLDSA65_ED25519_DIGEST_BYTES: usize = 64;
/// Bytes of a prehash state.
pub const PQH_MLDSA65_ED25519_PREHASH_BYTES: usize = 256;

// tests/embedded proves these; depth.rs derives from them what is scrubbed.
/// Stack that keygen may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLDSA65_ED25519_KEYGEN_STACK_BYTES: usize = 84992;
/// Stack that public_key may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLDSA65_ED25519_PUBLIC_KEY_STACK_BYTES: usize = PQH_MLDSA65_ED25519_KEYGEN_STACK_BYTES;
/// Stack that sign, sign_derand and sign_prehashed may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLDSA65_ED25519_SIGN_STACK_BYTES: usize = 141952;
/// Stack that verify and verify_prehashed may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLDSA65_ED25519_VERIFY_STACK_BYTES: usize = 68352;
/// Stack that prehash_init, prehash_update and prehash_final may take.
#[cfg(target_arch = "arm")]
pub const PQH_MLDSA65_ED25519_PREHASH_STACK_BYTES: usize = 2048;

// Without the feature nothing refers to verification, so that a program that only signs does not hold it.
const CHECK: sig::Check<{ suite::SIGNATURE_BYTES }, { suite::SECRET_KEY_BYTES }> =
    if cfg!(feature = "verify-after-sign") { suite::check } else { |_, _, _, _| Ok(()) };

// The header's literals are the construction's sizes.
const _: () = {
    assert!(PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES == suite::PUBLIC_KEY_BYTES);
    assert!(PQH_MLDSA65_ED25519_SECRET_KEY_BYTES == suite::SECRET_KEY_BYTES);
    assert!(PQH_MLDSA65_ED25519_SIGNATURE_BYTES == suite::SIGNATURE_BYTES);
    assert!(PQH_MLDSA65_ED25519_SIGN_RND_BYTES == crate::sig::RND_BYTES);
    assert!(PQH_MLDSA65_ED25519_DIGEST_BYTES == crate::sig::DIGEST_BYTES);
    assert!(PQH_MLDSA65_ED25519_PREHASH_BYTES == size_of::<pqh_mldsa65_ed25519_prehash>());
};

/// PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mldsa65_ed25519_public_key_bytes() -> usize {
    PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES
}

/// PQH_MLDSA65_ED25519_SECRET_KEY_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mldsa65_ed25519_secret_key_bytes() -> usize {
    PQH_MLDSA65_ED25519_SECRET_KEY_BYTES
}

/// PQH_MLDSA65_ED25519_SIGNATURE_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mldsa65_ed25519_signature_bytes() -> usize {
    PQH_MLDSA65_ED25519_SIGNATURE_BYTES
}

/// PQH_MLDSA65_ED25519_SIGN_RND_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mldsa65_ed25519_sign_rnd_bytes() -> usize {
    PQH_MLDSA65_ED25519_SIGN_RND_BYTES
}

/// PQH_MLDSA65_ED25519_DIGEST_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mldsa65_ed25519_digest_bytes() -> usize {
    PQH_MLDSA65_ED25519_DIGEST_BYTES
}

/// PQH_MLDSA65_ED25519_PREHASH_BYTES, for languages that cannot read macros.
#[unsafe(no_mangle)]
pub extern "C" fn pqh_mldsa65_ed25519_prehash_bytes() -> usize {
    PQH_MLDSA65_ED25519_PREHASH_BYTES
}

/// A message being hashed piece by piece. Opaque: the caller gives it room, and may copy it to hash two messages that
/// begin alike. It holds what the message was, not a key. Its bytes are the library's: changing them changes the digest, or
/// makes the state invalid.
#[repr(C)]
#[allow(non_camel_case_types)]
pub struct pqh_mldsa65_ed25519_prehash {
    /// Not for the caller.
    opaque: [u64; 32],
}

/// Generates a key pair of id-MLDSA65-Ed25519-SHA512.
///
/// Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
///   ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-65; Ed25519, RFC 8032 section 5.1.5.
///
/// Parameters:
///   pk  [out]  public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
///   sk  [out]  secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64): fresh random bytes
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
/// cbindgen:ptrs-as-arrays=[[pk; PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES], [sk; PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_keygen(pk: *mut u8, sk: *mut u8) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { keys::keygen::<KEYGEN, _, _>(pk, sk, suite::public_key) }
}

/// Computes the public key of a secret key.
///
/// Standard: Composite-ML-DSA.KeyGen, draft-ietf-lamps-pq-composite-sigs-19;
///   ML-DSA.KeyGen_internal, FIPS 204 algorithm 6, ML-DSA-65; Ed25519, RFC 8032 section 5.1.5.
///
/// Parameters:
///   pk  [out]  public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
///   sk  [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)
///
/// Returns:
///   PQH_OK            pk is written
///   PQH_ERR_NULL      a pointer is NULL; outputs unchanged
///   PQH_ERR_OVERLAP   pk and sk overlap; pk unchanged
///   PQH_ERR_INTERNAL  an error inside the library; outputs all zero
///
/// Wiped: the expanded keys and the stack that was used; after a failure also pk.
///
/// cbindgen:ptrs-as-arrays=[[pk; PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES], [sk; PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_public_key(pk: *mut u8, sk: *const u8) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { keys::public_key::<KEYGEN, _, _>(pk, sk, suite::public_key) }
}

/// Signs a message. The ML-DSA half is hedged with 32 fresh random bytes, so two signatures of one message differ.
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
///   sk       [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)
///
/// Returns:
///   PQH_OK                  sig is written
///   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
///   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
///   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
///   PQH_ERR_RANDOM          the random source failed; sig all zero
///   PQH_ERR_INTERNAL        an error inside the library; sig all zero
///
/// Wiped: the expanded key, the signing randomness and the stack that was used; after a failure also sig.
///
/// cbindgen:ptrs-as-arrays=[[sig; PQH_MLDSA65_ED25519_SIGNATURE_BYTES], [sk; PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_sign(
    sig: *mut u8,
    msg: *const u8,
    msg_len: usize,
    ctx: *const u8,
    ctx_len: usize,
    sk: *const u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe {
        sig::sign::<suite::Prehash, SIGN, _, _>(
            sig,
            Bytes(msg, msg_len),
            Bytes(ctx, ctx_len),
            None,
            sk,
            suite::sign,
            CHECK,
        )
    }
}

/// Signs a message with the signing randomness that the caller gives. All zero is FIPS 204's deterministic variant.
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
///   sk       [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)
///
/// Returns:
///   PQH_OK                  sig is written
///   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
///   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
///   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
///   PQH_ERR_INTERNAL        an error inside the library; sig all zero
///
/// Wiped: the expanded key and the stack that was used; after a failure also sig. Not rnd: it is the caller's.
///
/// cbindgen:ptrs-as-arrays=[[sig; PQH_MLDSA65_ED25519_SIGNATURE_BYTES], [rnd; PQH_MLDSA65_ED25519_SIGN_RND_BYTES], [sk; PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_sign_derand(
    sig: *mut u8,
    msg: *const u8,
    msg_len: usize,
    ctx: *const u8,
    ctx_len: usize,
    rnd: *const u8,
    sk: *const u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe {
        sig::sign::<suite::Prehash, SIGN, _, _>(
            sig,
            Bytes(msg, msg_len),
            Bytes(ctx, ctx_len),
            Some(rnd),
            sk,
            suite::sign,
            CHECK,
        )
    }
}

/// Verifies a signature: both halves must be valid.
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
///   pk       [in]   the signer's public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
///
/// Returns:
///   PQH_OK                  the signature is valid
///   PQH_ERR_NULL            a required pointer is NULL
///   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
///   PQH_ERR_PUBLIC_KEY      the Ed25519 half of pk is not a canonical point, or has small order
///   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
///   PQH_ERR_INTERNAL        an error inside the library
///
/// Wiped: nothing: it reads no secret key.
///
/// cbindgen:ptrs-as-arrays=[[sig; PQH_MLDSA65_ED25519_SIGNATURE_BYTES], [pk; PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_verify(
    sig: *const u8,
    msg: *const u8,
    msg_len: usize,
    ctx: *const u8,
    ctx_len: usize,
    pk: *const u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { sig::verify::<suite::Prehash, _, _>(sig, Bytes(msg, msg_len), Bytes(ctx, ctx_len), pk, suite::verify) }
}

/// Begins the prehash of a message that comes in pieces.
///
/// Standard: PH of id-MLDSA65-Ed25519-SHA512: SHA-512; draft-ietf-lamps-pq-composite-sigs-19.
///
/// Parameters:
///   state  [out]  the state to begin, whatever was in it; at any address
///
/// Returns:
///   PQH_OK        state is ready
///   PQH_ERR_NULL  state is NULL
///
/// Wiped: nothing.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_prehash_init(state: *mut pqh_mldsa65_ed25519_prehash) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { sig::prehash_init::<suite::Prehash, _>(state) }
}

/// Appends a piece to the message. Pieces may have any length.
///
/// Standard: PH of id-MLDSA65-Ed25519-SHA512: SHA-512.
///
/// Parameters:
///   state  [in,out]  a state that was begun and is not finalised; at any address
///   data   [in]   the piece, len bytes; may be NULL if len is 0
///   len    [in]   length of data in bytes
///
/// Returns:
///   PQH_OK           state has taken data in
///   PQH_ERR_NULL     a required pointer is NULL; state unchanged
///   PQH_ERR_OVERLAP  state overlaps data; state unchanged
///   PQH_ERR_STATE    state was not begun, is finalised, or belongs to another suite; it is unchanged
///
/// Wiped: the stack that was used.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_prehash_update(
    state: *mut pqh_mldsa65_ed25519_prehash,
    data: *const u8,
    len: usize,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { sig::prehash_update::<suite::Prehash, _>(state, Bytes(data, len)) }
}

/// Ends the prehash and writes the digest, for sign_prehashed and verify_prehashed.
///
/// Standard: PH of id-MLDSA65-Ed25519-SHA512: SHA-512.
///
/// Parameters:
///   state   [in,out]  a state that was begun and is not finalised; at any address
///   digest  [out]  SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
///
/// Returns:
///   PQH_OK           digest is written, and state is finalised
///   PQH_ERR_NULL     a pointer is NULL; state and digest unchanged
///   PQH_ERR_OVERLAP  state overlaps digest; both unchanged
///   PQH_ERR_STATE    state was not begun, is finalised, or belongs to another suite; it is unchanged, digest all zero
///
/// Wiped: state and the stack that was used.
///
/// cbindgen:ptrs-as-arrays=[[digest; PQH_MLDSA65_ED25519_DIGEST_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_prehash_final(
    state: *mut pqh_mldsa65_ed25519_prehash,
    digest: *mut u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { sig::prehash_final::<suite::Prehash, _>(state, digest) }
}

/// Signs a message by its digest: the signature is as good as one that sign makes of the message itself.
///
/// Standard: Composite-ML-DSA.Sign with an external prehash, draft-ietf-lamps-pq-composite-sigs-19;
///   ML-DSA.Sign, FIPS 204 algorithm 2, ML-DSA-65; Ed25519, RFC 8032 section 5.1.6.
///
/// Parameters:
///   sig      [out]  signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
///   digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
///   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
///   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
///   sk       [in]   secret key, PQH_MLDSA65_ED25519_SECRET_KEY_BYTES (64)
///
/// Returns:
///   PQH_OK                  sig is written
///   PQH_ERR_NULL            a required pointer is NULL; sig unchanged
///   PQH_ERR_OVERLAP         sig overlaps another argument; sig unchanged
///   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255; sig all zero
///   PQH_ERR_RANDOM          the random source failed; sig all zero
///   PQH_ERR_INTERNAL        an error inside the library; sig all zero
///
/// Wiped: the expanded key, the signing randomness and the stack that was used; after a failure also sig.
///
/// cbindgen:ptrs-as-arrays=[[sig; PQH_MLDSA65_ED25519_SIGNATURE_BYTES], [digest; PQH_MLDSA65_ED25519_DIGEST_BYTES], [sk; PQH_MLDSA65_ED25519_SECRET_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_sign_prehashed(
    sig: *mut u8,
    digest: *const u8,
    ctx: *const u8,
    ctx_len: usize,
    sk: *const u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { sig::sign_prehashed::<SIGN, _, _>(sig, digest, Bytes(ctx, ctx_len), sk, suite::sign, CHECK) }
}

/// Verifies a signature of a message by its digest: both halves must be valid.
///
/// Standard: Composite-ML-DSA.Verify, draft-ietf-lamps-pq-composite-sigs-19;
///   ML-DSA.Verify, FIPS 204 algorithm 3, ML-DSA-65; Ed25519, RFC 8032 section 5.1.7 without the cofactor.
///
/// Parameters:
///   sig      [in]   signature, PQH_MLDSA65_ED25519_SIGNATURE_BYTES (3373)
///   digest   [in]   SHA-512 of the message, PQH_MLDSA65_ED25519_DIGEST_BYTES (64)
///   ctx      [in]   context, ctx_len bytes; may be NULL if ctx_len is 0
///   ctx_len  [in]   length of ctx in bytes, at most PQH_CONTEXT_MAX_BYTES (255)
///   pk       [in]   the signer's public key, PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES (1984)
///
/// Returns:
///   PQH_OK                  the signature is valid
///   PQH_ERR_NULL            a required pointer is NULL
///   PQH_ERR_CONTEXT_LENGTH  ctx_len is over 255
///   PQH_ERR_PUBLIC_KEY      the Ed25519 half of pk is not a canonical point, or has small order
///   PQH_ERR_SIGNATURE       the signature is not valid, whichever half failed
///   PQH_ERR_INTERNAL        an error inside the library
///
/// Wiped: nothing: it reads no secret key.
///
/// cbindgen:ptrs-as-arrays=[[sig; PQH_MLDSA65_ED25519_SIGNATURE_BYTES], [digest; PQH_MLDSA65_ED25519_DIGEST_BYTES], [pk; PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES]]
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pqh_mldsa65_ed25519_verify_prehashed(
    sig: *const u8,
    digest: *const u8,
    ctx: *const u8,
    ctx_len: usize,
    pk: *const u8,
) -> pqh_status {
    // SAFETY: the caller's promise, as the header's first comment states it.
    unsafe { sig::verify_prehashed(sig, digest, Bytes(ctx, ctx_len), pk, suite::verify) }
}
