//! Which code the backends choose on this CPU.

use core::ffi::CStr;

// What libcrux's build scripts read.
const WITHOUT_AVX2: bool = option_env!("LIBCRUX_DISABLE_SIMD256").is_some();
const WITHOUT_NEON: bool = option_env!("LIBCRUX_DISABLE_SIMD128").is_some();

/// The name of the instruction set that the lattice backends run on.
pub fn backend() -> &'static CStr {
    if cfg!(target_arch = "x86_64") {
        if !WITHOUT_AVX2 && libcrux_platform::simd256_support() { c"x86-64-avx2" } else { c"x86-64" }
    } else if cfg!(target_arch = "aarch64") && !WITHOUT_NEON {
        c"aarch64-neon"
    } else if cfg!(all(target_arch = "wasm32", target_feature = "simd128")) {
        c"wasm-simd128"
    } else {
        c"portable"
    }
}

#[cfg(target_arch = "x86_64")]
cpufeatures::new!(cpuid_avx, "avx");

/// Whether the processor and the operating system have AVX: the wider vector registers, which not only the backends use.
#[cfg(target_arch = "x86_64")]
pub fn has_avx() -> bool {
    cpuid_avx::get()
}
