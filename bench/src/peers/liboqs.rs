//! liboqs, through its C functions.

use crate::scheme::{Kem, Library, Sig};
use oqs_sys::{common, kem, sig};
use std::ptr;

pub fn library() -> Library {
    // SAFETY: once, before anything else of it; the version is a constant text.
    let version = unsafe {
        common::OQS_init();
        std::ffi::CStr::from_ptr(common::OQS_version()).to_string_lossy().into_owned()
    };
    Library {
        name: "liboqs",
        version: format!("{version} (oqs-sys {})", crate::version_of("oqs-sys")),
        kems: vec![kem(c"ML-KEM-768", "ML-KEM-768"), kem(c"ML-KEM-1024", "ML-KEM-1024")],
        dhs: vec![],
        sigs: vec![sig(c"ML-DSA-65", "ML-DSA-65"), sig(c"ML-DSA-87", "ML-DSA-87")],
    }
}

fn ok(status: common::OQS_STATUS) {
    assert!(status == common::OQS_STATUS::OQS_SUCCESS, "liboqs fails on a valid input");
}

fn kem(name: &std::ffi::CStr, algorithm: &'static str) -> Kem {
    // SAFETY, here and below: the object lives as long as the program, and buffers have the sizes that it says.
    let how = unsafe { kem::OQS_KEM_new(name.as_ptr()).as_ref() }.expect("liboqs is built with ML-KEM");
    Kem {
        algorithm,
        sizes: [how.length_public_key, how.length_secret_key, how.length_ciphertext, how.length_shared_secret],
        keygen: Box::new(move |pk, sk| ok(unsafe { kem::OQS_KEM_keypair(how, pk.as_mut_ptr(), sk.as_mut_ptr()) })),
        encaps: Box::new(move |ct, ss, pk| {
            ok(unsafe { kem::OQS_KEM_encaps(how, ct.as_mut_ptr(), ss.as_mut_ptr(), pk.as_ptr()) });
        }),
        decaps: Box::new(move |ss, ct, sk| {
            ok(unsafe { kem::OQS_KEM_decaps(how, ss.as_mut_ptr(), ct.as_ptr(), sk.as_ptr()) });
        }),
        load_encaps: None,
        load_decaps: None,
    }
}

fn sig(name: &std::ffi::CStr, algorithm: &'static str) -> Sig {
    let how = unsafe { sig::OQS_SIG_new(name.as_ptr()).as_ref() }.expect("liboqs is built with ML-DSA");
    Sig {
        algorithm,
        sizes: [how.length_public_key, how.length_secret_key, how.length_signature],
        keygen: Box::new(move |pk, sk| ok(unsafe { sig::OQS_SIG_keypair(how, pk.as_mut_ptr(), sk.as_mut_ptr()) })),
        sign: Box::new(move |sig, msg, sk| {
            let mut len = sig.len();
            ok(unsafe {
                sig::OQS_SIG_sign(how, sig.as_mut_ptr(), ptr::from_mut(&mut len), msg.as_ptr(), msg.len(), sk.as_ptr())
            });
        }),
        verify: Box::new(move |sig, msg, pk| {
            common::OQS_STATUS::OQS_SUCCESS
                == unsafe { sig::OQS_SIG_verify(how, msg.as_ptr(), msg.len(), sig.as_ptr(), sig.len(), pk.as_ptr()) }
        }),
        load_sign: None,
        load_verify: None,
    }
}
