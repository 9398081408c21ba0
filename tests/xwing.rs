//! The published vectors of X-Wing, and that its LAMPS form gives the same.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::{Cases, array, hex_member};
use pqhybrid::kem::mlkem768_x25519 as xwing;
use pqhybrid::primitives::hash::shake256;

#[test]
fn x_wing() {
    let mut cases = Cases::new("xwing");
    let Some(folder) = common::vectors("xwing", "xwing") else { return };
    for test in common::read_json(&folder.join("test-vectors.json")).as_array().unwrap() {
        let sk = array(&hex_member(test, "sk"));
        let pk = array(&hex_member(test, "pk"));
        let ct = array(&hex_member(test, "ct"));
        let ss: [u8; 32] = array(&hex_member(test, "ss"));
        assert_eq!(hex_member(test, "seed"), sk);

        let mut our_pk = [0; xwing::PUBLIC_KEY_BYTES];
        xwing::public_key(&mut our_pk, &sk).unwrap();
        assert_eq!(our_pk, pk, "public key");
        cases.ran();

        let (mut our_ct, mut our_ss) = ([0; xwing::CIPHERTEXT_BYTES], [0; 32]);
        xwing::encaps(&mut our_ct, &mut our_ss, &array(&hex_member(test, "eseed")), &pk).unwrap();
        assert_eq!(our_ct, ct, "ciphertext");
        assert_eq!(our_ss, ss, "shared secret of encaps");
        cases.ran();

        let mut our_ss = [0; 32];
        xwing::decaps(&mut our_ss, &ct, &sk).unwrap();
        assert_eq!(our_ss, ss, "shared secret of decaps");
        cases.ran();

        let mut dk = [0; xwing::LAMPS_SECRET_KEY_BYTES];
        shake256(&mut dk, &sk);
        let mut our_pk = [0; xwing::PUBLIC_KEY_BYTES];
        xwing::lamps_public_key(&mut our_pk, &dk).unwrap();
        assert_eq!(our_pk, pk, "public key of the LAMPS form");
        cases.ran();

        let mut our_ss = [0; 32];
        xwing::lamps_decaps(&mut our_ss, &ct, &dk).unwrap();
        assert_eq!(our_ss, ss, "shared secret of the LAMPS form");
        cases.ran();

        // Implicit rejection is by seed, so both forms give the same unrelated secret.
        let (mut forged, mut by_seed, mut by_dk) = (ct, [0; 32], [0; 32]);
        forged[0] ^= 1;
        xwing::decaps(&mut by_seed, &forged, &sk).unwrap();
        xwing::lamps_decaps(&mut by_dk, &forged, &dk).unwrap();
        assert_eq!(by_seed, by_dk, "secret of a forged ciphertext");
        assert_ne!(by_seed, ss);
        cases.ran();
    }
    cases.finish(18);
}
