//! Prepared keys: what they give is what encoded keys give. The functions of `Kem` and `Sig` ask here every other time.

use crate::call::{Outcome, call};
use pqhybrid::ffi::status::*;
use pqhybrid::ffi::{mldsa65_ed25519_keys as c_65, mldsa87_ed448_keys as c_87};
use pqhybrid::ffi::{mlkem768_x25519_keys as c_768, mlkem1024_x448_keys as c_1024};

type Init = fn(*mut u8, *const u8) -> i32;

/// A kind of prepared key.
pub struct Key {
    bytes: usize,
    init: Init,
    wipe: fn(*mut u8),
}

pub struct KemKeys {
    pub encaps: Key,
    pub decaps: Key,
    encaps_with: fn(*mut u8, *mut u8, *const u8) -> i32,
    encaps_derand_with: fn(*mut u8, *mut u8, *const u8, *const u8) -> i32,
    decaps_with: fn(*mut u8, *const u8, *const u8) -> i32,
}

/// Pointer and length of a message or context.
type Text = (*const u8, usize);

pub struct SigKeys {
    pub sign: Key,
    pub verify: Key,
    sign_with: fn(*mut u8, Text, Text, *const u8) -> i32,
    sign_derand_with: fn(*mut u8, Text, Text, *const u8, *const u8) -> i32,
    sign_prehashed_with: fn(*mut u8, *const u8, Text, *const u8) -> i32,
    verify_with: fn(*const u8, Text, Text, *const u8) -> i32,
    verify_prehashed_with: fn(*const u8, *const u8, Text, *const u8) -> i32,
}

// Keys have a type of their own in each suite. SAFETY, of all calls: whoever calls these passes pointers to as many bytes as
// the C function takes.
macro_rules! key {
    ($c:ident, $bytes:ident, $init:ident, $wipe:ident) => {
        Key {
            bytes: $c::$bytes,
            init: |key, encoded| unsafe { $c::$init(key.cast(), encoded) },
            wipe: |key| unsafe { $c::$wipe(key.cast()) },
        }
    };
}

macro_rules! kem {
    ($c:ident, $encaps:expr, $decaps:expr, $encaps_with:ident, $derand:ident, $decaps_with:ident) => {
        KemKeys {
            encaps: $encaps,
            decaps: $decaps,
            encaps_with: |ct, ss, key| unsafe { $c::$encaps_with(ct, ss, key.cast()) },
            encaps_derand_with: |ct, ss, coins, key| unsafe { $c::$derand(ct, ss, coins, key.cast()) },
            decaps_with: |ss, ct, key| unsafe { $c::$decaps_with(ss, ct, key.cast()) },
        }
    };
}

macro_rules! sig {
    ($c:ident, $sign:expr, $verify:expr, $with:ident, $derand:ident, $prehashed:ident, $verify_with:ident,
     $verify_prehashed:ident) => {
        SigKeys {
            sign: $sign,
            verify: $verify,
            sign_with: |sig, msg, ctx, key| unsafe { $c::$with(sig, msg.0, msg.1, ctx.0, ctx.1, key.cast()) },
            sign_derand_with: |sig, msg, ctx, rnd, key| unsafe {
                $c::$derand(sig, msg.0, msg.1, ctx.0, ctx.1, rnd, key.cast())
            },
            sign_prehashed_with: |sig, digest, ctx, key| unsafe {
                $c::$prehashed(sig, digest, ctx.0, ctx.1, key.cast())
            },
            verify_with: |sig, msg, ctx, key| unsafe { $c::$verify_with(sig, msg.0, msg.1, ctx.0, ctx.1, key.cast()) },
            verify_prehashed_with: |sig, digest, ctx, key| unsafe {
                $c::$verify_prehashed(sig, digest, ctx.0, ctx.1, key.cast())
            },
        }
    };
}

