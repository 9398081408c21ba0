//! libsodium, through its C functions.

use crate::scheme::{Dh, Kem, Library, Sig, random};
use libsodium_sys as sodium;

pub fn library() -> Library {
    // SAFETY: once, before anything else of it.
    assert!(unsafe { sodium::sodium_init() } >= 0);
    let version = sodium::SODIUM_VERSION_STRING;
    // SAFETY, for all of this: the buffers have the sizes of the table.
    Library {
        name: "libsodium",
        version: String::from_utf8_lossy(&version[..version.len() - 1]).into_owned(),
        kems: vec![
            Kem {
                algorithm: "X-Wing",
                sizes: [1216, 32, 1120, 32],
                keygen: Box::new(|pk, sk| {
                    ok(unsafe { sodium::crypto_kem_xwing_keypair(pk.as_mut_ptr(), sk.as_mut_ptr()) });
                }),
                encaps: Box::new(|ct, ss, pk| {
                    ok(unsafe { sodium::crypto_kem_xwing_enc(ct.as_mut_ptr(), ss.as_mut_ptr(), pk.as_ptr()) });
                }),
                decaps: Box::new(|ss, ct, sk| {
                    ok(unsafe { sodium::crypto_kem_xwing_dec(ss.as_mut_ptr(), ct.as_ptr(), sk.as_ptr()) });
                }),
                load_encaps: None,
                load_decaps: None,
            },
            Kem {
                algorithm: "ML-KEM-768",
                sizes: [1184, 2400, 1088, 32],
                keygen: Box::new(|pk, sk| {
                    ok(unsafe { sodium::crypto_kem_mlkem768_keypair(pk.as_mut_ptr(), sk.as_mut_ptr()) });
                }),
                encaps: Box::new(|ct, ss, pk| {
                    ok(unsafe { sodium::crypto_kem_mlkem768_enc(ct.as_mut_ptr(), ss.as_mut_ptr(), pk.as_ptr()) });
                }),
                decaps: Box::new(|ss, ct, sk| {
                    ok(unsafe { sodium::crypto_kem_mlkem768_dec(ss.as_mut_ptr(), ct.as_ptr(), sk.as_ptr()) });
                }),
                load_encaps: None,
                load_decaps: None,
            },
        ],
        dhs: vec![Dh {
            algorithm: "X25519",
            size: 32,
            keygen: Box::new(|pk, sk| {
                sk.copy_from_slice(&random::<32>());
                ok(unsafe { sodium::crypto_scalarmult_base(pk.as_mut_ptr(), sk.as_ptr()) });
            }),
            agree: Box::new(|ss, pk, sk| {
                ok(unsafe { sodium::crypto_scalarmult(ss.as_mut_ptr(), sk.as_ptr(), pk.as_ptr()) });
            }),
            load: None,
        }],
        sigs: vec![Sig {
            algorithm: "Ed25519",
            sizes: [32, 64, 64],
            keygen: Box::new(|pk, sk| ok(unsafe { sodium::crypto_sign_keypair(pk.as_mut_ptr(), sk.as_mut_ptr()) })),
            sign: Box::new(|sig, msg, sk| {
                let (len, out) = (msg.len() as u64, std::ptr::null_mut());
                ok(unsafe { sodium::crypto_sign_detached(sig.as_mut_ptr(), out, msg.as_ptr(), len, sk.as_ptr()) });
            }),
            verify: Box::new(|sig, msg, pk| {
                let len = msg.len() as u64;
                0 == unsafe { sodium::crypto_sign_verify_detached(sig.as_ptr(), msg.as_ptr(), len, pk.as_ptr()) }
            }),
            load_sign: None,
            load_verify: None,
        }],
    }
}

fn ok(status: i32) {
    assert_eq!(status, 0, "libsodium fails on a valid input");
}
