//! pqhybrid: hybrid post-quantum cryptography behind one C ABI.
//!
//! Four suites, each safe as long as *either* of its halves holds:
//!
//! | suite | standard |
//! |---|---|
//! | `mlkem768_x25519` | X-Wing, the same bytes as id-MLKEM768-X25519-SHA3-256 |
//! | `mlkem1024_x448` | id-MLKEM1024-X448-SHA3-256 |
//! | `mldsa65_ed25519` | id-MLDSA65-Ed25519-SHA512 |
//! | `mldsa87_ed448` | id-MLDSA87-Ed448-SHAKE256 |
//!
//! The map of the house. Data flows one way, from the top to the bottom:
//!
//! ```text
//! C caller
//!   ffi/         the ABI, a fence around raw pointers: statuses, randomness; knows no cryptography
//!   kem/  sig/   the hybrid constructions, line by line as in their standards; no unsafe, no randomness
//!   primitives/  one thin file per primitive, the only place that names a cryptographic dependency; curve25519/ is
//!                our own arithmetic behind two of them, for x86-64 with AVX2 and for 64-bit Arm
//!   libcrux      ML-KEM and ML-DSA, and beneath them
//!   keccak/      a crate beside src/: SHA-3 and SHAKE as libcrux asks for them, one, two or four at a time
//! beside them: memory.rs (wiping, constant-time compare), registers.rs (clearing them), bytes.rs (splitting arrays),
//! plain.rs (values in callers' memory), error.rs (what can go wrong)
//! ```
//!
//! For x86-64 all of it is compiled twice, for the baseline and for AVX2, where Keccak and Curve25519 also have code for AVX-512;
//! `tools/library.sh` builds the two, `tools/trampolines.sh` makes one library of them, and `ffi/level.rs` chooses among four levels
//! when it runs.
//!
//! Outside src/: `wasm/` is the JavaScript side of WebAssembly, `examples-c/firmware` that of a Cortex-M33; `tools/header` makes
//! `include/pqhybrid.h` out of `ffi`; `.cargo/config.toml` chooses where Linux's randomness comes from; `tests/README.md` is the
//! map of the tests.
//!
//! C programs include `pqhybrid.h`, which is generated from `ffi`. The modules below it are reachable from Rust for
//! tests and benchmarks; only the C ABI is stable.
#![no_std]

#[cfg(feature = "std")]
extern crate std;

#[cfg(feature = "_suite")]
mod bytes;
pub mod error;
pub mod ffi;
#[cfg(feature = "_kem")]
pub mod kem;
mod memory;
#[cfg(feature = "_suite")]
mod plain;
pub mod primitives;
mod registers;
#[cfg(feature = "_sig")]
pub mod sig;

pub use error::Error;
