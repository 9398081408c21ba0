//! The curve -x^2 + y^2 = 1 + d x^2 y^2 of Ed25519, in extended coordinates (Hisil, Wong, Carter and Dawson, 2008): x =
//! X/Z, y = Y/Z, xy = T/Z. Addition is complete: it holds for all points.

use super::field::Element;
use super::table::{self, COMBS, ENTRIES, SPACING};
use super::{kernel, points};
use crate::memory::{Zeroize, Zeroizing};

/// A point, and room for what it is computed from.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Point {
    pub x: Element,
    pub y: Element,
    pub z: Element,
    pub t: Element,
    pub room: [Element; 7],
}

impl Zeroize for Point {
    fn zeroize(&mut self) {
        let Point { x, y, z, t, room } = self;
        for element in [x, y, z, t].into_iter().chain(room) {
            element.zeroize();
        }
    }
}

/// A point of a fixed table. Half the sum and half the difference: so its Z, 1, need not be doubled when it is added.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Affine {
    pub y_plus_x: Element,
    pub y_minus_x: Element,
    pub minus_dxy: Element,
}

impl Affine {
    pub(super) const IDENTITY: Self = Affine { y_plus_x: HALF, y_minus_x: HALF, minus_dxy: Element::ZERO };
}

impl Zeroize for Affine {
    fn zeroize(&mut self) {
        let Affine { y_plus_x, y_minus_x, minus_dxy } = self;
        for element in [y_plus_x, y_minus_x, minus_dxy] {
            element.zeroize();
        }
    }
}

/// (p + 1)/2
pub(super) const HALF: Element = Element([0u64.wrapping_sub(9), u64::MAX, u64::MAX, u64::MAX >> 2]);

/// The order of the base point: 2^252 + 27742317777372353535851937790883648493.
const ORDER: [u64; 4] = [0x5812_631a_5cf5_d3ed, 0x14de_f9de_a2f7_9cd6, 0, 1 << 60];

impl Point {
    /// (0, 1)
    #[must_use]
    pub const fn identity() -> Self {
        Point { x: Element::ZERO, y: Element::ONE, z: Element::ONE, t: Element::ZERO, room: [Element::ZERO; 7] }
    }

    /// RFC 8032's encoding: y, and the lowest bit of x.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 32] {
        let z = Zeroizing::new(self.z.inverted());
        let x = Zeroizing::new(Zeroizing::new(self.x.times(&z)).reduced());
        let mut bytes = Zeroizing::new(self.y.times(&z)).to_bytes();
        let Element([low, ..]) = *x;
        let [.., last] = &mut bytes;
        *last |= u8::from(low & 1 == 1) << 7;
        bytes
    }

    /// The u-coordinate of the point of the Montgomery curve that it is the image of: (Z + Y) / (Z - Y).
    #[must_use]
    pub fn to_montgomery(&self) -> [u8; 32] {
        let above = Zeroizing::new(self.z.plus(&self.y));
        let below = Zeroizing::new(Zeroizing::new(self.z.minus(&self.y)).inverted());
        Zeroizing::new(above.times(&below)).to_bytes()
    }

    /// The base point times a clamped scalar, of RFC 7748 or RFC 8032: 2^254 or more, below 2^255, and even. Loose.
    #[must_use]
    pub fn base_times_clamped(scalar: &[u8; 32]) -> Zeroizing<Self> {
        let k = Zeroizing::new(Element::from_bytes(scalar));
        // Odd, by less than it: so positive, and below 2^255.
        let [o0, o1, o2, o3] = ORDER;
        let minus = Element([!o0, !o1, !o2, !o3]);
        base_times_odd(&Zeroizing::new(add(&k, &minus, 1)))
    }

    /// The base point times a scalar below its order. Loose.
    #[must_use]
    pub fn base_times(scalar: &[u8; 32]) -> Zeroizing<Self> {
        let k = Zeroizing::new(Element::from_bytes(scalar));
        let Element([low, ..]) = *k;
        let sum = Zeroizing::new(add(&k, &Element(ORDER), 0));
        base_times_odd(&Zeroizing::new(kernel::select(&sum, &k, low & 1)))
    }
}

