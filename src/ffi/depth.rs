//! How deep the operations reach into the stack, in bytes, so that all of it is scrubbed and no more.
//!
//! Measured on the release build and rounded up; `tests/c/residue.c` fails if an operation reaches deeper than is
//! scrubbed, or leaves a secret behind. A debug build reaches deeper and is not for secrets.

pub(super) const MLKEM768_X25519: usize = 40 * 1024;
pub(super) const MLKEM1024_X448: usize = 56 * 1024;
pub(super) const MLDSA65_ED25519_KEYGEN: usize = 96 * 1024;
pub(super) const MLDSA65_ED25519_SIGN: usize = 144 * 1024;
pub(super) const MLDSA87_ED448_KEYGEN: usize = 144 * 1024;
pub(super) const MLDSA87_ED448_SIGN: usize = 208 * 1024;
/// Hashing a message, random bytes.
pub(super) const SHALLOW: usize = 2 * 1024;
/// Nothing secret is touched.
pub(super) const NONE: usize = 0;
