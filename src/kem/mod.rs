//! The hybrid key encapsulation mechanisms. Deterministic: seeds and coins come in as arguments.
//!
//! ML-KEM's ciphertext and key are not hashed by the combiner, because ML-KEM binds them itself (C2PRI); the classical
//! ciphertext and key are.

#[cfg(feature = "mlkem1024-x448")]
pub mod mlkem1024_x448;
#[cfg(feature = "mlkem768-x25519")]
pub mod mlkem768_x25519;
