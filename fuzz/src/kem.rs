//! The key encapsulation suites: the C functions of each, and its Rust API beside them.

use crate::call::{Outcome, Rust, array, array_mut, call};
use crate::known;
use crate::prepared::{KEM_KEYS, KemKeys};
use pqhybrid::Error;
use pqhybrid::ffi::{mlkem768_x25519 as c_768, mlkem1024_x448 as c_1024};
use pqhybrid::kem::{mlkem768_x25519, mlkem1024_x448};

type Keygen = unsafe extern "C" fn(*mut u8, *mut u8) -> i32;
type PublicKey = unsafe extern "C" fn(*mut u8, *const u8) -> i32;
type Encaps = unsafe extern "C" fn(*mut u8, *mut u8, *const u8) -> i32;
type EncapsDerand = unsafe extern "C" fn(*mut u8, *mut u8, *const u8, *const u8) -> i32;
type Decaps = unsafe extern "C" fn(*mut u8, *const u8, *const u8) -> i32;

pub struct Kem {
    pub name: &'static str,
    pub pk: usize,
    pub sk: usize,
    pub ct: usize,
    pub coins: usize,
    /// Where the classical half begins.
    pub pk_classical: usize,
    pub ct_classical: usize,
    pub sk_classical: usize,
    pub is_low_order: fn(&[u8]) -> bool,
    /// The LAMPS form of a secret key has none.
    pub keygen: Option<Keygen>,
    public_key: (PublicKey, Rust),
    encaps: Encaps,
    encaps_derand: (EncapsDerand, Rust),
    decaps: (Decaps, Rust),
    keys: &'static KemKeys,
}

const SS: usize = 32;

pub static KEMS: [Kem; 3] = [
    Kem {
        name: "mlkem768_x25519",
        pk: mlkem768_x25519::PUBLIC_KEY_BYTES,
        sk: mlkem768_x25519::SECRET_KEY_BYTES,
        ct: mlkem768_x25519::CIPHERTEXT_BYTES,
        coins: mlkem768_x25519::ENCAPS_COINS_BYTES,
        pk_classical: 1184,
        ct_classical: 1088,
        sk_classical: 16,
        is_low_order: known::is_low_order_x25519,
        keygen: Some(c_768::pqh_mlkem768_x25519_keygen),
        public_key: (c_768::pqh_mlkem768_x25519_public_key, |out, given| {
            mlkem768_x25519::public_key(array_mut(&mut out[0]), array(given[0]))
        }),
        encaps: c_768::pqh_mlkem768_x25519_encaps,
        encaps_derand: (c_768::pqh_mlkem768_x25519_encaps_derand, encaps_768),
        decaps: (c_768::pqh_mlkem768_x25519_decaps, |out, given| {
            mlkem768_x25519::decaps(array_mut(&mut out[0]), array(given[0]), array(given[1]))
        }),
        keys: &KEM_KEYS[0],
    },
    Kem {
        name: "mlkem768_x25519, LAMPS form",
        pk: mlkem768_x25519::PUBLIC_KEY_BYTES,
        sk: mlkem768_x25519::LAMPS_SECRET_KEY_BYTES,
        ct: mlkem768_x25519::CIPHERTEXT_BYTES,
        coins: mlkem768_x25519::ENCAPS_COINS_BYTES,
        pk_classical: 1184,
        ct_classical: 1088,
        sk_classical: 64,
        is_low_order: known::is_low_order_x25519,
        keygen: None,
        public_key: (c_768::pqh_mlkem768_x25519_lamps_public_key, |out, given| {
            mlkem768_x25519::lamps_public_key(array_mut(&mut out[0]), array(given[0]))
        }),
        encaps: c_768::pqh_mlkem768_x25519_encaps,
        encaps_derand: (c_768::pqh_mlkem768_x25519_encaps_derand, encaps_768),
        decaps: (c_768::pqh_mlkem768_x25519_lamps_decaps, |out, given| {
            mlkem768_x25519::lamps_decaps(array_mut(&mut out[0]), array(given[0]), array(given[1]))
        }),
        keys: &KEM_KEYS[1],
    },
    Kem {
        name: "mlkem1024_x448",
        pk: mlkem1024_x448::PUBLIC_KEY_BYTES,
        sk: mlkem1024_x448::SECRET_KEY_BYTES,
        ct: mlkem1024_x448::CIPHERTEXT_BYTES,
        coins: mlkem1024_x448::ENCAPS_COINS_BYTES,
        pk_classical: 1568,
        ct_classical: 1568,
        sk_classical: 64,
        is_low_order: known::is_low_order_x448,
        keygen: Some(c_1024::pqh_mlkem1024_x448_keygen),
        public_key: (c_1024::pqh_mlkem1024_x448_public_key, |out, given| {
            mlkem1024_x448::public_key(array_mut(&mut out[0]), array(given[0]))
        }),
        encaps: c_1024::pqh_mlkem1024_x448_encaps,
        encaps_derand: (c_1024::pqh_mlkem1024_x448_encaps_derand, |out, given| {
            let [ct, ss] = out else { unreachable!() };
            mlkem1024_x448::encaps(array_mut(ct), array_mut(ss), array(given[0]), array(given[1]))
        }),
        decaps: (c_1024::pqh_mlkem1024_x448_decaps, |out, given| {
            mlkem1024_x448::decaps(array_mut(&mut out[0]), array(given[0]), array(given[1]))
        }),
        keys: &KEM_KEYS[2],
    },
];

