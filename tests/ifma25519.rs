//! Eight elements of our field at a time, on a processor with AVX-512 IFMA, against crrl and against the arithmetic that the compiler
//! makes the tables with: limbs at which carries begin or end, up to what is allowed, and random ones.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]
#![cfg(all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "avx2", not(feature = "small")))]

mod common;

use common::{Cases, Stream};
use crrl::field::GF25519;
use pqhybrid::primitives::cpu;
use pqhybrid::primitives::curve25519::constant::{self, Limbs};
use pqhybrid::primitives::curve25519::edwards::Point;
use pqhybrid::primitives::curve25519::field::Element;
use pqhybrid::primitives::curve25519::ifma::comb::base_times;
use pqhybrid::primitives::curve25519::ifma::field::{Eight, LIMB};
use pqhybrid::primitives::curve25519::ifma::ladder::ladder;
use pqhybrid::primitives::curve25519::table::COMBS;

/// What limbs of results may reach before they are carried.
const MOST: u64 = (1 << 61) - 19 * 1024 - 1;

#[test]
fn ifma25519() {
    let mut cases = Cases::new("ifma25519");
    // It is used where it is there: what it replaces computes the same, so that no result would tell.
    let (zero, has_ifma) = (Eight([[0; 8]; 5]), cfg!(pqhybrid_ifma));
    assert_eq!(cpu::has_ifma(), has_ifma);
    assert_eq!(zero.times(&zero).is_some(), has_ifma);
    assert_eq!(zero.ends().is_some(), has_ifma);
    let (mut x2, mut z2, mut point) = (Element::ZERO, Element::ZERO, Point::identity());
    assert_eq!(ladder(&mut x2, &mut z2, &[0x40; 32], &Element::ONE), has_ifma);
    assert_eq!(base_times(&mut point, &[0; COMBS]), has_ifma);
    cases.ran();
    if !has_ifma {
        return cases.finish(1);
    }
    let mut stream = Stream::new("pqhybrid, ifma 25519, 1");
    let most = Eight([[(1 << 52) - 1; 8]; 5]);
    times(&most, &most);
    ends(&Eight([[MOST; 8]; 5]));
    ends(&Eight([[MOST, 0, 0, MOST, MOST, 0, 0, MOST]; 5]));
    for _ in 0..20_000 {
        let random = stream.bytes(2 * 5 * 8 * 10);
        let mut choice = random.into_iter();
        let mut operand = |most: u64| Eight(std::array::from_fn(|_| std::array::from_fn(|_| limb(&mut choice, most))));
        times(&operand((1 << 52) - 1), &operand((1 << 52) - 1));
        let random = stream.bytes(5 * 8 * 10);
        let mut choice = random.into_iter();
        ends(&Eight(std::array::from_fn(|_| std::array::from_fn(|_| limb(&mut choice, MOST)))));
        cases.ran();
    }
    for _ in 0..2000 {
        there_and_back(&mut stream);
        cases.ran();
    }
    cases.finish(22_001);
}

/// At an edge or random, `most` at most.
fn limb(choice: &mut impl Iterator<Item = u8>, most: u64) -> u64 {
    let edge = choice.next().unwrap();
    let random = u64::from_le_bytes(std::array::from_fn(|_| choice.next().unwrap()));
    match edge % 8 {
        0 => 0,
        1 => 1,
        2 => LIMB,
        3 => LIMB + 1,
        4 => most,
        5 => most - 1 - random % 64,
        _ => random % (most + 1),
    }
}

fn times(a: &Eight, b: &Eight) {
    let product = a.times(b).unwrap();
    for lane in 0..8 {
        same(
            "product",
            &product,
            lane,
            value(a, lane) * value(b, lane),
            constant::mul(number(a, lane), number(b, lane)),
        );
    }
}

fn ends(a: &Eight) {
    let ends = a.ends().unwrap();
    for lane in (0..8).step_by(2) {
        let (x, z) = (number(a, lane), number(a, lane + 1));
        same("sum", &ends, lane, value(a, lane) + value(a, lane + 1), constant::add(x, z));
        same("difference", &ends, lane + 1, value(a, lane) - value(a, lane + 1), constant::sub(x, z));
    }
}

/// Loose elements come back, multiplied by one.
fn there_and_back(stream: &mut Stream) {
    let elements: [Element; 8] = std::array::from_fn(|_| {
        let words: [u64; 4] = std::array::from_fn(|_| u64::from_le_bytes(stream.array()));
        Element(if words[0] % 4 == 0 { [u64::MAX - words[0] % 64, u64::MAX, u64::MAX, u64::MAX] } else { words })
    });
    let mut back = [Element::ZERO; 8];
    let [a, b, c, d, e, f, g, h] = &mut back;
    let once = Eight::new([Element::ONE; 8]).times(&Eight::new(elements)).unwrap();
    once.times(&Eight::new([Element::ONE; 8])).unwrap().to_elements([a, b, c, d, e, f, g, h]);
    for (element, back) in elements.iter().zip(&back) {
        assert_eq!(element.to_bytes(), back.to_bytes(), "{:x?} there and back", element.0);
    }
}

fn same(what: &str, found: &Eight, lane: usize, theirs: GF25519, constants: Limbs) {
    let limbs: Vec<u64> = found.0.iter().map(|limb| limb[lane]).collect();
    assert!(limbs.iter().all(|limb| *limb < LIMB + 1 + 19 * (1 << 13)), "{what}, lane {lane}: {limbs:x?}");
    assert_eq!(value(found, lane).encode(), theirs.encode(), "{what}, lane {lane}");
    let bytes: Vec<u8> = constant::canonical(constants).iter().flat_map(|word| word.to_le_bytes()).collect();
    assert_eq!(value(found, lane).encode().to_vec(), bytes, "{what}, lane {lane}");
}

/// The element in a lane, in crrl's field.
fn value(a: &Eight, lane: usize) -> GF25519 {
    a.0.iter()
        .rev()
        .fold(GF25519::ZERO, |sum, limb| sum * GF25519::w64le(1 << 51, 0, 0, 0) + GF25519::w64le(limb[lane], 0, 0, 0))
}

/// The same by the compiler's arithmetic.
fn number(a: &Eight, lane: usize) -> Limbs {
    a.0.iter()
        .rev()
        .fold([0; 4], |sum, limb| constant::add(constant::mul(sum, [1 << 51, 0, 0, 0]), [limb[lane], 0, 0, 0]))
}
