//! This library's halves, each alone: not part of the C ABI, but its very code, compiled for one level of CPU; see
//! `halves/`. They are not peers: nothing is compared with them.

use crate::scheme::{Dh, Kem, Library, Sig, random};

/// A key of the halves' own.
type Key = *const std::ffi::c_void;

macro_rules! mlkem {
    ($algorithm:literal, $sizes:expr, $keygen:ident, $encaps:ident, $decaps:ident,
        [$load_encaps:ident, $encaps_with:ident], [$load_decaps:ident, $decaps_with:ident]) => {{
        unsafe extern "C" {
            fn $keygen(ek: *mut u8, seed: *const u8);
            fn $encaps(ct: *mut u8, ss: *mut u8, m: *const u8, ek: *const u8) -> bool;
            fn $decaps(ss: *mut u8, ct: *const u8, seed: *const u8);
            fn $load_encaps(ek: *const u8) -> Key;
            fn $encaps_with(ct: *mut u8, ss: *mut u8, m: *const u8, key: Key);
            fn $load_decaps(seed: *const u8) -> Key;
            fn $decaps_with(ss: *mut u8, ct: *const u8, key: Key);
        }
        // SAFETY, here and below: the buffers have the sizes of the table, and keys are those that were loaded.
        Kem {
            algorithm: $algorithm,
            sizes: $sizes,
            keygen: Box::new(|pk, sk| {
                sk.copy_from_slice(&random::<64>());
                unsafe { $keygen(pk.as_mut_ptr(), sk.as_ptr()) };
            }),
            encaps: Box::new(|ct, ss, pk| {
                let m = random::<32>();
                assert!(unsafe { $encaps(ct.as_mut_ptr(), ss.as_mut_ptr(), m.as_ptr(), pk.as_ptr()) });
            }),
            decaps: Box::new(|ss, ct, sk| unsafe { $decaps(ss.as_mut_ptr(), ct.as_ptr(), sk.as_ptr()) }),
            load_encaps: Some(Box::new(|pk| {
                let key = unsafe { $load_encaps(pk.as_ptr()) };
                assert!(!key.is_null());
                Box::new(move |ct, ss| {
                    let m = random::<32>();
                    unsafe { $encaps_with(ct.as_mut_ptr(), ss.as_mut_ptr(), m.as_ptr(), key) };
                })
            })),
            load_decaps: Some(Box::new(|sk| {
                let key = unsafe { $load_decaps(sk.as_ptr()) };
                Box::new(move |ss, ct| unsafe { $decaps_with(ss.as_mut_ptr(), ct.as_ptr(), key) })
            })),
        }
    }};
}

macro_rules! dh {
    ($algorithm:literal, $size:literal, $public:ident, $agree:ident) => {{
        unsafe extern "C" {
            fn $public(pk: *mut u8, sk: *const u8);
            fn $agree(ss: *mut u8, pk: *const u8, sk: *const u8) -> bool;
        }
        Dh {
            algorithm: $algorithm,
            size: $size,
            keygen: Box::new(|pk, sk| {
                sk.copy_from_slice(&random::<$size>());
                unsafe { $public(pk.as_mut_ptr(), sk.as_ptr()) };
            }),
            agree: Box::new(|ss, pk, sk| assert!(unsafe { $agree(ss.as_mut_ptr(), pk.as_ptr(), sk.as_ptr()) })),
            load: None,
        }
    }};
}

macro_rules! mldsa {
    ($algorithm:literal, $sizes:expr, $keygen:ident, $sign:ident, $verify:ident) => {{
        unsafe extern "C" {
            fn $keygen(pk: *mut u8, sk: *mut u8, seed: *const u8);
            fn $sign(sig: *mut u8, msg: *const u8, len: usize, rnd: *const u8, sk: *const u8) -> bool;
            fn $verify(sig: *const u8, msg: *const u8, len: usize, pk: *const u8) -> bool;
        }
        Sig {
            algorithm: $algorithm,
            sizes: $sizes,
            keygen: Box::new(|pk, sk| unsafe { $keygen(pk.as_mut_ptr(), sk.as_mut_ptr(), random::<32>().as_ptr()) }),
            sign: Box::new(|sig, msg, sk| {
                let rnd = random::<32>();
                let (len, rnd) = (msg.len(), rnd.as_ptr());
                assert!(unsafe { $sign(sig.as_mut_ptr(), msg.as_ptr(), len, rnd, sk.as_ptr()) });
            }),
            verify: Box::new(|sig, msg, pk| unsafe { $verify(sig.as_ptr(), msg.as_ptr(), msg.len(), pk.as_ptr()) }),
            load_sign: None,
            load_verify: None,
        }
    }};
}

macro_rules! eddsa {
    ($algorithm:literal, $sizes:expr, $size:literal, $public:ident, $sign:ident, $verify:ident) => {{
        unsafe extern "C" {
            fn $public(pk: *mut u8, sk: *const u8);
            fn $sign(sig: *mut u8, msg: *const u8, len: usize, sk: *const u8) -> bool;
            fn $verify(sig: *const u8, msg: *const u8, len: usize, pk: *const u8) -> bool;
        }
        Sig {
            algorithm: $algorithm,
            sizes: $sizes,
            keygen: Box::new(|pk, sk| {
                sk.copy_from_slice(&random::<$size>());
                unsafe { $public(pk.as_mut_ptr(), sk.as_ptr()) };
            }),
            sign: Box::new(|sig, msg, sk| {
                assert!(unsafe { $sign(sig.as_mut_ptr(), msg.as_ptr(), msg.len(), sk.as_ptr()) });
            }),
            verify: Box::new(|sig, msg, pk| unsafe { $verify(sig.as_ptr(), msg.as_ptr(), msg.len(), pk.as_ptr()) }),
            load_sign: None,
            load_verify: None,
        }
    }};
}

pub const NAME: &str = "pqhybrid's half";

pub fn library() -> Library {
    Library {
        name: NAME,
        version: String::new(),
        kems: vec![
            mlkem!(
                "ML-KEM-768",
                [1184, 64, 1088, 32],
                half_mlkem768_keygen,
                half_mlkem768_encaps,
                half_mlkem768_decaps,
                [half_mlkem768_load_encaps, half_mlkem768_encaps_with],
                [half_mlkem768_load_decaps, half_mlkem768_decaps_with]
            ),
            mlkem!(
                "ML-KEM-1024",
                [1568, 64, 1568, 32],
                half_mlkem1024_keygen,
                half_mlkem1024_encaps,
                half_mlkem1024_decaps,
                [half_mlkem1024_load_encaps, half_mlkem1024_encaps_with],
                [half_mlkem1024_load_decaps, half_mlkem1024_decaps_with]
            ),
        ],
        dhs: vec![
            dh!("X25519", 32, half_x25519_public_key, half_x25519_agree),
            dh!("X448", 56, half_x448_public_key, half_x448_agree),
        ],
        sigs: vec![
            mldsa!("ML-DSA-65", [1952, 4032, 3309], half_mldsa65_keygen, half_mldsa65_sign, half_mldsa65_verify),
            mldsa!("ML-DSA-87", [2592, 4896, 4627], half_mldsa87_keygen, half_mldsa87_sign, half_mldsa87_verify),
            eddsa!("Ed25519", [32, 32, 64], 32, half_ed25519_public_key, half_ed25519_sign, half_ed25519_verify),
            eddsa!("Ed448", [57, 57, 114], 57, half_ed448_public_key, half_ed448_sign, half_ed448_verify),
        ],
    }
}
