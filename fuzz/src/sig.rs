//! The signature suites: the C functions of each, and its Rust API beside them.

use crate::call::{Outcome, Rust, array, array_mut, call};
use crate::prepared::{SIG_KEYS, SigKeys};
use pqhybrid::ffi::{mldsa65_ed25519 as c_65, mldsa87_ed448 as c_87};
use pqhybrid::sig::{Prehash, STATE_BYTES, check_context, mldsa65_ed25519, mldsa87_ed448};

type Keygen = unsafe extern "C" fn(*mut u8, *mut u8) -> i32;
type PublicKey = unsafe extern "C" fn(*mut u8, *const u8) -> i32;
type Sign = unsafe extern "C" fn(*mut u8, *const u8, usize, *const u8, usize, *const u8) -> i32;
type SignDerand = unsafe extern "C" fn(*mut u8, *const u8, usize, *const u8, usize, *const u8, *const u8) -> i32;
type Verify = unsafe extern "C" fn(*const u8, *const u8, usize, *const u8, usize, *const u8) -> i32;
type SignPrehashed = unsafe extern "C" fn(*mut u8, *const u8, *const u8, usize, *const u8) -> i32;
type VerifyPrehashed = unsafe extern "C" fn(*const u8, *const u8, *const u8, usize, *const u8) -> i32;

pub struct Sig {
    pub name: &'static str,
    pub pk: usize,
    pub sk: usize,
    pub sig: usize,
    /// Where the classical half begins.
    pub pk_classical: usize,
    pub sig_classical: usize,
    keygen: Keygen,
    public_key: (PublicKey, Rust),
    sign: Sign,
    sign_derand: (SignDerand, Rust),
    verify: (Verify, Rust),
    sign_prehashed: SignPrehashed,
    verify_prehashed: (VerifyPrehashed, Rust),
    // A state has a type of its own in each suite.
    pub prehash_init: fn(*mut u8) -> i32,
    pub prehash_update: fn(*mut u8, *const u8, usize) -> i32,
    pub prehash_final: fn(*mut u8, *mut u8) -> i32,
    /// The digest of a message in one piece, by the Rust API.
    pub digest: fn(&[u8]) -> [u8; 64],
    /// Whether the Rust API takes a state for one of this suite.
    pub is_state: fn(&[u8]) -> bool,
    keys: &'static SigKeys,
}

pub const SEED: usize = 32;
pub const DIGEST: usize = 64;
pub const STATE: usize = 8 + STATE_BYTES;

macro_rules! suite {
    ($suite:ident, $keys:expr, $pq_pk:literal, $pq_sig:literal, $c:ident, $keygen:ident, $public_key:ident, $sign:ident,
     $sign_derand:ident, $verify:ident, $sign_prehashed:ident, $verify_prehashed:ident,
     $init:ident, $update:ident, $final:ident) => {
        Sig {
            name: stringify!($suite),
            pk: $suite::PUBLIC_KEY_BYTES,
            sk: $suite::SECRET_KEY_BYTES,
            sig: $suite::SIGNATURE_BYTES,
            pk_classical: $pq_pk,
            sig_classical: $pq_sig,
            keygen: $c::$keygen,
            public_key: ($c::$public_key, |out, given| $suite::public_key(array_mut(&mut out[0]), array(given[0]))),
            sign: $c::$sign,
            sign_derand: ($c::$sign_derand, |out, given| {
                check_context(given[1])?;
                let digest = digest::<$suite::Prehash>(given[0]);
                $suite::sign(array_mut(&mut out[0]), &digest, given[1], array(given[2]), array(given[3]))
            }),
            verify: ($c::$verify, |_, given| {
                let digest = digest::<$suite::Prehash>(given[1]);
                $suite::verify(array(given[0]), &digest, given[2], array(given[3]))
            }),
            sign_prehashed: $c::$sign_prehashed,
            verify_prehashed: ($c::$verify_prehashed, |_, given| {
                $suite::verify(array(given[0]), array(given[1]), given[2], array(given[3]))
            }),
            // SAFETY: whoever calls these passes a state and as many bytes as said.
            prehash_init: |state| unsafe { $c::$init(state.cast()) },
            prehash_update: |state, data, len| unsafe { $c::$update(state.cast(), data, len) },
            prehash_final: |state, digest| unsafe { $c::$final(state.cast(), digest) },
            digest: digest::<$suite::Prehash>,
            is_state: is_state::<$suite::Prehash>,
            keys: &$keys,
        }
    };
}

