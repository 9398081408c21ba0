//! How deep the operations reach into the stack, in bytes, so that all of it is scrubbed and no more. It differs between
//! architectures: each has a table here.
//!
//! Measured with some 5 % to spare, on Arm and in WebAssembly on the deeper of the release and the size build;
//! `tests/c/residue.c`, which repeats the numbers of x86-64, `tests/embedded`, which reads those of Arm from the header, and
//! `tests/wasm/module.mjs` fail if an operation reaches deeper than is scrubbed. A debug build reaches deeper and is not for
//! secrets.

#[cfg(target_arch = "arm")]
pub(super) use arm::*;
#[cfg(target_family = "wasm")]
pub(super) use wasm::*;
#[cfg(all(not(any(target_arch = "arm", target_family = "wasm")), not(feature = "small")))]
pub(super) use x86_64::*;
#[cfg(all(not(any(target_arch = "arm", target_family = "wasm")), feature = "small"))]
pub(super) use x86_64_small::*;

/// Nothing secret is touched.
pub(super) const NONE: usize = 0;

/// x86-64, and the architectures that are not named here; AArch64 stays below it. The code for the lowest level of CPU may
/// be compiled for size, so this is the deeper of both.
#[cfg(all(not(any(target_arch = "arm", target_family = "wasm")), not(feature = "small")))]
mod x86_64 {
    pub(in super::super) const MLKEM768_X25519_KEYGEN: usize = 33 * 1024;
    pub(in super::super) const MLKEM768_X25519_ENCAPS: usize = 25 * 1024;
    pub(in super::super) const MLKEM768_X25519_DECAPS: usize = 31 * 1024;
    pub(in super::super) const MLKEM1024_X448_KEYGEN: usize = 46 * 1024;
    pub(in super::super) const MLKEM1024_X448_ENCAPS: usize = 33 * 1024;
    pub(in super::super) const MLKEM1024_X448_DECAPS: usize = 44 * 1024;
    pub(in super::super) const MLDSA65_ED25519_KEYGEN: usize = 89 * 1024;
    pub(in super::super) const MLDSA65_ED25519_SIGN: usize = 139 * 1024;
    pub(in super::super) const MLDSA87_ED448_KEYGEN: usize = 128 * 1024;
    pub(in super::super) const MLDSA87_ED448_SIGN: usize = 194 * 1024;
    /// Hashing a message, random bytes.
    pub(in super::super) const SHALLOW: usize = 3 * 1024;
}

/// The same for the size build.
#[cfg(all(not(any(target_arch = "arm", target_family = "wasm")), feature = "small"))]
mod x86_64_small {
    pub(in super::super) const MLKEM768_X25519_KEYGEN: usize = 33 * 1024;
    pub(in super::super) const MLKEM768_X25519_ENCAPS: usize = 23 * 1024;
    pub(in super::super) const MLKEM768_X25519_DECAPS: usize = 31 * 1024;
    pub(in super::super) const MLKEM1024_X448_KEYGEN: usize = 46 * 1024;
    pub(in super::super) const MLKEM1024_X448_ENCAPS: usize = 32 * 1024;
    pub(in super::super) const MLKEM1024_X448_DECAPS: usize = 44 * 1024;
    pub(in super::super) const MLDSA65_ED25519_KEYGEN: usize = 89 * 1024;
    pub(in super::super) const MLDSA65_ED25519_SIGN: usize = 139 * 1024;
    pub(in super::super) const MLDSA87_ED448_KEYGEN: usize = 128 * 1024;
    pub(in super::super) const MLDSA87_ED448_SIGN: usize = 187 * 1024;
    /// Hashing a message, random bytes.
    pub(in super::super) const SHALLOW: usize = 3 * 1024;
}

