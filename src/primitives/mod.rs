//! The primitives, one thin file each: the only rooms that name a cryptographic dependency, so that a backend is
//! changed in one file.
//!
//! Each file says which standard it implements and what it checks. Secrets come in by reference; what a backend
//! returns by value is wiped here, and what it leaves in dead stack frames is scrubbed by `ffi`.

pub mod cpu;
#[cfg(all(
    any(
        all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "avx2"),
        all(target_arch = "aarch64", not(pqhybrid_portable))
    ),
    not(feature = "small")
))]
#[cfg(any(feature = "mlkem768-x25519", feature = "mldsa65-ed25519"))]
#[doc(hidden)]
pub mod curve25519;
#[cfg(feature = "mldsa65-ed25519")]
pub mod ed25519;
#[cfg(feature = "mldsa87-ed448")]
pub mod ed448;
pub mod hash;
#[cfg(feature = "_sig")]
pub mod mldsa;
#[cfg(feature = "_kem")]
pub mod mlkem;
#[cfg(feature = "mldsa87-ed448")]
mod sponge;
#[cfg(feature = "mlkem768-x25519")]
pub mod x25519;
#[cfg(feature = "mlkem1024-x448")]
pub mod x448;
