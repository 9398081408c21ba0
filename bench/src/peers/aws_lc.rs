//! AWS-LC, through its C functions: what aws-lc-rs calls, without its allocations.

use crate::scheme::{Dh, Kem, Library, Sig};
use aws_lc_sys::*;
use std::ptr::null_mut;

pub fn library() -> Library {
    let version = AWSLC_VERSION_NUMBER_STRING;
    // SAFETY, for all of this: the buffers have the sizes of the table, and every object is freed once.
    Library {
        name: "AWS-LC",
        version: format!(
            "{} (aws-lc-sys {})",
            String::from_utf8_lossy(&version[..version.len() - 1]),
            crate::version_of("aws-lc-sys")
        ),
        kems: vec![
            kem("ML-KEM-768", NID_MLKEM768, [1184, 2400, 1088, 32]),
            kem("ML-KEM-1024", NID_MLKEM1024, [1568, 3168, 1568, 32]),
        ],
        dhs: vec![Dh {
            algorithm: "X25519",
            size: 32,
            keygen: Box::new(|pk, sk| unsafe { X25519_keypair(pk.as_mut_ptr(), sk.as_mut_ptr()) }),
            agree: Box::new(|ss, pk, sk| ok(unsafe { X25519(ss.as_mut_ptr(), sk.as_ptr(), pk.as_ptr()) })),
            load: None,
        }],
        sigs: vec![
            Sig {
                algorithm: "Ed25519",
                sizes: [32, 64, 64],
                keygen: Box::new(|pk, sk| unsafe { ED25519_keypair(pk.as_mut_ptr(), sk.as_mut_ptr()) }),
                sign: Box::new(|sig, msg, sk| {
                    ok(unsafe { ED25519_sign(sig.as_mut_ptr(), msg.as_ptr(), msg.len(), sk.as_ptr()) });
                }),
                verify: Box::new(|sig, msg, pk| {
                    1 == unsafe { ED25519_verify(msg.as_ptr(), msg.len(), sig.as_ptr(), pk.as_ptr()) }
                }),
                load_sign: None,
                load_verify: None,
            },
            mldsa("ML-DSA-65", NID_MLDSA65, [1952, 4032, 3309]),
            mldsa("ML-DSA-87", NID_MLDSA87, [2592, 4896, 4627]),
        ],
    }
}

fn ok(status: i32) {
    assert_eq!(status, 1, "AWS-LC fails on a valid input");
}

/// A key that is freed when it goes.
struct Key(*mut EVP_PKEY);

impl Drop for Key {
    fn drop(&mut self) {
        unsafe { EVP_PKEY_free(self.0) }
    }
}

impl Key {
    fn new(key: *mut EVP_PKEY) -> Self {
        assert!(!key.is_null(), "AWS-LC refuses a valid key");
        Key(key)
    }

    fn generate(ctx: *mut EVP_PKEY_CTX) -> Self {
        let mut key = null_mut();
        ok(unsafe { EVP_PKEY_keygen(ctx, &mut key) });
        Key(key)
    }

    fn write(&self, pk: &mut [u8], sk: &mut [u8]) {
        let (mut pk_len, mut sk_len) = (pk.len(), sk.len());
        ok(unsafe { EVP_PKEY_get_raw_public_key(self.0, pk.as_mut_ptr(), &mut pk_len) });
        ok(unsafe { EVP_PKEY_get_raw_private_key(self.0, sk.as_mut_ptr(), &mut sk_len) });
    }
}