fn encaps_768(out: &mut [Vec<u8>], given: &[&[u8]]) -> Result<(), Error> {
    let [ct, ss] = out else { unreachable!() };
    mlkem768_x25519::encaps(array_mut(ct), array_mut(ss), array(given[0]), array(given[1]))
}

// `place` says where the arguments lie, see `call`. SAFETY, of all calls below: `call` hands out pointers to buffers
// of the sizes that it is told, and those are the suite's.
impl Kem {
    /// The public key and the secret key.
    pub fn keygen(&self, place: u8) -> Outcome {
        let keygen = self.keygen.expect("a suite that makes keys");
        call(place, &[self.pk, self.sk], &[], |out, _| unsafe { keygen(out[0], out[1]) }, None)
    }

    pub fn public_key(&self, place: u8, sk: &[u8]) -> Outcome {
        let (function, rust) = self.public_key;
        call(place, &[self.pk], &[sk], |out, given| unsafe { function(out[0], given[0]) }, Some(rust))
    }

    /// The ciphertext and the shared secret.
    pub fn encaps(&self, place: u8, pk: &[u8]) -> Outcome {
        let function = self.encaps;
        call(place, &[self.ct, SS], &[pk], |out, given| unsafe { function(out[0], out[1], given[0]) }, None)
    }

    /// The same by way of a prepared key.
    pub fn prepared_encaps(&self, place: u8, pk: &[u8]) -> Outcome {
        self.keys.encaps(place, &[self.ct, SS], pk)
    }

    /// The ciphertext and the shared secret.
    pub fn encaps_derand(&self, place: u8, coins: &[u8], pk: &[u8]) -> Outcome {
        let (function, rust) = self.encaps_derand;
        let run = |out: &[*mut u8], given: &[*const u8]| unsafe { function(out[0], out[1], given[0], given[1]) };
        let outcome = call(place, &[self.ct, SS], &[coins, pk], run, Some(rust));
        if place & 8 == 8 {
            let prepared = self.keys.encaps_derand(place, &[self.ct, SS], coins, pk);
            assert!(prepared == outcome, "encaps_derand_with gives something else than encaps_derand");
        }
        outcome
    }

    pub fn decaps(&self, place: u8, ct: &[u8], sk: &[u8]) -> Outcome {
        let (function, rust) = self.decaps;
        let run = |out: &[*mut u8], given: &[*const u8]| unsafe { function(out[0], given[0], given[1]) };
        let outcome = call(place, &[SS], &[ct, sk], run, Some(rust));
        if place & 8 == 8 {
            let prepared = self.keys.decaps(place, &[SS], ct, sk);
            assert!(prepared == outcome, "decaps_with gives something else than decaps");
        }
        outcome
    }

    /// Whether `pk` is to be refused, by FIPS 203 section 7.2 or for its point.
    pub fn is_bad_public_key(&self, pk: &[u8]) -> bool {
        let (lattice, point) = pk.split_at(self.pk_classical);
        let coefficients = lattice[..lattice.len() - 32].chunks_exact(3);
        let too_large = |three: &[u8]| {
            let (low, middle, high) = (u16::from(three[0]), u16::from(three[1]), u16::from(three[2]));
            low + 256 * (middle % 16) >= 3329 || middle / 16 + 16 * high >= 3329
        };
        coefficients.into_iter().any(too_large) || (self.is_low_order)(point)
    }
}
