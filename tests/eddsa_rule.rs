//! The rule by which EdDSA signatures are verified, where RFC 8032 leaves a choice or libraries differ: no cofactor,
//! s < L, R and A canonical; a public key with a part of small order is judged by the equation like any other.
//!
//! The signatures are made with crrl's group, from the scalars themselves.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::{Cases, Stream, array, hex};
use pqhybrid::Error;
use pqhybrid::primitives::hash::{Prehash, Sha512, shake256};
use pqhybrid::primitives::{ed448, ed25519};

#[test]
fn eddsa_rule() {
    let mut cases = Cases::new("eddsa_rule");
    let mut stream = Stream::new("eddsa rule");
    rule_25519(&mut cases, &mut stream);
    rule_448(&mut cases, &mut stream);
    for what in ["mixed-order key accepted", "mixed-order key refused"] {
        assert!(cases.noted(what) > 0, "no {what}");
    }
    // In each: 64 mixed keys, 4 of R, what fits of s + nL, 255 of the last byte.
    cases.finish(2 * (64 + 4 + 255) + 14 + 1022);
}

macro_rules! rule {
    ($function:ident, $set:ident, $cofactor:literal, $torsion:expr, $p_plus_one:expr, $challenge:ident) => {
        fn $function(cases: &mut Cases, stream: &mut Stream) {
            use crrl::$set::{Point, Scalar};
            const N: usize = $set::PUBLIC_KEY_BYTES;

            let secret = Scalar::decode_reduce(&stream.bytes(64));
            let nonce = Scalar::decode_reduce(&stream.bytes(64));
            let torsion = Point::decode(&$torsion).unwrap();
            let challenge = |r: &[u8; N], a: &[u8; N], message: &[u8]| {
                Scalar::decode_reduce(&$challenge(&[r.as_slice(), a, message].concat()))
            };
            let signature = |r: &[u8; N], s: Scalar| -> [u8; 2 * N] {
                let mut sig = [0; 2 * N];
                sig[..N].copy_from_slice(r);
                let s = s.encode();
                sig[N..][..s.len()].copy_from_slice(&s);
                sig
            };
            let key = Point::mulgen(&secret).encode();
            let r = Point::mulgen(&nonce).encode();
            let sig = signature(&r, nonce + challenge(&r, &key, b"message") * secret);
            assert_eq!($set::verify(&sig, b"message", &key), Ok(()), "signature by hand");

            // A = [a]B + T: [s]B - [k]A is R without the cofactor only where [k]T is the identity.
            let mixed = (Point::mulgen(&secret) + torsion).encode();
            for _ in 0..64 {
                let message = stream.bytes(20);
                let k = challenge(&r, &mixed, &message);
                let sig = signature(&r, nonce + k * secret);
                let holds = k.encode()[0] % $cofactor == 0;
                let expected = if holds { Ok(()) } else { Err(Error::Signature) };
                assert_eq!($set::verify(&sig, &message, &mixed), expected, "mixed-order key, k = {:02x?}", k.encode());
                let with_cofactor = crrl::$set::PublicKey::decode(&mixed).unwrap().verify_raw(&sig, &message);
                assert!(with_cofactor, "what was tested is another thing");
                cases.note(if holds { "mixed-order key accepted" } else { "mixed-order key refused" });
                cases.ran();
            }

            // R = T + [r]B is not the R of the equation.
            let r_mixed = (Point::mulgen(&nonce) + torsion).encode();
            let mixed_sig = signature(&r_mixed, nonce + challenge(&r_mixed, &key, b"m") * secret);
            assert_eq!($set::verify(&mixed_sig, b"m", &key), Err(Error::Signature), "mixed-order R");
            cases.ran();
            // R = identity is, where r = 0; but not if it is written as y = p + 1, or with a sign.
            let identity = Point::NEUTRAL.encode();
            let zero_sig = signature(&identity, challenge(&identity, &key, b"m") * secret);
            assert_eq!($set::verify(&zero_sig, b"m", &key), Ok(()), "R = identity");
            cases.ran();
            let mut signed = identity;
            signed[N - 1] |= 0x80;
            for odd in [signed, $p_plus_one] {
                let sig = signature(&odd, challenge(&odd, &key, b"m") * secret);
                assert_eq!($set::verify(&sig, b"m", &key), Err(Error::Signature), "R = {odd:02x?}");
                cases.ran();
            }

            // s + nL is the same scalar, as long as it fits.
            let mut order = [0; N];
            let minus_one = (-Scalar::ONE).encode();
            order[..minus_one.len()].copy_from_slice(&minus_one);
            order[0] += 1;
            let mut same = sig;
            while add(&mut same[N..], &order) {
                let s = &same[N..];
                assert_eq!($set::verify(&same, b"message", &key), Err(Error::Signature), "s + nL = {s:02x?}");
                cases.ran();
            }
            // No byte of s may be ignored: its last is zero in Ed448, and nearly so in Ed25519.
            for bits in 1..=0xff {
                let mut other = sig;
                other[2 * N - 1] ^= bits;
                let verdict = $set::verify(&other, b"message", &key);
                assert_eq!(verdict, Err(Error::Signature), "last byte of s changed by {bits:#04x}");
                cases.ran();
            }
        }
    };
}

rule!(rule_25519, ed25519, 8, array::<32>(&hex(ORDER_8)), array::<32>(&hex(P_PLUS_ONE)), challenge_25519);
rule!(rule_448, ed448, 4, [0; 57], array::<57>(&[[0; 28].as_slice(), &[0xff; 28], &[0]].concat()), challenge_448);

const ORDER_8: &str = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";
const P_PLUS_ONE: &str = "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f";

fn challenge_25519(input: &[u8]) -> [u8; 64] {
    let (mut hash, mut wide) = (Sha512::new(), [0; 64]);
    hash.update(input);
    hash.finish(&mut wide);
    wide
}

/// dom4(0, "") is before everything that Ed448 hashes.
fn challenge_448(input: &[u8]) -> [u8; 114] {
    let mut wide = [0; 114];
    shake256(&mut wide, &[b"SigEd448\x00\x00", input].concat());
    wide
}

/// Adds little-endian integers and tells whether the sum fits.
fn add(sum: &mut [u8], term: &[u8]) -> bool {
    let mut carry = 0;
    for (byte, term) in sum.iter_mut().zip(term) {
        let wide = u16::from(*byte) + u16::from(*term) + carry;
        *byte = wide as u8;
        carry = wide >> 8;
    }
    carry == 0
}
