//! The vectors of C2SP's CCTV: ML-KEM encapsulation keys that are not reduced, ML-KEM ciphertexts with a zero byte, ML-DSA
//! messages with a typical number of rejections; and its accumulated tests, whose vectors come out of SHAKE128.
//!
//! CCTV's intermediate values and its own accumulated values of ML-KEM are older than the final FIPS 203, whose key
//! generation hashes the rank too; they are not used.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::{Cases, array, hex};
use pqhybrid::Error;
use pqhybrid::kem::{mlkem768_x25519, mlkem1024_x448};
use pqhybrid::primitives::mldsa::{mldsa65, mldsa87};
use pqhybrid::primitives::mlkem::{mlkem768, mlkem1024};
use shake::{ExtendableOutput, Shake128, Update, XofReader};
use std::path::Path;

#[test]
fn cctv() {
    let mut cases = Cases::new("cctv");
    let Some(folder) = common::vectors("cctv", "cctv") else { return };
    modulus_768(&mut cases, &folder.join("modulus/ML-KEM-768.txt.gz"));
    modulus_1024(&mut cases, &folder.join("modulus/ML-KEM-1024.txt.gz"));
    strcmp_768(&mut cases, &folder.join("strcmp/ML-KEM-768.txt"));
    strcmp_1024(&mut cases, &folder.join("strcmp/ML-KEM-1024.txt"));
    for file in ["ML-DSA-65.json", "ML-DSA-65.alt.json"] {
        messages_65(&mut cases, &folder.join("ml-dsa-benchmark").join(file));
    }
    for file in ["ML-DSA-87.json", "ML-DSA-87.alt.json"] {
        messages_87(&mut cases, &folder.join("ml-dsa-benchmark").join(file));
    }
    cases.finish(780 + 1040 + 2 + 2 * 147 + 2 * 114);
}

/// Needs no files: what is published is one hash over many derived cases.
#[test]
fn accumulated() {
    let mut cases = Cases::new("cctv accumulated");
    accumulated_768(&mut cases, 10_000, "8a518cc63da366322a8e7a818c7a0d63483cb3528d34a4cf42f35d5ad73f22fc");
    accumulated_65(&mut cases, 100, "8358a1843220194417cadbc2651295cd8fc65125b5a5c1a239a16dc8b57ca199");
    accumulated_87(&mut cases, 100, "8c3ad714777622b8f21ce31bb35f71394f23bc0fcf3c78ace5d608990f3b061b");
    cases.finish(10_200);
}

macro_rules! ml_kem {
    ($modulus:ident, $strcmp:ident, $set:ident, $suite:ident) => {
        fn $modulus(cases: &mut Cases, path: &Path) {
            // A good hybrid key, in which each bad ML-KEM key will take the place of the good one.
            let mut pk = [0; $suite::PUBLIC_KEY_BYTES];
            $suite::public_key(&mut pk, &[7; $suite::SECRET_KEY_BYTES]).unwrap();
            let coins = [9; $suite::ENCAPS_COINS_BYTES];
            let mut ss = [0; 32];
            $suite::encaps(&mut [0; $suite::CIPHERTEXT_BYTES], &mut ss, &coins, &pk).unwrap();

            for (line, bad) in common::read_text(path).lines().enumerate() {
                let bad = hex(bad);
                let verdict = $set::EncapsKey::from_bytes(&array(&bad)).map(|_| ());
                assert_eq!(verdict, Err(Error::PublicKey), "ML-KEM, line {line}");
                pk[..bad.len()].copy_from_slice(&bad);
                let verdict = $suite::encaps(&mut [0; $suite::CIPHERTEXT_BYTES], &mut ss, &coins, &pk);
                assert_eq!(verdict, Err(Error::PublicKey), "hybrid, line {line}");
                cases.ran();
            }
        }

        fn $strcmp(cases: &mut Cases, path: &Path) {
            let file = common::read_text(path);
            let value = |name: &str| {
                let line = file.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "));
                hex(line.unwrap_or_else(|| panic!("no {name}")))
            };
            let key = $set::DecapsKey::from_expanded(&array(&value("dk"))).unwrap();
            let mut ss = [0; 32];
            key.decaps(&mut ss, &array(&value("c")));
            assert_eq!(ss.as_slice(), value("K"));
            cases.ran();
        }
    };
}

