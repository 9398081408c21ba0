//! Two lanes in a vector of 128 bits.

use crate::permutation::{Lane, keccak_f};
use crate::sponge::States;
use core::arch::aarch64::*;

cpufeatures::new!(cpuid_sha3, "sha3");

#[derive(Clone, Copy)]
pub(crate) struct X2(uint64x2_t);

#[allow(unsafe_code)]
impl Lane for X2 {
    #[inline(always)]
    fn splat(word: u64) -> Self {
        // SAFETY: every 64-bit Arm that this is compiled for has NEON; so for all here.
        unsafe { X2(vdupq_n_u64(word)) }
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        // SAFETY: see `splat`
        unsafe { X2(veorq_u64(self.0, other.0)) }
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        // SAFETY: see `splat`
        unsafe { X2(vbicq_u64(other.0, self.0)) }
    }

    #[inline(always)]
    fn rotate<const N: u32, const M: u32>(self) -> Self {
        // SAFETY: see `splat`
        unsafe {
            let left = vshlq_u64(self.0, vdupq_n_s64(N.into()));
            let right = vshlq_u64(self.0, vdupq_n_s64(i64::from(M).wrapping_neg()));
            X2(vorrq_u64(left, right))
        }
    }
}

#[allow(unsafe_code)]
impl States<2> for X2 {
    #[inline(always)]
    fn from_words(words: [[u64; 2]; 2]) -> [Self; 2] {
        // SAFETY: both are 16 bytes, any of which are good for either.
        transpose(words.map(|words| unsafe { core::mem::transmute(words) }))
    }

    #[inline(always)]
    fn to_words(lanes: [Self; 2]) -> [[u64; 2]; 2] {
        // SAFETY: both are 16 bytes, any of which are good for either.
        transpose(lanes).map(|lane| unsafe { core::mem::transmute(lane.0) })
    }

    #[inline(always)]
    fn permute(state: &mut [Self; 25]) {
        if cpuid_sha3::get() {
            // SAFETY: it has just been asked.
            unsafe { permute_sha3(state) }
        } else {
            permute_neon(state);
        }
    }
}

/// Makes rows of columns.
#[allow(unsafe_code)]
#[inline(always)]
fn transpose([a, b]: [X2; 2]) -> [X2; 2] {
    // SAFETY: see `splat`
    unsafe { [X2(vzip1q_u64(a.0, b.0)), X2(vzip2q_u64(a.0, b.0))] }
}

#[inline(never)]
fn permute_neon(state: &mut [X2; 25]) {
    keccak_f(state);
}

/// # Safety
/// The processor has the SHA-3 instructions.
#[allow(unsafe_code)]
#[target_feature(enable = "sha3")]
#[inline(never)]
unsafe fn permute_sha3(state: &mut [X2; 25]) {
    keccak_f(state);
}
