//! This library, through its C ABI, as it is shipped.

use crate::scheme::{Kem, Library, Sig};
use std::ffi::{CStr, c_char};

/// A prepared key: room for it, which `init` fills.
fn prepared(bytes: usize, encoded: &[u8], init: unsafe extern "C" fn(*mut u64, *const u8) -> i32) -> Vec<u64> {
    let mut key = vec![0; bytes.div_ceil(size_of::<u64>())];
    // SAFETY: as large as the library says, and an encoded key of the size of the table.
    ok(unsafe { init(key.as_mut_ptr(), encoded.as_ptr()) });
    key
}

/// The operations of a suite for key exchange: its name in the table, its sizes, its functions; those of prepared keys.
macro_rules! kem {
    ($algorithm:literal, $sizes:expr, $keygen:ident, $encaps:ident, $decaps:ident,
        [$encaps_bytes:ident, $encaps_init:ident, $encaps_with:ident],
        [$decaps_bytes:ident, $decaps_init:ident, $decaps_with:ident]) => {{
        unsafe extern "C" {
            safe fn $encaps_bytes() -> usize;
            fn $encaps_init(key: *mut u64, pk: *const u8) -> i32;
            fn $encaps_with(ct: *mut u8, ss: *mut u8, key: *const u64) -> i32;
            safe fn $decaps_bytes() -> usize;
            fn $decaps_init(key: *mut u64, sk: *const u8) -> i32;
            fn $decaps_with(ss: *mut u8, ct: *const u8, key: *const u64) -> i32;
            fn $keygen(pk: *mut u8, sk: *mut u8) -> i32;
            fn $encaps(ct: *mut u8, ss: *mut u8, pk: *const u8) -> i32;
            fn $decaps(ss: *mut u8, ct: *const u8, sk: *const u8) -> i32;
        }
        // SAFETY, here and below: the buffers have the sizes of the table, which are the library's: `sizes_agree`.
        Kem {
            algorithm: $algorithm,
            sizes: $sizes,
            keygen: Box::new(|pk, sk| ok(unsafe { $keygen(pk.as_mut_ptr(), sk.as_mut_ptr()) })),
            encaps: Box::new(|ct, ss, pk| ok(unsafe { $encaps(ct.as_mut_ptr(), ss.as_mut_ptr(), pk.as_ptr()) })),
            decaps: Box::new(|ss, ct, sk| ok(unsafe { $decaps(ss.as_mut_ptr(), ct.as_ptr(), sk.as_ptr()) })),
            load_encaps: Some(Box::new(|pk| {
                let key = prepared($encaps_bytes(), pk, $encaps_init);
                Box::new(move |ct, ss| ok(unsafe { $encaps_with(ct.as_mut_ptr(), ss.as_mut_ptr(), key.as_ptr()) }))
            })),
            load_decaps: Some(Box::new(|sk| {
                let key = prepared($decaps_bytes(), sk, $decaps_init);
                Box::new(move |ss, ct| ok(unsafe { $decaps_with(ss.as_mut_ptr(), ct.as_ptr(), key.as_ptr()) }))
            })),
        }
    }};
}

macro_rules! sig {
    ($algorithm:literal, $sizes:expr, $keygen:ident, $sign:ident, $verify:ident,
        [$sign_bytes:ident, $sign_init:ident, $sign_with:ident],
        [$verify_bytes:ident, $verify_init:ident, $verify_with:ident]) => {{
        unsafe extern "C" {
            safe fn $sign_bytes() -> usize;
            fn $sign_init(key: *mut u64, sk: *const u8) -> i32;
            fn $sign_with(
                sig: *mut u8,
                msg: *const u8,
                len: usize,
                ctx: *const u8,
                ctx_len: usize,
                key: *const u64,
            ) -> i32;
            safe fn $verify_bytes() -> usize;
            fn $verify_init(key: *mut u64, pk: *const u8) -> i32;
            fn $verify_with(
                sig: *const u8,
                msg: *const u8,
                len: usize,
                ctx: *const u8,
                ctx_len: usize,
                key: *const u64,
            ) -> i32;
            fn $keygen(pk: *mut u8, sk: *mut u8) -> i32;
            fn $sign(sig: *mut u8, msg: *const u8, len: usize, ctx: *const u8, ctx_len: usize, sk: *const u8) -> i32;
            fn $verify(
                sig: *const u8,
                msg: *const u8,
                len: usize,
                ctx: *const u8,
                ctx_len: usize,
                pk: *const u8,
            ) -> i32;
        }
        Sig {
            algorithm: $algorithm,
            sizes: $sizes,
            keygen: Box::new(|pk, sk| ok(unsafe { $keygen(pk.as_mut_ptr(), sk.as_mut_ptr()) })),
            sign: Box::new(|sig, msg, sk| {
                let ctx = std::ptr::null();
                ok(unsafe { $sign(sig.as_mut_ptr(), msg.as_ptr(), msg.len(), ctx, 0, sk.as_ptr()) });
            }),
            verify: Box::new(|sig, msg, pk| {
                let ctx = std::ptr::null();
                0 == unsafe { $verify(sig.as_ptr(), msg.as_ptr(), msg.len(), ctx, 0, pk.as_ptr()) }
            }),
            load_sign: Some(Box::new(|sk| {
                let key = prepared($sign_bytes(), sk, $sign_init);
                Box::new(move |sig, msg| {
                    let ctx = std::ptr::null();
                    ok(unsafe { $sign_with(sig.as_mut_ptr(), msg.as_ptr(), msg.len(), ctx, 0, key.as_ptr()) });
                })
            })),
            load_verify: Some(Box::new(|pk| {
                let key = prepared($verify_bytes(), pk, $verify_init);
                Box::new(move |sig, msg| {
                    let ctx = std::ptr::null();
                    0 == unsafe { $verify_with(sig.as_ptr(), msg.as_ptr(), msg.len(), ctx, 0, key.as_ptr()) }
                })
            })),
        }
    }};
}

