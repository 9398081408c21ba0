//! id-MLDSA87-Ed448-SHAKE256 (draft-ietf-lamps-pq-composite-sigs-19).

use super::composite::{LABEL_BYTES, message_representative};
use super::{DIGEST_BYTES, RND_BYTES};
use crate::bytes::{split, split_mut};
use crate::error::Error;
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

/// Writes the public key of `sk`.
pub fn public_key(pk: &mut [u8; PUBLIC_KEY_BYTES], sk: &[u8; SECRET_KEY_BYTES]) -> Result<(), Error> {
    let (seed_m, seed_e) = split(sk)?;
    let (pk_m, pk_e) = split_mut(pk)?;
    mldsa87::SigningKey::from_seed(pk_m, seed_m);
    ed448::public_key(pk_e, seed_e);
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
    let message = message_representative(LABEL, context, digest)?;
    let (seed_m, seed_e) = split(sk)?;
    let (sig_m, sig_e) = split_mut(sig)?;
    let key_m = mldsa87::SigningKey::from_seed(&mut [0; mldsa87::PUBLIC_KEY_BYTES], seed_m);
    key_m.sign(sig_m, message.as_slice(), LABEL, rnd)?;
    ed448::sign(sig_e, message.as_slice(), seed_e)
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
