//! The elements: five limbs in radix 2^51. A vector has one limb of eight elements, its lanes.
//!
//! A multiplication reads the lowest 52 bits of a limb, so that its operands' limbs have to be below 2^52; those of its results are
//! below 2^61 - 19 * 2^10. Sums and differences of such are below 2^63. Either is carried before it is multiplied.
#![allow(unsafe_code)]

use crate::memory::Zeroize;
use crate::primitives::cpu;
use crate::primitives::curve25519::field::Element;
use core::arch::x86_64::*;

/// Limb by limb, the lowest first, eight elements.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub struct Eight(pub [[u64; 8]; 5]);

impl Zeroize for Eight {
    fn zeroize(&mut self) {
        for limb in &mut self.0 {
            limb.zeroize();
        }
    }
}

impl Eight {
    /// These elements, which may be loose.
    #[must_use]
    pub const fn new(elements: [Element; 8]) -> Self {
        let [a, b, c, d, e, f, g, h] = elements;
        let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (split(a), split(b));
        let ([c0, c1, c2, c3, c4], [d0, d1, d2, d3, d4]) = (split(c), split(d));
        let ([e0, e1, e2, e3, e4], [f0, f1, f2, f3, f4]) = (split(e), split(f));
        let ([g0, g1, g2, g3, g4], [h0, h1, h2, h3, h4]) = (split(g), split(h));
        Eight([
            [a0, b0, c0, d0, e0, f0, g0, h0],
            [a1, b1, c1, d1, e1, f1, g1, h1],
            [a2, b2, c2, d2, e2, f2, g2, h2],
            [a3, b3, c3, d3, e3, f3, g3, h3],
            [a4, b4, c4, d4, e4, f4, g4, h4],
        ])
    }

    /// The elements, loose, of limbs that were carried.
    pub fn to_elements(&self, elements: [&mut Element; 8]) {
        let Eight([l0, l1, l2, l3, l4]) = self;
        for (element, ((((l0, l1), l2), l3), l4)) in elements.into_iter().zip(l0.iter().zip(l1).zip(l2).zip(l3).zip(l4))
        {
            *element = join([*l0, *l1, *l2, *l3, *l4]);
        }
    }

    /// The products of elements whose limbs are below 2^52, as they are carried before the next multiplication. None if this
    /// processor has no IFMA.
    #[must_use]
    pub fn times(&self, other: &Self) -> Option<Self> {
        // SAFETY: it is asked first.
        cpu::has_ifma().then(|| unsafe { times(self, other) })
    }

    /// The sums x + z and differences x - z of each two, of elements whose limbs are below 2^61 - 19 * 2^10, likewise.
    #[must_use]
    pub fn ends(&self) -> Option<Self> {
        // SAFETY: it is asked first.
        cpu::has_ifma().then(|| unsafe { ends(self) })
    }
}

/// # Safety
/// The processor has AVX-512 IFMA, and the system keeps the registers.
#[target_feature(enable = "avx512f,avx512ifma")]
unsafe fn times(a: &Eight, b: &Eight) -> Eight {
    store(carried(products(load(a), load(b))))
}

/// # Safety
/// The processor has AVX-512 IFMA, and the system keeps the registers.
#[target_feature(enable = "avx512f,avx512ifma")]
unsafe fn ends(a: &Eight) -> Eight {
    store(carried(sums_and_differences(load(a))))
}

/// Limbs below 2^51, the highest below 2^52.
pub(super) const fn split(Element([w0, w1, w2, w3]): Element) -> [u64; 5] {
    [w0 & LIMB, (w0 >> 51 | w1 << 13) & LIMB, (w1 >> 38 | w2 << 26) & LIMB, (w2 >> 25 | w3 << 39) & LIMB, w3 >> 12]
}

/// Of limbs that were carried: the highest is below 2^51 + 2^13, so that nothing is lost.
fn join([l0, l1, l2, l3, l4]: [u64; 5]) -> Element {
    let low = |sum: u128| (sum & u128::from(u64::MAX)) as u64;
    let s0 = u128::from(l0).wrapping_add(u128::from(l1) << 51);
    let s1 = (s0 >> 64).wrapping_add(u128::from(l2) << 38);
    let s2 = (s1 >> 64).wrapping_add(u128::from(l3) << 25);
    let s3 = (s2 >> 64).wrapping_add(u128::from(l4) << 12);
    Element([low(s0), low(s1), low(s2), low(s3)])
}

/// All bits of a limb.
pub const LIMB: u64 = (1 << 51) - 1;

/// A vector for each limb.
#[derive(Clone, Copy)]
pub(super) struct Vectors(pub [__m512i; 5]);

