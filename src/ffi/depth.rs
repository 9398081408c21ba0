//! How deep the operations reach into the stack, in bytes, so that all of it is scrubbed and no more.
//!
//! Measured on the release build, with some 5 % to spare; `tests/c/residue.c`, which repeats these numbers, fails if an
//! operation reaches deeper than is scrubbed, or leaves a secret behind. A debug build reaches deeper and is not for
//! secrets.

pub(super) const MLKEM768_X25519_KEYGEN: usize = 30 * 1024;
pub(super) const MLKEM768_X25519_ENCAPS: usize = 34 * 1024;
pub(super) const MLKEM768_X25519_DECAPS: usize = 37 * 1024;
pub(super) const MLKEM1024_X448_KEYGEN: usize = 42 * 1024;
pub(super) const MLKEM1024_X448_ENCAPS: usize = 48 * 1024;
pub(super) const MLKEM1024_X448_DECAPS: usize = 52 * 1024;
pub(super) const MLDSA65_ED25519_KEYGEN: usize = 82 * 1024;
pub(super) const MLDSA65_ED25519_SIGN: usize = 139 * 1024;
pub(super) const MLDSA87_ED448_KEYGEN: usize = 120 * 1024;
pub(super) const MLDSA87_ED448_SIGN: usize = 198 * 1024;
/// Hashing a message, random bytes.
pub(super) const SHALLOW: usize = 2 * 1024;
/// Nothing secret is touched.
pub(super) const NONE: usize = 0;
