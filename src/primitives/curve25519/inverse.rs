//! Inversion modulo p by Bernstein's and Yang's divsteps ("Fast constant-time gcd computation and modular inversion",
//! 2019), in the variant that starts with delta = 1/2, for which 590 steps are enough for numbers below 2^256.
//!
//! f and g begin as p and x, and end as 1 or -1 and 0. d and e go through the same linear maps modulo p, except that
//! they are not halved: they begin as 0 and 1, so that d x = 2^590 f in the end. Ten rounds of 59 steps: each finds its
//! linear map from the lowest 64 bits of f and g, in runs of 20, 20 and 19 steps, and applies it to all of f, g, d and
//! e.

use super::field::Element;
use super::kernel;
use crate::memory::Zeroizing;

/// 2^-590 modulo p.
const UNSCALE: Element =
    Element([0xa0f9_9e23_7502_2099, 0xa8c6_8f3f_1d13_2595, 0x6c6c_8938_05ac_5242, 0x2765_08b2_4177_0615]);

/// A linear map [[u, v], [q, r]]; |u| + |v| and |q| + |r| are at most 2 to the number of its steps.
#[derive(Clone, Copy)]
struct Map {
    u: i64,
    v: i64,
    q: i64,
    r: i64,
}

impl Map {
    /// The map of `COUNT` <= 20 steps from here on, which depends on the lowest `COUNT` bits of f and g.
    ///
    /// f and g are packed with their coefficients into a word each: 2^42 V + 2^21 U + value. The value begins as the
    /// lowest 20 bits and stays within 2^20 of zero; U and V begin as -2^20 or 0, are halved as g is, and stay at or
    /// above -2^20 and below 2^20 (of the coefficients of divsteps only the largest positive one is reached, hence the
    /// minus). Rounding up the parts below makes each field a signed number of its own.
    #[inline]
    fn of_steps<const COUNT: usize>(e: &mut i64, f: i64, g: i64) -> Self {
        let low = 0xf_ffff;
        let mut f = (f.cast_unsigned() & low).wrapping_sub(1 << 41);
        let mut g = (g.cast_unsigned() & low).wrapping_sub(1 << 62);
        kernel::divsteps::<COUNT>(e, &mut f, &mut g);
        let idle = 20usize.wrapping_sub(COUNT); // steps not taken: so many times are the coefficients still doubled
        let first = |word: u64| (word.wrapping_add(1 << 20) << 22).cast_signed() >> 43 >> idle;
        let second = |word: u64| word.wrapping_add((1 << 20) | (1 << 41)).cast_signed() >> 42 >> idle;
        Map {
            u: first(f).wrapping_neg(),
            v: second(f).wrapping_neg(),
            q: first(g).wrapping_neg(),
            r: second(g).wrapping_neg(),
        }
    }

    /// The map that is this one after `earlier`.
    #[inline]
    fn after(self, earlier: Self) -> Self {
        let Map { u, v, q, r } = earlier;
        Map {
            u: dot(self.u, u, self.v, q),
            v: dot(self.u, v, self.v, r),
            q: dot(self.q, u, self.r, q),
            r: dot(self.q, v, self.r, r),
        }
    }

    /// The lowest bits of f and g after these 20 steps: so many bits are lost at the top.
    #[inline]
    fn low(self, f: i64, g: i64) -> (i64, i64) {
        (dot(self.u, f, self.v, g) >> 20, dot(self.q, f, self.r, g) >> 20)
    }
}

/// The inverse of `x`, or zero of zero: loose in, tight out.
pub fn invert(x: &Element) -> Element {
    let mut f = Zeroizing::new(Element::P);
    let mut g = Zeroizing::new(x.reduced());
    let mut d = Zeroizing::new(Element::ZERO);
    let mut e = Zeroizing::new(Element::ONE);
    let mut delta = -1; // minus twice
    for _ in 0..10 {
        let (Element([f0, ..]), Element([g0, ..])) = (*f, *g);
        let (f0, g0) = (f0.cast_signed(), g0.cast_signed());
        let first = Map::of_steps::<20>(&mut delta, f0, g0);
        let (f0, g0) = first.low(f0, g0);
        let second = Map::of_steps::<20>(&mut delta, f0, g0);
        let (f0, g0) = second.low(f0, g0);
        let map = Map::of_steps::<19>(&mut delta, f0, g0).after(second.after(first));
        (*f, *g) = (halved(&f, &g, map.u, map.v), halved(&f, &g, map.q, map.r));
        (*d, *e) = (modulo(&d, &e, map.u, map.v), modulo(&d, &e, map.q, map.r));
    }
    let Element([.., sign]) = *f;
    let negative = Zeroizing::new(d.negative());
    Zeroizing::new(kernel::select(&d, &negative, sign >> 63)).times(&UNSCALE)
}

