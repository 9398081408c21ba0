//! Signatures beside other implementations: the same bytes, and the same judgement on what was changed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pqhybrid::ffi::status::*;
use pqhybrid_fuzz::input::{Input, expand};
use pqhybrid_fuzz::mutate::mutate;
use pqhybrid_fuzz::other_sig::OTHER_SIGS;
use pqhybrid_fuzz::sig::{SEED, SIGS};

fuzz_target!(|data: &[u8]| {
    let mut input = Input::new(data);
    let index = input.below(SIGS.len());
    let (suite, other) = (&SIGS[index], &OTHER_SIGS[index]);
    let place = input.byte();
    let (sk, rnd) = (input.bytes(suite.sk), input.bytes(SEED));
    let (msg, ctx) = (input.text(1024), input.text(255));

    let mut pk = suite.public_key(place, &sk).ok_one();
    assert!(pk == (other.public_key)(&sk), "another public key");
    let mut sig = suite.sign_derand(place, &msg, &ctx, &rnd, &sk).ok_one();
    assert!(sig == (other.sign)(&msg, &ctx, &rnd, &sk), "another signature");

    if input.byte() & 1 == 1 {
        let other_pk = suite.public_key(place, &expand(place, suite.sk)).ok_one();
        mutate(&mut input, &mut pk, suite.pk_classical, &other_pk);
    }
    mutate(&mut input, &mut sig, suite.sig_classical, &expand(place, suite.sig));
    let status = suite.verify(place, &sig, &msg, &ctx, &pk);
    if (other.is_bad_public_key)(&pk) {
        assert_eq!(status, PQH_ERR_PUBLIC_KEY, "a point of small order, or none");
    } else {
        // Each half for itself, so that a half that is never looked at is found out.
        let (lattice, classical) = (other.verify)(&sig, &msg, &ctx, &pk);
        let expected = if lattice && classical { PQH_OK } else { PQH_ERR_SIGNATURE };
        assert_eq!(status, expected, "the halves verify elsewhere: ML-DSA {lattice}, EdDSA {classical}");
    }
});
