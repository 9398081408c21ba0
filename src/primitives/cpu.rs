//! Which code the backends choose on this CPU.

use core::ffi::CStr;

/// The name of the instruction set that the lattice backends run on.
pub fn backend() -> &'static CStr {
    if cfg!(target_arch = "x86_64") {
        if libcrux_platform::simd256_support() { c"x86-64-avx2" } else { c"x86-64" }
    } else if cfg!(target_arch = "aarch64") {
        c"aarch64-neon"
    } else if cfg!(all(target_arch = "wasm32", target_feature = "simd128")) {
        c"wasm-simd128"
    } else {
        c"portable"
    }
}