/// For each of `kem::KEMS`.
pub static KEM_KEYS: [KemKeys; 3] = [
    kem!(
        c_768,
        key!(
            c_768,
            PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES,
            pqh_mlkem768_x25519_encaps_key_init,
            pqh_mlkem768_x25519_encaps_key_wipe
        ),
        key!(
            c_768,
            PQH_MLKEM768_X25519_DECAPS_KEY_BYTES,
            pqh_mlkem768_x25519_decaps_key_init,
            pqh_mlkem768_x25519_decaps_key_wipe
        ),
        pqh_mlkem768_x25519_encaps_with,
        pqh_mlkem768_x25519_encaps_derand_with,
        pqh_mlkem768_x25519_decaps_with
    ),
    kem!(
        c_768,
        key!(
            c_768,
            PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES,
            pqh_mlkem768_x25519_encaps_key_init,
            pqh_mlkem768_x25519_encaps_key_wipe
        ),
        key!(
            c_768,
            PQH_MLKEM768_X25519_DECAPS_KEY_BYTES,
            pqh_mlkem768_x25519_lamps_decaps_key_init,
            pqh_mlkem768_x25519_decaps_key_wipe
        ),
        pqh_mlkem768_x25519_encaps_with,
        pqh_mlkem768_x25519_encaps_derand_with,
        pqh_mlkem768_x25519_decaps_with
    ),
    kem!(
        c_1024,
        key!(
            c_1024,
            PQH_MLKEM1024_X448_ENCAPS_KEY_BYTES,
            pqh_mlkem1024_x448_encaps_key_init,
            pqh_mlkem1024_x448_encaps_key_wipe
        ),
        key!(
            c_1024,
            PQH_MLKEM1024_X448_DECAPS_KEY_BYTES,
            pqh_mlkem1024_x448_decaps_key_init,
            pqh_mlkem1024_x448_decaps_key_wipe
        ),
        pqh_mlkem1024_x448_encaps_with,
        pqh_mlkem1024_x448_encaps_derand_with,
        pqh_mlkem1024_x448_decaps_with
    ),
];

/// For each of `sig::SIGS`.
pub static SIG_KEYS: [SigKeys; 2] = [
    sig!(
        c_65,
        key!(
            c_65,
            PQH_MLDSA65_ED25519_SIGN_KEY_BYTES,
            pqh_mldsa65_ed25519_sign_key_init,
            pqh_mldsa65_ed25519_sign_key_wipe
        ),
        key!(
            c_65,
            PQH_MLDSA65_ED25519_VERIFY_KEY_BYTES,
            pqh_mldsa65_ed25519_verify_key_init,
            pqh_mldsa65_ed25519_verify_key_wipe
        ),
        pqh_mldsa65_ed25519_sign_with,
        pqh_mldsa65_ed25519_sign_derand_with,
        pqh_mldsa65_ed25519_sign_prehashed_with,
        pqh_mldsa65_ed25519_verify_with,
        pqh_mldsa65_ed25519_verify_prehashed_with
    ),
    sig!(
        c_87,
        key!(c_87, PQH_MLDSA87_ED448_SIGN_KEY_BYTES, pqh_mldsa87_ed448_sign_key_init, pqh_mldsa87_ed448_sign_key_wipe),
        key!(
            c_87,
            PQH_MLDSA87_ED448_VERIFY_KEY_BYTES,
            pqh_mldsa87_ed448_verify_key_init,
            pqh_mldsa87_ed448_verify_key_wipe
        ),
        pqh_mldsa87_ed448_sign_with,
        pqh_mldsa87_ed448_sign_derand_with,
        pqh_mldsa87_ed448_sign_prehashed_with,
        pqh_mldsa87_ed448_verify_with,
        pqh_mldsa87_ed448_verify_prehashed_with
    ),
];

impl Key {
    /// The bytes of a prepared key, or why there is none.
    fn prepare(&self, place: u8, encoded: &[u8]) -> Result<Vec<u8>, i32> {
        let outcome = call(place, &[self.bytes], &[encoded], |out, given| (self.init)(out[0], given[0]), None);
        if outcome.status == PQH_OK { Ok(outcome.ok_one()) } else { Err(outcome.status) }
    }

    /// Makes a call with a prepared key, then wipes it, and has the same call refused with what is left.
    fn used(&self, mut key: Vec<u8>, mut with: impl FnMut(&[u8]) -> Outcome) -> Outcome {
        let outcome = with(&key);
        (self.wipe)(key.as_mut_ptr());
        assert!(key.iter().all(|byte| *byte == 0), "a wiped key holds something");
        with(&key).expect(PQH_ERR_STATE);
        outcome
    }
}

/// What a call comes to that ends before it has begun.
fn failed(status: i32, outputs: &[usize]) -> Outcome {
    Outcome { status, outputs: outputs.iter().map(|len| vec![0; *len]).collect() }
}

