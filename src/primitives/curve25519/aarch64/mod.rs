//! For 64-bit Arm: `kernel` has the field's operations, each a block of assembly that is put in line; `points` is
//! made of them.

#[rustfmt::skip] // It would give each word of a line of assembly a line of its own.
pub mod kernel;
pub mod points;
