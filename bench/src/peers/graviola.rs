//! graviola. Its ML-KEM keys can be loaded only from the seed, by a function that its documentation does not show.

use crate::scheme::{Dh, Kem, Library, Sig, array};
use graviola::key_agreement::mlkem768::{Ciphertext, DecapKey, EncapKey};
use graviola::key_agreement::x25519::{PublicKey, StaticPrivateKey};
use graviola::signing::eddsa::{Ed25519SigningKey, Ed25519VerifyingKey};

pub fn library() -> Library {
    Library {
        name: "graviola",
        version: crate::version_of("graviola"),
        kems: vec![mlkem768()],
        dhs: vec![Dh {
            algorithm: "X25519",
            size: 32,
            keygen: Box::new(|pk, sk| {
                let key = StaticPrivateKey::new_random().expect("random bytes");
                pk.copy_from_slice(&key.public_key().as_bytes());
                sk.copy_from_slice(&key.as_bytes());
            }),
            agree: Box::new(|ss, pk, sk| {
                let key = StaticPrivateKey::from_array(array(sk));
                ss.copy_from_slice(&key.diffie_hellman(&public(pk)).expect("a valid point").0);
            }),
            load: Some(Box::new(|sk| {
                let key = StaticPrivateKey::from_array(array(sk));
                Box::new(move |ss, pk| {
                    ss.copy_from_slice(&key.diffie_hellman(&public(pk)).expect("a valid point").0);
                })
            })),
        }],
        sigs: vec![ed25519()],
    }
}

fn public(pk: &[u8]) -> PublicKey {
    PublicKey::try_from_slice(pk).expect("32 bytes")
}

fn mlkem768() -> Kem {
    Kem {
        algorithm: "ML-KEM-768",
        sizes: [1184, 64, 1088, 32],
        keygen: Box::new(|pk, sk| {
            getrandom::fill(sk).expect("random bytes");
            pk.copy_from_slice(&DecapKey::keygen_internal(array(sk)).encapsulation_key().as_bytes());
        }),
        encaps: Box::new(|ct, ss, pk| {
            let key = EncapKey::from_bytes(array(pk)).expect("a valid key");
            let (secret, ciphertext) = key.encaps().expect("random bytes");
            ct.copy_from_slice(ciphertext.as_ref());
            ss.copy_from_slice(secret.as_ref());
        }),
        decaps: Box::new(|ss, ct, sk| {
            let secret = DecapKey::keygen_internal(array(sk)).decaps(&Ciphertext::from(*array(ct)));
            ss.copy_from_slice(secret.as_ref());
        }),
        load_encaps: Some(Box::new(|pk| {
            let key = EncapKey::from_bytes(array(pk)).expect("a valid key");
            Box::new(move |ct, ss| {
                let (secret, ciphertext) = key.clone().encaps().expect("random bytes");
                ct.copy_from_slice(ciphertext.as_ref());
                ss.copy_from_slice(secret.as_ref());
            })
        })),
        load_decaps: Some(Box::new(|sk| {
            let key = DecapKey::keygen_internal(array(sk));
            Box::new(move |ss, ct| ss.copy_from_slice(key.decaps_internal(&Ciphertext::from(*array(ct))).as_ref()))
        })),
    }
}

fn ed25519() -> Sig {
    Sig {
        algorithm: "Ed25519",
        sizes: [32, 32, 64],
        keygen: Box::new(|pk, sk| {
            let key = Ed25519SigningKey::generate().expect("random bytes");
            pk.copy_from_slice(&key.public_key().as_bytes());
            sk.copy_from_slice(&key.as_seed());
        }),
        sign: Box::new(|sig, msg, sk| {
            sig.copy_from_slice(&Ed25519SigningKey::from_bytes(sk).expect("32 bytes").sign(msg));
        }),
        verify: Box::new(|sig, msg, pk| {
            Ed25519VerifyingKey::from_bytes(pk).is_ok_and(|key| key.verify(sig, msg).is_ok())
        }),
        load_sign: Some(Box::new(|sk| {
            let key = Ed25519SigningKey::from_bytes(sk).expect("32 bytes");
            Box::new(move |sig, msg| sig.copy_from_slice(&key.sign(msg)))
        })),
        load_verify: Some(Box::new(|pk| {
            let key = Ed25519VerifyingKey::from_bytes(pk).expect("a valid key");
            Box::new(move |sig, msg| key.verify(sig, msg).is_ok())
        })),
    }
}
