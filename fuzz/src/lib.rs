//! What the fuzz targets share.
//!
//! ```text
//! input.rs    reads a case: seeds, lengths and mutations, whatever bytes the fuzzer comes up with
//! mutate.rs   turns a valid object into a hostile one
//! call.rs     calls C functions with buffers of the exact size, and holds them to the conventions of the header
//! random.rs   the random source, which the library has from here
//! known.rs    the dictionary's values: points of small order and the like, and who is one
//! kem.rs  sig.rs  the suites, each C function beside its Rust API; other_kem.rs  other_sig.rs  the same from other crates
//! prepared.rs     prepared keys beside encoded ones
//! functions.rs    every function with what its arguments are
//! ```
#![allow(clippy::missing_safety_doc, clippy::type_complexity)]

pub mod call;
pub mod functions;
pub mod input;
pub mod kem;
pub mod known;
pub mod mutate;
pub mod other_kem;
pub mod other_sig;
pub mod prepared;
pub mod random;
pub mod sig;
