//! The code of which CPU this is, and what the CPU at hand has.
//!
//! A shipped library for x86-64 holds the code of several levels, each compiled for its own instructions; `ffi::level` chooses
//! one when the library is loaded. So within a compilation all is known, but for a few things that are looked up: Keccak has
//! code for AVX-512 and for Arm's SHA-3 instructions, SHA-512 for Arm's, and Curve25519 for AVX-512 IFMA.

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
        match (cfg!(target_feature = "avx2"), has_avx512(), has_ifma()) {
            (false, _, _) => c"x86-64",
            (true, false, _) => c"x86-64-v3",
            (true, true, false) => c"x86-64-v4",
            (true, true, true) => c"x86-64-v4-ifma",
        }
    } else if cfg!(all(target_arch = "aarch64", not(pqhybrid_portable))) {
        c"aarch64-neon"
    } else if cfg!(all(target_arch = "wasm32", target_feature = "simd128")) {
        c"wasm-simd128"
    } else {
        c"portable"
    }
}

/// Whether code for AVX2 that runs uses AVX-512 where it helps; the lattice code's Keccak asks the same.
fn has_avx512() -> bool {
    level() >= 3
}

/// Whether it uses, besides, the instructions of AVX-512 that multiply 52 bits by 52.
#[must_use]
pub fn has_ifma() -> bool {
    level() >= 4
}

/// Of a library that holds several levels of code, the number of the one that was chosen, see `tools/trampolines.sh`.
#[cfg(pqhybrid_levels)]
#[allow(unsafe_code)]
fn level() -> u32 {
    use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
    unsafe extern "C" {
        static pqhybrid_level: AtomicU32;
    }
    // SAFETY: the word is there as long as the library is.
    unsafe { pqhybrid_level.load(Relaxed) }
}

/// Elsewhere it is known when it is compiled; more than AVX2 in tests alone.
#[cfg(not(pqhybrid_levels))]
fn level() -> u32 {
    match (cfg!(pqhybrid_avx512), cfg!(pqhybrid_ifma)) {
        (false, _) => 2, // or less
        (true, false) => 3,
        (true, true) => 4,
    }
}

#[cfg(target_arch = "x86_64")]
cpufeatures::new!(cpuid_avx, "avx");

/// Whether the processor and the operating system have AVX: the wider vector registers, which also the C library uses.
#[cfg(target_arch = "x86_64")]
pub fn has_avx() -> bool {
    cpuid_avx::get()
}

/// What CPUID and xgetbv answer about levels, by Intel's manual, volume 2: a register of a leaf, or 0 where that is not there.
#[cfg(all(target_arch = "x86_64", feature = "levels"))]
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct Cpuid {
    pub leaf_1_ecx: u32,
    pub leaf_7_ebx: u32,
    pub extended_1_ecx: u32,
    /// What the system saves of registers; 0 also if it is not to be asked.
    pub xcr0: u64,
}

#[cfg(all(target_arch = "x86_64", feature = "levels"))]
impl Cpuid {
    /// Of the processor at hand.
    #[allow(unsafe_code)]
    pub fn read() -> Self {
        use core::arch::x86_64::{__cpuid, __cpuid_count, _xgetbv};

        /// # Safety
        /// CPUID says that there is xgetbv.
        #[target_feature(enable = "xsave")]
        unsafe fn xcr0() -> u64 {
            // SAFETY: as the caller promises.
            unsafe { _xgetbv(0) }
        }

        #[allow(unused_unsafe)] // newer versions of Rust call CPUID safe
        // SAFETY: every x86-64 has CPUID; a leaf is asked for only if it is there; of xgetbv bit 27 tells.
        unsafe {
            let leaf_1_ecx = __cpuid(1).ecx;
            Cpuid {
                leaf_1_ecx,
                leaf_7_ebx: if __cpuid(0).eax >= 7 { __cpuid_count(7, 0).ebx } else { 0 },
                extended_1_ecx: if __cpuid(0x8000_0000).eax >= 0x8000_0001 { __cpuid(0x8000_0001).ecx } else { 0 },
                xcr0: if leaf_1_ecx.wrapping_shr(27) & 1 == 1 { xcr0() } else { 0 },
            }
        }
    }

    /// The number of the highest level whose instructions the processor and the system have, counted from 1, by the x86-64 psABI,
    /// section 3.1.1: x86-64; x86-64-v3, with AVX2, BMI2 and what else came until 2013; x86-64-v4, with AVX-512; and that with
    /// AVX-512 IFMA, which came later.
    pub fn level(&self) -> u32 {
        // SSE3, SSSE3, FMA, CX16, SSE4.1, SSE4.2, MOVBE, POPCNT, OSXSAVE, AVX, F16C; BMI1, AVX2, BMI2; LAHF, LZCNT.
        const V3: Cpuid = Cpuid {
            leaf_1_ecx: bits(&[0, 9, 12, 13, 19, 20, 22, 23, 27, 28, 29]),
            leaf_7_ebx: bits(&[3, 5, 8]),
            extended_1_ecx: bits(&[0, 5]),
            xcr0: 0b110,
        };
        // AVX512F, DQ, CD, BW, VL; the masks, the upper halves of zmm0 to zmm15, zmm16 to zmm31.
        const V4: Cpuid =
            Cpuid { leaf_1_ecx: 0, leaf_7_ebx: bits(&[16, 17, 28, 30, 31]), extended_1_ecx: 0, xcr0: 0b1110_0000 };
        const IFMA: Cpuid = Cpuid { leaf_1_ecx: 0, leaf_7_ebx: bits(&[21]), extended_1_ecx: 0, xcr0: 0 };

        const fn bits(positions: &[u32]) -> u32 {
            match positions {
                [first, rest @ ..] => 1u32.wrapping_shl(*first) | bits(rest),
                [] => 0,
            }
        }
        match (self.has(&V3), self.has(&V4), self.has(&IFMA)) {
            (false, _, _) => 1,
            (true, false, _) => 2,
            (true, true, false) => 3,
            (true, true, true) => 4,
        }
    }

    fn has(&self, wanted: &Cpuid) -> bool {
        self.leaf_1_ecx & wanted.leaf_1_ecx == wanted.leaf_1_ecx
            && self.leaf_7_ebx & wanted.leaf_7_ebx == wanted.leaf_7_ebx
            && self.extended_1_ecx & wanted.extended_1_ecx == wanted.extended_1_ecx
            && self.xcr0 & wanted.xcr0 == wanted.xcr0
    }
}
