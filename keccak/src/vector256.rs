//! Four lanes in a vector of 256 bits.

use crate::permutation::{Lane, keccak_f};
use crate::sponge::States;
use core::arch::x86_64::*;

#[derive(Clone, Copy)]
pub(crate) struct X4(__m256i);

#[allow(unsafe_code)]
impl Lane for X4 {
    #[inline(always)]
    fn splat(word: u64) -> Self {
        // SAFETY: the functions of `avx2` are called only by code for processors with AVX2, and so are all here.
        unsafe { X4(_mm256_set1_epi64x(word.cast_signed())) }
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        // SAFETY: see `splat`
        unsafe { X4(_mm256_xor_si256(self.0, other.0)) }
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        // SAFETY: see `splat`
        unsafe { X4(_mm256_andnot_si256(self.0, other.0)) }
    }

    #[inline(always)]
    fn rotate<const N: u32, const M: u32>(self) -> Self {
        // SAFETY: see `splat`
        unsafe {
            let left = _mm256_sllv_epi64(self.0, _mm256_set1_epi64x(N.into()));
            let right = _mm256_srlv_epi64(self.0, _mm256_set1_epi64x(M.into()));
            X4(_mm256_or_si256(left, right))
        }
    }
}

#[allow(unsafe_code)]
impl States<4> for X4 {
    #[inline(always)]
    fn from_words(words: [[u64; 4]; 4]) -> [Self; 4] {
        // SAFETY: both are 32 bytes, any of which are good for either.
        transpose(words.map(|words| unsafe { core::mem::transmute(words) }))
    }

    #[inline(always)]
    fn to_words(lanes: [Self; 4]) -> [[u64; 4]; 4] {
        // SAFETY: both are 32 bytes, any of which are good for either.
        transpose(lanes).map(|lane| unsafe { core::mem::transmute(lane.0) })
    }

    #[inline(always)]
    fn permute(state: &mut [Self; 25]) {
        if has_avx512() {
            // SAFETY: it has just been asked.
            unsafe { permute_avx512(state) }
        } else {
            permute_avx2(state);
        }
    }
}

/// Makes rows of columns.
#[allow(unsafe_code)]
#[inline(always)]
fn transpose([a, b, c, d]: [X4; 4]) -> [X4; 4] {
    // SAFETY: see `splat`
    unsafe {
        let (a0b0, a1b1) = (_mm256_unpacklo_epi64(a.0, b.0), _mm256_unpackhi_epi64(a.0, b.0));
        let (c0d0, c1d1) = (_mm256_unpacklo_epi64(c.0, d.0), _mm256_unpackhi_epi64(c.0, d.0));
        [
            X4(_mm256_permute2x128_si256::<0x20>(a0b0, c0d0)),
            X4(_mm256_permute2x128_si256::<0x20>(a1b1, c1d1)),
            X4(_mm256_permute2x128_si256::<0x31>(a0b0, c0d0)),
            X4(_mm256_permute2x128_si256::<0x31>(a1b1, c1d1)),
        ]
    }
}

#[inline(never)]
fn permute_avx2(state: &mut [X4; 25]) {
    // A vector that has to lie in memory: so the compiler aligns the stack, and what it spills does not cross cache lines.
    core::hint::black_box(&X4::splat(0));
    keccak_f(state);
}

/// # Safety
/// The processor has AVX-512 with its instructions for vectors of 256 bits, and the system keeps the registers.
#[allow(unsafe_code)]
#[target_feature(enable = "avx512f,avx512vl")]
#[inline(never)]
unsafe fn permute_avx512(state: &mut [X4; 25]) {
    keccak_f(state);
}

/// Of a library that holds several levels of code, the one that runs says so, see `tools/trampolines.sh`.
#[cfg(pqhybrid_levels)]
#[allow(unsafe_code)]
#[inline(always)]
fn has_avx512() -> bool {
    use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
    unsafe extern "C" {
        static pqhybrid_level: AtomicU32;
    }
    // SAFETY: the word is there as long as the library is.
    unsafe { pqhybrid_level.load(Relaxed) >= 3 }
}

/// Elsewhere, for tests, it is known when it is compiled.
#[cfg(not(pqhybrid_levels))]
#[inline(always)]
fn has_avx512() -> bool {
    cfg!(pqhybrid_avx512)
}
