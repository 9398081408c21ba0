//! The fence: the C ABI, and the only `unsafe` against callers' pointers.
//!
//! Each suite's file writes out its exported functions with their documentation, from which `pqhybrid.h` is generated;
//! their bodies are calls into `keys.rs`, `kem.rs`, `sig.rs` and `prepared.rs`, and those go through `fence.rs`: one place decides
//! what NULL, overlap, failure and return mean.
#![allow(unsafe_code)]
// What the caller must see to is the same for all exported functions; the header's first comment says it once.
#![allow(clippy::missing_safety_doc)]
// The comments are the header's: "[out]" is no link.
#![allow(rustdoc::broken_intra_doc_links)]

#[cfg(feature = "_sig")]
pub mod context;
#[allow(dead_code)] // a build that leaves suites out does not use all of it
mod depth;
#[allow(dead_code)] // likewise
mod fence;
pub mod info;
#[cfg(feature = "_kem")]
mod kem;
#[cfg(feature = "_suite")]
mod keys;
#[cfg(all(target_arch = "x86_64", feature = "levels"))]
pub mod level;
pub mod memory;
#[cfg(feature = "mldsa65-ed25519")]
pub mod mldsa65_ed25519;
#[cfg(feature = "mldsa65-ed25519")]
pub mod mldsa65_ed25519_keys;
#[cfg(feature = "mldsa87-ed448")]
pub mod mldsa87_ed448;
#[cfg(feature = "mldsa87-ed448")]
pub mod mldsa87_ed448_keys;
#[cfg(feature = "mlkem1024-x448")]
pub mod mlkem1024_x448;
#[cfg(feature = "mlkem1024-x448")]
pub mod mlkem1024_x448_keys;
#[cfg(feature = "mlkem768-x25519")]
pub mod mlkem768_x25519;
#[cfg(feature = "mlkem768-x25519")]
pub mod mlkem768_x25519_keys;
#[cfg(feature = "_suite")]
mod prepared;
mod random;
#[cfg(feature = "_sig")]
mod sig;
pub mod status;
#[cfg(not(feature = "std"))]
mod trap;
#[cfg(all(target_family = "wasm", feature = "wasm-buffers"))]
pub mod wasm;

// Memory functions and the random source come from the C library: the shared library says so, so that it can be loaded
// by a program that does not link it itself.
#[cfg(all(unix, not(feature = "std")))]
#[link(name = "c")]
unsafe extern "C" {}