/// A key and what operates on it.
struct Context(*mut EVP_PKEY_CTX, #[expect(dead_code, reason = "lives as long")] Key);

impl Drop for Context {
    fn drop(&mut self) {
        unsafe { EVP_PKEY_CTX_free(self.0) }
    }
}

impl Context {
    fn new(key: Key) -> Self {
        let ctx = unsafe { EVP_PKEY_CTX_new(key.0, null_mut()) };
        assert!(!ctx.is_null());
        Context(ctx, key)
    }

    fn encaps(&self, ct: &mut [u8], ss: &mut [u8]) {
        let (mut ct_len, mut ss_len) = (ct.len(), ss.len());
        ok(unsafe { EVP_PKEY_encapsulate(self.0, ct.as_mut_ptr(), &mut ct_len, ss.as_mut_ptr(), &mut ss_len) });
    }

    fn decaps(&self, ss: &mut [u8], ct: &[u8]) {
        let mut len = ss.len();
        ok(unsafe { EVP_PKEY_decapsulate(self.0, ss.as_mut_ptr(), &mut len, ct.as_ptr(), ct.len()) });
    }
}

fn kem(algorithm: &'static str, nid: i32, sizes: [usize; 4]) -> Kem {
    let how = unsafe { EVP_PKEY_CTX_new_id(EVP_PKEY_KEM, null_mut()) };
    ok(unsafe { EVP_PKEY_CTX_kem_set_params(how, nid) });
    ok(unsafe { EVP_PKEY_keygen_init(how) });
    let public =
        move |pk: &[u8]| Context::new(Key::new(unsafe { EVP_PKEY_kem_new_raw_public_key(nid, pk.as_ptr(), pk.len()) }));
    let secret =
        move |sk: &[u8]| Context::new(Key::new(unsafe { EVP_PKEY_kem_new_raw_secret_key(nid, sk.as_ptr(), sk.len()) }));
    Kem {
        algorithm,
        sizes,
        keygen: Box::new(move |pk, sk| Key::generate(how).write(pk, sk)),
        encaps: Box::new(move |ct, ss, pk| public(pk).encaps(ct, ss)),
        decaps: Box::new(move |ss, ct, sk| secret(sk).decaps(ss, ct)),
        load_encaps: Some(Box::new(move |pk| {
            let key = public(pk);
            Box::new(move |ct, ss| key.encaps(ct, ss))
        })),
        load_decaps: Some(Box::new(move |sk| {
            let key = secret(sk);
            Box::new(move |ss, ct| key.decaps(ss, ct))
        })),
    }
}

fn sign(key: &Key, sig: &mut [u8], msg: &[u8]) {
    let mut len = sig.len();
    unsafe {
        let ctx = EVP_MD_CTX_new();
        ok(EVP_DigestSignInit(ctx, null_mut(), std::ptr::null(), null_mut(), key.0));
        ok(EVP_DigestSign(ctx, sig.as_mut_ptr(), &mut len, msg.as_ptr(), msg.len()));
        EVP_MD_CTX_free(ctx);
    }
}

fn verify(key: &Key, sig: &[u8], msg: &[u8]) -> bool {
    unsafe {
        let ctx = EVP_MD_CTX_new();
        ok(EVP_DigestVerifyInit(ctx, null_mut(), std::ptr::null(), null_mut(), key.0));
        let valid = EVP_DigestVerify(ctx, sig.as_ptr(), sig.len(), msg.as_ptr(), msg.len());
        EVP_MD_CTX_free(ctx);
        valid == 1
    }
}

fn mldsa(algorithm: &'static str, nid: i32, sizes: [usize; 3]) -> Sig {
    let how = unsafe { EVP_PKEY_CTX_new_id(EVP_PKEY_PQDSA, null_mut()) };
    ok(unsafe { EVP_PKEY_CTX_pqdsa_set_params(how, nid) });
    ok(unsafe { EVP_PKEY_keygen_init(how) });
    let public = move |pk: &[u8]| Key::new(unsafe { EVP_PKEY_pqdsa_new_raw_public_key(nid, pk.as_ptr(), pk.len()) });
    let secret = move |sk: &[u8]| Key::new(unsafe { EVP_PKEY_pqdsa_new_raw_private_key(nid, sk.as_ptr(), sk.len()) });
    Sig {
        algorithm,
        sizes,
        keygen: Box::new(move |pk, sk| Key::generate(how).write(pk, sk)),
        sign: Box::new(move |sig, msg, sk| sign(&secret(sk), sig, msg)),
        verify: Box::new(move |sig, msg, pk| verify(&public(pk), sig, msg)),
        load_sign: Some(Box::new(move |sk| {
            let key = secret(sk);
            Box::new(move |sig, msg| sign(&key, sig, msg))
        })),
        load_verify: Some(Box::new(move |pk| {
            let key = public(pk);
            Box::new(move |sig, msg| verify(&key, sig, msg))
        })),
    }
}