/// a + b + carry, without the carry out.
fn add(a: &Element, b: &Element, carry: u64) -> Element {
    let mut sum = Element::ZERO;
    let mut carry = u128::from(carry);
    for ((s, a), b) in sum.0.iter_mut().zip(a.0).zip(b.0) {
        carry = carry.wrapping_add(u128::from(a)).wrapping_add(u128::from(b));
        *s = super::inverse::low_half(carry);
        carry >>= 64;
    }
    sum
}

/// The base point times an odd k below 2^255.
///
/// k is written with 255 digits of 1 and -1: where bit i of (k + 2^255 - 1) / 2 is set, digit i is 1. The digits of
/// place j, j + SPACING, j + 2 SPACING and so on are looked up together, TEETH in a comb; then all is doubled, for the
/// next lower j.
fn base_times_odd(k: &Element) -> Zeroizing<Point> {
    let Element([mut k0, mut k1, mut k2, mut k3]) = *k;
    k0 = k0 >> 1 | k1 << 63;
    k1 = k1 >> 1 | k2 << 63;
    k2 = k2 >> 1 | k3 << 63;
    k3 = k3 >> 1 | 1 << 62;
    let mut windows = Zeroizing::new([0u32; COMBS]); // the 15 bits of each comb
    for window in windows.iter_mut() {
        *window = (k0 & 0x7fff) as u32;
        k0 = k0 >> 15 | k1 << 49;
        k1 = k1 >> 15 | k2 << 49;
        k2 = k2 >> 15 | k3 << 49;
        k3 >>= 15;
    }
    let mut point = Zeroizing::new(Point::identity());
    #[cfg(target_arch = "x86_64")]
    if super::ifma::comb::base_times(&mut point, &windows) {
        return point;
    }
    let mut entry = Zeroizing::new(Affine::IDENTITY);
    for place in (0..SPACING).rev() {
        if place != SPACING.wrapping_sub(1) {
            points::double(&mut point);
            points::complete(&mut point);
        }
        for (comb, window) in table::COMB.iter().zip(windows.iter()) {
            let (index, minus) = digits(window >> place);
            look_up(&mut entry, comb, index, minus);
            points::add_affine(&mut point, &entry);
            points::complete(&mut point);
        }
    }
    point
}

/// The entry that bits stand for which are SPACING apart, and all ones if it is to be taken negative, as the topmost says.
pub(super) fn digits(bits: u32) -> (u32, u64) {
    let index = bits & 1 | bits >> 2 & 2 | bits >> 4 & 4 | bits >> 6 & 8;
    let minus = (bits >> 12 & 1).wrapping_sub(1);
    ((index ^ minus) & 15, u64::from(minus) | u64::from(minus) << 32)
}

/// Entry `index` of `comb`, negative if `minus` is all ones and not zero.
fn look_up(entry: &mut Affine, comb: &[Affine; ENTRIES], index: u32, minus: u64) {
    points::look_up(entry, comb, index, (minus & 0xffff_ffff) as u32);
    // The negative has the first two exchanged, as they are already, and the third negative. That is below p: the
    // complement is 2^255 or more, and 37 less is -x.
    let Element([l0, l1, l2, l3]) = entry.minus_dxy;
    let (l0, borrow) = (l0 ^ minus).overflowing_sub(37 & minus);
    let (l1, borrow) = (l1 ^ minus).overflowing_sub(u64::from(borrow));
    let (l2, borrow) = (l2 ^ minus).overflowing_sub(u64::from(borrow));
    entry.minus_dxy = Element([l0, l1, l2, (l3 ^ minus).wrapping_sub(u64::from(borrow))]);
}
