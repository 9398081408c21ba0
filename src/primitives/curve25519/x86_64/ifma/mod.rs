//! Arithmetic on eight elements at a time, for processors whose AVX-512 multiplies 52 bits by 52 (IFMA): `field` has the
//! elements, `ladder` is X25519's, `comb` multiplies the base point, by a `table`.
//!
//! In the functions whose names end in `_ifma` everything that depends on a secret is in vectors, and no branch, address or mask is
//! made of it, see `tests/machine-code`. Around them, secrets are shifted and masked as words.

pub mod comb;
pub mod field;
pub mod ladder;
mod table;