impl KemKeys {
    pub fn encaps(&self, place: u8, outputs: &[usize], pk: &[u8]) -> Outcome {
        match self.encaps.prepare(place, pk) {
            // Not a second time with a wiped key: that would draw again.
            Ok(key) => call(place, outputs, &[&key], |out, given| (self.encaps_with)(out[0], out[1], given[0]), None),
            Err(status) => failed(status, outputs),
        }
    }

    pub fn encaps_derand(&self, place: u8, outputs: &[usize], coins: &[u8], pk: &[u8]) -> Outcome {
        let run = |out: &[*mut u8], given: &[*const u8]| (self.encaps_derand_with)(out[0], out[1], given[0], given[1]);
        match self.encaps.prepare(place, pk) {
            Ok(key) => self.encaps.used(key, |key| call(place, outputs, &[coins, key], run, None)),
            Err(status) => failed(status, outputs),
        }
    }

    pub fn decaps(&self, place: u8, outputs: &[usize], ct: &[u8], sk: &[u8]) -> Outcome {
        let run = |out: &[*mut u8], given: &[*const u8]| (self.decaps_with)(out[0], given[0], given[1]);
        match self.decaps.prepare(place, sk) {
            Ok(key) => self.decaps.used(key, |key| call(place, outputs, &[ct, key], run, None)),
            Err(status) => failed(status, outputs),
        }
    }
}

impl SigKeys {
    pub fn sign(&self, place: u8, len: usize, msg: &[u8], ctx: &[u8], sk: &[u8]) -> Outcome {
        let run = |out: &[*mut u8], given: &[*const u8]| {
            (self.sign_with)(out[0], (given[0], msg.len()), (given[1], ctx.len()), given[2])
        };
        match self.sign.prepare(place, sk) {
            Ok(key) => call(place, &[len], &[msg, ctx, &key], run, None),
            Err(status) => failed(status, &[len]),
        }
    }

    pub fn sign_derand(&self, place: u8, len: usize, msg: &[u8], ctx: &[u8], rnd: &[u8], sk: &[u8]) -> Outcome {
        let run = |out: &[*mut u8], given: &[*const u8]| {
            (self.sign_derand_with)(out[0], (given[0], msg.len()), (given[1], ctx.len()), given[2], given[3])
        };
        match self.sign.prepare(place, sk) {
            // A context that is too long is found out before the key is looked at.
            Ok(key) if ctx.len() > 255 => call(place, &[len], &[msg, ctx, rnd, &key], run, None),
            Ok(key) => self.sign.used(key, |key| call(place, &[len], &[msg, ctx, rnd, key], run, None)),
            Err(status) => failed(status, &[len]),
        }
    }

    pub fn sign_prehashed(&self, place: u8, len: usize, digest: &[u8], ctx: &[u8], sk: &[u8]) -> Outcome {
        let run = |out: &[*mut u8], given: &[*const u8]| {
            (self.sign_prehashed_with)(out[0], given[0], (given[1], ctx.len()), given[2])
        };
        match self.sign.prepare(place, sk) {
            Ok(key) => call(place, &[len], &[digest, ctx, &key], run, None),
            Err(status) => failed(status, &[len]),
        }
    }

    pub fn verify(&self, place: u8, sig: &[u8], msg: &[u8], ctx: &[u8], pk: &[u8]) -> i32 {
        let run = |_: &[*mut u8], given: &[*const u8]| {
            (self.verify_with)(given[0], (given[1], msg.len()), (given[2], ctx.len()), given[3])
        };
        self.verified(place, ctx, pk, |key| call(place, &[], &[sig, msg, ctx, key], run, None))
    }

    pub fn verify_prehashed(&self, place: u8, sig: &[u8], digest: &[u8], ctx: &[u8], pk: &[u8]) -> i32 {
        let run = |_: &[*mut u8], given: &[*const u8]| {
            (self.verify_prehashed_with)(given[0], given[1], (given[2], ctx.len()), given[3])
        };
        self.verified(place, ctx, pk, |key| call(place, &[], &[sig, digest, ctx, key], run, None))
    }

    fn verified(&self, place: u8, ctx: &[u8], pk: &[u8], mut with: impl FnMut(&[u8]) -> Outcome) -> i32 {
        match self.verify.prepare(place, pk) {
            Ok(key) if ctx.len() > 255 => with(&key).status,
            Ok(key) => self.verify.used(key, with).status,
            // Of a bad key and a long context, preparing the key finds the key.
            Err(_) if ctx.len() > 255 => PQH_ERR_CONTEXT_LENGTH,
            Err(status) => status,
        }
    }
}
