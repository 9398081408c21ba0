//! X448 (RFC 7748 section 5), from ed448-goldilocks.

use crate::memory;
use crate::memory::{Zeroize, Zeroizing};
use ed448_goldilocks::{
    EdwardsScalar, MontgomeryPoint,
    elliptic_curve::{bigint::U448, scalar::FromUintUnchecked},
};

/// Bytes of a scalar, a u-coordinate and a shared secret alike.
pub const BYTES: usize = 56;

/// Writes X448(scalar, 5), the public key of `scalar`. The scalar is clamped here.
pub fn public_key(out: &mut [u8; BYTES], scalar: &[u8; BYTES]) {
    multiply(out, scalar, &MontgomeryPoint::GENERATOR);
}

/// Writes X448(scalar, point) and tells whether it is anything but zero, as it is unless `point` has small order.
#[must_use]
pub fn diffie_hellman(out: &mut [u8; BYTES], scalar: &[u8; BYTES], point: &[u8; BYTES]) -> bool {
    multiply(out, scalar, &MontgomeryPoint(*point));
    !memory::is_zero(out)
}

#[allow(clippy::arithmetic_side_effects)] // of a point and a scalar, which cannot overflow
fn multiply(out: &mut [u8; BYTES], scalar: &[u8; BYTES], point: &MontgomeryPoint) {
    let mut clamped = Zeroizing::new(*scalar);
    let [first, .., last] = &mut *clamped;
    *first &= 0xfc;
    *last |= 0x80;
    // Not reduced modulo the group order: a point on the twist, or with a small-order part, needs the very integer.
    let mut integer = EdwardsScalar::from_uint_unchecked(U448::from_le_slice(&*clamped));
    let mut shared = point * &integer;
    *out = shared.0;
    shared.zeroize();
    integer.zeroize();
}
