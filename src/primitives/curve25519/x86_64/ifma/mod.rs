//! Arithmetic on eight elements at a time, for processors whose AVX-512 multiplies 52 bits by 52 (IFMA): `field` has the
//! elements, `ladder` is X25519's, `comb` multiplies the base point, by a `table`.
//!
//! Everything that depends on a secret is in vectors here; no branch, address or mask is made of it, see `tests/machine-code`.
//! What a function may be called for, `cpu::has_ifma` tells.

pub mod comb;
pub mod field;
pub mod ladder;
mod table;
