//! The base point's multiples, by the comb of `edwards`: entries are added two at a time, those of even combs to one point and those
//! of odd combs to another, and the two points in the end.
//!
//! The lanes are (y, x, z, t) of both points, in extended coordinates; the formulas are those of Hisil, Wong, Carter and Dawson
//! (2008) for a = -1, complete, with the entries of the table halved as `edwards::Affine` says.
#![allow(unsafe_code)]

use super::field::{
    Eight, LIMB, Vectors, carried, choose, load, map, negative_offsets, permuted, products, store,
    sums_and_differences, vector, zip,
};
use super::table::{LIMBS, Limbs};
use crate::memory::{Zeroize, Zeroizing};
use crate::primitives::cpu;
use crate::primitives::curve25519::constant;
use crate::primitives::curve25519::edwards::{self, HALF, Point};
use crate::primitives::curve25519::field::Element;
use crate::primitives::curve25519::table::{COMBS, SPACING};
use core::arch::x86_64::*;

/// Which entry of a comb, and all ones if it is to be taken negative.
#[derive(Clone, Copy)]
struct Digit {
    index: u64,
    negative: u64,
}

impl Zeroize for Digit {
    fn zeroize(&mut self) {
        let Digit { index, negative } = self;
        index.zeroize();
        negative.zeroize();
    }
}

/// Puts the sum of what `windows` says of each comb into `point`. False, and nothing done, if this processor has no IFMA.
#[must_use]
pub fn base_times(point: &mut Point, windows: &[u32; COMBS]) -> bool {
    if !cpu::has_ifma() {
        return false;
    }
    let (zero, one) = (Element::ZERO, Element::ONE);
    // Two neutral elements.
    let mut points = Zeroizing::new(Eight::new([one, zero, one, zero, one, zero, one, zero]));
    let mut others = points.clone();
    let mut digits = Zeroizing::new([Digit { index: 0, negative: 0 }; 2]);
    for place in (0..SPACING).rev() {
        if place != SPACING.wrapping_sub(1) {
            // SAFETY: it has been asked.
            unsafe { double_ifma(&mut points) };
        }
        for (combs, windows) in LIMBS.iter().zip(windows.chunks(2)) {
            // The last comb is paired with neutral elements, of which any will do.
            for (digit, window) in digits.iter_mut().zip(windows) {
                let (index, negative) = edwards::digits(window >> place);
                *digit = Digit { index: index.into(), negative };
            }
            // SAFETY: it has been asked.
            unsafe {
                entries_ifma(&mut others, combs, &digits);
                add_ifma(&mut points, &others);
            }
        }
    }
    // SAFETY: it has been asked.
    unsafe {
        second_ifma(&mut others, &points);
        add_ifma(&mut points, &others);
        carry_ifma(&mut points);
    }
    let mut unused = Zeroizing::new([zero; 4]);
    let [e, f, g, h] = &mut *unused;
    points.to_elements([&mut point.y, &mut point.x, &mut point.z, &mut point.t, e, f, g, h]);
    true
}

/// Of an entry of each comb what is added: limbs below 2^52. What is looked up stays in vectors, and all of its comb is read.
///
/// # Safety
/// The processor has AVX-512 IFMA, and the system keeps the registers.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline(never)]
unsafe fn entries_ifma(out: &mut Eight, [Limbs(low), Limbs(high)]: &[Limbs; 2], [first, second]: &[Digit; 2]) {
    let all = u64::MAX;
    let everywhere = |word: &u64| _mm512_set1_epi64(word.cast_signed());
    let second_half = vector([0, 0, 0, 0, all, all, all, all]);
    let negative = choose(second_half, everywhere(&second.negative), everywhere(&first.negative));
    // A negative entry has sum and difference exchanged, and the third element negative.
    let exchanged = _mm512_xor_si512(negative, vector([0, all, 0, 0, 0, all, 0, 0]));
    let (z, t) = (vector([0, 0, all, 0, 0, 0, all, 0]), vector([0, 0, 0, all, 0, 0, 0, all]));
    let negative = _mm512_and_si512(negative, t);

    let (low_index, high_index) = (everywhere(&first.index), everywhere(&second.index));
    let limb = |low: &[[[u64; 8]; 2]; 3], high: &[[[u64; 8]; 2]; 3], one: u64, offset: u64| {
        let found = |[low, more_low]: [[u64; 8]; 2], [high, more_high]: [[u64; 8]; 2]| {
            let low = _mm512_permutex2var_epi64(vector(low), low_index, vector(more_low));
            choose(second_half, _mm512_permutex2var_epi64(vector(high), high_index, vector(more_high)), low)
        };
        let ([low_sum, low_difference, low_third], [high_sum, high_difference, high_third]) = (*low, *high);
        let (sum, difference) = (found(low_sum, high_sum), found(low_difference, high_difference));
        let entry = choose(t, found(low_third, high_third), choose(exchanged, difference, sum));
        let entry = choose(z, vector([one; 8]), entry);
        // Minus x is 2 p - x: the complement, and one more than 2 p.
        _mm512_add_epi64(_mm512_xor_si512(entry, negative), _mm512_and_si512(vector([offset; 8]), negative))
    };
    let ([a0, a1, a2, a3, a4], [b0, b1, b2, b3, b4]) = (low, high);
    let offset = 2 * LIMB + 1;
    *out = store(Vectors([
        limb(a0, b0, 1, offset - 36),
        limb(a1, b1, 0, offset),
        limb(a2, b2, 0, offset),
        limb(a3, b3, 0, offset),
        limb(a4, b4, 0, offset),
    ]));
}

