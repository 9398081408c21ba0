//! Ed25519 (RFC 8032 section 5.1): the points from our own arithmetic where there is assembly for it, elsewhere from
//! ed25519-dalek; the scalars modulo the order from curve25519-dalek.
#![allow(clippy::arithmetic_side_effects)] // of scalars, which cannot overflow

use super::hash::{Prehash, Sha512};
use crate::bytes::split_mut;
use crate::error::Error;
use crate::memory::Zeroizing;
use crate::plain::Plain;
pub use backend::VerifyingKey;
use curve25519_dalek::Scalar;

/// Bytes of a private key, RFC 8032's seed.
pub const SEED_BYTES: usize = 32;
/// Bytes of a public key.
pub const PUBLIC_KEY_BYTES: usize = 32;
/// Bytes of a signature.
pub const SIGNATURE_BYTES: usize = 64;

/// Writes the public key of `seed`.
pub fn public_key(out: &mut [u8; PUBLIC_KEY_BYTES], seed: &[u8; SEED_BYTES]) {
    *out = *SigningKey::from_seed(seed).public_key();
}

/// Signs `message` with the private key `seed`.
pub fn sign(out: &mut [u8; SIGNATURE_BYTES], message: &[u8], seed: &[u8; SEED_BYTES]) -> Result<(), Error> {
    SigningKey::from_seed(seed).sign(out, message)
}

/// Verifies as RFC 8032 does without the cofactor: s < L, and R must be the canonical encoding of `[s]B - [k]A`.
///
/// A public key that is not a canonical encoding, or has small order, is refused as such.
pub fn verify(
    signature: &[u8; SIGNATURE_BYTES],
    message: &[u8],
    public_key: &[u8; PUBLIC_KEY_BYTES],
) -> Result<(), Error> {
    VerifyingKey::from_bytes(public_key)?.verify(signature, message)
}

/// A private key made ready: it signs without deriving its public key anew. Wiped when it goes.
#[repr(C)]
pub struct SigningKey {
    scalar: [u8; 32],
    prefix: [u8; 32],
    public_key: [u8; PUBLIC_KEY_BYTES],
}

// SAFETY: byte strings.
#[allow(unsafe_code)]
unsafe impl Plain for SigningKey {}

impl SigningKey {
    /// The key of RFC 8032's seed.
    #[must_use]
    pub fn from_seed(seed: &[u8; SEED_BYTES]) -> Self {
        let mut key = Self::zeroed();
        key.set_seed(seed);
        key
    }

    /// Makes this the key of `seed`, section 5.1.5.
    pub fn set_seed(&mut self, seed: &[u8; SEED_BYTES]) {
        let mut digest = Zeroizing::new([0; 64]);
        hash(&mut digest, &[seed]);
        if let Ok((scalar, prefix)) = split_mut::<64, 32, 32>(&mut digest) {
            let [first, .., last] = scalar;
            *first &= 0xf8;
            *last = *last & 0x7f | 0x40;
            (self.scalar, self.prefix) = (*scalar, *prefix);
        }
        self.public_key = backend::base_times(&self.scalar, true);
    }

    /// The public key that belongs to it.
    #[must_use]
    pub const fn public_key(&self) -> &[u8; PUBLIC_KEY_BYTES] {
        &self.public_key
    }

    /// Signs `message`, section 5.1.6.
    pub fn sign(&self, out: &mut [u8; SIGNATURE_BYTES], message: &[u8]) -> Result<(), Error> {
        let mut digest = Zeroizing::new([0; 64]);
        hash(&mut digest, &[&self.prefix, message]);
        let (out_r, out_s) = split_mut::<SIGNATURE_BYTES, 32, 32>(out)?;
        let r = Zeroizing::new(Scalar::from_bytes_mod_order_wide(&digest));
        *out_r = backend::base_times(&Zeroizing::new(r.to_bytes()), false);
        let k = challenge(out_r, &self.public_key, message);
        let a = Zeroizing::new(Scalar::from_bytes_mod_order(self.scalar));
        let ka = Zeroizing::new(k * *a);
        *out_s = (*ka + *r).to_bytes();
        Ok(())
    }
}

