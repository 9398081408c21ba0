//! Ed448 (RFC 8032 section 5.2) with an empty context, from ed448-goldilocks.
#![allow(clippy::arithmetic_side_effects)] // of points and scalars, which cannot overflow

use crate::error::Error;
use crate::memory::{Zeroize, Zeroizing};
use crate::plain::Plain;
use ed448_goldilocks::{
    CompressedEdwardsY, EdwardsPoint, EdwardsScalar, WideEdwardsScalarBytes,
    elliptic_curve::{Group, bigint::U448, scalar::FromUintUnchecked},
    shake::{ExtendableOutput, Shake256, Update, XofReader},
};

/// Bytes of a private key, RFC 8032's seed.
pub const SEED_BYTES: usize = 57;
/// Bytes of a public key.
pub const PUBLIC_KEY_BYTES: usize = 57;
/// Bytes of a signature.
pub const SIGNATURE_BYTES: usize = 114;

/// dom4(0, ""), which begins every hash of Ed448.
const DOM4: &[u8; 10] = b"SigEd448\x00\x00";

/// Writes the public key of `seed`.
pub fn public_key(out: &mut [u8; PUBLIC_KEY_BYTES], seed: &[u8; SEED_BYTES]) {
    let mut key = SigningKey::zeroed();
    key.set_seed(seed);
    *out = key.public_key;
}

/// Signs `message` with the private key `seed`.
pub fn sign(out: &mut [u8; SIGNATURE_BYTES], message: &[u8], seed: &[u8; SEED_BYTES]) -> Result<(), Error> {
    let mut key = SigningKey::zeroed();
    key.set_seed(seed);
    key.sign(out, message)
}

/// A private key ready for use: the reduced scalar, the prefix that nonces are derived from, and the public key. Wiped when
/// it goes.
#[repr(C)]
pub struct SigningKey {
    scalar: [u8; 56],
    prefix: [u8; 57],
    public_key: [u8; PUBLIC_KEY_BYTES],
}

// SAFETY: byte strings.
#[allow(unsafe_code)]
unsafe impl Plain for SigningKey {}

impl SigningKey {
    /// Makes this the key of `seed`, RFC 8032 section 5.2.5.
    pub fn set_seed(&mut self, seed: &[u8; SEED_BYTES]) {
        let mut bytes = Zeroizing::new([0; 57]);
        let mut reader = shake256(&[seed]);
        reader.read(bytes.as_mut_slice());
        reader.read(&mut self.prefix);
        let [first, .., highest, last] = &mut *bytes;
        *first &= 0xfc;
        *highest |= 0x80;
        *last = 0;
        let mut scalar = EdwardsScalar::from_bytes_mod_order((&*bytes).into());
        self.scalar = scalar.to_bytes();
        self.public_key = (EdwardsPoint::GENERATOR * scalar).to_affine().compress().to_bytes();
        scalar.zeroize();
    }

    /// The public key.
    pub fn public_key(&self) -> &[u8; PUBLIC_KEY_BYTES] {
        &self.public_key
    }

    /// Signs `message`, RFC 8032 section 5.2.6.
    pub fn sign(&self, out: &mut [u8; SIGNATURE_BYTES], message: &[u8]) -> Result<(), Error> {
        let (out_r, out_s) = crate::bytes::split_mut::<SIGNATURE_BYTES, 57, 57>(out)?;
        let mut r = hash_to_scalar(&[DOM4, &self.prefix, message]);
        *out_r = (EdwardsPoint::GENERATOR * r).to_affine().compress().to_bytes();
        let k = challenge(out_r, &self.public_key, message);
        let mut scalar = EdwardsScalar::from_uint_unchecked(U448::from_le_slice(&self.scalar));
        let mut s = r + k * scalar;
        *out_s = s.to_bytes_rfc_8032().into();
        r.zeroize();
        scalar.zeroize();
        s.zeroize();
        Ok(())
    }
}

impl Drop for SigningKey {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// Verifies as RFC 8032 does without the cofactor: s < L, and R must be the canonical encoding of `[s]B - [k]A`.
///
/// A public key that is not a canonical encoding, or has small order, is refused as such. This is the rule of
/// `ed25519::verify`; the crate's own verification differs from it (it takes encodings that are not canonical and
/// refuses keys with a small-order part), so only its group is used here.
pub fn verify(
    signature: &[u8; SIGNATURE_BYTES],
    message: &[u8],
    public_key: &[u8; PUBLIC_KEY_BYTES],
) -> Result<(), Error> {
    let a = decode_public_key(public_key)?;
    let (r, s) = crate::bytes::split::<SIGNATURE_BYTES, 57, 57>(signature)?;
    let s = decode_scalar(s)?;
    let k = challenge(r, public_key, message);
    let expected = EdwardsPoint::GENERATOR * s - multiply(&a, &k);
    if expected.to_affine().compress().as_bytes() == r { Ok(()) } else { Err(Error::Signature) }
}

/// Whether a public key is the canonical encoding of a point, and not of small order: what `verify` begins with.
pub fn check_public_key(public_key: &[u8; PUBLIC_KEY_BYTES]) -> Result<(), Error> {
    decode_public_key(public_key).map(|_| ())
}

/// The s of a signature, which must be below the order L.
fn decode_scalar(bytes: &[u8; 57]) -> Result<EdwardsScalar, Error> {
    // The library compares only the first 56 bytes with L; L has 446 bits.
    if bytes.last() != Some(&0) {
        return Err(Error::Signature);
    }
    EdwardsScalar::from_canonical_bytes(bytes.into()).into_option().ok_or(Error::Signature)
}

fn decode_public_key(bytes: &[u8; PUBLIC_KEY_BYTES]) -> Result<EdwardsPoint, Error> {
    // "Unchecked" leaves out only the library's test for a small-order part: no x, no point.
    let point = CompressedEdwardsY(*bytes).decompress_unchecked().into_option().ok_or(Error::PublicKey)?;
    let canonical = point.compress().as_bytes() == bytes;
    let point = point.to_edwards();
    let small_order = bool::from(point.double().double().is_identity());
    if canonical && !small_order { Ok(point) } else { Err(Error::PublicKey) }
}

/// `[k]A`. The library multiplies by way of an isogeny, which drops the small-order part of a point; a key that somebody
/// made with one is valid, so it is put back.
fn multiply(a: &EdwardsPoint, k: &EdwardsScalar) -> EdwardsPoint {
    let small = *a - *a * EdwardsScalar::ONE;
    let [low, ..] = k.to_bytes();
    // The order of the small part divides 4.
    let small_multiple = match low & 3 {
        0 => EdwardsPoint::IDENTITY,
        1 => small,
        2 => small.double(),
        _ => small.double() + small,
    };
    *a * *k + small_multiple
}

/// k = SHAKE256(dom4 || R || A || M, 114) mod L.
fn challenge(r: &[u8; 57], public_key: &[u8; PUBLIC_KEY_BYTES], message: &[u8]) -> EdwardsScalar {
    hash_to_scalar(&[DOM4, r, public_key, message])
}

/// SHAKE256 of the parts, 114 bytes, mod L.
fn hash_to_scalar(parts: &[&[u8]]) -> EdwardsScalar {
    let mut wide = WideEdwardsScalarBytes::default();
    shake256(parts).read(&mut wide);
    let scalar = EdwardsScalar::from_bytes_mod_order_wide(&wide);
    wide.as_mut_slice().zeroize();
    scalar
}

fn shake256(parts: &[&[u8]]) -> impl XofReader + use<> {
    let mut hasher = Shake256::default();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize_xof()
}
