//! OpenSSL 4, through the EVP functions that a C program calls. Methods are fetched once.

use crate::scheme::{Dh, Kem, Library, Sig};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::{null, null_mut};

#[repr(C)]
struct Pkey(c_void);
#[repr(C)]
struct PkeyCtx(c_void);
#[repr(C)]
struct MdCtx(c_void);
#[repr(C)]
struct Signature(c_void);
type Name = *const c_char;

unsafe extern "C" {
    fn OpenSSL_version(which: c_int) -> *const c_char;
    fn EVP_PKEY_free(key: *mut Pkey);
    fn EVP_PKEY_new_raw_private_key_ex(lib: Name, name: Name, how: Name, key: *const u8, len: usize) -> *mut Pkey;
    fn EVP_PKEY_new_raw_public_key_ex(lib: Name, name: Name, how: Name, key: *const u8, len: usize) -> *mut Pkey;
    fn EVP_PKEY_get_raw_private_key(key: *const Pkey, out: *mut u8, len: *mut usize) -> c_int;
    fn EVP_PKEY_get_raw_public_key(key: *const Pkey, out: *mut u8, len: *mut usize) -> c_int;
    fn EVP_PKEY_CTX_new_from_name(lib: Name, name: Name, how: Name) -> *mut PkeyCtx;
    fn EVP_PKEY_CTX_new_from_pkey(lib: Name, key: *mut Pkey, how: Name) -> *mut PkeyCtx;
    fn EVP_PKEY_CTX_free(ctx: *mut PkeyCtx);
    fn EVP_PKEY_keygen_init(ctx: *mut PkeyCtx) -> c_int;
    fn EVP_PKEY_generate(ctx: *mut PkeyCtx, key: *mut *mut Pkey) -> c_int;
    fn EVP_PKEY_encapsulate_init(ctx: *mut PkeyCtx, params: *const c_void) -> c_int;
    fn EVP_PKEY_encapsulate(ctx: *mut PkeyCtx, ct: *mut u8, ct_len: *mut usize, ss: *mut u8, len: *mut usize) -> c_int;
    fn EVP_PKEY_decapsulate_init(ctx: *mut PkeyCtx, params: *const c_void) -> c_int;
    fn EVP_PKEY_decapsulate(ctx: *mut PkeyCtx, ss: *mut u8, len: *mut usize, ct: *const u8, ct_len: usize) -> c_int;
    fn EVP_PKEY_derive_init(ctx: *mut PkeyCtx) -> c_int;
    fn EVP_PKEY_derive_set_peer(ctx: *mut PkeyCtx, peer: *mut Pkey) -> c_int;
    fn EVP_PKEY_derive(ctx: *mut PkeyCtx, ss: *mut u8, len: *mut usize) -> c_int;
    fn EVP_SIGNATURE_fetch(lib: Name, name: Name, how: Name) -> *mut Signature;
    fn EVP_PKEY_sign_message_init(ctx: *mut PkeyCtx, how: *mut Signature, params: *const c_void) -> c_int;
    fn EVP_PKEY_sign(ctx: *mut PkeyCtx, sig: *mut u8, len: *mut usize, msg: *const u8, msg_len: usize) -> c_int;
    fn EVP_PKEY_verify_message_init(ctx: *mut PkeyCtx, how: *mut Signature, params: *const c_void) -> c_int;
    fn EVP_PKEY_verify(ctx: *mut PkeyCtx, sig: *const u8, len: usize, msg: *const u8, msg_len: usize) -> c_int;
    fn EVP_MD_CTX_new() -> *mut MdCtx;
    fn EVP_MD_CTX_free(ctx: *mut MdCtx);
    fn EVP_DigestSignInit_ex(
        ctx: *mut MdCtx,
        out: *mut c_void,
        md: Name,
        lib: Name,
        how: Name,
        key: *mut Pkey,
        params: *const c_void,
    ) -> c_int;
    fn EVP_DigestSign(ctx: *mut MdCtx, sig: *mut u8, len: *mut usize, msg: *const u8, msg_len: usize) -> c_int;
    fn EVP_DigestVerifyInit_ex(
        ctx: *mut MdCtx,
        out: *mut c_void,
        md: Name,
        lib: Name,
        how: Name,
        key: *mut Pkey,
        params: *const c_void,
    ) -> c_int;
    fn EVP_DigestVerify(ctx: *mut MdCtx, sig: *const u8, len: usize, msg: *const u8, msg_len: usize) -> c_int;
}

