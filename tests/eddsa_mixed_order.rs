//! Keys with a part of small order, which somebody may have made on purpose: the equation without the cofactor
//! decides, R = [s]B - [k]A, to the very multiple of that part. Signatures whose R has such a part are valid if it is the right one.
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
fn eddsa_mixed_order() {
    let mut cases = Cases::new("eddsa_mixed_order");
    let mut stream = Stream::new("eddsa mixed order");
    mixed_25519(&mut cases, &mut stream);
    mixed_448(&mut cases, &mut stream);
    // Every key, every R: what is valid among them is one in as many as the small order is.
    assert!(cases.noted("accepted") >= 3 * 4 + 7 * 8, "too few are valid");
    cases.finish(4 * (3 * 4 * 4 + 7 * 8 * 8));
}

macro_rules! mixed {
    ($function:ident, $set:ident, $order:literal, $torsion:expr, $challenge:ident) => {
        fn $function(cases: &mut Cases, stream: &mut Stream) {
            use crrl::$set::{Point, Scalar};
            const N: usize = $set::PUBLIC_KEY_BYTES;
            let torsion = Point::decode(&$torsion).unwrap();
            // [n]T for every n.
            let mut multiples = vec![Point::NEUTRAL];
            while multiples.len() < $order {
                multiples.push(*multiples.last().unwrap() + torsion);
            }
            assert_eq!((*multiples.last().unwrap() + torsion).encode(), Point::NEUTRAL.encode(), "the order of T");

            for _ in 0..4 {
                let secret = Scalar::decode_reduce(&stream.bytes(64));
                for of_key in 1..$order {
                    let key: [u8; N] = (Point::mulgen(&secret) + multiples[of_key]).encode();
                    for of_r in 0..$order {
                        // Several messages, for several remainders of the challenge, which depends on R.
                        for _ in 0..$order {
                            let nonce = Scalar::decode_reduce(&stream.bytes(64));
                            let message = stream.bytes(20);
                            let r: [u8; N] = (Point::mulgen(&nonce) + multiples[of_r]).encode();
                            let k = Scalar::decode_reduce(&$challenge(&[r.as_slice(), &key, &message].concat()));
                            let s = (nonce + k * secret).encode();
                            let mut sig = [0; 2 * N];
                            sig[..N].copy_from_slice(&r);
                            sig[N..][..s.len()].copy_from_slice(&s);
                            // [s]B - [k]A = [r]B - [k * of_key]T
                            let right = (usize::from(k.encode()[0]) * of_key + of_r) % $order == 0;
                            let expected = if right { Ok(()) } else { Err(Error::Signature) };
                            let verdict = $set::verify(&sig, &message, &key);
                            assert_eq!(
                                verdict,
                                expected,
                                "A with {of_key} T, R with {of_r} T, k = {:02x?}",
                                k.encode()
                            );
                            cases.note(if right { "accepted" } else { "refused" });
                            cases.ran();
                        }
                    }
                }
            }
        }
    };
}

mixed!(mixed_25519, ed25519, 8, array::<32>(&hex(ORDER_8)), challenge_25519);
mixed!(mixed_448, ed448, 4, [0; 57], challenge_448);

const ORDER_8: &str = "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a";

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
