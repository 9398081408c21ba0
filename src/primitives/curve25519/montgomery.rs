//! X25519 by Montgomery's ladder (RFC 7748 section 5).

use super::field::Element;
use super::{kernel, points};
use crate::memory::{Zeroize, Zeroizing};

/// What a step of the ladder works on. It keeps sums and differences of its two points' coordinates, not the
/// coordinates: a = z2 + x2, b = z2 - x2, c = z3 + x3, d = z3 - x3. (With b and d of the opposite sign than in RFC
/// 7748 nothing changes.) Those of two characters but x1, and s, m, e and q, are for what comes between; on 64-bit
/// Arm the compiler has room for that, and they are not used.
///
/// The order of the fields, like that of the steps in `points`, is the fastest of those that were tried on a Zen 5;
/// it matters there by some 3 %.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
pub struct Ladder {
    pub x1: Element,
    pub a: Element,
    pub x3: Element,
    pub d: Element,
    pub x2: Element,
    pub e: Element,
    pub b: Element,
    pub s: Element,
    pub bb: Element,
    pub da: Element,
    pub ac: Element,
    pub q: Element,
    pub aa: Element,
    pub c: Element,
    pub mm: Element,
    pub m: Element,
    pub bd: Element,
}

impl Ladder {
    /// The point with this u-coordinate, (u : 1), twice.
    #[must_use]
    pub fn new(x1: Element) -> Self {
        let one = Element::ONE;
        let zero = Element::ZERO;
        let (sum, difference) = (one.plus(&x1), one.minus(&x1));
        Ladder {
            a: sum,
            b: difference,
            c: sum,
            d: difference,
            x1,
            x2: zero,
            x3: zero,
            ac: zero,
            bd: zero,
            da: zero,
            s: zero,
            m: zero,
            aa: zero,
            bb: zero,
            mm: zero,
            e: zero,
            q: zero,
        }
    }
}

impl Zeroize for Ladder {
    fn zeroize(&mut self) {
        let Ladder { a, b, c, d, x1, x2, x3, ac, bd, da, s, m, aa, bb, mm, e, q } = self;
        for element in [a, b, c, d, x1, x2, x3, ac, bd, da, s, m, aa, bb, mm, e, q] {
            element.zeroize();
        }
    }
}

/// Writes X25519(scalar, point), zero for a point of small order. The scalar is clamped here.
pub fn x25519(out: &mut [u8; 32], scalar: &[u8; 32], point: &[u8; 32]) {
    let clamped = Zeroizing::new(clamp(scalar));
    let x1 = Element::from_bytes(point);
    let (mut x2, mut z2) = (Zeroizing::new(Element::ZERO), Zeroizing::new(Element::ZERO));
    #[cfg(target_arch = "x86_64")]
    let done = super::ifma::ladder::ladder(&mut x2, &mut z2, &clamped, &x1);
    #[cfg(not(target_arch = "x86_64"))]
    let done = false;
    if !done {
        ladder(&mut x2, &mut z2, &clamped, x1);
    }
    *out = Zeroizing::new(x2.times(&Zeroizing::new(z2.inverted()))).to_bytes();
}

/// Puts the multiple of the point with u-coordinate `x1` into `x2` and `z2`, as a quotient. The scalar is clamped already.
fn ladder(x2: &mut Element, z2: &mut Element, clamped: &[u8; 32], x1: Element) {
    let mut l = Zeroizing::new(Ladder::new(x1));
    // Bit 254 is one: after it the first point is once the point, the second twice. They have changed places.
    points::ladder_double(&mut l);
    let mut swapped = 1;
    for position in (3..254).rev() {
        let bit = u64::from(clamped.get(position >> 3).map_or(0, |byte| byte >> (position & 7) & 1));
        points::ladder_step(&mut l, 0u64.wrapping_sub(swapped ^ bit));
        swapped = bit;
    }
    // Bits 2, 1 and 0 are zero: they double the first point.
    l.a = kernel::select(&l.a, &l.c, swapped);
    l.b = kernel::select(&l.b, &l.d, swapped);
    for _ in 0..3 {
        points::ladder_double(&mut l);
    }
    // a - b = 2 x2, a + b = 2 z2.
    *x2 = l.a.minus(&l.b);
    *z2 = l.a.plus(&l.b);
}

/// The scalar of RFC 7748: a multiple of 8 between 2^254 and 2^255.
#[must_use]
pub fn clamp(scalar: &[u8; 32]) -> [u8; 32] {
    let mut clamped = *scalar;
    let [first, .., last] = &mut clamped;
    *first &= 248;
    *last = *last & 127 | 64;
    clamped
}
