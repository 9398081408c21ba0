//! NIST's ACVP vectors of ML-KEM (FIPS 203), for ML-KEM-768 and ML-KEM-1024.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::{Cases, array, hex_member, text};
use pqhybrid::Error;
use pqhybrid::primitives::mlkem::{mlkem768, mlkem1024};
use serde_json::Value;
use std::path::Path;

#[test]
fn acvp_mlkem() {
    let mut cases = Cases::new("acvp_mlkem");
    let Some(folder) = common::vectors("acvp_mlkem", "acvp") else { return };
    for folder in [folder.join("ML-KEM-keyGen-FIPS203"), folder.join("ML-KEM-encapDecap-FIPS203")] {
        run(&mut cases, &folder);
    }
    cases.finish(2 * (25 + 25 + 10 + 10 + 10));
}

fn run(cases: &mut Cases, folder: &Path) {
    let prompt = common::read_json(&folder.join("prompt.json.gz"));
    let results = common::read_json(&folder.join("expectedResults.json.gz"));
    let groups = prompt["testGroups"].as_array().unwrap().iter().zip(results["testGroups"].as_array().unwrap());
    for (group, results) in groups {
        assert_eq!(group["tgId"], results["tgId"]);
        // Key generation has but one function, and does not name it.
        let function = group["function"].as_str().unwrap_or("keyGen");
        let tests = group["tests"].as_array().unwrap().iter().zip(results["tests"].as_array().unwrap());
        for (test, result) in tests {
            assert_eq!(test["tcId"], result["tcId"]);
            match text(group, "parameterSet") {
                "ML-KEM-768" => ml_kem_768(function, test, result),
                "ML-KEM-1024" => ml_kem_1024(function, test, result),
                _ => {
                    cases.note("of ML-KEM-512 not applicable");
                    continue;
                }
            }
            cases.ran();
        }
    }
}

macro_rules! parameter_set {
    ($function:ident, $set:ident) => {
        fn $function(function: &str, test: &Value, result: &Value) {
            let name = format!("{} {function} {}", stringify!($set), test["tcId"]);
            match function {
                "keyGen" => {
                    let seed = [hex_member(test, "d"), hex_member(test, "z")].concat();
                    let mut ek = [0; $set::ENCAPS_KEY_BYTES];
                    let key = $set::DecapsKey::from_seed(&array(&seed));
                    key.encaps_key(&mut ek);
                    assert_eq!(ek.as_slice(), hex_member(result, "ek"), "{name}");
                    let mut dk = [0; $set::DECAPS_KEY_BYTES];
                    key.expanded(&mut dk);
                    assert_eq!(dk.as_slice(), hex_member(result, "dk"), "{name}");
                }
                "encapsulation" => {
                    let (mut ct, mut ss) = ([0; $set::CIPHERTEXT_BYTES], [0; 32]);
                    let (m, ek) = (array(&hex_member(test, "m")), array(&hex_member(test, "ek")));
                    $set::EncapsKey::from_bytes(&ek).unwrap().encaps(&mut ct, &mut ss, &m);
                    assert_eq!(ct.as_slice(), hex_member(result, "c"), "{name}");
                    assert_eq!(ss.as_slice(), hex_member(result, "k"), "{name}");
                }
                "decapsulation" => {
                    let key = $set::DecapsKey::from_expanded(&array(&hex_member(test, "dk"))).unwrap();
                    let mut ss = [0; 32];
                    key.decaps(&mut ss, &array(&hex_member(test, "c")));
                    assert_eq!(ss.as_slice(), hex_member(result, "k"), "{name}");
                }
                "encapsulationKeyCheck" => {
                    let verdict = $set::EncapsKey::from_bytes(&array(&hex_member(test, "ek")));
                    let expected = if result["testPassed"].as_bool().unwrap() { None } else { Some(Error::PublicKey) };
                    assert_eq!(verdict.err(), expected, "{name}");
                }
                "decapsulationKeyCheck" => {
                    let verdict = $set::DecapsKey::from_expanded(&array(&hex_member(test, "dk")));
                    assert_eq!(verdict.is_ok(), result["testPassed"].as_bool().unwrap(), "{name}");
                }
                _ => panic!("unknown function {function}"),
            }
        }
    };
}

parameter_set!(ml_kem_768, mlkem768);
parameter_set!(ml_kem_1024, mlkem1024);