pub fn library() -> Library {
    // SAFETY, for all of this: the buffers have the sizes of the table, and every object is freed once.
    let version = unsafe { CStr::from_ptr(OpenSSL_version(6)) };
    Library {
        name: "OpenSSL",
        version: version.to_string_lossy().into_owned(),
        kems: vec![
            kem(c"ML-KEM-768", "ML-KEM-768", [1184, 2400, 1088, 32]),
            kem(c"ML-KEM-1024", "ML-KEM-1024", [1568, 3168, 1568, 32]),
            kem(c"X25519MLKEM768", "X25519MLKEM768", [1216, 2432, 1120, 64]),
            kem(c"X448MLKEM1024", "X448MLKEM1024", [1624, 3224, 1624, 88]),
        ],
        dhs: vec![dh(c"X25519", "X25519", 32), dh(c"X448", "X448", 56)],
        sigs: vec![
            sig(c"ML-DSA-65", "ML-DSA-65", [1952, 4032, 3309], true),
            sig(c"ML-DSA-87", "ML-DSA-87", [2592, 4896, 4627], true),
            sig(c"ED25519", "Ed25519", [32, 32, 64], false),
            sig(c"ED448", "Ed448", [57, 57, 114], false),
        ],
    }
}

fn ok(status: c_int) {
    assert_eq!(status, 1, "OpenSSL fails on a valid input");
}

/// A key that is freed when it goes.
struct Key(*mut Pkey);

impl Drop for Key {
    fn drop(&mut self) {
        unsafe { EVP_PKEY_free(self.0) }
    }
}

impl Key {
    fn new(key: *mut Pkey) -> Self {
        assert!(!key.is_null(), "OpenSSL refuses a valid key");
        Key(key)
    }

    fn public(name: &CStr, key: &[u8]) -> Self {
        Key::new(unsafe { EVP_PKEY_new_raw_public_key_ex(null(), name.as_ptr(), null(), key.as_ptr(), key.len()) })
    }

    fn secret(name: &CStr, key: &[u8]) -> Self {
        Key::new(unsafe { EVP_PKEY_new_raw_private_key_ex(null(), name.as_ptr(), null(), key.as_ptr(), key.len()) })
    }

    fn context(&self) -> Context {
        let ctx = unsafe { EVP_PKEY_CTX_new_from_pkey(null(), self.0, null()) };
        assert!(!ctx.is_null());
        Context(ctx)
    }
}

struct Context(*mut PkeyCtx);

impl Drop for Context {
    fn drop(&mut self) {
        unsafe { EVP_PKEY_CTX_free(self.0) }
    }
}

/// What generates keys, with its method fetched.
fn generator(name: &CStr) -> impl Fn(&mut [u8], &mut [u8]) + use<> {
    let ctx = unsafe { EVP_PKEY_CTX_new_from_name(null(), name.as_ptr(), null()) };
    ok(unsafe { EVP_PKEY_keygen_init(ctx) });
    move |pk, sk| {
        let (mut key, mut pk_len, mut sk_len) = (null_mut(), pk.len(), sk.len());
        ok(unsafe { EVP_PKEY_generate(ctx, &mut key) });
        let key = Key(key);
        ok(unsafe { EVP_PKEY_get_raw_public_key(key.0, pk.as_mut_ptr(), &mut pk_len) });
        ok(unsafe { EVP_PKEY_get_raw_private_key(key.0, sk.as_mut_ptr(), &mut sk_len) });
    }
}

/// The context is made anew for each operation if `ctx` is that of a key that was decoded just now.
fn encaps(ctx: &Context, ct: &mut [u8], ss: &mut [u8]) {
    let (mut ct_len, mut ss_len) = (ct.len(), ss.len());
    ok(unsafe { EVP_PKEY_encapsulate(ctx.0, ct.as_mut_ptr(), &mut ct_len, ss.as_mut_ptr(), &mut ss_len) });
}

fn decaps(ctx: &Context, ss: &mut [u8], ct: &[u8]) {
    let mut len = ss.len();
    ok(unsafe { EVP_PKEY_decapsulate(ctx.0, ss.as_mut_ptr(), &mut len, ct.as_ptr(), ct.len()) });
}