/// Of the second point what is added to the first: limbs below 2^52.
///
/// # Safety
/// The processor has AVX-512 IFMA, and the system keeps the registers.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline(never)]
unsafe fn second_ifma(out: &mut Eight, points: &Eight) {
    const FACTORS: Eight = {
        let minus_d = Element(constant::canonical(constant::sub([0; 4], constant::D)));
        let any = Element::ZERO; // the second point becomes one that nobody uses
        Eight::new([HALF, HALF, Element::ONE, minus_d, any, any, any, any])
    };
    let second = permuted(prepared(load(points)), vector([4, 5, 6, 7, 4, 5, 6, 7]));
    *out = store(carried(products(second, load(&FACTORS))));
}

/// The points plus (y + x, y - x, z, -d t) of other points, where the first two and the last are halved: limbs below
/// 2^61 - 19 * 2^10 in and out, those of `others` below 2^52.
///
/// # Safety
/// The processor has AVX-512 IFMA, and the system keeps the registers.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline(never)]
unsafe fn add_ifma(points: &mut Eight, others: &Eight) {
    // b, a, d, -c; and b + a, b - a, d - c, d + c, which are h, e, f, g.
    let summands = products(prepared(load(points)), load(others));
    *points = store(finished(sums_and_differences(summands)));
}

/// Twice the points: limbs below 2^61 - 19 * 2^10 in and out.
///
/// # Safety
/// The processor has AVX-512 IFMA, and the system keeps the registers.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline(never)]
unsafe fn double_ifma(points: &mut Eight) {
    let all = load(points);
    // y, x, z, y + x, the last of lane 0; and their squares b, a, c, s.
    let fourth = vector([0, 0, 0, u64::MAX, 0, 0, 0, u64::MAX]);
    let roots = carried(zip(all, sums_and_differences(all), |point, ends| {
        choose(fourth, _mm512_permutex_epi64::<0b00_00_00_00>(ends), point)
    }));
    *points = store(finished(doubling_sums(products(roots, roots))));
}

/// h, e, f, g = a + b, a + b - s, a - b + 2 c, a - b, of b, a, c, s: limbs below 2^61 - 19 * 2^10 in, below 2^64 out.
///
/// Lane by lane: a, then b or -b, then 0, -s, 2 c or 0.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn doubling_sums(squares: Vectors) -> Vectors {
    let all = u64::MAX;
    let b_negative = vector([0, 0, all, all, 0, 0, all, all]);
    let s_negative = vector([0, all, 0, 0, 0, all, 0, 0]);
    let c_lane = vector([0, 0, all, 0, 0, 0, all, 0]);
    let one_negative = vector([0, all, all, all, 0, all, all, all]);
    zip(squares, negative_offsets(), |square, offset| {
        let a = _mm512_permutex_epi64::<0b01_01_01_01>(square);
        let b = _mm512_permutex_epi64::<0b00_00_00_00>(square);
        let last = _mm512_permutex_epi64::<0b10_10_11_10>(square); // c, s, c, c
        let c = _mm512_and_si512(last, c_lane);
        let s = _mm512_andnot_si512(last, s_negative);
        let a_and_b = _mm512_add_epi64(a, _mm512_xor_si512(b, b_negative));
        let c_or_s = _mm512_add_epi64(_mm512_add_epi64(c, c), s);
        _mm512_add_epi64(_mm512_add_epi64(a_and_b, c_or_s), _mm512_and_si512(offset, one_negative))
    })
}

/// y + x, y - x, z, t: limbs below 2^61 - 19 * 2^10 in, below 2^52 out.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn prepared(points: Vectors) -> Vectors {
    let first_two = vector([u64::MAX, u64::MAX, 0, 0, u64::MAX, u64::MAX, 0, 0]);
    carried(zip(sums_and_differences(points), points, |ends, point| choose(first_two, ends, point)))
}

/// y, x, z, t = h g, e f, f g, h e, of h, e, f, g: limbs below 2^64 in, below 2^61 - 19 * 2^10 out.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline]
fn finished(sums: Vectors) -> Vectors {
    let sums = carried(sums);
    products(
        map(sums, |limb| _mm512_permutex_epi64::<0b00_10_01_00>(limb)),
        map(sums, |limb| _mm512_permutex_epi64::<0b01_11_10_11>(limb)),
    )
}

/// As `Eight::to_elements` wants it.
///
/// # Safety
/// The processor has AVX-512 IFMA, and the system keeps the registers.
#[target_feature(enable = "avx512f,avx512ifma")]
#[inline(never)]
unsafe fn carry_ifma(points: &mut Eight) {
    *points = store(carried(load(points)));
}
