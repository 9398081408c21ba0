//! Our own curve arithmetic, where the library is built with it: each program of the ladder and of points against the
//! formulas in crrl's field, on values at which carries begin or end; multiples of the base point, and sums of two,
//! against dalek's.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]
#![cfg(all(
    any(
        all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "avx2"),
        all(target_arch = "aarch64", not(pqhybrid_portable))
    ),
    not(feature = "small")
))]

mod common;

use common::{Cases, Stream};
use crrl::field::GF25519;
use curve25519_dalek::{EdwardsPoint, Scalar};
use pqhybrid::primitives::curve25519::edwards::{Affine, Point};
use pqhybrid::primitives::curve25519::field::Element;
use pqhybrid::primitives::curve25519::montgomery::Ladder;
use pqhybrid::primitives::curve25519::straus::{Cached, Multiples};
use pqhybrid::primitives::curve25519::{kernel, points, table};

#[test]
fn edwards25519() {
    let mut cases = Cases::new("edwards25519");
    let mut stream = Stream::new("pqhybrid, edwards 25519, 1");
    for _ in 0..40_000 {
        programs(&mut stream);
        cases.ran();
    }
    base_points(&mut cases, &mut stream);
    sums(&mut cases, &mut stream);
    cases.finish(40_000 + 5000 + 2000);
}

/// An element at an edge or a random one; above 2^255 by a little at most if it is to be tight.
fn element(choice: &mut impl Iterator<Item = u8>, tight: bool) -> Element {
    let max = u64::MAX;
    let mut limb = || match choice.next().unwrap() % 5 {
        0 => 0,
        1 => 1,
        2 => max,
        3 => max - 18,
        _ => u64::from_le_bytes(std::array::from_fn(|_| choice.next().unwrap())),
    };
    let [l0, l1, l2, l3] = [limb(), limb(), limb(), limb()];
    let [s0, s1, s2, s3] = kernel::SLACK.0;
    match (tight, l3 % 8) {
        (true, 0) => Element([l0 & s0, l1 & s1, l2 & s2, !l3 & s3 | 1 << 63]),
        (true, 1) => Element([0u64.wrapping_sub(1 + l0 % 64), max, max, max >> 1]),
        (true, _) => Element([l0, l1, l2, l3 >> 1]),
        (false, 0) => Element([0u64.wrapping_sub(1 + l0 % 64), max, max, max]),
        (false, _) => Element([l0, l1, l2, l3]),
    }
}

fn programs(stream: &mut Stream) {
    let random = stream.bytes(700);
    let choice = &mut random.into_iter();
    let [x, y, z, t] = std::array::from_fn(|_| element(choice, true));
    let point = Point { x, y, z, t, ..Point::identity() };

    let mut double = point;
    points::double(&mut double);
    points::complete(&mut double);
    let (a, b) = (crrl(&x).square(), crrl(&y).square());
    let (e, g, h) = (crrl(&x) * crrl(&y) * GF25519::w64le(2, 0, 0, 0), b - a, b + a);
    let f = crrl(&z).square() * GF25519::w64le(2, 0, 0, 0) - g;
    same("double", &double, [e * f, g * h, f * g, e * h]);

    let [y_plus_x, y_minus_x, minus_dxy, twice_z] = std::array::from_fn(|_| element(choice, false));
    let mut sum = point;
    points::add_affine(&mut sum, &Affine { y_plus_x, y_minus_x, minus_dxy });
    points::complete(&mut sum);
    let (a, b) = ((crrl(&y) - crrl(&x)) * crrl(&y_minus_x), (crrl(&y) + crrl(&x)) * crrl(&y_plus_x));
    let c = crrl(&t) * crrl(&minus_dxy);
    let (e, f, g, h) = (a - b, crrl(&z) + c, c - crrl(&z), b + a);
    same("sum with an affine point", &sum, [e * f, g * h, f * g, e * h]);

    let mut sum = point;
    points::add_cached(&mut sum, &Cached { y_plus_x, y_minus_x, twice_z, minus_2dt: minus_dxy });
    points::complete(&mut sum);
    let d = crrl(&z) * crrl(&twice_z);
    let (f, g) = (d + c, c - d);
    same("sum", &sum, [e * f, g * h, f * g, e * h]);

    for flip in [0, u64::MAX] {
        let [a, b, c, d, x1] = std::array::from_fn(|_| element(choice, false));
        let mut l = Ladder { a, b, c, d, ..Ladder::new(x1) };
        points::ladder_step(&mut l, flip);
        let (da, cb) = (crrl(&d) * crrl(&a), crrl(&c) * crrl(&b));
        let (aa, bb) = if flip == 0 { (crrl(&a), crrl(&b)) } else { (crrl(&c), crrl(&d)) };
        let (aa, bb) = (aa.square(), bb.square());
        let e = aa - bb;
        let (x2, z2) = (aa * bb, e * (bb + e.mul_small(121_666)));
        let (x3, z3) = ((da + cb).square(), (da - cb).square() * crrl(&x1));
        for (ours, theirs) in [(l.a, z2 + x2), (l.b, z2 - x2), (l.c, z3 + x3), (l.d, z3 - x3)] {
            assert_eq!(ours.to_bytes(), theirs.encode(), "ladder: {:x?}", [a.0, b.0, c.0, d.0, x1.0]);
        }
    }
}

