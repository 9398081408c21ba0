//! The code of which CPU this is, and what the CPU at hand has.
//!
//! A shipped library for x86-64 holds the code of several levels, each compiled for its own instructions; `ffi::level` chooses
//! one when the library is loaded. So within a compilation all is known: no backend looks for instructions while it
//! runs, or brings code for a CPU that it does not run on.

use core::ffi::CStr;

/// Imports, as `backend`, that module of a lattice crate which is for the instructions that are compiled for.
#[cfg(feature = "_suite")]
macro_rules! lattice_code {
    ($library:ident::$parameters:ident) => {
        #[cfg(all(target_arch = "x86_64", target_feature = "avx2"))]
        use $library::$parameters::avx2 as backend;
        #[cfg(all(target_arch = "aarch64", not(pqhybrid_portable)))]
        use $library::$parameters::neon as backend;
        #[cfg(not(any(
            all(target_arch = "x86_64", target_feature = "avx2"),
            all(target_arch = "aarch64", not(pqhybrid_portable))
        )))]
        use $library::$parameters::portable as backend;
    };
}
#[cfg(feature = "_suite")]
pub(super) use lattice_code;

/// The name of what this code was compiled for.
pub fn backend() -> &'static CStr {
    if cfg!(target_arch = "x86_64") {
        if cfg!(target_feature = "avx2") { c"x86-64-v3" } else { c"x86-64" }
    } else if cfg!(all(target_arch = "aarch64", not(pqhybrid_portable))) {
        c"aarch64-neon"
    } else if cfg!(all(target_arch = "wasm32", target_feature = "simd128")) {
        c"wasm-simd128"
    } else {
        c"portable"
    }
}

#[cfg(target_arch = "x86_64")]
cpufeatures::new!(cpuid_avx, "avx");

/// Whether the processor and the operating system have AVX: the wider vector registers, which also the C library uses.
#[cfg(target_arch = "x86_64")]
pub fn has_avx() -> bool {
    cpuid_avx::get()
}

/// Whether the processor and the operating system have all that code for x86-64-v3 may use: AVX2, BMI2 and what else came until
/// 2013.
#[cfg(all(target_arch = "x86_64", feature = "levels"))]
#[allow(unsafe_code)]
pub fn has_v3() -> bool {
    use core::arch::x86_64::{__cpuid, __cpuid_count, _xgetbv};

    // The bits of what CPUID answers, by Intel's manual, volume 2, and the x86-64 psABI, section 3.1.1.
    const LEAF_1_ECX: u32 = bits(&[0, 9, 12, 13, 19, 20, 22, 23, 27, 28, 29]);
    const LEAF_7_EBX: u32 = bits(&[3, 5, 8]);
    const EXTENDED_1_ECX: u32 = bits(&[0, 5]);
    const XCR0_AVX: u64 = 0b110;

    const fn bits(positions: &[u32]) -> u32 {
        match positions {
            [first, rest @ ..] => 1u32.wrapping_shl(*first) | bits(rest),
            [] => 0,
        }
    }
    fn all(found: u32, wanted: u32) -> bool {
        found & wanted == wanted
    }

    /// # Safety
    /// CPUID says that there is xgetbv.
    #[target_feature(enable = "xsave")]
    unsafe fn system_saves_avx() -> bool {
        // SAFETY: as the caller promises.
        unsafe { _xgetbv(0) & XCR0_AVX == XCR0_AVX }
    }

    #[allow(unused_unsafe)] // newer versions of Rust call CPUID safe
    // SAFETY: every x86-64 has CPUID; a leaf is asked for only if it is there; of xgetbv bit 27 tells.
    unsafe {
        __cpuid(0).eax >= 7
            && __cpuid(0x8000_0000).eax >= 0x8000_0001
            && all(__cpuid(1).ecx, LEAF_1_ECX)
            && all(__cpuid_count(7, 0).ebx, LEAF_7_EBX)
            && all(__cpuid(0x8000_0001).ecx, EXTENDED_1_ECX)
            && system_saves_avx()
    }
}