fn ok(status: i32) {
    assert_eq!(status, 0, "pqhybrid fails on a valid input");
}

unsafe extern "C" {
    safe fn pqh_version() -> *const c_char;
    safe fn pqh_backend() -> *const c_char;
}

fn text(of: *const c_char) -> String {
    // SAFETY: the library's texts are constants.
    unsafe { CStr::from_ptr(of) }.to_string_lossy().into_owned()
}

pub fn backend() -> String {
    text(pqh_backend())
}

pub const NAME: &str = "pqhybrid";

pub fn library() -> Library {
    sizes_agree();
    Library {
        name: NAME,
        version: text(pqh_version()),
        kems: vec![
            kem!(
                "mlkem768_x25519",
                [1216, 32, 1120, 32],
                pqh_mlkem768_x25519_keygen,
                pqh_mlkem768_x25519_encaps,
                pqh_mlkem768_x25519_decaps,
                [
                    pqh_mlkem768_x25519_encaps_key_bytes,
                    pqh_mlkem768_x25519_encaps_key_init,
                    pqh_mlkem768_x25519_encaps_with
                ],
                [
                    pqh_mlkem768_x25519_decaps_key_bytes,
                    pqh_mlkem768_x25519_decaps_key_init,
                    pqh_mlkem768_x25519_decaps_with
                ]
            ),
            kem!(
                "mlkem1024_x448",
                [1624, 120, 1624, 32],
                pqh_mlkem1024_x448_keygen,
                pqh_mlkem1024_x448_encaps,
                pqh_mlkem1024_x448_decaps,
                [
                    pqh_mlkem1024_x448_encaps_key_bytes,
                    pqh_mlkem1024_x448_encaps_key_init,
                    pqh_mlkem1024_x448_encaps_with
                ],
                [
                    pqh_mlkem1024_x448_decaps_key_bytes,
                    pqh_mlkem1024_x448_decaps_key_init,
                    pqh_mlkem1024_x448_decaps_with
                ]
            ),
        ],
        dhs: vec![],
        sigs: vec![
            sig!(
                "mldsa65_ed25519",
                [1984, 64, 3373],
                pqh_mldsa65_ed25519_keygen,
                pqh_mldsa65_ed25519_sign,
                pqh_mldsa65_ed25519_verify,
                [pqh_mldsa65_ed25519_sign_key_bytes, pqh_mldsa65_ed25519_sign_key_init, pqh_mldsa65_ed25519_sign_with],
                [
                    pqh_mldsa65_ed25519_verify_key_bytes,
                    pqh_mldsa65_ed25519_verify_key_init,
                    pqh_mldsa65_ed25519_verify_with
                ]
            ),
            sig!(
                "mldsa87_ed448",
                [2649, 89, 4741],
                pqh_mldsa87_ed448_keygen,
                pqh_mldsa87_ed448_sign,
                pqh_mldsa87_ed448_verify,
                [pqh_mldsa87_ed448_sign_key_bytes, pqh_mldsa87_ed448_sign_key_init, pqh_mldsa87_ed448_sign_with],
                [pqh_mldsa87_ed448_verify_key_bytes, pqh_mldsa87_ed448_verify_key_init, pqh_mldsa87_ed448_verify_with]
            ),
        ],
    }
}

/// The sizes above are those of the library that is linked.
fn sizes_agree() {
    macro_rules! sizes {
        ($($function:ident == $size:literal),* $(,)?) => {{
            unsafe extern "C" {
                $(safe fn $function() -> usize;)*
            }
            $(assert_eq!($function(), $size, stringify!($function));)*
        }};
    }
    sizes!(
        pqh_mlkem768_x25519_public_key_bytes == 1216,
        pqh_mlkem768_x25519_secret_key_bytes == 32,
        pqh_mlkem768_x25519_ciphertext_bytes == 1120,
        pqh_mlkem768_x25519_shared_secret_bytes == 32,
        pqh_mlkem1024_x448_public_key_bytes == 1624,
        pqh_mlkem1024_x448_secret_key_bytes == 120,
        pqh_mlkem1024_x448_ciphertext_bytes == 1624,
        pqh_mlkem1024_x448_shared_secret_bytes == 32,
        pqh_mldsa65_ed25519_public_key_bytes == 1984,
        pqh_mldsa65_ed25519_secret_key_bytes == 64,
        pqh_mldsa65_ed25519_signature_bytes == 3373,
        pqh_mldsa87_ed448_public_key_bytes == 2649,
        pqh_mldsa87_ed448_secret_key_bytes == 89,
        pqh_mldsa87_ed448_signature_bytes == 4741,
    );
}