fn same(what: &str, ours: &Point, theirs: [GF25519; 4]) {
    for (ours, theirs) in [ours.x, ours.y, ours.z, ours.t].iter().zip(theirs) {
        assert_eq!(ours.to_bytes(), theirs.encode(), "{what}");
        let Element([l0, l1, l2, l3]) = *ours;
        let above = [l0, l1, l2, l3.wrapping_sub(1 << 63)];
        let is_tight = l3 < 1 << 63 || above.iter().rev().cmp(kernel::SLACK.0.iter().rev()).is_le();
        assert!(is_tight, "{what}: {:x?} is not tight", ours.0);
    }
}

fn crrl(x: &Element) -> GF25519 {
    GF25519::w64le(x.0[0], x.0[1], x.0[2], x.0[3])
}

/// Scalars below the order: small, just below it, one bit, and random; the entries of the table among them.
fn base_points(cases: &mut Cases, stream: &mut Stream) {
    let one = |scalar: Scalar| {
        let ours = Point::base_times(scalar.as_bytes());
        assert_eq!(ours.to_bytes(), EdwardsPoint::mul_base(&scalar).compress().to_bytes(), "{scalar:?}");
        assert_eq!(ours.to_montgomery(), EdwardsPoint::mul_base(&scalar).to_montgomery().to_bytes(), "{scalar:?}");
    };
    for small in 0..500u64 {
        one(Scalar::from(small));
        one(-Scalar::from(small));
        cases.ran();
    }
    let mut power = Scalar::ONE;
    for _ in 0..500 {
        one(power);
        power += power;
        cases.ran();
    }
    for _ in 0..4000 {
        one(Scalar::from_bytes_mod_order_wide(&stream.array()));
        cases.ran();
    }
    for (i, multiple) in table::ODD_MULTIPLES.iter().enumerate() {
        let mut point = Point::identity();
        points::add_affine(&mut point, multiple);
        let theirs = EdwardsPoint::mul_base(&Scalar::from(2 * i as u64 + 1));
        assert_eq!(point.to_bytes(), theirs.compress().to_bytes(), "multiple {i}");
    }
}

/// [a]B - [b]A, as verification computes it, for A with and without a part of small order.
fn sums(cases: &mut Cases, stream: &mut Stream) {
    let mut scalars =
        vec![Scalar::ZERO, Scalar::ONE, -Scalar::ONE, Scalar::from(63u64), Scalar::from(64u64), -Scalar::from(15u64)];
    scalars.extend((0..10).map(|_| Scalar::from_bytes_mod_order_wide(&stream.array())));
    for case in 0..8 {
        let torsion = curve25519_dalek::constants::EIGHT_TORSION[case];
        let point = EdwardsPoint::mul_base(&Scalar::from_bytes_mod_order_wide(&stream.array())) + torsion;
        let minus = Multiples::of_minus(&point.compress().to_bytes()).unwrap();
        assert!(Multiples::of_minus(&torsion.compress().to_bytes()).is_err(), "order of {case} eighths");
        for a in &scalars {
            for b in &scalars {
                let theirs = EdwardsPoint::mul_base(a) - mul_exactly(&point, b);
                assert_eq!(
                    minus.base_times_plus(a.as_bytes(), b.as_bytes()),
                    theirs.compress().to_bytes(),
                    "{a:?} {b:?}"
                );
                cases.ran();
            }
        }
    }
}

/// [k]P with k as an integer, which matters where P has a part of small order.
fn mul_exactly(point: &EdwardsPoint, k: &Scalar) -> EdwardsPoint {
    let mut sum = EdwardsPoint::default();
    for byte in k.as_bytes().iter().rev() {
        for bit in (0..8).rev() {
            sum += sum;
            if byte >> bit & 1 == 1 {
                sum += point;
            }
        }
    }
    sum
}
