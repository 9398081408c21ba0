//! X25519 and Ed25519 against curve25519-dalek, ed25519-dalek and crrl, whichever arithmetic the library was built
//! with.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::{Cases, Stream, array, hex};
use curve25519_dalek::montgomery::MontgomeryPoint;
use ed25519_dalek::Signer;
use pqhybrid::Error;
use pqhybrid::primitives::{ed25519, x25519};

#[test]
fn curve25519() {
    let mut cases = Cases::new("curve25519");
    let mut stream = Stream::new("pqhybrid, curve 25519, 1");
    rfc_7748(&mut cases);
    exchange(&mut cases, &mut stream);
    sign_and_verify(&mut cases, &mut stream);
    cases.finish(2 + 4000 + 8 * 23 + 2000);
}

/// Section 5.2: once and a thousand times, each result the next scalar and the scalar the next point.
fn rfc_7748(cases: &mut Cases) {
    let (mut k, mut u) = ([0; 32], [0; 32]);
    (k[0], u[0]) = (9, 9);
    for i in 0..1000 {
        let mut next = [0; 32];
        assert!(x25519::diffie_hellman(&mut next, &k, &u));
        (k, u) = (next, k);
        if i == 0 {
            assert_eq!(k.to_vec(), hex("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"));
            cases.ran();
        }
    }
    assert_eq!(k.to_vec(), hex("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"));
    cases.ran();
}

fn exchange(cases: &mut Cases, stream: &mut Stream) {
    for _ in 0..4000 {
        one(&stream.array(), &stream.array());
        cases.ran();
    }
    // Of small order, not canonical, and the like: 0, 1, 9, around p, and all ones; each with the topmost bit too.
    let ends = [[0; 32], [0xff; 32], array(&hex(&"55".repeat(32))), array(&hex(&"aa".repeat(32)))];
    let scalars = [stream.array(), stream.array(), stream.array(), stream.array()];
    for low in [0, 1, 2, 9].into_iter().chain(0xe9..=0xff).chain([3, 4, 5, 6]) {
        let mut u = [if low > 9 { 0xff } else { 0 }; 32];
        (u[0], u[31]) = (low, u[31] & 0x7f);
        for scalar in ends.iter().chain(&scalars) {
            one(scalar, &u);
            u[31] ^= 0x80;
            one(scalar, &u);
            cases.ran();
        }
    }

    fn one(scalar: &[u8; 32], point: &[u8; 32]) {
        let (mut shared, mut public, mut times_9) = ([0; 32], [0; 32], [0; 32]);
        let contributory = x25519::diffie_hellman(&mut shared, scalar, point);
        assert_eq!(shared, MontgomeryPoint(*point).mul_clamped(*scalar).0, "{scalar:02x?} times {point:02x?}");
        assert_eq!(shared, crrl::x25519::x25519(point, scalar), "{scalar:02x?} times {point:02x?}");
        assert_eq!(contributory, shared != [0; 32], "{scalar:02x?} times {point:02x?}");
        x25519::public_key(&mut public, scalar);
        let mut nine = [0; 32];
        nine[0] = 9;
        assert!(x25519::diffie_hellman(&mut times_9, scalar, &nine));
        assert_eq!(public, times_9, "public key of {scalar:02x?}");
        assert_eq!(public, MontgomeryPoint::mul_base_clamped(*scalar).0, "public key of {scalar:02x?}");
    }
}

fn sign_and_verify(cases: &mut Cases, stream: &mut Stream) {
    for case in 0..2000 {
        let seed = stream.array();
        let message = stream.bytes(case % 300);
        let key = ed25519::SigningKey::from_seed(&seed);
        let theirs = ed25519_dalek::SigningKey::from_bytes(&seed);
        assert_eq!(key.public_key(), theirs.verifying_key().as_bytes(), "case {case}");
        let (mut sig, mut again) = ([0; 64], [0; 64]);
        key.sign(&mut sig, &message).unwrap();
        ed25519::sign(&mut again, &message, &seed).unwrap();
        assert_eq!(sig, again, "case {case}");
        assert_eq!(sig, theirs.sign(&message).to_bytes(), "case {case}");
        assert_eq!(sig, crrl::ed25519::PrivateKey::from_seed(&seed).sign_raw(&message), "case {case}");

        let public_key = ed25519::VerifyingKey::from_bytes(key.public_key()).unwrap();
        assert_eq!(public_key.verify(&sig, &message), Ok(()), "case {case}");
        sig[case % 64] ^= 1 << (case / 64 % 8);
        assert_eq!(public_key.verify(&sig, &message), Err(Error::Signature), "case {case}");

        // Any bytes as a public key: about half are no point.
        let bytes = stream.array();
        let decoded = ed25519::VerifyingKey::from_bytes(&bytes);
        let theirs = ed25519_dalek::VerifyingKey::from_bytes(&bytes);
        assert_eq!(decoded.is_ok(), theirs.is_ok(), "{bytes:02x?}");
        if decoded.is_ok() {
            cases.note("random points");
        }
        cases.ran();
    }
    assert!(cases.noted("random points") > 500);
}
