//! What a library with `verify-after-sign` asks of each signature, asked of good ones and of changed ones.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::panic)]
#![allow(clippy::integer_division_remainder_used)]

#[path = "../common/mod.rs"]
mod common;

use common::Cases;
use pqhybrid::Error;

macro_rules! suite {
    ($name:ident, $pq_sig:literal, $minimum:literal) => {
        #[test]
        fn $name() {
            use pqhybrid::sig::$name as suite;
            let mut cases = Cases::new(concat!("check_", stringify!($name)));
            let (sk, digest, context) = ([7; suite::SECRET_KEY_BYTES], [9; 64], b"context");
            let mut sig = [0; suite::SIGNATURE_BYTES];
            suite::sign(&mut sig, &digest, context, &[3; 32], &sk).unwrap();
            assert_eq!(suite::check(&sig, &digest, context, &sk), Ok(()));
            cases.ran();

            // A bit of either half, of the digest, of the context, of either half of the key.
            for at in (0..sig.len()).step_by(97).chain($pq_sig..sig.len()) {
                let mut changed = sig;
                changed[at] ^= 1 << (at % 8);
                assert_eq!(suite::check(&changed, &digest, context, &sk), Err(Error::Internal), "byte {at}");
                cases.ran();
            }
            for at in 0..digest.len() {
                let mut other = digest;
                other[at] ^= 0x10;
                assert_eq!(suite::check(&sig, &other, context, &sk), Err(Error::Internal), "digest {at}");
                cases.ran();
            }
            for at in (0..sk.len()).step_by(11) {
                let mut other = sk;
                other[at] ^= 0x10;
                assert_eq!(suite::check(&sig, &digest, context, &other), Err(Error::Internal), "key {at}");
                cases.ran();
            }
            for other in [b"contexT".as_slice(), b"", &[0; 255], &[0; 256]] {
                assert_eq!(suite::check(&sig, &digest, other, &sk), Err(Error::Internal), "context {other:?}");
                cases.ran();
            }
            cases.finish($minimum);
        }
    };
}

suite!(mldsa65_ed25519, 3309, 174);
suite!(mldsa87_ed448, 4627, 241);
