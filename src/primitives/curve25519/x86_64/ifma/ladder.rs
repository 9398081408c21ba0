//! X25519's ladder (RFC 7748 section 5).
//!
//! A step has three multiplications that wait for each other, the third being that by x1, the difference of the two points. For
//! two to be enough, the point that was added last, U, is also there times x1, as U'. With V, the one that was doubled, the lanes
//! are
//!
//!     V = (x2, z2), U = (x3, z3), U' = (x1 x3, x1 z3), and two that nobody uses.
//!
//! W, which is to be doubled next, is U or V. Where a = x + z and b = x - z of each, a step is
//!
//!     aa, bb, p, q, p', q' = Wa Wa, Wb Wb, Ua Vb, Ub Va, U'a Vb, U'b Va
//!     e, s, m, s', m' = aa - bb, p + q, p - q, p' + q', p' - q'
//!     V, U, U' = (aa bb, e (bb + 121666 e)), (s s, m m'), (s' s, m' m')
//!
//! with m' = x1 m. The sign of m is the other one than RFC 7748's where W is V, which its square does not tell.
#![allow(unsafe_code)]

use super::field::{
    Eight, Vectors, carried, choose, load, map, permuted, plus_2, products, store, sums_and_differences, vector, zip,
};
use crate::memory::Zeroizing;
use crate::primitives::cpu;
use crate::primitives::curve25519::field::Element;
use core::arch::x86_64::*;

/// Puts the multiple of the point with u-coordinate `x1` into `x2` and `z2`, as a quotient. False, and nothing done, if this
/// processor has no IFMA. The scalar is clamped already.
#[must_use]
pub fn ladder(x2: &mut Element, z2: &mut Element, scalar: &[u8; 32], x1: &Element) -> bool {
    if !cpu::has_ifma() {
        return false;
    }
    let (zero, one) = (Element::ZERO, Element::ONE);
    // V is the neutral element, U is the point, U' still lacks x1 x1.
    let mut points = Zeroizing::new(Eight::new([one, zero, *x1, one, zero, *x1, zero, zero]));
    // Bit i + 1 tells whether bits i and i + 1 of the scalar differ: then V and U change places before bit i is done.
    let Element([w0, w1, w2, w3]) = *Zeroizing::new(Element::from_bytes(scalar));
    let flips = [w0 ^ w0 << 1, w1 ^ (w1 << 1 | w0 >> 63), w2 ^ (w2 << 1 | w1 >> 63), w3 ^ (w3 << 1 | w2 >> 63)];
    let flips = Zeroizing::new(flips);
    // SAFETY: it has been asked.
    unsafe { ladder_ifma(&mut points, &flips) };
    let mut others = Zeroizing::new([zero; 6]);
    let [c, d, e, f, g, h] = &mut *others;
    points.to_elements([x2, z2, c, d, e, f, g, h]);
    true
}

/// From the points as they are before the first bit to those after the last, carried.
///
/// # Safety
/// The processor has AVX-512 IFMA, and the system keeps the registers.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline(never)]
unsafe fn ladder_ifma(points: &mut Eight, flips: &[u64; 4]) {
    let mut all = load(points);
    let squares = carried(products(all, all));
    let fifth = vector([0, 0, 0, 0, u64::MAX, 0, 0, 0]);
    all = zip(all, permuted(squares, vector([2; 8])), |point, square| choose(fifth, square, point));

    let [v_first, v_second] = [vector([0, 1, 2, 3, 4, 5, 6, 7]), vector([0, 1, 1, 0, 1, 0, 6, 7])];
    let [u_first, u_second] = [vector([2, 3, 2, 3, 4, 5, 6, 7]), vector([2, 3, 1, 0, 1, 0, 6, 7])];
    for (place, word) in flips.iter().enumerate().rev() {
        let mut bits = _mm512_set1_epi64(word.cast_signed());
        // Bit 0 of all has nothing to tell.
        for _ in 0..if place == 0 { 63 } else { 64 } {
            let flip = _mm512_srai_epi64::<63>(bits);
            bits = _mm512_add_epi64(bits, bits);
            all = step(all, choose(flip, u_first, v_first), choose(flip, u_second, v_second));
        }
    }
    *points = store(carried(all));
}

/// `first` and `second` say which of the sums and differences are multiplied.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn step(points: Vectors, first: __m512i, second: __m512i) -> Vectors {
    let ends = carried(sums_and_differences(points));
    let turned = products(permuted(ends, first), permuted(ends, second));
    // aa, bb, p, q, p', q'; and -, e, s, m, s', m'.
    let plain = carried(turned);
    let mixed = carried(sums_and_differences(turned));
    // aa, e, s, m, s', m' and bb, bb + 121666 e, s, m', s, m'
    let (lane_0, lane_1) = (vector([u64::MAX, 0, 0, 0, 0, 0, 0, 0]), vector([0, u64::MAX, 0, 0, 0, 0, 0, 0]));
    let from = vector([1, 1, 10, 13, 10, 13, 6, 7]);
    let others = zip(plain, mixed, |plain, mixed| _mm512_permutex2var_epi64(plain, from, mixed));
    let multiple = carried(plus_multiple(others, mixed));
    products(
        zip(plain, mixed, |plain, mixed| choose(lane_0, plain, mixed)),
        zip(multiple, others, |multiple, other| choose(lane_1, multiple, other)),
    )
}

/// a + 121666 b: limbs below 2^52 in, below 2^54 out.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn plus_multiple(a: Vectors, b: Vectors) -> Vectors {
    let factor = _mm512_set1_epi64(121_666);
    let Vectors([l0, l1, l2, l3, l4]) = zip(a, b, |a, b| _mm512_madd52lo_epu64(a, b, factor));
    let Vectors([h0, h1, h2, h3, h4]) = map(b, |b| _mm512_madd52hi_epu64(_mm512_setzero_si512(), b, factor));
    Vectors([
        _mm512_madd52lo_epu64(l0, h4, _mm512_set1_epi64(38)),
        plus_2(l1, h0),
        plus_2(l2, h1),
        plus_2(l3, h2),
        plus_2(l4, h3),
    ])
}
