//! The statuses: plain integers, never a Rust enum, because C may pass any value. Frozen once published.

use crate::error::Error;

/// What a function of this library returns: PQH_OK, or one of the negative PQH_ERR_ values.
#[allow(non_camel_case_types)]
pub type pqh_status = i32;

/// Success.
pub const PQH_OK: pqh_status = 0;
/// A required pointer is NULL, or a length is impossible: over PTRDIFF_MAX, or past the end of memory.
pub const PQH_ERR_NULL: pqh_status = -1;
/// An output overlaps another argument.
pub const PQH_ERR_OVERLAP: pqh_status = -2;
/// The context is longer than PQH_CONTEXT_MAX_BYTES.
pub const PQH_ERR_CONTEXT_LENGTH: pqh_status = -3;
/// The public key fails the check of FIPS 203 section 7.2, or its curve point is invalid or of small order.
pub const PQH_ERR_PUBLIC_KEY: pqh_status = -4;
/// The secret key is not valid. No function of this version returns it: every string of the right size is a secret key.
pub const PQH_ERR_SECRET_KEY: pqh_status = -5;
/// The classical part of the ciphertext gives an all-zero secret.
pub const PQH_ERR_CIPHERTEXT: pqh_status = -6;
/// The signature does not verify, whichever half failed.
pub const PQH_ERR_SIGNATURE: pqh_status = -7;
/// The random source failed.
pub const PQH_ERR_RANDOM: pqh_status = -8;
/// The prehash state was not initialised, is finalised already, or belongs to another suite; or the prepared key was not
/// made, was wiped, or is of another suite or kind.
pub const PQH_ERR_STATE: pqh_status = -9;
/// An error inside the library, which should not happen: please report it.
pub const PQH_ERR_INTERNAL: pqh_status = -10;

pub(super) fn from_result(result: Result<(), Error>) -> pqh_status {
    match result {
        Ok(()) => PQH_OK,
        Err(Error::Null) => PQH_ERR_NULL,
        Err(Error::Overlap) => PQH_ERR_OVERLAP,
        Err(Error::ContextLength) => PQH_ERR_CONTEXT_LENGTH,
        Err(Error::PublicKey) => PQH_ERR_PUBLIC_KEY,
        Err(Error::Ciphertext) => PQH_ERR_CIPHERTEXT,
        Err(Error::Signature) => PQH_ERR_SIGNATURE,
        Err(Error::Random) => PQH_ERR_RANDOM,
        Err(Error::State) => PQH_ERR_STATE,
        Err(Error::Internal) => PQH_ERR_INTERNAL,
    }
}
