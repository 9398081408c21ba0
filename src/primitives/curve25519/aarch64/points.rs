//! The functions of points, made of those of elements in `kernel`. What a step works on is in registers or on the
//! stack, where the compiler has room for it.

use super::kernel::{self, minus, minus_loose, plus, plus_multiple, product, select, square};
use crate::primitives::curve25519::edwards::{Affine, Point};
use crate::primitives::curve25519::field::Element;
use crate::primitives::curve25519::montgomery::Ladder;
#[cfg(feature = "mldsa65-ed25519")]
use crate::primitives::curve25519::straus::Cached;
pub use kernel::look_up;

/// One step of the ladder, see `montgomery`. `flip` is all ones if the two points change places, else zero.
///
/// Bounds: a, b, c and d are loose. s, m and e are sums and differences of products, hence of tight values, as x2 and
/// z2, x3 and z3 are.
#[inline]
pub fn ladder_step(l: &mut Ladder, flip: u64) {
    let (ac, bd) = (select(&l.a, &l.c, flip), select(&l.b, &l.d, flip));
    let (da, cb) = (product(&l.d, &l.a), product(&l.c, &l.b));
    let (s, m) = (plus(&cb, &da), minus(&cb, &da));
    let (bb, aa) = (square(&bd), square(&ac));
    let e = minus(&aa, &bb);
    let q = plus_multiple(&bb, &e);
    let (mm, x2, x3) = (square(&m), product(&aa, &bb), square(&s));
    let z2 = product(&e, &q);
    (l.a, l.b) = (plus(&z2, &x2), minus(&z2, &x2));
    let z3 = product(&mm, &l.x1);
    (l.c, l.d) = (plus(&z3, &x3), minus(&z3, &x3));
}

/// The doubling of the ladder's first point alone: half a step, for the bits that are the same in every scalar.
#[inline(never)]
pub fn ladder_double(l: &mut Ladder) {
    (l.a, l.b) = doubled(&l.a, &l.b);
}

/// Twice the point with z + x and z - x, in the same form: loose in, loose out.
#[inline(always)]
fn doubled(a: &Element, b: &Element) -> (Element, Element) {
    let (aa, bb) = (square(a), square(b));
    let e = minus(&aa, &bb);
    let x2 = product(&aa, &bb);
    let z2 = product(&e, &plus_multiple(&bb, &e));
    (plus(&z2, &x2), minus(&z2, &x2))
}

/// The sums and differences that a doubling or an addition ends with become the new point, but for T, which
/// `complete` makes of e and h.
#[inline(always)]
fn finish(p: &mut Point, e: &Element, f: &Element, g: &Element, h: &Element) {
    (p.x, p.y, p.z) = (product(e, f), product(g, h), product(f, g));
    let [first, _, _, fourth, ..] = &mut p.room;
    (*first, *fourth) = (*e, *h);
}

/// Twice the point.
///
/// A = x^2, B = y^2, h = A + B, e = (x + y)^2 - h, g = B - A, f = 2z^2 - g; then (ef : gh : fg : eh), the textbook's
/// with the signs of f and h changed. Bounds: x, y and squares are tight, so x + y, h, g and 2z^2 are loose, and so
/// are e and f by `minus_loose`.
#[inline(never)]
pub fn double(p: &mut Point) {
    let (a, b, zz) = (square(&p.x), square(&p.y), square(&p.z));
    let (h, g) = (plus(&b, &a), minus(&b, &a));
    let e = minus_loose(&square(&plus(&p.x, &p.y)), &h);
    let f = minus_loose(&plus(&zz, &zz), &g);
    finish(p, &e, &f, &g, &h);
}

/// The point plus an entry of a table.
///
/// With A = (y - x) (y - x of the entry), B and the sums likewise, and c = t times minus dxy: h = B + A, e = A - B, f
/// = z + c, g = c - z; then (ef : gh : fg : eh), the textbook's with the signs of e and g changed. Bounds: A, B, c,
/// z, x and y are tight.
#[inline(never)]
pub fn add_affine(p: &mut Point, entry: &Affine) {
    let z = p.z;
    add(p, &entry.y_plus_x, &entry.y_minus_x, &entry.minus_dxy, &z);
}

/// The point plus one that was made ready: as above, with z times twice the other Z in place of z, and -2d T in place
/// of -dxy.
#[cfg(feature = "mldsa65-ed25519")]
#[inline(never)]
pub fn add_cached(p: &mut Point, entry: &Cached) {
    let z = product(&p.z, &entry.twice_z);
    add(p, &entry.y_plus_x, &entry.y_minus_x, &entry.minus_2dt, &z);
}

#[inline(always)]
fn add(p: &mut Point, y_plus_x: &Element, y_minus_x: &Element, minus_dt: &Element, z: &Element) {
    let b = product(&plus(&p.y, &p.x), y_plus_x);
    let a = product(&minus(&p.y, &p.x), y_minus_x);
    let (h, e) = (plus(&a, &b), minus(&a, &b));
    let c = product(&p.t, minus_dt);
    let (f, g) = (plus(&c, z), minus(&c, z));
    finish(p, &e, &f, &g, &h);
}

/// T, which the functions above leave as it was: it is needed only where something is added next.
#[inline]
pub fn complete(p: &mut Point) {
    let [e, _, _, h, ..] = &p.room;
    p.t = kernel::multiply(e, h);
}
