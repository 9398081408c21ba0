//! Our own field GF(2^255 - 19), where the library is built with it, against crrl's and against arithmetic by hand:
//! every pair of some 700 values at which carries begin or end, and random ones.
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
use pqhybrid::primitives::curve25519::field::Element;
use pqhybrid::primitives::curve25519::kernel;

const P: [u64; 4] = [0u64.wrapping_sub(19), u64::MAX, u64::MAX, u64::MAX >> 1];

#[test]
fn field25519() {
    let mut cases = Cases::new("field25519");
    let edges = edges();
    for a in &edges {
        one(a);
        for b in &edges {
            pair(a, b);
            cases.ran();
        }
    }
    let mut stream = Stream::new("pqhybrid, field 25519, 1");
    for _ in 0..1000 {
        let bytes: [u8; 64 * 100] = common::array(&stream.bytes(6400));
        for chunk in bytes.as_chunks::<64>().0 {
            let words: Vec<u64> = chunk.as_chunks::<8>().0.iter().map(|w| u64::from_le_bytes(*w)).collect();
            pair(&[words[0], words[1], words[2], words[3]], &[words[4], words[5], words[6], words[7]]);
            cases.ran();
        }
        one(&std::array::from_fn(|i| u64::from_le_bytes(bytes.as_chunks::<8>().0[i])));
    }
    cases.finish(625 * 625 + 100_000);
}

/// What takes one operand: encoding, negation, squares, inversion.
fn one(a: &[u64; 4]) {
    let x = Element(*a);
    let theirs = crrl(a);
    assert_eq!(x.to_bytes(), bytes(&reduced(a)), "{a:x?}: encoding");
    assert_eq!(Element::from_bytes(&x.to_bytes()).0, reduced(a), "{a:x?}: decoding");
    same("negative", &x.negative(), &(-theirs), a, a);
    same("square", &tight(x.squared()), &theirs.square(), a, a);
    same("32 squares", &tight(kernel::square_repeatedly(&x, 32)), &theirs.xsquare(32), a, a);
    same("inverse", &tight(x.inverted()), &(GF25519::ONE / theirs), a, a);
    let back = x.inverted().times(&x).to_bytes();
    assert_eq!(back, bytes(&[u64::from(reduced(a) != [0; 4]), 0, 0, 0]), "{a:x?}: inverse times itself");
}

/// What takes two.
fn pair(a: &[u64; 4], b: &[u64; 4]) {
    let (x, y) = (Element(*a), Element(*b));
    let (their_x, their_y) = (crrl(a), crrl(b));
    same("product", &tight(x.times(&y)), &(their_x * their_y), a, b);
    assert_eq!(x.times(&y).to_bytes(), bytes(&product(a, b)), "{a:x?} times {b:x?}, by hand");
    same("sum", &x.plus(&y), &(their_x + their_y), a, b);
    same("difference", &x.minus(&y), &(their_x - their_y), a, b);
    same("difference", &kernel::minus_loose(&x, &y), &(their_x - their_y), a, b);
    same("sum and multiple", &kernel::plus_multiple(&y, &x), &(their_y + their_x.mul_small(121_666)), a, b);
    assert_eq!(kernel::select(&x, &y, 0).0, *a);
    assert_eq!(kernel::select(&x, &y, 1).0, *b);
    assert_eq!(kernel::select(&x, &y, u64::MAX).0, *b);
    if is_tight(b) {
        same("difference", &kernel::minus(&x, &y), &(their_x - their_y), a, b);
        same("sum", &kernel::plus_tight(&x, &y), &(their_x + their_y), a, b);
        if is_tight(a) {
            same("sum", &kernel::plus(&x, &y), &(their_x + their_y), a, b);
        }
    }
}

fn same(what: &str, ours: &Element, theirs: &GF25519, a: &[u64; 4], b: &[u64; 4]) {
    assert_eq!(ours.to_bytes(), theirs.encode(), "{what} of {a:x?} and {b:x?}");
}

