//! Curve25519 in assembly for x86-64 with BMI2 and AVX2: the arithmetic behind X25519 and Ed25519 where they are there.
//!
//! From the bottom: `program` has the field's operations as pieces of assembly; `kernel` and `points` make functions of
//! them, and are the only files with unsafe code; `field` adds what needs no assembly, `inverse` inversion.
//! `montgomery` is X25519's ladder; `edwards` multiplies the base point, by a `table` that the compiler makes with the
//! arithmetic of `constant`; `straus` is what verification needs, and `eddsa` is Ed25519.
//!
//! Whatever may touch a secret takes the same instructions and addresses for every value. Elements are wiped by those
//! who made them from secrets; what stays in dead frames is scrubbed by `ffi`.

#[macro_use]
#[rustfmt::skip] // It would give each word of a line of assembly a line of its own.
mod program;
pub mod constant;
#[cfg(feature = "mldsa65-ed25519")]
pub mod eddsa;
pub mod edwards;
pub mod field;
mod inverse;
pub mod kernel;
pub mod montgomery;
pub mod points;
#[cfg(feature = "mldsa65-ed25519")]
pub mod straus;
pub mod table;
