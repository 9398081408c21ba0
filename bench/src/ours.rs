//! This library, through its C ABI, as it is shipped.

use crate::scheme::{Kem, Library, Sig};
use std::ffi::{CStr, c_char};

/// The operations of a suite for key exchange: its name in the table, its functions, its sizes.
macro_rules! kem {
    ($algorithm:literal, $sizes:expr, $keygen:ident, $encaps:ident, $decaps:ident) => {{
        unsafe extern "C" {
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
            // Prepared keys go here.
            load_encaps: None,
            load_decaps: None,
        }
    }};
}

macro_rules! sig {
    ($algorithm:literal, $sizes:expr, $keygen:ident, $sign:ident, $verify:ident) => {{
        unsafe extern "C" {
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
            // Prepared keys go here.
            load_sign: None,
            load_verify: None,
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
                pqh_mlkem768_x25519_decaps
            ),
            kem!(
                "mlkem1024_x448",
                [1624, 120, 1624, 32],
                pqh_mlkem1024_x448_keygen,
                pqh_mlkem1024_x448_encaps,
                pqh_mlkem1024_x448_decaps
            ),
        ],
        dhs: vec![],
        sigs: vec![
            sig!(
                "mldsa65_ed25519",
                [1984, 64, 3373],
                pqh_mldsa65_ed25519_keygen,
                pqh_mldsa65_ed25519_sign,
                pqh_mldsa65_ed25519_verify
            ),
            sig!(
                "mldsa87_ed448",
                [2649, 89, 4741],
                pqh_mldsa87_ed448_keygen,
                pqh_mldsa87_ed448_sign,
                pqh_mldsa87_ed448_verify
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
