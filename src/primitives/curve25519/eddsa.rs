//! Ed25519 (RFC 8032 section 5.1) on this curve; the scalars modulo the order are curve25519-dalek's.
#![allow(clippy::arithmetic_side_effects)] // of scalars, which cannot overflow

use super::edwards::Point;
use super::montgomery::clamp;
use super::straus::Multiples;
use crate::bytes;
use crate::error::Error;
use crate::memory::{Zeroize, Zeroizing};
use crate::primitives::hash::{Prehash, Sha512};
use curve25519_dalek::Scalar;

/// A private key made ready: it signs without deriving its public key anew. All of its bytes are wiped when it goes.
#[repr(C)]
pub struct SigningKey {
    scalar: [u8; 32],
    prefix: [u8; 32],
    public_key: [u8; 32],
}

impl SigningKey {
    /// The key of RFC 8032's seed.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let mut digest = Zeroizing::new([0; 64]);
        hash(&mut digest, &[seed]);
        let mut key = SigningKey { scalar: [0; 32], prefix: [0; 32], public_key: [0; 32] };
        if let Ok((scalar, prefix)) = bytes::split::<64, 32, 32>(&digest) {
            key.scalar = clamp(scalar);
            key.prefix = *prefix;
        }
        key.public_key = Point::base_times_clamped(&key.scalar).to_bytes();
        key
    }

    /// The public key that belongs to it.
    #[must_use]
    pub const fn public_key(&self) -> &[u8; 32] {
        &self.public_key
    }

    /// Signs `message`.
    pub fn sign(&self, out: &mut [u8; 64], message: &[u8]) -> Result<(), Error> {
        let mut digest = Zeroizing::new([0; 64]);
        hash(&mut digest, &[&self.prefix, message]);
        let r = Zeroizing::new(Scalar::from_bytes_mod_order_wide(&digest));
        let encoded = Point::base_times(&Zeroizing::new(r.to_bytes())).to_bytes();
        let k = challenge(&encoded, &self.public_key, message);
        let a = Zeroizing::new(Scalar::from_bytes_mod_order(self.scalar));
        let ka = Zeroizing::new(k * *a);
        let s = *ka + *r;
        let (out_r, out_s) = bytes::split_mut::<64, 32, 32>(out)?;
        *out_r = encoded;
        *out_s = s.to_bytes();
        Ok(())
    }
}

impl Drop for SigningKey {
    fn drop(&mut self) {
        self.scalar.zeroize();
        self.prefix.zeroize();
        self.public_key.zeroize();
    }
}

/// A public key made ready: decoded and judged, with the multiples of its point that verification adds.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct VerifyingKey {
    minus: Multiples,
    public_key: [u8; 32],
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

/// SHA-512(R || A || M) modulo L.
fn challenge(r: &[u8; 32], public_key: &[u8; 32], message: &[u8]) -> Scalar {
    let mut digest = [0; 64];
    hash(&mut digest, &[r, public_key, message]);
    Scalar::from_bytes_mod_order_wide(&digest)
}

fn hash(digest: &mut [u8; 64], parts: &[&[u8]]) {
    let mut hasher = Sha512::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finish(digest);
}
