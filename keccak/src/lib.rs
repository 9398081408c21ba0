//! SHA-3 and SHAKE (FIPS 202), one, two or four at a time, for the lattice code.
//!
//! libcrux's ML-KEM and ML-DSA spend most of their time in Keccak, and call it by the functions of the crate `libcrux-sha3`. This
//! crate has the functions that they call, under that name, and Cargo.toml of the workspace puts it in that one's place. So the
//! lattice code is nobody's fork, and Keccak is small (each permutation is there once) and as wide as the processor allows:
//! AVX-512 rotates in one instruction and joins two others to one, and so do the SHA-3 instructions of 64-bit Arm.
//!
//! All of it takes the same time whatever the data: there are lengths in what branches and indexes, and nothing else. Nothing here
//! wipes: pqhybrid clears the stack and the registers when a call ends.

#![no_std]

mod permutation;
mod sponge;

#[cfg(target_arch = "x86_64")]
pub mod avx2;
#[cfg(target_arch = "aarch64")]
pub mod neon;
pub mod portable;
#[cfg(target_arch = "aarch64")]
mod vector128;
#[cfg(target_arch = "x86_64")]
mod vector256;