#[inline]
fn dot(a: i64, x: i64, b: i64, y: i64) -> i64 {
    a.wrapping_mul(x).wrapping_add(b.wrapping_mul(y))
}

/// (u f + v g) / 2^59, which is exact, of signed numbers of four limbs: no larger than they, since |u| + |v| <= 2^59.
#[inline]
fn halved(f: &Element, g: &Element, u: i64, v: i64) -> Element {
    let (Element([.., f3]), Element([.., g3])) = (f, g);
    let [t0, t1, t2, t3, t4] = sum(scaled(f, sign(*f3), u), scaled(g, sign(*g3), v), 0);
    Element([t0 >> 59 | t1 << 5, t1 >> 59 | t2 << 5, t2 >> 59 | t3 << 5, t3 >> 59 | t4 << 5])
}

/// u d + v e modulo p: loose in, loose out.
///
/// The sum is at least -2^315 and below 2^315. 2^61 p = 2^316 - 19 2^61 is added, so that it is positive and its part h
/// from bit 255 on below 2^62. 2^255 = 19: what is below bit 255, plus 19 h, is below 2^255 + 2^67.
#[inline]
fn modulo(d: &Element, e: &Element, u: i64, v: i64) -> Element {
    let [t0, t1, t2, t3, t4] = sum(scaled(d, 0, u), scaled(e, 0, v), -19 << 61);
    let high = (t4 << 1 | t3 >> 63).wrapping_add(1 << 61);
    let mut carry = u128::from(high).wrapping_mul(19);
    let mut limbs = [t0, t1, t2, t3 & (u64::MAX >> 1)];
    for limb in &mut limbs {
        carry = carry.wrapping_add(u128::from(*limb));
        *limb = low_half(carry);
        carry >>= 64;
    }
    Element(limbs)
}

/// `k` times `a`, whose limbs above the fourth are all `sign`, in five limbs, signed.
///
/// The product is |k| times a or its negative; the negative is the complement plus one, so that |k| is carried in.
#[inline]
fn scaled(a: &Element, sign_of_a: u64, k: i64) -> [u64; 5] {
    let flip = sign(k.cast_unsigned());
    let size = k.unsigned_abs();
    let mut carry = size & flip;
    let mut limbs = a.0;
    for limb in &mut limbs {
        let t = u128::from(*limb ^ flip).wrapping_mul(u128::from(size)).wrapping_add(u128::from(carry));
        *limb = low_half(t);
        carry = low_half(t >> 64);
    }
    let [l0, l1, l2, l3] = limbs;
    [l0, l1, l2, l3, carry.wrapping_sub(size & (sign_of_a ^ flip))]
}

/// All ones for a limb whose topmost bit is set, else zero.
#[inline]
fn sign(limb: u64) -> u64 {
    (limb.cast_signed() >> 63).cast_unsigned()
}

/// a + b + c, signed.
#[inline]
fn sum(a: [u64; 5], b: [u64; 5], c: i128) -> [u64; 5] {
    let mut total = [0; 5];
    let mut carry = c;
    for ((t, a), b) in total.iter_mut().zip(a).zip(b) {
        carry = carry.wrapping_add(i128::from(a)).wrapping_add(i128::from(b));
        *t = low_half(carry.cast_unsigned());
        carry >>= 64;
    }
    total
}

/// The lowest 64 bits.
#[inline]
#[allow(clippy::cast_possible_truncation)]
pub(super) fn low_half(value: u128) -> u64 {
    value as u64
}
