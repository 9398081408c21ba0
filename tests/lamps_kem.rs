//! The published vectors of draft-ietf-lamps-pq-composite-kem, for the two suites.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::{Cases, array, base64_member};
use pqhybrid::kem::{mlkem768_x25519, mlkem1024_x448};
use serde_json::Value;

/// What PKCS#8 puts before the raw private key: SEQUENCE, version 0, the OID, OCTET STRING.
const PKCS8_MLKEM768_X25519: &str = "3071020100300a06082b0601050507063a0460";
const PKCS8_MLKEM1024_X448: &str = "308189020100300a06082b060105050706410478";

#[test]
fn lamps_kem() {
    let mut cases = Cases::new("lamps_kem");
    let Some(folder) = common::vectors("lamps_kem", "lamps-composite-kem") else { return };
    let file = common::read_json(&folder.join("testvectors.json"));
    let test = |name: &str| -> Value {
        let found = file["tests"].as_array().unwrap().iter().find(|test| test["tcId"] == name);
        found.unwrap_or_else(|| panic!("no {name}")).clone()
    };

    mlkem768(&mut cases, &test("id-MLKEM768-X25519-SHA3-256"));
    mlkem1024(&mut cases, &test("id-MLKEM1024-X448-SHA3-256"));
    cases.finish(18);
}

macro_rules! suite {
    ($function:ident, $suite:ident, $public_key:ident, $decaps:ident, $pkcs8:ident, $mlkem_ciphertext:literal) => {
        fn $function(cases: &mut Cases, test: &Value) {
            let dk = array(&base64_member(test, "dk"));
            let ek = array(&base64_member(test, "ek"));
            let ct: [u8; $suite::CIPHERTEXT_BYTES] = array(&base64_member(test, "c"));
            let k: [u8; 32] = array(&base64_member(test, "k"));

            let pkcs8 = base64_member(test, "dk_pkcs8");
            let header = common::hex($pkcs8);
            assert_eq!(pkcs8[..header.len()], header);
            assert_eq!(pkcs8[header.len()..], dk);
            cases.ran();

            let mut pk = [0; $suite::PUBLIC_KEY_BYTES];
            $suite::$public_key(&mut pk, &dk).unwrap();
            assert_eq!(pk, ek, "public key");
            cases.ran();

            let mut ss = [0; 32];
            $suite::$decaps(&mut ss, &ct, &dk).unwrap();
            assert_eq!(ss, k, "shared secret");
            cases.ran();

            // A changed ciphertext gives another secret, and no error.
            for position in [0, $mlkem_ciphertext - 1, $mlkem_ciphertext, ct.len() - 2] {
                let mut forged = ct;
                forged[position] ^= 1;
                $suite::$decaps(&mut ss, &forged, &dk).unwrap();
                assert_ne!(ss, k, "byte {position} changed");
                cases.ran();
            }

            let (mut ct, mut sent) = ([0; $suite::CIPHERTEXT_BYTES], [0; 32]);
            for coin in [1, 0xff] {
                $suite::encaps(&mut ct, &mut sent, &[coin; $suite::ENCAPS_COINS_BYTES], &ek).unwrap();
                $suite::$decaps(&mut ss, &ct, &dk).unwrap();
                assert_eq!(ss, sent, "there and back");
                cases.ran();
            }
        }
    };
}

suite!(mlkem768, mlkem768_x25519, lamps_public_key, lamps_decaps, PKCS8_MLKEM768_X25519, 1088);
suite!(mlkem1024, mlkem1024_x448, public_key, decaps, PKCS8_MLKEM1024_X448, 1568);
