//! The published vectors of draft-ietf-lamps-pq-composite-sigs, for the two suites.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::{Cases, array, base64_member};
use pqhybrid::Error;
use pqhybrid::sig::{Prehash, mldsa65_ed25519, mldsa87_ed448};
use serde_json::Value;

/// What PKCS#8 puts before the raw secret key: SEQUENCE, version 0, the OID, OCTET STRING.
const PKCS8_MLDSA65_ED25519: &str = "3051020100300a06082b060105050706300440";
const PKCS8_MLDSA87_ED448: &str = "306a020100300a06082b060105050706330459";

#[test]
fn lamps_sigs() {
    let mut cases = Cases::new("lamps_sigs");
    let Some(folder) = common::vectors("lamps_sigs", "lamps-composite-sigs") else { return };
    let file = common::read_json(&folder.join("testvectors.json"));
    let message = base64_member(&file, "m");
    let context = base64_member(&file, "ctx");
    let test = |name: &str| -> Value {
        let found = file["tests"].as_array().unwrap().iter().find(|test| test["tcId"] == name);
        found.unwrap_or_else(|| panic!("no {name}")).clone()
    };

    mldsa65(&mut cases, &test("id-MLDSA65-Ed25519-SHA512"), &message, &context);
    mldsa87(&mut cases, &test("id-MLDSA87-Ed448-SHAKE256"), &message, &context);
    cases.finish(78);
}

macro_rules! suite {
    ($function:ident, $suite:ident, $pkcs8:ident, $mldsa_signature:literal) => {
        fn $function(cases: &mut Cases, test: &Value, message: &[u8], context: &[u8]) {
            let sk = array(&base64_member(test, "sk"));
            let pk = array(&base64_member(test, "pk"));
            let digest = prehash::<$suite::Prehash>(&[message]);

            let pkcs8 = base64_member(test, "sk_pkcs8");
            let header = common::hex($pkcs8);
            assert_eq!(pkcs8[..header.len()], header);
            assert_eq!(pkcs8[header.len()..], sk);
            cases.ran();

            let mut ours = [0; $suite::PUBLIC_KEY_BYTES];
            $suite::public_key(&mut ours, &sk).unwrap();
            assert_eq!(ours, pk, "public key");
            cases.ran();

            for (name, context, other) in [("s", &[][..], context), ("sWithContext", context, &[][..])] {
                let theirs: [u8; $suite::SIGNATURE_BYTES] = array(&base64_member(test, name));
                assert_eq!($suite::verify(&theirs, &digest, context, &pk), Ok(()), "{name}");
                cases.ran();
                assert_eq!(
                    $suite::verify(&theirs, &digest, other, &pk),
                    Err(Error::Signature),
                    "{name}, other context"
                );
                cases.ran();
                let wrong = prehash::<$suite::Prehash>(&[message, b"."]);
                assert_eq!(
                    $suite::verify(&theirs, &wrong, context, &pk),
                    Err(Error::Signature),
                    "{name}, other message"
                );
                cases.ran();
                for position in [0, $mldsa_signature - 1, $mldsa_signature, theirs.len() - 1] {
                    let mut forged = theirs;
                    forged[position] ^= 1;
                    let verdict = $suite::verify(&forged, &digest, context, &pk);
                    assert_eq!(verdict, Err(Error::Signature), "{name}, byte {position}");
                    cases.ran();
                }

                // The ML-DSA half of the vectors is hedged; EdDSA has nothing to hedge.
                let mut ours = [0; $suite::SIGNATURE_BYTES];
                $suite::sign(&mut ours, &digest, context, &[0; 32], &sk).unwrap();
                assert_eq!(ours[$mldsa_signature..], theirs[$mldsa_signature..], "{name}, EdDSA half");
                assert_ne!(ours[..$mldsa_signature], theirs[..$mldsa_signature], "{name}, ML-DSA half");
                cases.ran();
                assert_eq!($suite::verify(&ours, &digest, context, &pk), Ok(()), "{name}, our own signature");
                cases.ran();
                let mut again = [0; $suite::SIGNATURE_BYTES];
                $suite::sign(&mut again, &digest, context, &[0; 32], &sk).unwrap();
                assert_eq!(again, ours, "{name}, deterministic twice");
                cases.ran();
                let mut hedged = [0; $suite::SIGNATURE_BYTES];
                $suite::sign(&mut hedged, &digest, context, &[7; 32], &sk).unwrap();
                assert_ne!(hedged[..$mldsa_signature], ours[..$mldsa_signature], "{name}, hedged");
                assert_eq!($suite::verify(&hedged, &digest, context, &pk), Ok(()), "{name}, hedged");
                cases.ran();
                let mut mixed = theirs;
                mixed[$mldsa_signature..].copy_from_slice(&ours[$mldsa_signature..]);
                assert_eq!($suite::verify(&mixed, &digest, context, &pk), Ok(()), "{name}, their half and ours");
                cases.ran();
            }

            // 255 bytes of context are allowed, 256 are not.
            let long = [0x5a; 256];
            let mut sig = [0; $suite::SIGNATURE_BYTES];
            $suite::sign(&mut sig, &digest, &long[1..], &[7; 32], &sk).unwrap();
            assert_eq!($suite::verify(&sig, &digest, &long[1..], &pk), Ok(()));
            cases.ran();
            assert_eq!($suite::sign(&mut sig, &digest, &long, &[7; 32], &sk), Err(Error::ContextLength));
            assert_eq!($suite::verify(&sig, &digest, &long, &pk), Err(Error::ContextLength));
            cases.ran();

            for piece in [1, 3, 7, 17] {
                let pieces: Vec<&[u8]> = message.chunks(piece).collect();
                assert_eq!(prehash::<$suite::Prehash>(&pieces), digest, "prehash in pieces of {piece}");
                cases.ran();
            }
            // Longer than a block of either hash, and cut on both sides of its border.
            let long = message.repeat(20);
            for cut in [1, 127, 128, 129, 135, 136, 137] {
                let digest = prehash::<$suite::Prehash>(&[&long]);
                let (head, tail) = long.split_at(cut);
                assert_eq!(prehash::<$suite::Prehash>(&[head, &[], tail]), digest, "prehash cut at {cut}");
                cases.ran();
            }
        }
    };
}

suite!(mldsa65, mldsa65_ed25519, PKCS8_MLDSA65_ED25519, 3309);
suite!(mldsa87, mldsa87_ed448, PKCS8_MLDSA87_ED448, 4627);

fn prehash<P: Prehash>(pieces: &[&[u8]]) -> [u8; 64] {
    let mut hash = P::new();
    for piece in pieces {
        hash.update(piece);
    }
    let mut digest = [0; 64];
    hash.finish(&mut digest);
    digest
}
