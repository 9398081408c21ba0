//! X25519 (RFC 7748 section 5): from our own arithmetic where there is assembly for it, elsewhere from
//! curve25519-dalek.

use crate::memory;

/// Bytes of a scalar, a u-coordinate and a shared secret alike.
pub const BYTES: usize = 32;

/// Writes X25519(scalar, 9), the public key of `scalar`. The scalar is clamped here.
pub fn public_key(out: &mut [u8; BYTES], scalar: &[u8; BYTES]) {
    backend::public_key(out, scalar);
}

/// Writes X25519(scalar, point) and tells whether it is anything but zero, as it is unless `point` has small order.
#[must_use]
pub fn diffie_hellman(out: &mut [u8; BYTES], scalar: &[u8; BYTES], point: &[u8; BYTES]) -> bool {
    backend::diffie_hellman(out, scalar, point);
    !memory::is_zero(out)
}

#[cfg(all(
    any(
        all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "avx2"),
        all(target_arch = "aarch64", not(pqhybrid_portable))
    ),
    not(feature = "small")
))]
mod backend {
    use super::BYTES;
    use crate::primitives::curve25519::edwards::Point;
    use crate::primitives::curve25519::montgomery;

    pub(super) fn public_key(out: &mut [u8; BYTES], scalar: &[u8; BYTES]) {
        *out = Point::base_times_clamped(&montgomery::clamp(scalar)).to_montgomery();
    }

    pub(super) use montgomery::x25519 as diffie_hellman;
}

#[cfg(not(all(
    any(
        all(target_arch = "x86_64", target_feature = "bmi2", target_feature = "avx2"),
        all(target_arch = "aarch64", not(pqhybrid_portable))
    ),
    not(feature = "small")
)))]
mod backend {
    use super::BYTES;
    use crate::memory::Zeroize;
    use curve25519_dalek::montgomery::MontgomeryPoint;

    pub(super) fn public_key(out: &mut [u8; BYTES], scalar: &[u8; BYTES]) {
        // The other way is twice as fast, and has a table of 30 KB.
        #[cfg(feature = "small")]
        let point = curve25519_dalek::constants::X25519_BASEPOINT.mul_clamped(*scalar);
        #[cfg(not(feature = "small"))]
        let point = MontgomeryPoint::mul_base_clamped(*scalar);
        *out = point.to_bytes();
    }

    pub(super) fn diffie_hellman(out: &mut [u8; BYTES], scalar: &[u8; BYTES], point: &[u8; BYTES]) {
        let mut shared = MontgomeryPoint(*point).mul_clamped(*scalar);
        *out = shared.to_bytes();
        shared.zeroize();
    }
}
