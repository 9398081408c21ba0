//! Curve25519 with its field in assembly, for x86-64 with BMI2 and AVX2 and for 64-bit Arm: the arithmetic behind
//! X25519 and Ed25519 there.
//!
//! From the bottom: `kernel` and `points`, of a folder for each architecture, have the functions of elements and of
//! points that consist of assembly. `field` adds what needs no assembly, `inverse`
//! inversion. `montgomery` is X25519's ladder; `edwards` multiplies the base point, by a `table` that the compiler
//! makes with the arithmetic of `constant`; `straus` is what verification needs, and `eddsa` is Ed25519.
//!
//! Whatever may touch a secret takes the same instructions and addresses for every value. Elements are wiped by those
//! who made them from secrets; what stays in dead frames is scrubbed by `ffi`.

#[cfg(target_arch = "aarch64")]
mod aarch64;
#[cfg(target_arch = "x86_64")]
mod x86_64;

pub mod constant;
#[cfg(feature = "mldsa65-ed25519")]
pub mod eddsa;
pub mod edwards;
pub mod field;
mod inverse;
pub mod montgomery;
#[cfg(feature = "mldsa65-ed25519")]
pub mod straus;
pub mod table;
#[cfg(target_arch = "aarch64")]
pub use aarch64::{kernel, points};
#[cfg(target_arch = "x86_64")]
pub use x86_64::{ifma, kernel, points};
