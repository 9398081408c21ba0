//! For x86-64 with BMI2 and AVX2: `program` has the field's operations as pieces of assembly; `kernel` and `points`
//! make functions of them. `ifma` is for processors that have AVX-512 IFMA as well.

#[macro_use]
#[rustfmt::skip] // It would give each word of a line of assembly a line of its own.
mod program;
pub mod ifma;
pub mod kernel;
pub mod points;
