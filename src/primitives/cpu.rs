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
        match (cfg!(target_feature = "avx2"), has_avx512()) {
            (false, _) => c"x86-64",
            (true, false) => c"x86-64-v3",
            (true, true) => c"x86-64-v4",
        }
    } else if cfg!(all(target_arch = "aarch64", not(pqhybrid_portable))) {
        c"aarch64-neon"
    } else if cfg!(all(target_arch = "wasm32", target_feature = "simd128")) {
        c"wasm-simd128"
    } else {
        c"portable"
    }
}

/// Whether code for AVX2 that runs uses AVX-512 where it helps. Of a library that holds several levels of code, the one that was
/// chosen says so, see `tools/trampolines.sh`. The lattice code's Keccak asks the same.
#[cfg(pqhybrid_levels)]
#[allow(unsafe_code)]
fn has_avx512() -> bool {
    use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
    unsafe extern "C" {
        static pqhybrid_level: AtomicU32;
    }
    // SAFETY: the word is there as long as the library is.
    unsafe { pqhybrid_level.load(Relaxed) >= 3 }
}

#[cfg(not(pqhybrid_levels))]
fn has_avx512() -> bool {
    cfg!(target_feature = "avx512vl")
}

#[cfg(target_arch = "x86_64")]
cpufeatures::new!(cpuid_avx, "avx");

/// Whether the processor and the operating system have AVX: the wider vector registers, which also the C library uses.
#[cfg(target_arch = "x86_64")]
pub fn has_avx() -> bool {
    cpuid_avx::get()
}

/// The number of the highest level whose instructions the processor and the operating system have, counted from 1: x86-64;
/// x86-64-v3, with AVX2, BMI2 and what else came until 2013; and x86-64-v4, with AVX-512.
#[cfg(all(target_arch = "x86_64", feature = "levels"))]
#[allow(unsafe_code)]
pub fn best_level() -> u32 {
    use core::arch::x86_64::{__cpuid, __cpuid_count, _xgetbv};

    // The bits of what CPUID answers, by Intel's manual, volume 2, and the x86-64 psABI, section 3.1.1.
    const LEAF_1_ECX: u32 = bits(&[0, 9, 12, 13, 19, 20, 22, 23, 27, 28, 29]);
    const LEAF_7_EBX_V3: u32 = bits(&[3, 5, 8]);
    const LEAF_7_EBX_V4: u32 = bits(&[16, 17, 28, 30, 31]);
    const EXTENDED_1_ECX: u32 = bits(&[0, 5]);
    // What the system saves, by the bits of what xgetbv answers.
    const XCR0_AVX: u64 = 0b110;
    const XCR0_AVX512: u64 = 0b1110_0000;

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
    unsafe fn saved(wanted: u64) -> bool {
        // SAFETY: as the caller promises.
        unsafe { _xgetbv(0) & wanted == wanted }
    }

    #[allow(unused_unsafe)] // newer versions of Rust call CPUID safe
    // SAFETY: every x86-64 has CPUID; a leaf is asked for only if it is there; of xgetbv bit 27 tells.
    unsafe {
        let v3 = __cpuid(0).eax >= 7
            && __cpuid(0x8000_0000).eax >= 0x8000_0001
            && all(__cpuid(1).ecx, LEAF_1_ECX)
            && all(__cpuid_count(7, 0).ebx, LEAF_7_EBX_V3)
            && all(__cpuid(0x8000_0001).ecx, EXTENDED_1_ECX)
            && saved(XCR0_AVX);
        match v3 {
            false => 1,
            true if all(__cpuid_count(7, 0).ebx, LEAF_7_EBX_V4) && saved(XCR0_AVX512) => 3,
            true => 2,
        }
    }
}
