//! Where randomness comes from: the operating system, or the firmware's hook where there is none. Nothing weaker ever
//! takes their place.

use crate::error::Error;

#[cfg(all(
    target_os = "linux",
    not(feature = "std"),
    not(feature = "platform-random"),
    not(getrandom_backend = "linux_raw")
))]
compile_error!(
    "RUSTFLAGS hides .cargo/config.toml, which says where randomness comes from: build with make, or add \
     --cfg getrandom_backend=\"linux_raw\" to RUSTFLAGS"
);

/// Fills `out` with random bytes. What a source that fails has written meanwhile, the fence zeroes.
pub(super) fn fill(out: &mut [u8]) -> Result<(), Error> {
    source(out)
}

#[cfg(not(any(feature = "platform-random", target_os = "none", target_os = "unknown")))]
fn source(out: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(out).map_err(|_| Error::Random)
}

#[cfg(any(feature = "platform-random", target_os = "none", target_os = "unknown"))]
fn source(out: &mut [u8]) -> Result<(), Error> {
    // In a WebAssembly module it is an import, env.pqh_platform_random_bytes.
    #[cfg_attr(target_family = "wasm", link(wasm_import_module = "env"))]
    unsafe extern "C" {
        fn pqh_platform_random_bytes(out: *mut u8, len: usize) -> i32;
    }
    // SAFETY: `out` is valid for `out.len()` bytes, which is all that the hook is told to write.
    match unsafe { pqh_platform_random_bytes(out.as_mut_ptr(), out.len()) } {
        0 => Ok(()),
        _ => Err(Error::Random),
    }
}
