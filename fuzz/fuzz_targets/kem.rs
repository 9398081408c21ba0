//! Key encapsulation: keys, encapsulations and ciphertexts, honest ones and made ones.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pqhybrid::ffi::status::*;
use pqhybrid_fuzz::input::{Input, expand};
use pqhybrid_fuzz::kem::{KEMS, Kem};
use pqhybrid_fuzz::mutate::mutate;
use pqhybrid_fuzz::{known, random};

/// A key pair, and what was encapsulated to it.
struct Honest {
    sk: Vec<u8>,
    pk: Vec<u8>,
    coins: Vec<u8>,
    ct: Vec<u8>,
    ss: Vec<u8>,
}

fuzz_target!(|data: &[u8]| {
    let mut input = Input::new(data);
    let kem = input.choose(&KEMS);
    let place = input.byte();
    let honest = honest(kem, place, &mut input);
    match input.below(6) {
        0 => entropy_fails(kem, place, &honest, &mut input),
        1 => made_public_key(kem, place, &honest, &mut input),
        2 => other_secret_key(kem, place, &honest, &mut input),
        _ => made_ciphertext(kem, place, &honest, &mut input),
    }
});

fn honest(kem: &Kem, place: u8, input: &mut Input) -> Honest {
    let (sk, coins) = (input.bytes(kem.sk), input.bytes(kem.coins));
    let pk = kem.public_key(place, &sk).ok_one();
    if kem.keygen.is_some() {
        let made = random::with(&sk, || kem.keygen(place)).ok();
        assert!(made == [pk.clone(), sk.clone()], "keygen makes another key than public_key");
    }
    let encapsulated = kem.encaps_derand(place, &coins, &pk);
    let again = random::with(&coins, || kem.encaps(!place, &pk));
    assert!(encapsulated == again, "encaps is not encaps_derand of what it draws");
    let prepared = random::with(&coins, || kem.prepared_encaps(place, &pk));
    assert!(encapsulated == prepared, "encaps_with is not encaps_derand of what it draws");
    let [ct, ss] = encapsulated.ok().try_into().expect("two outputs");
    assert!(kem.decaps(place, &ct, &sk).ok_one() == ss, "decaps gives another secret than encaps");
    if kem.name == "mlkem768_x25519" {
        let dk: [u8; 96] = known::shake256(&[&sk]);
        let lamps = &KEMS[1];
        assert!(lamps.public_key(place, &dk).ok_one() == pk, "the LAMPS form has another public key");
        assert!(lamps.decaps(place, &ct, &dk).ok_one() == ss, "the LAMPS form decapsulates to another secret");
    }
    Honest { sk, pk, coins, ct, ss }
}

fn entropy_fails(kem: &Kem, place: u8, honest: &Honest, input: &mut Input) {
    let status = 1 + input.i32().checked_abs().unwrap_or(0) % 1000;
    let written = usize::from(input.byte());
    if kem.keygen.is_some() {
        random::failing(-status, &honest.coins[..written % kem.coins], || kem.keygen(place)).expect(PQH_ERR_RANDOM);
    }
    random::failing(status, &honest.coins[..written % kem.coins], || kem.encaps(place, &honest.pk))
        .expect(PQH_ERR_RANDOM);
    random::failing(status, &honest.coins[..written % kem.coins], || kem.prepared_encaps(place, &honest.pk))
        .expect(PQH_ERR_RANDOM);
}

fn made_ciphertext(kem: &Kem, place: u8, honest: &Honest, input: &mut Input) {
    let mut ct = honest.ct.clone();
    mutate(input, &mut ct, kem.ct_classical, &expand(place, kem.ct));
    let outcome = kem.decaps(place, &ct, &honest.sk);
    if (kem.is_low_order)(&ct[kem.ct_classical..]) {
        outcome.expect(PQH_ERR_CIPHERTEXT);
    } else {
        let same = outcome.ok_one() == honest.ss;
        assert_eq!(same, ct == honest.ct, "two ciphertexts with one secret, or one with two");
    }
}

fn made_public_key(kem: &Kem, place: u8, honest: &Honest, input: &mut Input) {
    let mut pk = honest.pk.clone();
    let other = kem.public_key(place, &expand(place, kem.sk)).ok_one();
    mutate(input, &mut pk, kem.pk_classical, &other);
    let outcome = kem.encaps_derand(place, &honest.coins, &pk);
    assert!(outcome == random::with(&honest.coins, || kem.encaps(place, &pk)), "encaps is not encaps_derand");
    if kem.is_bad_public_key(&pk) {
        outcome.expect(PQH_ERR_PUBLIC_KEY);
    } else {
        let [ct, ss] = outcome.ok().try_into().expect("two outputs");
        let received = kem.decaps(place, &ct, &honest.sk).ok_one();
        assert_eq!(received == ss, pk == honest.pk, "a secret shared over another key than one's own");
    }
}

fn other_secret_key(kem: &Kem, place: u8, honest: &Honest, input: &mut Input) {
    let mut sk = honest.sk.clone();
    mutate(input, &mut sk, kem.sk_classical, &expand(place, kem.sk));
    // Not every bit of a secret key counts: clamping ignores some, and z is for forged ciphertexts alone.
    let is_ours = kem.public_key(place, &sk).ok_one() == honest.pk;
    let same = kem.decaps(place, &honest.ct, &sk).ok_one() == honest.ss;
    assert_eq!(same, is_ours, "a ciphertext opened with another key, or not with the same");
}
