//! What is for everybody: wiping, comparing, random bytes, and what a status means in words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use pqhybrid::ffi::memory::{pqh_ct_equal, pqh_random_bytes, pqh_secure_wipe};
use pqhybrid::ffi::status::*;
use pqhybrid::ffi::{context, info, mldsa65_ed25519, mldsa87_ed448, mlkem768_x25519, mlkem1024_x448};
use pqhybrid::ffi::{mldsa65_ed25519_keys, mldsa87_ed448_keys, mlkem768_x25519_keys, mlkem1024_x448_keys};
use pqhybrid_fuzz::call::{Buffer, RUBBISH};
use pqhybrid_fuzz::input::{Input, expand};
use pqhybrid_fuzz::mutate::mutate;
use pqhybrid_fuzz::random;
use std::ffi::{CStr, c_char, c_void};
use std::ptr::null_mut;

fuzz_target!(|data: &[u8]| {
    let mut input = Input::new(data);
    match input.below(5) {
        0 => status_string(input.i32()),
        1 => wipe(&mut input),
        2 => compare(&mut input),
        3 => draw(&mut input),
        _ => sizes(),
    }
});

/// A static string of printable characters.
fn text(string: *const c_char) -> &'static str {
    assert!(!string.is_null());
    // SAFETY: not NULL, and the header says that it is a string.
    let text = unsafe { CStr::from_ptr(string) }.to_str().expect("UTF-8");
    assert!(!text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() || c == ' '), "{text:?}");
    text
}

fn status_string(status: i32) {
    let unknown = text(info::pqh_status_string(i32::MIN));
    let is_known = (PQH_ERR_INTERNAL..=PQH_OK).contains(&status);
    assert_eq!(text(info::pqh_status_string(status)) != unknown, is_known, "status {status}");
}

fn impossible(input: &mut Input) -> usize {
    usize::MAX - usize::from(input.u16())
}

fn wipe(input: &mut Input) {
    let (before, offset) = (input.text(8192), input.below(16));
    let mut whole = Buffer::new(&before, offset);
    let from = usize::from(input.u16()) % (before.len() + 1);
    let to = from + usize::from(input.u16()) % (before.len() - from + 1);
    let start = whole.as_mut_slice()[from..].as_mut_ptr();
    // SAFETY: within the buffer; what is NULL or impossible is refused unread.
    unsafe {
        pqh_secure_wipe(null_mut(), to);
        pqh_secure_wipe(start.cast(), impossible(input));
        assert!(whole.as_slice() == before, "an impossible length wiped something");
        pqh_secure_wipe(start.cast(), to - from);
    }
    let mut expected = before;
    expected[from..to].fill(0);
    assert!(whole.as_slice() == expected, "secure_wipe did not wipe that alone");
}

fn compare(input: &mut Input) {
    let a = input.text(4096);
    let mut b = a.clone();
    mutate(input, &mut b, a.len() / 2, &expand(3, a.len()));
    let (mut left, mut right) = (Buffer::new(&a, input.below(16)), Buffer::new(&b, input.below(16)));
    let (l, r): (*const c_void, *const c_void) = (left.pointer().cast(), right.pointer().cast());
    let null = null_mut();
    // SAFETY: within the buffers; what is NULL or impossible is refused unread.
    unsafe {
        assert_eq!(pqh_ct_equal(l, r, a.len()), i32::from(a == b), "ct_equal");
        assert_eq!(pqh_ct_equal(r, l, a.len()), i32::from(a == b), "ct_equal the other way");
        assert_eq!(pqh_ct_equal(l, l, a.len()), 1, "ct_equal with itself");
        let empty = i32::from(a.is_empty());
        assert_eq!([pqh_ct_equal(null, r, a.len()), pqh_ct_equal(l, null, a.len())], [empty; 2], "ct_equal with NULL");
        assert_eq!(pqh_ct_equal(l, r, impossible(input)), 0, "ct_equal of an impossible length");
    }
}

fn draw(input: &mut Input) {
    let (bytes, offset) = (input.text(8192), input.below(16));
    let len = bytes.len();
    let mut out = Buffer::rubbish(len, offset);
    let pointer = out.pointer();
    // SAFETY: within the buffer; what is NULL or impossible is refused unwritten.
    unsafe {
        assert_eq!(pqh_random_bytes(null_mut(), len), PQH_ERR_NULL);
        assert_eq!(pqh_random_bytes(pointer, impossible(input)), PQH_ERR_NULL);
        assert!(out.as_slice().iter().all(|byte| *byte == RUBBISH), "random_bytes refused and wrote");
        assert_eq!(random::with(&bytes, || pqh_random_bytes(pointer, len)), PQH_OK);
        assert!(out.as_slice() == bytes, "random_bytes gives other bytes than its source");
        let half = &bytes[..len / 2];
        assert_eq!(random::failing(-1, half, || pqh_random_bytes(pointer, len)), PQH_ERR_RANDOM);
    }
    assert!(out.as_slice().iter().all(|byte| *byte == 0), "random_bytes failed and left something");
}

