//! crrl.

use crate::scheme::{Dh, Library, Sig, array, random};

/// X25519 and X448 are alike, and so are Ed25519 and Ed448.
macro_rules! dh {
    ($algorithm:literal, $module:ident, $size:literal, $agree:ident, $base:ident) => {
        Dh {
            algorithm: $algorithm,
            size: $size,
            keygen: Box::new(|pk, sk| {
                sk.copy_from_slice(&random::<$size>());
                pk.copy_from_slice(&crrl::$module::$base(array(sk)));
            }),
            agree: Box::new(|ss, pk, sk| ss.copy_from_slice(&crrl::$module::$agree(array(pk), array(sk)))),
            load: None,
        }
    };
}

macro_rules! sig {
    ($algorithm:literal, $module:ident, $sizes:expr, $size:literal) => {
        Sig {
            algorithm: $algorithm,
            sizes: $sizes,
            keygen: Box::new(|pk, sk| {
                sk.copy_from_slice(&random::<$size>());
                pk.copy_from_slice(&crrl::$module::PrivateKey::from_seed(sk).public_key.encoded);
            }),
            sign: Box::new(|sig, msg, sk| {
                sig.copy_from_slice(&crrl::$module::PrivateKey::from_seed(sk).sign_raw(msg));
            }),
            verify: Box::new(|sig, msg, pk| {
                crrl::$module::PublicKey::decode(pk).is_some_and(|key| key.verify_raw(sig, msg))
            }),
            load_sign: Some(Box::new(|sk| {
                let key = crrl::$module::PrivateKey::from_seed(sk);
                Box::new(move |sig, msg| sig.copy_from_slice(&key.sign_raw(msg)))
            })),
            load_verify: Some(Box::new(|pk| {
                let key = crrl::$module::PublicKey::decode(pk).expect("a valid key");
                Box::new(move |sig, msg| key.verify_raw(sig, msg))
            })),
        }
    };
}

pub fn library() -> Library {
    Library {
        name: "crrl",
        version: crate::version_of("crrl"),
        kems: vec![],
        dhs: vec![dh!("X25519", x25519, 32, x25519, x25519_base), dh!("X448", x448, 56, x448, x448_base)],
        sigs: vec![sig!("Ed25519", ed25519, [32, 32, 64], 32), sig!("Ed448", ed448, [57, 57, 114], 57)],
    }
}