/// The products: limbs below 2^52 in, below 2^61 - 19 * 2^10 out.
///
/// Column k, of weight 2^(51 k), gets the lower halves of a_i b_j with i + j = k, below 2^52 each, and twice the upper halves of
/// those with i + j = k - 1. The most are five and four times two, or four and five times two: below 14 * 2^52. Column k + 5 counts
/// 19 times in column k: below (14 + 19 * 14) * 2^52.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn products(a: Vectors, b: Vectors) -> Vectors {
    let mut low = [_mm512_setzero_si512(); 9];
    let mut high = low;
    // The upper columns first, as they have a longer way to go.
    for (j, b) in b.0.iter().enumerate().rev() {
        let (low, high) = (low.iter_mut().skip(j), high.iter_mut().skip(j));
        for ((a, low), high) in a.0.iter().zip(low).zip(high).rev() {
            *low = _mm512_madd52lo_epu64(*low, *a, *b);
            *high = _mm512_madd52hi_epu64(*high, *a, *b);
        }
    }
    let [l0, l1, l2, l3, l4, l5, l6, l7, l8] = low;
    let [h0, h1, h2, h3, h4, h5, h6, h7, h8] = high;
    let zero = _mm512_setzero_si512();
    Vectors([
        plus_19(l0, plus_2(l5, h4)),
        plus_19(plus_2(l1, h0), plus_2(l6, h5)),
        plus_19(plus_2(l2, h1), plus_2(l7, h6)),
        plus_19(plus_2(l3, h2), plus_2(l8, h7)),
        plus_19(plus_2(l4, h3), plus_2(zero, h8)),
    ])
}

/// a + 2 b
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn plus_2(a: __m512i, b: __m512i) -> __m512i {
    _mm512_add_epi64(a, _mm512_add_epi64(b, b))
}

/// a + 19 b, where b is below 2^60.
///
/// By rotations: of shifts the compiler would make multiplications, which take longer.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn plus_19(a: __m512i, b: __m512i) -> __m512i {
    let (twice, times_16) = (_mm512_rol_epi64::<1>(b), _mm512_rol_epi64::<4>(b));
    _mm512_add_epi64(_mm512_add_epi64(a, b), _mm512_add_epi64(twice, times_16))
}

/// One pass of carrying: limbs of 64 bits in; the lowest below 2^51 + 19 * 2^13 out, the others below 2^51 + 2^13.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn carried(a: Vectors) -> Vectors {
    let ones = _mm512_set1_epi64(LIMB.cast_signed());
    let Vectors([l0, l1, l2, l3, l4]) = map(a, |limb| _mm512_and_si512(limb, ones));
    let Vectors([c0, c1, c2, c3, c4]) = map(a, |limb| _mm512_srli_epi64::<51>(limb));
    Vectors([
        _mm512_madd52lo_epu64(l0, c4, _mm512_set1_epi64(19)),
        _mm512_add_epi64(l1, c0),
        _mm512_add_epi64(l2, c1),
        _mm512_add_epi64(l3, c2),
        _mm512_add_epi64(l4, c3),
    ])
}

/// x + z and x - z in place of each x and z: limbs below 2^61 - 19 * 2^10 in, below 2^63 out.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn sums_and_differences(a: Vectors) -> Vectors {
    let odd = vector([0, u64::MAX, 0, u64::MAX, 0, u64::MAX, 0, u64::MAX]);
    zip(a, negative_offsets(), |limb, offset| {
        let exchanged = _mm512_add_epi64(_mm512_shuffle_epi32::<0b01_00_11_10>(limb), _mm512_and_si512(offset, odd));
        _mm512_add_epi64(exchanged, _mm512_xor_si512(limb, odd))
    })
}

/// What makes -x of the complement of x, which is -x - 1: 2^10 p and 1. So x may be as large as 2^10 p, limb by limb.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn negative_offsets() -> Vectors {
    let other = vector([(LIMB << 10) + 1; 8]);
    Vectors([vector([((LIMB - 18) << 10) + 1; 8]), other, other, other, other])
}

/// Of each lane the element that `from` names.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn permuted(a: Vectors, from: __m512i) -> Vectors {
    map(a, |limb| _mm512_permutexvar_epi64(from, limb))
}

/// Where the bits of `condition` are set `yes`, else `no`.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn choose(condition: __m512i, yes: __m512i, no: __m512i) -> __m512i {
    _mm512_ternarylogic_epi64::<0b1100_1010>(condition, yes, no)
}

#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn vector(lanes: [u64; 8]) -> __m512i {
    // SAFETY: both are 64 bytes, any of which are good for either.
    unsafe { core::mem::transmute(lanes) }
}

#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn load(lanes: &Eight) -> Vectors {
    let [l0, l1, l2, l3, l4] = lanes.0;
    Vectors([vector(l0), vector(l1), vector(l2), vector(l3), vector(l4)])
}

#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
pub(super) fn store(vectors: Vectors) -> Eight {
    // SAFETY: both are 320 bytes, any of which are good for either.
    unsafe { core::mem::transmute(vectors) }
}

#[inline(always)]
pub(super) fn map(Vectors([a0, a1, a2, a3, a4]): Vectors, f: impl Fn(__m512i) -> __m512i) -> Vectors {
    Vectors([f(a0), f(a1), f(a2), f(a3), f(a4)])
}

#[inline(always)]
pub(super) fn zip(a: Vectors, b: Vectors, f: impl Fn(__m512i, __m512i) -> __m512i) -> Vectors {
    let Vectors([a0, a1, a2, a3, a4]) = a;
    let Vectors([b0, b1, b2, b3, b4]) = b;
    Vectors([f(a0, b0), f(a1, b1), f(a2, b2), f(a3, b3), f(a4, b4)])
}
