//! The classical primitives against those of crrl, an implementation that shares nothing with ours.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::{Cases, Stream, hex};
use pqhybrid::Error;
use pqhybrid::primitives::{ed448, ed25519, x448, x25519};

const SEED: &str = "pqhybrid against crrl, 1";
const RANDOM_CASES: usize = 256;

#[test]
fn differential_crrl() {
    common::say(&format!("differential_crrl: seed {SEED:?}"));
    let mut stream = Stream::new(SEED);
    let mut cases = Cases::new("differential_crrl");
    eddsa_25519(&mut cases, &mut stream);
    eddsa_448(&mut cases, &mut stream);
    dh_25519(&mut cases, &mut stream);
    dh_448(&mut cases, &mut stream);
    let edge = 18 * (edge_points_25519().len() + edge_points_448().len());
    cases.finish(4 * RANDOM_CASES + edge);
}

macro_rules! eddsa {
    ($function:ident, $ours:ident) => {
        fn $function(cases: &mut Cases, stream: &mut Stream) {
            for case in 0..RANDOM_CASES {
                let seed = stream.array();
                // Lengths on both sides of the hashes' blocks, zero first.
                let message = stream.bytes(case);
                let name = format!("{} case {case}", stringify!($ours));

                let their_key = crrl::$ours::PrivateKey::from_seed(&seed);
                let mut public_key = [0; $ours::PUBLIC_KEY_BYTES];
                $ours::public_key(&mut public_key, &seed);
                assert_eq!(public_key, their_key.public_key.encode(), "{name}: public keys");

                let mut sig = [0; $ours::SIGNATURE_BYTES];
                $ours::sign(&mut sig, &message, &seed).unwrap();
                let theirs = their_key.sign_raw(&message);
                assert_eq!(sig, theirs, "{name}: signatures");
                assert!(their_key.public_key.verify_raw(&sig, &message), "{name}: ours there");
                assert_eq!($ours::verify(&theirs, &message, &public_key), Ok(()), "{name}: theirs here");

                // One bit anywhere in the signature, none of which both may ignore.
                let bit = usize::from(u16::from_le_bytes(stream.array())) % (8 * sig.len());
                sig[bit / 8] ^= 1 << (bit % 8);
                assert!(!their_key.public_key.verify_raw(&sig, &message), "{name}: bit {bit} there");
                assert_eq!($ours::verify(&sig, &message, &public_key), Err(Error::Signature), "{name}: bit {bit} here");
                cases.ran();
            }
        }
    };
}

eddsa!(eddsa_25519, ed25519);
eddsa!(eddsa_448, ed448);

macro_rules! diffie_hellman {
    ($function:ident, $ours:ident, $their_base:path, $their_dh:path, $edge_points:ident) => {
        fn $function(cases: &mut Cases, stream: &mut Stream) {
            // About half of all coordinates are on the curve, the others on its twist; both count.
            for _ in 0..RANDOM_CASES {
                one(&stream.array(), &stream.array());
                cases.ran();
            }
            let mut scalars = vec![[0; $ours::BYTES], [0xff; $ours::BYTES]];
            scalars.extend((0..16).map(|_| stream.array()));
            for point in $edge_points() {
                for scalar in &scalars {
                    one(scalar, &point);
                    cases.ran();
                }
            }

            fn one(scalar: &[u8; $ours::BYTES], point: &[u8; $ours::BYTES]) {
                let mut ours = [0; $ours::BYTES];
                $ours::public_key(&mut ours, scalar);
                assert_eq!(ours, $their_base(scalar), "public key of {scalar:02x?}");
                let not_zero = $ours::diffie_hellman(&mut ours, scalar, point);
                assert_eq!(ours, $their_dh(point, scalar), "{scalar:02x?} times {point:02x?}");
                assert_eq!(not_zero, ours != [0; $ours::BYTES], "{scalar:02x?} times {point:02x?}");
            }
        }
    };
}

diffie_hellman!(dh_25519, x25519, crrl::x25519::x25519_base, crrl::x25519::x25519, edge_points_25519);
diffie_hellman!(dh_448, x448, crrl::x448::x448_base, crrl::x448::x448, edge_points_448);

/// u = 0 to 9, the order-8 pair, around p, the largest, and each again with bit 255, which RFC 7748 masks.
fn edge_points_25519() -> Vec<[u8; 32]> {
    let mut points: Vec<[u8; 32]> = (0..10).map(small).collect();
    points.extend((0xe9..=0xff).map(|low| {
        let mut point = [0xff; 32];
        (point[0], point[31]) = (low, 0x7f);
        point
    }));
    for order_8 in [
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    ] {
        points.push(common::array(&hex(order_8)));
    }
    let masked: Vec<[u8; 32]> = points.iter().map(|point| with(point, 31, point[31] | 0x80)).collect();
    points.extend(masked);
    points
}

/// u = 0 to 9, around p = 2^448 - 2^224 - 1, and the largest.
fn edge_points_448() -> Vec<[u8; 56]> {
    let mut points: Vec<[u8; 56]> = (0..10).map(small).collect();
    let p = with(&[0xff; 56], 28, 0xfe);
    points.extend((0xf8..=0xff).map(|low| with(&p, 0, low)));
    // p + 1 and the next ones are 2^448 - 2^224 and the next ones.
    points.extend((0..8).map(|low| {
        let mut point = [0; 56];
        point[28..].fill(0xff);
        with(&point, 0, low)
    }));
    points.extend([with(&[0xff; 56], 0, 0xfe), [0xff; 56], with(&[0; 56], 55, 0x80), with(&[0xff; 56], 55, 0x7f)]);
    points
}

fn small<const N: usize>(value: u8) -> [u8; N] {
    with(&[0; N], 0, value)
}

fn with<const N: usize>(bytes: &[u8; N], position: usize, value: u8) -> [u8; N] {
    let mut bytes = *bytes;
    bytes[position] = value;
    bytes
}