ml_kem!(modulus_768, strcmp_768, mlkem768, mlkem768_x25519);
ml_kem!(modulus_1024, strcmp_1024, mlkem1024, mlkem1024_x448);

macro_rules! ml_dsa {
    ($messages:ident, $accumulated:ident, $set:ident) => {
        fn $messages(cases: &mut Cases, path: &Path) {
            let mut pk = [0; $set::PUBLIC_KEY_BYTES];
            let key = $set::SigningKey::from_seed(&mut pk, &[0; 32]);
            let mut sig = [0; $set::SIGNATURE_BYTES];
            for message in common::read_json(path).as_array().unwrap() {
                let message = message.as_str().unwrap().as_bytes();
                key.sign(&mut sig, message, &[], &[0; 32]).unwrap();
                assert_eq!($set::verify(&sig, message, &[], &pk), Ok(()), "{message:?}");
                assert_eq!($set::verify(&sig, &message[1..], &[], &pk), Err(Error::Signature), "{message:?}");
                cases.ran();
            }
        }

        fn $accumulated(cases: &mut Cases, count: usize, expected: &str) {
            let mut source = Shake128::default().finalize_xof();
            let mut sink = Shake128::default();
            let (mut seed, mut pk, mut sig) = ([0; 32], [0; $set::PUBLIC_KEY_BYTES], [0; $set::SIGNATURE_BYTES]);
            for _ in 0..count {
                source.read(&mut seed);
                let key = $set::SigningKey::from_seed(&mut pk, &seed);
                key.sign(&mut sig, &[], &[], &[0; 32]).unwrap();
                assert_eq!($set::verify(&sig, &[], &[], &pk), Ok(()));
                sink.update(&pk);
                sink.update(&sig);
                cases.ran();
            }
            assert_eq!(squeeze(sink).as_slice(), hex(expected), "{}", stringify!($set));
        }
    };
}

ml_dsa!(messages_65, accumulated_65, mldsa65);
ml_dsa!(messages_87, accumulated_87, mldsa87);

/// The accumulated test of ML-KEM-768 after the final FIPS 203, in the form that Go's library gave it.
fn accumulated_768(cases: &mut Cases, count: usize, expected: &str) {
    let mut source = Shake128::default().finalize_xof();
    let mut sink = Shake128::default();
    let (mut seed, mut m, mut random_ct) = ([0; 64], [0; 32], [0; mlkem768::CIPHERTEXT_BYTES]);
    let (mut ek, mut ct) = ([0; mlkem768::ENCAPS_KEY_BYTES], [0; mlkem768::CIPHERTEXT_BYTES]);
    let (mut sent, mut received, mut rejected) = ([0; 32], [0; 32], [0; 32]);
    for _ in 0..count {
        source.read(&mut seed);
        source.read(&mut m);
        source.read(&mut random_ct);
        let key = mlkem768::DecapsKey::from_seed(&seed);
        key.encaps_key(&mut ek);
        mlkem768::EncapsKey::from_bytes(&ek).unwrap().encaps(&mut ct, &mut sent, &m);
        key.decaps(&mut received, &ct);
        assert_eq!(received, sent);
        key.decaps(&mut rejected, &random_ct);
        for part in [ek.as_slice(), &ct, &sent, &rejected] {
            sink.update(part);
        }
        cases.ran();
    }
    assert_eq!(squeeze(sink).as_slice(), hex(expected), "mlkem768");
}

fn squeeze(sink: Shake128) -> [u8; 32] {
    let mut out = [0; 32];
    sink.finalize_xof().read(&mut out);
    out
}
