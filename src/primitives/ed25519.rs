//! Ed25519 (RFC 8032 section 5.1): from our own arithmetic where there is assembly for it, elsewhere from
//! ed25519-dalek.

use crate::error::Error;
pub use backend::{SigningKey, VerifyingKey};

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

#[cfg(all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "avx2", not(feature = "small")))]
use super::curve25519::eddsa as backend;

#[cfg(not(all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "avx2", not(feature = "small"))))]
mod backend {
    use super::{PUBLIC_KEY_BYTES, SEED_BYTES, SIGNATURE_BYTES};
    use crate::error::Error;
    use ed25519_dalek::{Signature, Signer, Verifier};

    /// A private key made ready: it signs without deriving its public key anew.
    pub struct SigningKey(ed25519_dalek::SigningKey);

    impl SigningKey {
        /// The key of RFC 8032's seed.
        #[must_use]
        pub fn from_seed(seed: &[u8; SEED_BYTES]) -> Self {
            SigningKey(ed25519_dalek::SigningKey::from_bytes(seed))
        }

        /// The public key that belongs to it.
        #[must_use]
        pub fn public_key(&self) -> &[u8; PUBLIC_KEY_BYTES] {
            self.0.as_ref().as_bytes()
        }

        /// Signs `message`.
        pub fn sign(&self, out: &mut [u8; SIGNATURE_BYTES], message: &[u8]) -> Result<(), Error> {
            let signature = self.0.try_sign(message).map_err(|_| Error::Internal)?;
            *out = signature.to_bytes();
            Ok(())
        }
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
