//! id-MLDSA87-Ed448-SHAKE256 (draft-ietf-lamps-pq-composite-sigs-19).

use super::composite::{LABEL_BYTES, message_representative};
use super::{DIGEST_BYTES, RND_BYTES};
use crate::bytes::{split, split_mut};
use crate::error::Error;
use crate::plain::Plain;
use crate::primitives::{ed448, mldsa::mldsa87};
use core::hint::black_box;

/// Bytes of a public key: ML-DSA-87 public key || Ed448 public key.
pub const PUBLIC_KEY_BYTES: usize = 2649;
/// Bytes of a secret key: ML-DSA-87 seed || Ed448 seed.
pub const SECRET_KEY_BYTES: usize = 89;
/// Bytes of a signature: ML-DSA-87 signature || Ed448 signature.
pub const SIGNATURE_BYTES: usize = 4741;

/// PH of this suite: SHAKE256 with 64 bytes of output.
pub type Prehash = crate::primitives::hash::Shake256;

const LABEL: &[u8; LABEL_BYTES] = b"COMPSIG-MLDSA87-Ed448-SHAKE256";

/// A secret key ready for use, with its public key. Wiped when it goes.
#[repr(C)]
pub struct SignKey {
    key_m: mldsa87::SigningKey,
    key_e: ed448::SigningKey,
    pk: [u8; PUBLIC_KEY_BYTES],
    /// Up to a multiple of eight.
    _unused: [u8; 5],
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
            split::<PUBLIC_KEY_BYTES, { mldsa87::PUBLIC_KEY_BYTES }, { ed448::PUBLIC_KEY_BYTES }>(&self.pk)?;
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
    pk: [u8; PUBLIC_KEY_BYTES],
    /// Up to a multiple of eight.
    _unused: [u8; 7],
}

// SAFETY: byte strings.
#[allow(unsafe_code)]
unsafe impl Plain for VerifyKey {}

impl VerifyKey {
    /// Makes this the key that `pk` encodes.
    pub fn set(&mut self, pk: &[u8; PUBLIC_KEY_BYTES]) -> Result<(), Error> {
        let (_, pk_e) = split::<PUBLIC_KEY_BYTES, { mldsa87::PUBLIC_KEY_BYTES }, { ed448::PUBLIC_KEY_BYTES }>(pk)?;
        ed448::check_public_key(pk_e)?;
        self.pk = *pk;
        Ok(())
    }

    /// Verifies both halves of `sig` over `digest`, the prehash of the message.
    pub fn verify(
        &self,
        sig: &[u8; SIGNATURE_BYTES],
        digest: &[u8; DIGEST_BYTES],
        context: &[u8],
    ) -> Result<(), Error> {
        // It was valid when this key was made.
        verify(sig, digest, context, &self.pk).map_err(|error| match error {
            Error::PublicKey => Error::Signature,
            other => other,
        })
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
    ed448::verify(sig_e, message.as_slice(), pk_e)?;
    mldsa87::verify(sig_m, message.as_slice(), LABEL, pk_m)
}
