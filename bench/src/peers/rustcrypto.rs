//! RustCrypto's crates x-wing, ml-kem and ml-dsa. Secret keys are seeds.

use crate::scheme::{Kem, Library, Sig, array, random};
use ml_dsa::{ExpandedSigningKey, MlDsa65, MlDsa87, Signature, SigningKey, VerifyingKey};
use ml_kem::kem::{Decapsulate, Decapsulator, KeyExport, TryKeyInit};

macro_rules! mlkem {
    ($algorithm:literal, $sizes:expr, $dk:ident, $ek:ident) => {
        Kem {
            algorithm: $algorithm,
            sizes: $sizes,
            keygen: Box::new(|pk, sk| {
                sk.copy_from_slice(&random::<64>());
                let key = ml_kem::$dk::from_seed((*array::<64>(sk)).into());
                pk.copy_from_slice(&key.encapsulation_key().to_bytes());
            }),
            encaps: Box::new(|ct, ss, pk| {
                let key = ml_kem::$ek::new(pk.try_into().expect("the size")).expect("a valid key");
                let (ciphertext, secret) = key.encapsulate_deterministic(&random::<32>().into());
                ct.copy_from_slice(&ciphertext);
                ss.copy_from_slice(&secret);
            }),
            decaps: Box::new(|ss, ct, sk| {
                let key = ml_kem::$dk::from_seed((*array::<64>(sk)).into());
                ss.copy_from_slice(&key.decapsulate(ct.try_into().expect("the size")));
            }),
            load_encaps: Some(Box::new(|pk| {
                let key = ml_kem::$ek::new(pk.try_into().expect("the size")).expect("a valid key");
                Box::new(move |ct, ss| {
                    let (ciphertext, secret) = key.encapsulate_deterministic(&random::<32>().into());
                    ct.copy_from_slice(&ciphertext);
                    ss.copy_from_slice(&secret);
                })
            })),
            load_decaps: Some(Box::new(|sk| {
                let key = ml_kem::$dk::from_seed((*array::<64>(sk)).into());
                Box::new(move |ss, ct| ss.copy_from_slice(&key.decapsulate(ct.try_into().expect("the size"))))
            })),
        }
    };
}

macro_rules! mldsa {
    ($algorithm:literal, $sizes:expr, $set:ident) => {
        Sig {
            algorithm: $algorithm,
            sizes: $sizes,
            keygen: Box::new(|pk, sk| {
                sk.copy_from_slice(&random::<32>());
                let key = SigningKey::<$set>::from_seed(sk.as_ref().try_into().expect("the size"));
                pk.copy_from_slice(&key.expanded_key().verifying_key().encode());
            }),
            sign: Box::new(|sig, msg, sk| {
                let key = SigningKey::<$set>::from_seed(sk.try_into().expect("the size"));
                sig.copy_from_slice(&sign(key.expanded_key(), msg).encode());
            }),
            verify: Box::new(|sig, msg, pk| {
                let key = VerifyingKey::<$set>::decode(pk.try_into().expect("the size"));
                let signature = Signature::<$set>::decode(sig.try_into().expect("the size"));
                signature.is_some_and(|signature| key.verify_with_context(msg, b"", &signature))
            }),
            load_sign: Some(Box::new(|sk| {
                let key = SigningKey::<$set>::from_seed(sk.try_into().expect("the size"));
                Box::new(move |sig, msg| sig.copy_from_slice(&sign(key.expanded_key(), msg).encode()))
            })),
            load_verify: Some(Box::new(|pk| {
                let key = VerifyingKey::<$set>::decode(pk.try_into().expect("the size"));
                Box::new(move |sig, msg| {
                    let signature = Signature::<$set>::decode(sig.try_into().expect("the size"));
                    signature.is_some_and(|signature| key.verify_with_context(msg, b"", &signature))
                })
            })),
        }
    };
}

/// Hedged, with an empty context: what `sign_randomized` does, with randomness straight from the system.
fn sign<P: ml_dsa::MlDsaParams>(key: &ExpandedSigningKey<P>, msg: &[u8]) -> Signature<P> {
    key.sign_internal(&[&[0, 0], msg], &random::<32>().into())
}

pub fn library() -> Library {
    let versions = ["x-wing", "ml-kem", "ml-dsa"].map(|name| format!("{name} {}", crate::version_of(name)));
    Library {
        name: "RustCrypto",
        version: versions.join(", "),
        kems: vec![
            xwing(),
            mlkem!("ML-KEM-768", [1184, 64, 1088, 32], DecapsulationKey768, EncapsulationKey768),
            mlkem!("ML-KEM-1024", [1568, 64, 1568, 32], DecapsulationKey1024, EncapsulationKey1024),
        ],
        dhs: vec![],
        sigs: vec![mldsa!("ML-DSA-65", [1952, 32, 3309], MlDsa65), mldsa!("ML-DSA-87", [2592, 32, 4627], MlDsa87)],
    }
}

fn xwing() -> Kem {
    use x_wing::{Ciphertext, DecapsulationKey, EncapsulationKey};
    Kem {
        algorithm: "X-Wing",
        sizes: [1216, 32, 1120, 32],
        keygen: Box::new(|pk, sk| {
            sk.copy_from_slice(&random::<32>());
            pk.copy_from_slice(&DecapsulationKey::from(*array(sk)).encapsulation_key().to_bytes());
        }),
        encaps: Box::new(|ct, ss, pk| {
            let key = EncapsulationKey::new(pk.try_into().expect("the size")).expect("a valid key");
            let (ciphertext, secret) = key.encapsulate_deterministic(&random::<64>().into());
            ct.copy_from_slice(&ciphertext);
            ss.copy_from_slice(&secret);
        }),
        decaps: Box::new(|ss, ct, sk| {
            let ct: &Ciphertext = ct.try_into().expect("the size");
            ss.copy_from_slice(&DecapsulationKey::from(*array(sk)).decapsulate(ct));
        }),
        load_encaps: Some(Box::new(|pk| {
            let key = EncapsulationKey::new(pk.try_into().expect("the size")).expect("a valid key");
            Box::new(move |ct, ss| {
                let (ciphertext, secret) = key.encapsulate_deterministic(&random::<64>().into());
                ct.copy_from_slice(&ciphertext);
                ss.copy_from_slice(&secret);
            })
        })),
        // It expands its seed again whenever it decapsulates.
        load_decaps: Some(Box::new(|sk| {
            let key = DecapsulationKey::from(*array(sk));
            Box::new(move |ss, ct| ss.copy_from_slice(&key.decapsulate(ct.try_into().expect("the size"))))
        })),
    }
}
