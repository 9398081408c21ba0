//! Ed25519 (RFC 8032 section 5.1) on this curve; the scalars modulo the order are curve25519-dalek's.

use super::edwards::Point;
use super::straus::Multiples;
use crate::bytes;
use crate::error::Error;
use crate::plain::Plain;
use crate::primitives::ed25519::challenge;
use curve25519_dalek::Scalar;

/// `[scalar]B`, encoded. The scalar is below the order, or clamped.
pub fn base_times(scalar: &[u8; 32], clamped: bool) -> [u8; 32] {
    if clamped { Point::base_times_clamped(scalar).to_bytes() } else { Point::base_times(scalar).to_bytes() }
}

/// A public key made ready: decoded and judged, with the multiples of its point that verification adds.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VerifyingKey {
    minus: Multiples,
    public_key: [u8; 32],
}

// SAFETY: field elements, which are integers, and bytes; the size leaves no room for padding.
#[allow(unsafe_code)]
unsafe impl Plain for VerifyingKey {}
const _: () = assert!(size_of::<VerifyingKey>() == 8 * 4 * 32 + 32);

/// What `ed25519::StoredVerifyingKey` keeps.
pub type Ready = VerifyingKey;

const MAKER: [u8; 32] = *b"odd multiples of -A, radix 2^64\0";

/// Keeps a key.
pub fn store(ready: &mut Ready, maker: &mut [u8; 32], key: VerifyingKey) {
    (*ready, *maker) = (key, MAKER);
}

/// The key that was kept, if it was by this code.
pub fn stored<'a>(ready: &'a Ready, maker: &[u8; 32]) -> Option<&'a VerifyingKey> {
    (*maker == MAKER).then_some(ready)
}

impl VerifyingKey {
    /// The key of these bytes, unless they are no canonical encoding or their point has small order.
    pub fn from_bytes(public_key: &[u8; 32]) -> Result<Self, Error> {
        Ok(VerifyingKey { minus: Multiples::of_minus(public_key)?, public_key: *public_key })
    }

    /// Verifies: s < L, and R is the canonical encoding of `[s]B - [k]A`.
    pub fn verify(&self, signature: &[u8; 64], message: &[u8]) -> Result<(), Error> {
        let (r, s) = bytes::split::<64, 32, 32>(signature)?;
        if Scalar::from_canonical_bytes(*s).into_option().is_none() {
            return Err(Error::Signature);
        }
        let k = challenge(r, &self.public_key, message);
        if self.minus.base_times_plus(s, k.as_bytes()) == *r { Ok(()) } else { Err(Error::Signature) }
    }
}
