//! The signature suites from other crates: ML-DSA from ml-dsa, Ed25519 and Ed448 from crrl, put together by the
//! formulas of the composite signatures. None of their code is ours, nor of the crates that we use.

use crate::call::array;
use crate::known;
use ml_dsa::{B32, MlDsa65, MlDsa87};

pub struct OtherSig {
    pub public_key: fn(&[u8]) -> Vec<u8>,
    /// Of message, context, randomness and secret key.
    pub sign: fn(&[u8], &[u8], &[u8], &[u8]) -> Vec<u8>,
    /// Of signature, message, context and public key: whether each half verifies.
    pub verify: fn(&[u8], &[u8], &[u8], &[u8]) -> (bool, bool),
    pub is_bad_public_key: fn(&[u8]) -> bool,
}

macro_rules! composed {
    ($number:literal, $set:ident, $ml_pk:literal, $ml_sig:literal, $eddsa:ident, $bad:path, $label:literal) => {
        OtherSig {
            public_key: |sk| {
                let (seed, seed_e) = sk.split_at(32);
                let key = ml_dsa::SigningKey::<$set>::from_seed(&B32::from(*array::<32>(seed)));
                let pk_e = crrl::$eddsa::PrivateKey::from_seed(seed_e).public_key.encode();
                [key.expanded_key().verifying_key().encode().as_slice(), &pk_e].concat()
            },
            sign: |msg, ctx, rnd, sk| {
                let message = representative($label, ctx, &known::digest($number, msg));
                let (seed, seed_e) = sk.split_at(32);
                let key = ml_dsa::SigningKey::<$set>::from_seed(&B32::from(*array::<32>(seed)));
                let parts: [&[u8]; 3] = [&[0, 30], $label, &message];
                let sig = key.expanded_key().sign_internal(&parts, &B32::from(*array::<32>(rnd))).encode();
                let sig_e = crrl::$eddsa::PrivateKey::from_seed(seed_e).sign_raw(&message);
                [sig.as_slice(), &sig_e].concat()
            },
            verify: |sig, msg, ctx, pk| {
                let message = representative($label, ctx, &known::digest($number, msg));
                let ((sig, sig_e), (pk, pk_e)) = (sig.split_at($ml_sig), pk.split_at($ml_pk));
                let key = ml_dsa::VerifyingKey::<$set>::decode(&pk.try_into().expect("a key of the right size"));
                let lattice =
                    ml_dsa::Signature::<$set>::decode(&sig.try_into().expect("a signature of the right size"))
                        .is_some_and(|sig| key.verify_with_context(&message, $label, &sig));
                let classical =
                    crrl::$eddsa::PublicKey::decode(pk_e).is_some_and(|key| key.verify_raw(sig_e, &message));
                (lattice, classical)
            },
            is_bad_public_key: |pk| $bad(&pk[$ml_pk..]),
        }
    };
}

pub static OTHER_SIGS: [OtherSig; 2] = [
    composed!(0, MlDsa65, 1952, 3309, ed25519, known::is_bad_ed25519, b"COMPSIG-MLDSA65-Ed25519-SHA512"),
    composed!(1, MlDsa87, 2592, 4627, ed448, known::is_bad_ed448, b"COMPSIG-MLDSA87-Ed448-SHAKE256"),
];

/// M' = Prefix || Label || len(ctx) || ctx || PH(M).
fn representative(label: &[u8; 30], ctx: &[u8], digest: &[u8; 64]) -> Vec<u8> {
    let len = u8::try_from(ctx.len()).expect("a context of up to 255 bytes");
    [b"CompositeAlgorithmSignatures2025".as_slice(), label, &[len], ctx, digest].concat()
}
