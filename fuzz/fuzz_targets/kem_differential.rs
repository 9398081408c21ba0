//! Key encapsulation beside other implementations: the same bytes, and the same refusals.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pqhybrid::ffi::status::*;
use pqhybrid_fuzz::input::{Input, expand};
use pqhybrid_fuzz::kem::KEMS;
use pqhybrid_fuzz::mutate::mutate;
use pqhybrid_fuzz::other_kem::{MLKEM768_X25519, MLKEM1024_X448, X_WING};

fuzz_target!(|data: &[u8]| {
    let mut input = Input::new(data);
    let index = input.below(KEMS.len());
    let (kem, other) = (&KEMS[index], [&X_WING, &MLKEM768_X25519, &MLKEM1024_X448][index]);
    let place = input.byte();
    let (sk, coins) = (input.bytes(kem.sk), input.bytes(kem.coins));

    let pk = kem.public_key(place, &sk).ok_one();
    assert!(pk == (other.public_key)(&sk), "another public key");

    let mut made_pk = pk.clone();
    if input.byte() & 1 == 1 {
        let other_pk = kem.public_key(place, &expand(place, kem.sk)).ok_one();
        mutate(&mut input, &mut made_pk, kem.pk_classical, &other_pk);
    }
    let ours = kem.encaps_derand(place, &coins, &made_pk);
    let theirs = (other.encaps)(&coins, &made_pk);
    // That x-wing takes points of small order is known; that nobody else does is checked by the other two.
    let refused = theirs.is_none() || index == 0 && (kem.is_low_order)(&made_pk[kem.pk_classical..]);
    let mut ct = match theirs {
        _ if refused => {
            ours.expect(PQH_ERR_PUBLIC_KEY);
            expand(place, kem.ct)
        }
        Some((ct, ss)) => {
            assert!(ours.ok() == [ct.clone(), ss], "another encapsulation");
            ct
        }
        None => unreachable!(),
    };

    mutate(&mut input, &mut ct, kem.ct_classical, &expand(place, kem.ct));
    let ours = kem.decaps(place, &ct, &sk);
    match (other.decaps)(&ct, &sk) {
        None => ours.expect(PQH_ERR_CIPHERTEXT),
        // Of forged ciphertexts too: implicit rejection is part of the standard.
        Some(ss) => assert!(ours.ok_one() == ss, "another decapsulation"),
    }
});
