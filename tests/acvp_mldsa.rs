//! NIST's ACVP vectors of ML-DSA (FIPS 204), for ML-DSA-65 and ML-DSA-87 as the suites use them: the external
//! interface, the message not prehashed, deterministic or hedged.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::{Cases, array, hex_member, text};
use pqhybrid::Error;
use pqhybrid::primitives::mldsa::{mldsa65, mldsa87};
use serde_json::Value;
use std::path::Path;

#[test]
fn acvp_mldsa() {
    let mut cases = Cases::new("acvp_mldsa");
    let Some(folder) = common::vectors("acvp_mldsa", "acvp") else { return };
    run(&mut cases, "keyGen", &folder.join("ML-DSA-keyGen-FIPS204"));
    run(&mut cases, "sigGen", &folder.join("ML-DSA-sigGen-FIPS204"));
    run(&mut cases, "sigVer", &folder.join("ML-DSA-sigVer-FIPS204"));
    for kind in ["deterministic sigGen", "hedged sigGen", "accepting sigVer", "refusing sigVer"] {
        assert!(cases.noted(kind) > 0, "no {kind}");
    }
    cases.finish(2 * (25 + 2 * 15 + 15));
}

fn run(cases: &mut Cases, mode: &str, folder: &Path) {
    let prompt = common::read_json(&folder.join("prompt.json.gz"));
    let results = common::read_json(&folder.join("expectedResults.json.gz"));
    let groups = prompt["testGroups"].as_array().unwrap().iter().zip(results["testGroups"].as_array().unwrap());
    for (group, results) in groups {
        assert_eq!(group["tgId"], results["tgId"]);
        let tests = group["tests"].as_array().unwrap().iter().zip(results["tests"].as_array().unwrap());
        for (test, result) in tests {
            assert_eq!(test["tcId"], result["tcId"]);
            if let Some(reason) = not_applicable(group) {
                cases.note(reason);
                continue;
            }
            match text(group, "parameterSet") {
                "ML-DSA-65" => ml_dsa_65(cases, mode, test, result),
                "ML-DSA-87" => ml_dsa_87(cases, mode, test, result),
                other => panic!("unknown parameter set {other}"),
            }
            cases.ran();
        }
    }
}

/// Why the suites do not use what a group tests.
fn not_applicable(group: &Value) -> Option<&'static str> {
    if group["parameterSet"] == "ML-DSA-44" {
        Some("of ML-DSA-44 not applicable")
    } else if group["externalMu"] == true {
        Some("with external mu not applicable")
    } else if group["signatureInterface"] == "internal" {
        Some("of the internal interface not applicable")
    } else if group["preHash"] == "preHash" {
        Some("of HashML-DSA not applicable")
    } else {
        None
    }
}

macro_rules! parameter_set {
    ($function:ident, $set:ident) => {
        fn $function(cases: &mut Cases, mode: &str, test: &Value, result: &Value) {
            let name = format!("{} {mode} {}", stringify!($set), test["tcId"]);
            match mode {
                "keyGen" => {
                    let mut pk = [0; $set::PUBLIC_KEY_BYTES];
                    let key = $set::SigningKey::from_seed(&mut pk, &array(&hex_member(test, "seed")));
                    assert_eq!(pk.as_slice(), hex_member(result, "pk"), "{name}");
                    assert_eq!(key.as_bytes().as_slice(), hex_member(result, "sk"), "{name}");
                }
                "sigGen" => {
                    let key = $set::SigningKey::from_expanded(&array(&hex_member(test, "sk")));
                    let (message, context) = (hex_member(test, "message"), hex_member(test, "context"));
                    let hedged = !test["rnd"].is_null();
                    let rnd = if hedged { array(&hex_member(test, "rnd")) } else { [0; 32] };
                    let mut sig = [0; $set::SIGNATURE_BYTES];
                    key.sign(&mut sig, &message, &context, &rnd).unwrap();
                    assert_eq!(sig.as_slice(), hex_member(result, "signature"), "{name}");
                    cases.note(if hedged { "hedged sigGen" } else { "deterministic sigGen" });
                }
                "sigVer" => {
                    let (message, context) = (hex_member(test, "message"), hex_member(test, "context"));
                    let (sig, pk) = (array(&hex_member(test, "signature")), array(&hex_member(test, "pk")));
                    let accepting = result["testPassed"].as_bool().unwrap();
                    let expected = if accepting { Ok(()) } else { Err(Error::Signature) };
                    assert_eq!($set::verify(&sig, &message, &context, &pk), expected, "{name}");
                    cases.note(if accepting { "accepting sigVer" } else { "refusing sigVer" });
                }
                _ => panic!("unknown mode {mode}"),
            }
        }
    };
}

parameter_set!(ml_dsa_65, mldsa65);
parameter_set!(ml_dsa_87, mldsa87);
