//! Points of small order, and encodings that are not canonical, in the classical half of keys and ciphertexts.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::{Cases, array, hex};
use pqhybrid::Error;
use pqhybrid::kem::{mlkem768_x25519, mlkem1024_x448};
use pqhybrid::sig::{mldsa65_ed25519, mldsa87_ed448};

#[test]
fn low_order() {
    let mut cases = Cases::new("low_order");
    kem_x25519(&mut cases);
    kem_x448(&mut cases);
    sig_ed25519(&mut cases);
    sig_ed448(&mut cases);
    cases.finish(2 * 14 + 2 * 5 + (8 + 2 + 38) + (4 + 2 + 36 + 127));
}

macro_rules! kem {
    ($function:ident, $suite:ident, $secret_key:expr, $points:ident) => {
        fn $function(cases: &mut Cases) {
            let sk = $secret_key;
            let coins = [3; $suite::ENCAPS_COINS_BYTES];
            let (mut pk, mut ct) = ([0; $suite::PUBLIC_KEY_BYTES], [0; $suite::CIPHERTEXT_BYTES]);
            let (mut sent, mut received) = ([0; 32], [0; 32]);
            $suite::public_key(&mut pk, &sk).unwrap();
            $suite::encaps(&mut ct, &mut sent, &coins, &pk).unwrap();
            $suite::decaps(&mut received, &ct, &sk).unwrap();
            assert_eq!(received, sent);

            for point in $points() {
                let mut bad_pk = pk;
                replace_end(&mut bad_pk, &point);
                let mut bad_ct = [0; $suite::CIPHERTEXT_BYTES];
                let verdict = $suite::encaps(&mut bad_ct, &mut sent, &coins, &bad_pk);
                assert_eq!(verdict, Err(Error::PublicKey), "encaps to {point:02x?}");
                cases.ran();

                let mut bad_ct = ct;
                replace_end(&mut bad_ct, &point);
                let verdict = $suite::decaps(&mut received, &bad_ct, &sk);
                assert_eq!(verdict, Err(Error::Ciphertext), "decaps of {point:02x?}");
                cases.ran();
            }

            // The next best point is one like any other.
            let mut point = $points()[0];
            point[0] = 2;
            replace_end(&mut pk, &point);
            assert_eq!($suite::encaps(&mut ct, &mut sent, &coins, &pk), Ok(()));
            replace_end(&mut ct, &point);
            assert_eq!($suite::decaps(&mut received, &ct, &sk), Ok(()));
        }
    };
}

kem!(kem_x25519, mlkem768_x25519, [1; 32], montgomery_25519);
kem!(kem_x448, mlkem1024_x448, [1; 120], montgomery_448);

macro_rules! sig {
    ($function:ident, $suite:ident, $secret_key:expr, $points:ident) => {
        fn $function(cases: &mut Cases) {
            let sk = $secret_key;
            let digest = [5; 64];
            let (mut pk, mut sig) = ([0; $suite::PUBLIC_KEY_BYTES], [0; $suite::SIGNATURE_BYTES]);
            $suite::public_key(&mut pk, &sk).unwrap();
            $suite::sign(&mut sig, &digest, &[], &[0; 32], &sk).unwrap();
            assert_eq!($suite::verify(&sig, &digest, &[], &pk), Ok(()));

            for point in $points(&pk) {
                let mut bad_pk = pk;
                replace_end(&mut bad_pk, &point);
                assert_ne!(bad_pk, pk);
                let verdict = $suite::verify(&sig, &digest, &[], &bad_pk);
                assert_eq!(verdict, Err(Error::PublicKey), "verify with {point:02x?}");

                // R = identity, s = 0 holds for the identity and every message.
                let mut forged = sig;
                let mut identity_and_zero = [0; 2 * POINT_BYTES_MAX];
                identity_and_zero[0] = 1;
                replace_end(&mut forged, &identity_and_zero[..2 * point.len()]);
                let verdict = $suite::verify(&forged, &digest, &[], &bad_pk);
                assert_eq!(verdict, Err(Error::PublicKey), "forged, verify with {point:02x?}");
                cases.ran();
            }
        }
    };
}

const POINT_BYTES_MAX: usize = 57;

sig!(sig_ed25519, mldsa65_ed25519, [1; 64], edwards_25519);
sig!(sig_ed448, mldsa87_ed448, [1; 89], edwards_448);

/// The classical part is last in every byte string of the suites.
fn replace_end(bytes: &mut [u8], end: &[u8]) {
    let start = bytes.len() - end.len();
    bytes[start..].copy_from_slice(end);
}

/// u = 0, 1, p - 1 and the two of order 8; p and p + 1, which are 0 and 1 again; and each with bit 255, which RFC 7748
/// masks. On the curve or on its twist, there are no others.
fn montgomery_25519() -> Vec<[u8; 32]> {
    let points = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];
    let points = points.map(|point| array::<32>(&hex(point)));
    let masked = points.map(|mut point| {
        point[31] |= 0x80;
        point
    });
    [points, masked].concat()
}

/// u = 0, 1, p - 1; p and p + 1, which are 0 and 1 again.
fn montgomery_448() -> Vec<[u8; 56]> {
    vec![small(0), small(1), p_448(-1), p_448(0), p_448(1)]
}

/// The eight points of small order; x = 0 with a sign; every y from p to 2^255 - 1, on the curve or not, of small order
/// or not.
fn edwards_25519(_: &[u8]) -> Vec<[u8; 32]> {
    let order_8 = [
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    ];
    let mut points: Vec<[u8; 32]> = order_8.iter().map(|point| array(&hex(point))).collect();
    points.push(small(0));
    points.push(small(1));
    points.extend((0xec..=0xff).map(|low| {
        let mut point = [0xff; 32];
        (point[0], point[31]) = (low, 0x7f);
        point
    }));
    both_signs(&points)
}

/// The four points of small order; x = 0 with a sign; y from p to p + 15 and the two largest, on the curve or not; and
/// the honest key with every value in the bits that are to be zero.
fn edwards_448(honest: &[u8]) -> Vec<[u8; 57]> {
    let mut points = vec![small(0), small(1)];
    points.extend((-1..16).map(|offset| extend(p_448(offset))));
    let mut largest = [0xff; 56];
    points.push(extend(largest));
    largest[0] = 0xfe;
    points.push(extend(largest));
    let mut points = both_signs(&points);
    points.extend((1..0x80).map(|bits| {
        let mut point: [u8; 57] = array(&honest[honest.len() - 57..]);
        point[56] |= bits;
        point
    }));
    points
}

fn both_signs<const N: usize>(points: &[[u8; N]]) -> Vec<[u8; N]> {
    let negative = points.iter().map(|point| {
        let mut point = *point;
        point[N - 1] |= 0x80;
        point
    });
    points.iter().copied().chain(negative).collect()
}

fn small<const N: usize>(value: u8) -> [u8; N] {
    let mut bytes = [0; N];
    bytes[0] = value;
    bytes
}

/// p + offset, where p = 2^448 - 2^224 - 1.
fn p_448(offset: i8) -> [u8; 56] {
    let mut bytes = [0xff; 56];
    if offset <= 0 {
        bytes[28] = 0xfe;
        bytes[0] = 0xff - offset.unsigned_abs();
    } else {
        bytes[..28].fill(0);
        bytes[0] = offset.unsigned_abs() - 1;
    }
    bytes
}

fn extend(y: [u8; 56]) -> [u8; 57] {
    array(&[y.as_slice(), &[0]].concat())
}