/// Above 2^255 by a little at most, as the results of products are to be.
fn is_tight(a: &[u64; 4]) -> bool {
    let above = [a[0], a[1], a[2], a[3].wrapping_sub(1 << 63)];
    a[3] < 1 << 63 || above.iter().rev().cmp(kernel::SLACK.0.iter().rev()).is_le()
}

fn tight(x: Element) -> Element {
    assert!(is_tight(&x.0), "{:x?} is not tight", x.0);
    x
}

/// All that can be put together of five limbs, and the neighbours of p, 2p, 2^255, 2^256 and the largest tight value.
fn edges() -> Vec<[u64; 4]> {
    // The last one times 121666 is 2^64 - 2 in its low half, so that a carry comes of what is added to it.
    let limbs = [0, 1, u64::MAX, 1 << 63, 0x750b_c314_dc39_c99f];
    assert_eq!(limbs[4].wrapping_mul(121_666), u64::MAX - 1);
    let mut all = Vec::new();
    for i in 0..625 {
        all.push([limbs[i % 5], limbs[i / 5 % 5], limbs[i / 25 % 5], limbs[i / 125]]);
    }
    let max = u64::MAX;
    for (low, high) in [(0u64.wrapping_sub(19), max >> 1), (0u64.wrapping_sub(38), max)] {
        for near in [low - 1, low, low + 1, low + 2] {
            all.push([near, max, max, high]);
        }
    }
    for low in [2, 18, 19, 20, 37, 38, 39, 1463, 1500, (1 << 12) - 1] {
        all.push([low, 0, 0, 1 << 63]);
        all.push([low, 0, 0, 0]);
        all.push([0u64.wrapping_sub(low), max, max, max >> 1]);
        all.push([0u64.wrapping_sub(low), max, max, max]);
        let [s0, s1, s2, s3] = kernel::SLACK.0;
        all.push([s0.wrapping_sub(low), s1, s2, s3 | 1 << 63]);
    }
    all.push([kernel::SLACK.0[0], kernel::SLACK.0[1], kernel::SLACK.0[2], kernel::SLACK.0[3] | 1 << 63]);
    all
}

fn crrl(a: &[u64; 4]) -> GF25519 {
    GF25519::decode_reduce(&bytes(a))
}

fn bytes(a: &[u64; 4]) -> [u8; 32] {
    common::array(&a.map(u64::to_le_bytes).concat())
}

/// By hand: limb by limb, and 2^256 = 38 until nothing is above.
fn product(a: &[u64; 4], b: &[u64; 4]) -> [u64; 4] {
    let mut wide = [0u64; 8];
    for i in 0..4 {
        let mut carry = 0;
        for j in 0..4 {
            let t = u128::from(a[i]) * u128::from(b[j]) + u128::from(wide[i + j]) + carry;
            wide[i + j] = t as u64;
            carry = t >> 64;
        }
        wide[i + 4] = carry as u64;
    }
    while wide[4..] != [0; 4] {
        let mut carry = 0;
        for i in 0..8 {
            let high = if i < 4 { wide[i + 4] } else { 0 };
            let t = u128::from(high) * 38 + if i < 4 { u128::from(wide[i]) } else { 0 } + carry;
            wide[i] = t as u64;
            carry = t >> 64;
        }
    }
    reduced(&[wide[0], wide[1], wide[2], wide[3]])
}

/// p taken away as long as it can be.
fn reduced(a: &[u64; 4]) -> [u64; 4] {
    let mut value = *a;
    while value.iter().rev().cmp(P.iter().rev()).is_ge() {
        let mut borrow = false;
        for i in 0..4 {
            let (partial, first) = value[i].overflowing_sub(P[i]);
            let (limb, second) = partial.overflowing_sub(u64::from(borrow));
            (value[i], borrow) = (limb, first || second);
        }
    }
    value
}
