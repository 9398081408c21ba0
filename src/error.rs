//! What can go wrong, once for all rooms. `ffi::status` gives each reason its frozen number.

/// Why an operation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// A required pointer is NULL, or a length is larger than any object can be.
    Null,
    /// An output overlaps another argument.
    Overlap,
    /// The context is longer than 255 bytes.
    ContextLength,
    /// A public key fails the FIPS 203 modulus check, is not a canonical point, or has small order.
    PublicKey,
    /// The classical part of a ciphertext gives an all-zero secret.
    Ciphertext,
    /// Verification failed, whichever half.
    Signature,
    /// The random source failed.
    Random,
    /// A prehash state is not initialised, or finalised.
    State,
    /// Something that cannot happen happened.
    Internal,
}