macro_rules! agree {
    ($($module:ident: $($function:ident = $constant:ident),+;)+) => {
        $($(assert_eq!($module::$function(), $module::$constant, stringify!($function));)+)+
    };
}

fn sizes() {
    assert_eq!(text(info::pqh_version()).split('.').count(), 3);
    text(info::pqh_backend());
    agree! {
        context: pqh_context_max_bytes = PQH_CONTEXT_MAX_BYTES;
        mlkem768_x25519:
            pqh_mlkem768_x25519_public_key_bytes = PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES,
            pqh_mlkem768_x25519_secret_key_bytes = PQH_MLKEM768_X25519_SECRET_KEY_BYTES,
            pqh_mlkem768_x25519_lamps_secret_key_bytes = PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES,
            pqh_mlkem768_x25519_ciphertext_bytes = PQH_MLKEM768_X25519_CIPHERTEXT_BYTES,
            pqh_mlkem768_x25519_shared_secret_bytes = PQH_MLKEM768_X25519_SHARED_SECRET_BYTES,
            pqh_mlkem768_x25519_encaps_coins_bytes = PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES;
        mlkem1024_x448:
            pqh_mlkem1024_x448_public_key_bytes = PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES,
            pqh_mlkem1024_x448_secret_key_bytes = PQH_MLKEM1024_X448_SECRET_KEY_BYTES,
            pqh_mlkem1024_x448_ciphertext_bytes = PQH_MLKEM1024_X448_CIPHERTEXT_BYTES,
            pqh_mlkem1024_x448_shared_secret_bytes = PQH_MLKEM1024_X448_SHARED_SECRET_BYTES,
            pqh_mlkem1024_x448_encaps_coins_bytes = PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES;
        mldsa65_ed25519:
            pqh_mldsa65_ed25519_public_key_bytes = PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES,
            pqh_mldsa65_ed25519_secret_key_bytes = PQH_MLDSA65_ED25519_SECRET_KEY_BYTES,
            pqh_mldsa65_ed25519_signature_bytes = PQH_MLDSA65_ED25519_SIGNATURE_BYTES,
            pqh_mldsa65_ed25519_sign_rnd_bytes = PQH_MLDSA65_ED25519_SIGN_RND_BYTES,
            pqh_mldsa65_ed25519_digest_bytes = PQH_MLDSA65_ED25519_DIGEST_BYTES,
            pqh_mldsa65_ed25519_prehash_bytes = PQH_MLDSA65_ED25519_PREHASH_BYTES;
        mldsa87_ed448:
            pqh_mldsa87_ed448_public_key_bytes = PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES,
            pqh_mldsa87_ed448_secret_key_bytes = PQH_MLDSA87_ED448_SECRET_KEY_BYTES,
            pqh_mldsa87_ed448_signature_bytes = PQH_MLDSA87_ED448_SIGNATURE_BYTES,
            pqh_mldsa87_ed448_sign_rnd_bytes = PQH_MLDSA87_ED448_SIGN_RND_BYTES,
            pqh_mldsa87_ed448_digest_bytes = PQH_MLDSA87_ED448_DIGEST_BYTES,
            pqh_mldsa87_ed448_prehash_bytes = PQH_MLDSA87_ED448_PREHASH_BYTES;
        mlkem768_x25519_keys:
            pqh_mlkem768_x25519_encaps_key_bytes = PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES,
            pqh_mlkem768_x25519_decaps_key_bytes = PQH_MLKEM768_X25519_DECAPS_KEY_BYTES;
        mlkem1024_x448_keys:
            pqh_mlkem1024_x448_encaps_key_bytes = PQH_MLKEM1024_X448_ENCAPS_KEY_BYTES,
            pqh_mlkem1024_x448_decaps_key_bytes = PQH_MLKEM1024_X448_DECAPS_KEY_BYTES;
        mldsa65_ed25519_keys:
            pqh_mldsa65_ed25519_sign_key_bytes = PQH_MLDSA65_ED25519_SIGN_KEY_BYTES,
            pqh_mldsa65_ed25519_verify_key_bytes = PQH_MLDSA65_ED25519_VERIFY_KEY_BYTES;
        mldsa87_ed448_keys:
            pqh_mldsa87_ed448_sign_key_bytes = PQH_MLDSA87_ED448_SIGN_KEY_BYTES,
            pqh_mldsa87_ed448_verify_key_bytes = PQH_MLDSA87_ED448_VERIFY_KEY_BYTES;
    }
}
