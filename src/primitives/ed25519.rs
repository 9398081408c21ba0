//! Ed25519 (RFC 8032 section 5.1), from ed25519-dalek.

use crate::error::Error;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

/// Bytes of a private key, RFC 8032's seed.
pub const SEED_BYTES: usize = 32;
/// Bytes of a public key.
pub const PUBLIC_KEY_BYTES: usize = 32;
/// Bytes of a signature.
pub const SIGNATURE_BYTES: usize = 64;

/// Writes the public key of `seed`.
pub fn public_key(out: &mut [u8; PUBLIC_KEY_BYTES], seed: &[u8; SEED_BYTES]) {
    *out = SigningKey::from_bytes(seed).verifying_key().to_bytes();
}

/// Signs `message` with the private key `seed`.
pub fn sign(out: &mut [u8; SIGNATURE_BYTES], message: &[u8], seed: &[u8; SEED_BYTES]) -> Result<(), Error> {
    let signature = SigningKey::from_bytes(seed).try_sign(message).map_err(|_| Error::Internal)?;
    *out = signature.to_bytes();
    Ok(())
}

/// Verifies as RFC 8032 does without the cofactor: s < L, and R must be the canonical encoding of `[s]B - [k]A`.
///
/// A public key that is not a canonical encoding, or has small order, is refused as such.
pub fn verify(
    signature: &[u8; SIGNATURE_BYTES],
    message: &[u8],
    public_key: &[u8; PUBLIC_KEY_BYTES],
) -> Result<(), Error> {
    let key = decode_public_key(public_key)?;
    // Not `verify_strict`, which would also refuse an R of small order: RFC 8032 allows it.
    ed25519_dalek::Verifier::verify(&key, message, &Signature::from_bytes(signature)).map_err(|_| Error::Signature)
}

/// Whether a public key is the canonical encoding of a point, and not of small order: what `verify` begins with.
pub fn check_public_key(public_key: &[u8; PUBLIC_KEY_BYTES]) -> Result<(), Error> {
    decode_public_key(public_key).map(|_| ())
}

fn decode_public_key(public_key: &[u8; PUBLIC_KEY_BYTES]) -> Result<VerifyingKey, Error> {
    let key = VerifyingKey::from_bytes(public_key).map_err(|_| Error::PublicKey)?;
    // The key remembers the bytes that it came from; its point, encoded anew, gives the canonical ones.
    let canonical = key.to_edwards().compress().as_bytes() == public_key;
    if canonical && !key.is_weak() { Ok(key) } else { Err(Error::PublicKey) }
}