pub static SIGS: [Sig; 2] = [
    suite!(
        mldsa65_ed25519,
        SIG_KEYS[0],
        1952,
        3309,
        c_65,
        pqh_mldsa65_ed25519_keygen,
        pqh_mldsa65_ed25519_public_key,
        pqh_mldsa65_ed25519_sign,
        pqh_mldsa65_ed25519_sign_derand,
        pqh_mldsa65_ed25519_verify,
        pqh_mldsa65_ed25519_sign_prehashed,
        pqh_mldsa65_ed25519_verify_prehashed,
        pqh_mldsa65_ed25519_prehash_init,
        pqh_mldsa65_ed25519_prehash_update,
        pqh_mldsa65_ed25519_prehash_final
    ),
    suite!(
        mldsa87_ed448,
        SIG_KEYS[1],
        2592,
        4627,
        c_87,
        pqh_mldsa87_ed448_keygen,
        pqh_mldsa87_ed448_public_key,
        pqh_mldsa87_ed448_sign,
        pqh_mldsa87_ed448_sign_derand,
        pqh_mldsa87_ed448_verify,
        pqh_mldsa87_ed448_sign_prehashed,
        pqh_mldsa87_ed448_verify_prehashed,
        pqh_mldsa87_ed448_prehash_init,
        pqh_mldsa87_ed448_prehash_update,
        pqh_mldsa87_ed448_prehash_final
    ),
];

fn digest<P: Prehash>(message: &[u8]) -> [u8; DIGEST] {
    let mut digest = [0; DIGEST];
    let mut hash = P::new();
    hash.update(message);
    hash.finish(&mut digest);
    digest
}

fn is_state<P: Prehash>(state: &[u8]) -> bool {
    let (name, saved) = state.split_at(8);
    *name == P::NAME && P::load(array(saved)).is_some()
}

// `place` says where the arguments lie, see `call`. SAFETY, of all calls below: `call` hands out pointers to buffers
// of the sizes that it is told, and those are the suite's.
impl Sig {
    /// The public key and the secret key.
    pub fn keygen(&self, place: u8) -> Outcome {
        call(place, &[self.pk, self.sk], &[], |out, _| unsafe { (self.keygen)(out[0], out[1]) }, None)
    }

    pub fn public_key(&self, place: u8, sk: &[u8]) -> Outcome {
        let (function, rust) = self.public_key;
        call(place, &[self.pk], &[sk], |out, given| unsafe { function(out[0], given[0]) }, Some(rust))
    }

    pub fn sign(&self, place: u8, msg: &[u8], ctx: &[u8], sk: &[u8]) -> Outcome {
        let run = |out: &[*mut u8], given: &[*const u8]| unsafe {
            (self.sign)(out[0], given[0], msg.len(), given[1], ctx.len(), given[2])
        };
        call(place, &[self.sig], &[msg, ctx, sk], run, None)
    }

    pub fn sign_derand(&self, place: u8, msg: &[u8], ctx: &[u8], rnd: &[u8], sk: &[u8]) -> Outcome {
        let (function, rust) = self.sign_derand;
        let run = |out: &[*mut u8], given: &[*const u8]| unsafe {
            function(out[0], given[0], msg.len(), given[1], ctx.len(), given[2], given[3])
        };
        let outcome = call(place, &[self.sig], &[msg, ctx, rnd, sk], run, Some(rust));
        if place & 8 == 8 {
            let prepared = self.keys.sign_derand(place, self.sig, msg, ctx, rnd, sk);
            assert!(prepared == outcome, "sign_derand_with gives something else than sign_derand");
        }
        outcome
    }

    pub fn verify(&self, place: u8, sig: &[u8], msg: &[u8], ctx: &[u8], pk: &[u8]) -> i32 {
        let (function, rust) = self.verify;
        let run = |_: &[*mut u8], given: &[*const u8]| unsafe {
            function(given[0], given[1], msg.len(), given[2], ctx.len(), given[3])
        };
        let status = call(place, &[], &[sig, msg, ctx, pk], run, Some(rust)).status;
        if place & 8 == 8 {
            assert_eq!(self.keys.verify(place, sig, msg, ctx, pk), status, "verify_with and verify");
        }
        status
    }

    pub fn sign_prehashed(&self, place: u8, digest: &[u8], ctx: &[u8], sk: &[u8]) -> Outcome {
        let run = |out: &[*mut u8], given: &[*const u8]| unsafe {
            (self.sign_prehashed)(out[0], given[0], given[1], ctx.len(), given[2])
        };
        call(place, &[self.sig], &[digest, ctx, sk], run, None)
    }

    pub fn verify_prehashed(&self, place: u8, sig: &[u8], digest: &[u8], ctx: &[u8], pk: &[u8]) -> i32 {
        let (function, rust) = self.verify_prehashed;
        let run =
            |_: &[*mut u8], given: &[*const u8]| unsafe { function(given[0], given[1], given[2], ctx.len(), given[3]) };
        let status = call(place, &[], &[sig, digest, ctx, pk], run, Some(rust)).status;
        if place & 8 == 8 {
            let prepared = self.keys.verify_prehashed(place, sig, digest, ctx, pk);
            assert_eq!(prepared, status, "verify_prehashed_with and verify_prehashed");
        }
        status
    }

    /// `sign` and `sign_prehashed` by way of a prepared key.
    pub fn prepared_sign(&self, place: u8, msg: &[u8], ctx: &[u8], sk: &[u8]) -> Outcome {
        self.keys.sign(place, self.sig, msg, ctx, sk)
    }

    pub fn prepared_sign_prehashed(&self, place: u8, digest: &[u8], ctx: &[u8], sk: &[u8]) -> Outcome {
        self.keys.sign_prehashed(place, self.sig, digest, ctx, sk)
    }
}