/// The release and the size build of a WebAssembly module, whose stack `tools/wasm.sh` chooses; `tests/wasm/module.mjs`
/// fails if an operation reaches deeper than is scrubbed.
#[cfg(target_family = "wasm")]
mod wasm {
    pub(in super::super) const MLKEM768_X25519_KEYGEN: usize = 30 * 1024;
    pub(in super::super) const MLKEM768_X25519_ENCAPS: usize = 34 * 1024;
    pub(in super::super) const MLKEM768_X25519_DECAPS: usize = 54 * 1024;
    pub(in super::super) const MLKEM1024_X448_KEYGEN: usize = 42 * 1024;
    pub(in super::super) const MLKEM1024_X448_ENCAPS: usize = 48 * 1024;
    pub(in super::super) const MLKEM1024_X448_DECAPS: usize = 52 * 1024;
    pub(in super::super) const MLDSA65_ED25519_KEYGEN: usize = 89 * 1024;
    pub(in super::super) const MLDSA65_ED25519_SIGN: usize = 181 * 1024;
    pub(in super::super) const MLDSA87_ED448_KEYGEN: usize = 128 * 1024;
    pub(in super::super) const MLDSA87_ED448_SIGN: usize = 272 * 1024;
    /// Hashing a message, random bytes.
    pub(in super::super) const SHALLOW: usize = 2 * 1024;
}

/// Firmware reserves stack by the header's macros, and one byte below them may be a fault: the depths follow from them.
#[cfg(target_arch = "arm")]
mod arm {
    use super::super::memory::PQH_RANDOM_BYTES_STACK_BYTES;
    #[cfg(feature = "mldsa65-ed25519")]
    use super::super::mldsa65_ed25519::*;
    #[cfg(feature = "mldsa87-ed448")]
    use super::super::mldsa87_ed448::*;
    #[cfg(feature = "mlkem768-x25519")]
    use super::super::mlkem768_x25519::*;
    #[cfg(feature = "mlkem1024-x448")]
    use super::super::mlkem1024_x448::*;

    /// The frames between the caller and what is scrubbed, and those of the scrubbing itself.
    const FRAMES: usize = 384;

    macro_rules! depths {
        ($($(#[$attribute:meta])* $name:ident = $macro:ident;)*) => {
            $($(#[$attribute])* pub(in super::super) const $name: usize = $macro.saturating_sub(FRAMES);)*
        };
    }

    depths! {
        #[cfg(feature = "mlkem768-x25519")]
        MLKEM768_X25519_KEYGEN = PQH_MLKEM768_X25519_KEYGEN_STACK_BYTES;
        #[cfg(feature = "mlkem768-x25519")]
        MLKEM768_X25519_ENCAPS = PQH_MLKEM768_X25519_ENCAPS_STACK_BYTES;
        #[cfg(feature = "mlkem768-x25519")]
        MLKEM768_X25519_DECAPS = PQH_MLKEM768_X25519_DECAPS_STACK_BYTES;
        #[cfg(feature = "mlkem1024-x448")]
        MLKEM1024_X448_KEYGEN = PQH_MLKEM1024_X448_KEYGEN_STACK_BYTES;
        #[cfg(feature = "mlkem1024-x448")]
        MLKEM1024_X448_ENCAPS = PQH_MLKEM1024_X448_ENCAPS_STACK_BYTES;
        #[cfg(feature = "mlkem1024-x448")]
        MLKEM1024_X448_DECAPS = PQH_MLKEM1024_X448_DECAPS_STACK_BYTES;
        #[cfg(feature = "mldsa65-ed25519")]
        MLDSA65_ED25519_KEYGEN = PQH_MLDSA65_ED25519_KEYGEN_STACK_BYTES;
        #[cfg(feature = "mldsa65-ed25519")]
        MLDSA65_ED25519_SIGN = PQH_MLDSA65_ED25519_SIGN_STACK_BYTES;
        #[cfg(feature = "mldsa87-ed448")]
        MLDSA87_ED448_KEYGEN = PQH_MLDSA87_ED448_KEYGEN_STACK_BYTES;
        #[cfg(feature = "mldsa87-ed448")]
        MLDSA87_ED448_SIGN = PQH_MLDSA87_ED448_SIGN_STACK_BYTES;
        /// Hashing a message, random bytes.
        SHALLOW = PQH_RANDOM_BYTES_STACK_BYTES;
    }

    // Hashing is scrubbed to the same depth as random bytes.
    #[cfg(feature = "mldsa65-ed25519")]
    const _: () = assert!(PQH_MLDSA65_ED25519_PREHASH_STACK_BYTES >= PQH_RANDOM_BYTES_STACK_BYTES);
    #[cfg(feature = "mldsa87-ed448")]
    const _: () = assert!(PQH_MLDSA87_ED448_PREHASH_STACK_BYTES >= PQH_RANDOM_BYTES_STACK_BYTES);
}
