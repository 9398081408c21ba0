//! The hybrid signatures: composite ML-DSA (draft-ietf-lamps-pq-composite-sigs-19). Deterministic: seeds and signing
//! randomness come in as arguments.

mod composite;
#[cfg(feature = "mldsa65-ed25519")]
pub mod mldsa65_ed25519;
#[cfg(feature = "mldsa87-ed448")]
pub mod mldsa87_ed448;

use crate::error::Error;

pub use crate::primitives::hash::{Prehash, STATE_BYTES};

/// Bytes of a prehash, whichever suite.
pub const DIGEST_BYTES: usize = 64;
/// Bytes of the signing randomness, whichever suite.
pub const RND_BYTES: usize = 32;
/// The longest context, in bytes.
pub const CONTEXT_MAX_BYTES: usize = 255;

/// Refuses a context that is too long before any work is done for it.
pub fn check_context(context: &[u8]) -> Result<(), Error> {
    if context.len() > CONTEXT_MAX_BYTES { Err(Error::ContextLength) } else { Ok(()) }
}