impl Drop for SigningKey {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// SHA-512(R || A || M) modulo L.
pub(super) fn challenge(r: &[u8; 32], public_key: &[u8; PUBLIC_KEY_BYTES], message: &[u8]) -> Scalar {
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

/// A `VerifyingKey` in a caller's memory, of one size whichever code works on it. A process may prepare a key with code for one
/// processor and use it with code for another, which then decodes the public key anew.
#[repr(C)]
pub struct StoredVerifyingKey {
    ready: backend::Ready,
    /// Which code made `ready`; zeros: none.
    maker: [u8; 32],
    public_key: [u8; PUBLIC_KEY_BYTES],
}

// SAFETY: a value without padding and byte strings; the size leaves no room for padding.
#[allow(unsafe_code)]
unsafe impl Plain for StoredVerifyingKey {}
const _: () = assert!(size_of::<StoredVerifyingKey>() == 1056 + 32 + PUBLIC_KEY_BYTES);

impl StoredVerifyingKey {
    /// Makes this the key of these bytes, unless they are no canonical encoding or their point has small order.
    pub fn set(&mut self, public_key: &[u8; PUBLIC_KEY_BYTES]) -> Result<(), Error> {
        let key = VerifyingKey::from_bytes(public_key)?;
        backend::store(&mut self.ready, &mut self.maker, key);
        self.public_key = *public_key;
        Ok(())
    }

    /// Verifies as `verify` does.
    pub fn verify(&self, signature: &[u8; SIGNATURE_BYTES], message: &[u8]) -> Result<(), Error> {
        match backend::stored(&self.ready, &self.maker) {
            Some(key) => key.verify(signature, message),
            // It was valid when this key was made.
            None => {
                VerifyingKey::from_bytes(&self.public_key).map_err(|_| Error::Signature)?.verify(signature, message)
            }
        }
    }
}

#[cfg(all(
    any(
        all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "avx2"),
        all(target_arch = "aarch64", not(pqhybrid_portable))
    ),
    not(feature = "small")
))]
use super::curve25519::eddsa as backend;

#[cfg(not(all(
    any(
        all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "avx2"),
        all(target_arch = "aarch64", not(pqhybrid_portable))
    ),
    not(feature = "small")
)))]
mod backend {
    use super::{PUBLIC_KEY_BYTES, SIGNATURE_BYTES};
    use crate::error::Error;
    use curve25519_dalek::{EdwardsPoint, Scalar};
    use ed25519_dalek::{Signature, Verifier};

    /// `[scalar]B`, encoded. The scalar is below the order, or clamped.
    pub fn base_times(scalar: &[u8; 32], clamped: bool) -> [u8; PUBLIC_KEY_BYTES] {
        let point = if clamped {
            EdwardsPoint::mul_base_clamped(*scalar)
        } else {
            EdwardsPoint::mul_base(&Scalar::from_bytes_mod_order(*scalar))
        };
        point.compress().to_bytes()
    }

    /// Nothing is stored: only the backend's own types can hold what decoding gives.
    pub type Ready = [u8; 1056];

    pub fn store(_: &mut Ready, _: &mut [u8; 32], _: VerifyingKey) {}

    pub fn stored<'a>(_: &'a Ready, _: &[u8; 32]) -> Option<&'a VerifyingKey> {
        None
    }

    /// A public key made ready: decoded and judged.
    pub struct VerifyingKey(ed25519_dalek::VerifyingKey);

    impl VerifyingKey {
        /// The key of these bytes, unless they are no canonical encoding or their point has small order.
        pub fn from_bytes(public_key: &[u8; PUBLIC_KEY_BYTES]) -> Result<Self, Error> {
            let key = ed25519_dalek::VerifyingKey::from_bytes(public_key).map_err(|_| Error::PublicKey)?;
            // The key remembers the bytes that it came from; its point, encoded anew, gives the canonical ones.
            if key.to_edwards().compress().as_bytes() != public_key || key.is_weak() {
                return Err(Error::PublicKey);
            }
            Ok(VerifyingKey(key))
        }

        /// Verifies: s < L, and R is the canonical encoding of `[s]B - [k]A`.
        pub fn verify(&self, signature: &[u8; SIGNATURE_BYTES], message: &[u8]) -> Result<(), Error> {
            // Not `verify_strict`, which would also refuse an R of small order: RFC 8032 allows it.
            self.0.verify(message, &Signature::from_bytes(signature)).map_err(|_| Error::Signature)
        }
    }
}