fn kem(name: &'static CStr, algorithm: &'static str, sizes: [usize; 4]) -> Kem {
    let public = move |pk: &[u8]| {
        let key = Key::public(name, pk);
        let ctx = key.context();
        ok(unsafe { EVP_PKEY_encapsulate_init(ctx.0, null()) });
        (ctx, key)
    };
    let secret = move |sk: &[u8]| {
        let key = Key::secret(name, sk);
        let ctx = key.context();
        ok(unsafe { EVP_PKEY_decapsulate_init(ctx.0, null()) });
        (ctx, key)
    };
    Kem {
        algorithm,
        sizes,
        keygen: Box::new(generator(name)),
        encaps: Box::new(move |ct, ss, pk| encaps(&public(pk).0, ct, ss)),
        decaps: Box::new(move |ss, ct, sk| decaps(&secret(sk).0, ss, ct)),
        load_encaps: Some(Box::new(move |pk| {
            let key = public(pk);
            Box::new(move |ct, ss| encaps(&key.0, ct, ss))
        })),
        load_decaps: Some(Box::new(move |sk| {
            let key = secret(sk);
            Box::new(move |ss, ct| decaps(&key.0, ss, ct))
        })),
    }
}

fn agree(ctx: &Context, ss: &mut [u8], peer: &Key) {
    let mut len = ss.len();
    ok(unsafe { EVP_PKEY_derive_set_peer(ctx.0, peer.0) });
    ok(unsafe { EVP_PKEY_derive(ctx.0, ss.as_mut_ptr(), &mut len) });
}

fn dh(name: &'static CStr, algorithm: &'static str, size: usize) -> Dh {
    let secret = move |sk: &[u8]| {
        let key = Key::secret(name, sk);
        let ctx = key.context();
        ok(unsafe { EVP_PKEY_derive_init(ctx.0) });
        (ctx, key)
    };
    Dh {
        algorithm,
        size,
        keygen: Box::new(generator(name)),
        agree: Box::new(move |ss, pk, sk| agree(&secret(sk).0, ss, &Key::public(name, pk))),
        load: Some(Box::new(move |sk| {
            let key = secret(sk);
            Box::new(move |ss, pk| agree(&key.0, ss, &Key::public(name, pk)))
        })),
    }
}

/// EdDSA is called through EVP_DigestSign, ML-DSA through EVP_PKEY_sign_message_init.
fn sig(name: &'static CStr, algorithm: &'static str, sizes: [usize; 3], lattice: bool) -> Sig {
    let how = unsafe { EVP_SIGNATURE_fetch(null(), name.as_ptr(), null()) };
    assert!(!how.is_null());
    let sign = move |key: &Key, sig: &mut [u8], msg: &[u8]| unsafe {
        let mut len = sig.len();
        if lattice {
            let ctx = key.context();
            ok(EVP_PKEY_sign_message_init(ctx.0, how, null()));
            ok(EVP_PKEY_sign(ctx.0, sig.as_mut_ptr(), &mut len, msg.as_ptr(), msg.len()));
        } else {
            let ctx = EVP_MD_CTX_new();
            ok(EVP_DigestSignInit_ex(ctx, null_mut(), null(), null(), null(), key.0, null()));
            ok(EVP_DigestSign(ctx, sig.as_mut_ptr(), &mut len, msg.as_ptr(), msg.len()));
            EVP_MD_CTX_free(ctx);
        }
    };
    let verify = move |key: &Key, sig: &[u8], msg: &[u8]| unsafe {
        if lattice {
            let ctx = key.context();
            ok(EVP_PKEY_verify_message_init(ctx.0, how, null()));
            1 == EVP_PKEY_verify(ctx.0, sig.as_ptr(), sig.len(), msg.as_ptr(), msg.len())
        } else {
            let ctx = EVP_MD_CTX_new();
            ok(EVP_DigestVerifyInit_ex(ctx, null_mut(), null(), null(), null(), key.0, null()));
            let valid = EVP_DigestVerify(ctx, sig.as_ptr(), sig.len(), msg.as_ptr(), msg.len());
            EVP_MD_CTX_free(ctx);
            valid == 1
        }
    };
    Sig {
        algorithm,
        sizes,
        keygen: Box::new(generator(name)),
        sign: Box::new(move |sig, msg, sk| sign(&Key::secret(name, sk), sig, msg)),
        verify: Box::new(move |sig, msg, pk| verify(&Key::public(name, pk), sig, msg)),
        load_sign: Some(Box::new(move |sk| {
            let key = Key::secret(name, sk);
            Box::new(move |sig, msg| sign(&key, sig, msg))
        })),
        load_verify: Some(Box::new(move |pk| {
            let key = Key::public(name, pk);
            Box::new(move |sig, msg| verify(&key, sig, msg))
        })),
    }
}
