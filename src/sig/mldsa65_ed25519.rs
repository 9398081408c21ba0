//! id-MLDSA65-Ed25519-SHA512 (draft-ietf-lamps-pq-composite-sigs-19).

use super::composite::{LABEL_BYTES, message_representative};
use super::{DIGEST_BYTES, RND_BYTES};
use crate::bytes::{split, split_mut};
use crate::error::Error;
use crate::plain::Plain;
use crate::primitives::{ed25519, mldsa::mldsa65};
use core::hint::black_box;

/// Bytes of a public key: ML-DSA-65 public key || Ed25519 public key.
pub const PUBLIC_KEY_BYTES: usize = 1984;
/// Bytes of a secret key: ML-DSA-65 seed || Ed25519 seed.
pub const SECRET_KEY_BYTES: usize = 64;
/// Bytes of a signature: ML-DSA-65 signature || Ed25519 signature.
pub const SIGNATURE_BYTES: usize = 3373;

/// PH of this suite: SHA-512.
pub type Prehash = crate::primitives::hash::Sha512;

const LABEL: &[u8; LABEL_BYTES] = b"COMPSIG-MLDSA65-Ed25519-SHA512";

/// A secret key ready for use, with its public key. Wiped when it goes.
#[repr(C)]
pub struct SignKey {
    key_m: mldsa65::SigningKey,
    key_e: ed25519::SigningKey,
    pk: [u8; PUBLIC_KEY_BYTES],
}

// SAFETY: byte strings.
#[allow(unsafe_code)]
unsafe impl Plain for SignKey {}

impl SignKey {
    /// Makes this the key that `sk` encodes.
    pub fn set(&mut self, sk: &[u8; SECRET_KEY_BYTES]) -> Result<(), Error> {
        let (seed_m, seed_e) = split(sk)?;
        let (pk_m, pk_e) = split_mut(&mut self.pk)?;
        self.key_m.set_seed(pk_m, seed_m);
        self.key_e.set_seed(seed_e);
        *pk_e = *self.key_e.public_key();
        Ok(())
    }

    /// Signs `digest`, the prehash of the message. `rnd` hedges the ML-DSA half; all zero makes it deterministic.
    pub fn sign(
        &self,
        sig: &mut [u8; SIGNATURE_BYTES],
        digest: &[u8; DIGEST_BYTES],
        context: &[u8],
        rnd: &[u8; RND_BYTES],
    ) -> Result<(), Error> {
        let message = message_representative(LABEL, context, digest)?;
        // The nonce does not depend on the public key, but the challenge does: two signatures of a message, one of them with a
        // public key of which a bit has changed meanwhile, would give away the scalar. So its two copies must agree.
        let (_, pk_e) =
            split::<PUBLIC_KEY_BYTES, { mldsa65::PUBLIC_KEY_BYTES }, { ed25519::PUBLIC_KEY_BYTES }>(&self.pk)?;
        if pk_e != self.key_e.public_key() {
            return Err(Error::Internal);
        }
        let (sig_m, sig_e) = split_mut(sig)?;
        self.key_m.sign(sig_m, message.as_slice(), LABEL, rnd)?;
        self.key_e.sign(sig_e, message.as_slice())
    }

    /// Whether `sig` verifies with the public key, which was derived when this key was made: a fault that changed the
    /// key since then, or the point, that signing worked with is found out too.
    #[inline(never)]
    pub fn check(&self, sig: &[u8; SIGNATURE_BYTES], digest: &[u8; DIGEST_BYTES], context: &[u8]) -> Result<(), Error> {
        verify(sig, digest, context, black_box(&self.pk)).map_err(|_| Error::Internal)
    }
}

/// A public key ready for use.
#[repr(C)]
pub struct VerifyKey {
    key_e: ed25519::StoredVerifyingKey,
    pk_m: [u8; mldsa65::PUBLIC_KEY_BYTES],
}

// SAFETY: one value without padding, and a byte string.
#[allow(unsafe_code)]
unsafe impl Plain for VerifyKey {}
const _: () = assert!(size_of::<VerifyKey>() == size_of::<ed25519::StoredVerifyingKey>() + mldsa65::PUBLIC_KEY_BYTES);

impl VerifyKey {
    /// Makes this the key that `pk` encodes.
    pub fn set(&mut self, pk: &[u8; PUBLIC_KEY_BYTES]) -> Result<(), Error> {
        let (pk_m, pk_e) = split(pk)?;
        self.key_e.set(pk_e)?;
        self.pk_m = *pk_m;
        Ok(())
    }

    /// Verifies both halves of `sig` over `digest`, the prehash of the message.
    pub fn verify(
        &self,
        sig: &[u8; SIGNATURE_BYTES],
        digest: &[u8; DIGEST_BYTES],
        context: &[u8],
    ) -> Result<(), Error> {
        let message = message_representative(LABEL, context, digest)?;
        let (sig_m, sig_e) = split(sig)?;
        self.key_e.verify(sig_e, message.as_slice())?;
        mldsa65::verify(sig_m, message.as_slice(), LABEL, &self.pk_m)
    }
}

/// Writes the public key of `sk`.
pub fn public_key(pk: &mut [u8; PUBLIC_KEY_BYTES], sk: &[u8; SECRET_KEY_BYTES]) -> Result<(), Error> {
    let mut key = SignKey::zeroed();
    key.set(sk)?;
    *pk = key.pk;
    Ok(())
}

/// Signs `digest`, the prehash of the message. `rnd` hedges the ML-DSA half; all zero makes it deterministic.
pub fn sign(
    sig: &mut [u8; SIGNATURE_BYTES],
    digest: &[u8; DIGEST_BYTES],
    context: &[u8],
    rnd: &[u8; RND_BYTES],
    sk: &[u8; SECRET_KEY_BYTES],
) -> Result<(), Error> {
    let mut key = SignKey::zeroed();
    key.set(sk)?;
    key.sign(sig, digest, context, rnd)
}

/// Whether `sig` verifies with the public key of `sk`, which is derived anew: a fault that changed the key, or the point,
/// that signing worked with is found out too.
#[inline(never)]
pub fn check(
    sig: &[u8; SIGNATURE_BYTES],
    digest: &[u8; DIGEST_BYTES],
    context: &[u8],
    sk: &[u8; SECRET_KEY_BYTES],
) -> Result<(), Error> {
    let mut pk = [0; PUBLIC_KEY_BYTES];
    // Out of the compiler's sight: nothing that signing computed is taken over.
    public_key(&mut pk, black_box(sk))?;
    verify(sig, digest, context, &pk).map_err(|_| Error::Internal)
}

/// Verifies both halves of `sig` over `digest`, the prehash of the message.
pub fn verify(
    sig: &[u8; SIGNATURE_BYTES],
    digest: &[u8; DIGEST_BYTES],
    context: &[u8],
    pk: &[u8; PUBLIC_KEY_BYTES],
) -> Result<(), Error> {
    let message = message_representative(LABEL, context, digest)?;
    let (sig_m, sig_e) = split(sig)?;
    let (pk_m, pk_e) = split(pk)?;
    ed25519::verify(sig_e, message.as_slice(), pk_e)?;
    mldsa65::verify(sig_m, message.as_slice(), LABEL, pk_m)
}
