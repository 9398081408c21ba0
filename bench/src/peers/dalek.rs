//! x25519-dalek and ed25519-dalek.

use crate::scheme::{Dh, Library, Sig, array, random};
use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use x25519_dalek::{PublicKey, StaticSecret};

pub fn library() -> Library {
    Library {
        name: "dalek",
        version: crate::version_of("curve25519-dalek"),
        kems: vec![],
        dhs: vec![Dh {
            algorithm: "X25519",
            size: 32,
            keygen: Box::new(|pk, sk| {
                let key = StaticSecret::from(random::<32>());
                pk.copy_from_slice(PublicKey::from(&key).as_bytes());
                sk.copy_from_slice(key.as_bytes());
            }),
            agree: Box::new(|ss, pk, sk| {
                let (key, other) = (StaticSecret::from(*array(sk)), PublicKey::from(*array(pk)));
                ss.copy_from_slice(key.diffie_hellman(&other).as_bytes());
            }),
            load: None,
        }],
        sigs: vec![Sig {
            algorithm: "Ed25519",
            sizes: [32, 32, 64],
            keygen: Box::new(|pk, sk| {
                sk.copy_from_slice(&random::<32>());
                pk.copy_from_slice(SigningKey::from_bytes(array(sk)).verifying_key().as_bytes());
            }),
            sign: Box::new(|sig, msg, sk| {
                sig.copy_from_slice(&SigningKey::from_bytes(array(sk)).sign(msg).to_bytes());
            }),
            verify: Box::new(|sig, msg, pk| {
                let key = VerifyingKey::from_bytes(array(pk));
                key.is_ok_and(|key| key.verify(msg, &Signature::from_bytes(array(sig))).is_ok())
            }),
            load_sign: Some(Box::new(|sk| {
                let key = SigningKey::from_bytes(array(sk));
                Box::new(move |sig, msg| sig.copy_from_slice(&key.sign(msg).to_bytes()))
            })),
            load_verify: Some(Box::new(|pk| {
                let key = VerifyingKey::from_bytes(array(pk)).expect("a valid key");
                Box::new(move |sig, msg| key.verify(msg, &Signature::from_bytes(array(sig))).is_ok())
            })),
        }],
    }
}
