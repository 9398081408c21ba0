//! Signatures: honest ones, and everything about one changed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pqhybrid::ffi::status::*;
use pqhybrid_fuzz::input::{Input, expand};
use pqhybrid_fuzz::mutate::mutate;
use pqhybrid_fuzz::random;
use pqhybrid_fuzz::sig::{SEED, SIGS, Sig};

/// A signature and all that it is of.
#[derive(Clone, PartialEq)]
struct Signed {
    pk: Vec<u8>,
    msg: Vec<u8>,
    ctx: Vec<u8>,
    sig: Vec<u8>,
}

fuzz_target!(|data: &[u8]| {
    let mut input = Input::new(data);
    let suite = input.choose(&SIGS);
    let place = input.byte();
    let (sk, rnd) = (input.bytes(suite.sk), input.bytes(SEED));
    let (msg, ctx) = (input.text(4096), input.text(300));

    let pk = suite.public_key(place, &sk).ok_one();
    let signed = suite.sign_derand(place, &msg, &ctx, &rnd, &sk);
    if ctx.len() > 255 {
        signed.expect(PQH_ERR_CONTEXT_LENGTH);
        context_too_long(suite, place, &msg, &ctx, &sk, &pk);
        return;
    }
    let honest = Signed { pk, msg, ctx, sig: signed.ok_one() };
    assert_eq!(verify(suite, place, &honest), PQH_OK, "what was signed does not verify");
    match input.below(8) {
        0 => all_ways_are_one(suite, place, &honest, &rnd, &sk),
        1 => entropy_fails(suite, place, &honest, &sk, &mut input),
        2 => {
            // One string, cut in two at another place.
            let mut changed = honest.clone();
            if input.byte() & 1 == 1 {
                changed.msg.extend(changed.ctx.pop());
            } else if let Some(byte) = changed.msg.pop() {
                changed.ctx.push(byte);
            }
            judge(suite, place, &honest, &changed);
        }
        _ => {
            let mut changed = honest.clone();
            change(suite, &mut changed, &mut input);
            judge(suite, place, &honest, &changed);
        }
    }
});

fn verify(suite: &Sig, place: u8, signed: &Signed) -> i32 {
    let status = suite.verify(place, &signed.sig, &signed.msg, &signed.ctx, &signed.pk);
    if place & 4 == 0 {
        return status;
    }
    let digest = (suite.digest)(&signed.msg);
    let prehashed = suite.verify_prehashed(place, &signed.sig, &digest, &signed.ctx, &signed.pk);
    assert_eq!(status, prehashed, "verify and verify_prehashed do not agree");
    status
}

fn context_too_long(suite: &Sig, place: u8, msg: &[u8], ctx: &[u8], sk: &[u8], pk: &[u8]) {
    let digest = (suite.digest)(msg);
    let sig = vec![0; suite.sig];
    // Before any randomness is drawn.
    suite.sign(place, msg, ctx, sk).expect(PQH_ERR_CONTEXT_LENGTH);
    suite.sign_prehashed(place, &digest, ctx, sk).expect(PQH_ERR_CONTEXT_LENGTH);
    assert_eq!(suite.verify(place, &sig, msg, ctx, pk), PQH_ERR_CONTEXT_LENGTH);
    assert_eq!(suite.verify_prehashed(place, &sig, &digest, ctx, pk), PQH_ERR_CONTEXT_LENGTH);
}

fn all_ways_are_one(suite: &Sig, place: u8, honest: &Signed, rnd: &[u8], sk: &[u8]) {
    let Signed { pk, msg, ctx, sig } = honest;
    let made = random::with(sk, || suite.keygen(place)).ok();
    assert!(made == [pk.clone(), sk.to_vec()], "keygen makes another key than public_key");
    let drawn = random::with(rnd, || suite.sign(!place, msg, ctx, sk)).ok_one();
    assert!(drawn == *sig, "sign is not sign_derand of what it draws");
    let digest = (suite.digest)(msg);
    let prehashed = random::with(rnd, || suite.sign_prehashed(place, &digest, ctx, sk)).ok_one();
    assert!(prehashed == *sig, "sign_prehashed is not sign of the message");
    let prepared = random::with(rnd, || suite.prepared_sign(place, msg, ctx, sk)).ok_one();
    assert!(prepared == *sig, "sign_with is not sign");
    let prepared = random::with(rnd, || suite.prepared_sign_prehashed(place, &digest, ctx, sk)).ok_one();
    assert!(prepared == *sig, "sign_prehashed_with is not sign_prehashed");
}

fn entropy_fails(suite: &Sig, place: u8, honest: &Signed, sk: &[u8], input: &mut Input) {
    let status = 1 + input.i32().checked_abs().unwrap_or(0) % 1000;
    let half = &sk[..usize::from(input.byte()) % SEED];
    random::failing(-status, half, || suite.keygen(place)).expect(PQH_ERR_RANDOM);
    random::failing(status, half, || suite.sign(place, &honest.msg, &honest.ctx, sk)).expect(PQH_ERR_RANDOM);
    let digest = (suite.digest)(&honest.msg);
    random::failing(status, half, || suite.sign_prehashed(place, &digest, &honest.ctx, sk)).expect(PQH_ERR_RANDOM);
    random::failing(status, half, || suite.prepared_sign(place, &honest.msg, &honest.ctx, sk)).expect(PQH_ERR_RANDOM);
    random::failing(status, half, || suite.prepared_sign_prehashed(place, &digest, &honest.ctx, sk))
        .expect(PQH_ERR_RANDOM);
}

fn change(suite: &Sig, signed: &mut Signed, input: &mut Input) {
    match input.below(4) {
        0 => {
            let other = suite.public_key(0, &expand(1, suite.sk)).ok_one();
            mutate(input, &mut signed.pk, suite.pk_classical, &other);
        }
        1 => {
            let other = expand(2, signed.msg.len());
            mutate(input, &mut signed.msg, other.len() / 2, &other);
        }
        2 => {
            let other = expand(3, signed.ctx.len());
            mutate(input, &mut signed.ctx, other.len() / 2, &other);
        }
        _ => {
            // Halves of two valid signatures make a third, of the same message; of another they do not.
            let other =
                suite.sign_derand(0, b"another message", &signed.ctx, &[0; SEED], &expand(1, suite.sk)).ok_one();
            mutate(input, &mut signed.sig, suite.sig_classical, &other);
        }
    }
}

/// Only what was signed verifies.
fn judge(suite: &Sig, place: u8, honest: &Signed, changed: &Signed) {
    match verify(suite, place, changed) {
        PQH_OK => assert!(changed == honest, "what was changed verifies"),
        PQH_ERR_CONTEXT_LENGTH => assert!(changed.ctx.len() > 255, "a context of 255 bytes is refused"),
        PQH_ERR_PUBLIC_KEY => assert!(changed.pk != honest.pk, "an honest key is refused"),
        PQH_ERR_SIGNATURE => assert!(changed != honest, "what was signed does not verify"),
        status => panic!("verify gives {status}"),
    }
}
