//! The key encapsulation suites from other crates: ML-KEM from ml-kem, X25519 and X448 from crrl, put together by the
//! standards' formulas; and X-Wing as a whole from x-wing. None of their code is ours, nor of the crates that we use.

use crate::call::array;
use crate::known::sha3_256;
use ml_kem::array::Array;
use ml_kem::{Decapsulate, KeyExport};
use x_wing::{Decapsulator, TryDecapsulate};

/// A suite with its secret key as d || z || scalar. `None` is a refusal.
pub struct OtherKem {
    pub public_key: fn(&[u8]) -> Vec<u8>,
    /// Of coins and public key: ciphertext and shared secret.
    pub encaps: fn(&[u8], &[u8]) -> Option<(Vec<u8>, Vec<u8>)>,
    /// Of ciphertext and secret key.
    pub decaps: fn(&[u8], &[u8]) -> Option<Vec<u8>>,
}

macro_rules! composed {
    ($ml_kem:ident, $ek:literal, $ct:literal, $point:literal, $base:path, $dh:path, $label:literal) => {
        OtherKem {
            public_key: |sk| {
                let (seed, scalar) = sk.split_at(64);
                let key = ml_kem::$ml_kem::DecapsulationKey::from_seed(Array(*array(seed)));
                [key.encapsulation_key().to_bytes().as_slice(), &$base(array::<$point>(scalar))].concat()
            },
            encaps: |coins, pk| {
                let ((m, scalar), (ek, point)) = (coins.split_at(32), pk.split_at($ek));
                let secret = $dh(array::<$point>(point), array(scalar));
                let ek = ml_kem::$ml_kem::EncapsulationKey::new(&Array(*array::<$ek>(ek))).ok()?;
                let (ct, ss) = ek.encapsulate_deterministic(&Array(*array(m)));
                let ct_classical = $base(array(scalar));
                let ss = sha3_256(&[&ss, &secret, &ct_classical, point, $label]);
                (secret != [0; $point]).then(|| ([ct.as_slice(), &ct_classical].concat(), ss.to_vec()))
            },
            decaps: |ct, sk| {
                let ((seed, scalar), (ct, point)) = (sk.split_at(64), ct.split_at($ct));
                let secret = $dh(array::<$point>(point), array(scalar));
                let key = ml_kem::$ml_kem::DecapsulationKey::from_seed(Array(*array(seed)));
                let ss = key.decapsulate(&Array(*array::<$ct>(ct)));
                let ss = sha3_256(&[&ss, &secret, point, &$base(array(scalar)), $label]);
                (secret != [0; $point]).then(|| ss.to_vec())
            },
        }
    };
}

pub static MLKEM768_X25519: OtherKem =
    composed!(ml_kem_768, 1184, 1088, 32, crrl::x25519::x25519_base, crrl::x25519::x25519, br"\.//^\");
pub static MLKEM1024_X448: OtherKem =
    composed!(ml_kem_1024, 1568, 1568, 56, crrl::x448::x448_base, crrl::x448::x448, b"MLKEM1024-X448");

/// X-Wing, whose secret key is a seed of 32 bytes. Its `encaps` takes points of small order, where X-Wing leaves the
/// choice.
pub static X_WING: OtherKem = OtherKem {
    public_key: |sk| x_wing::DecapsulationKey::from(*array::<32>(sk)).encapsulation_key().to_bytes().to_vec(),
    encaps: |coins, pk| {
        let (ct, ss) = x_wing::EncapsulationKey::try_from(pk).ok()?.encapsulate_deterministic(&Array(*array(coins)));
        Some((ct.to_vec(), ss.to_vec()))
    },
    decaps: |ct, sk| {
        let key = x_wing::DecapsulationKeyRejectNonContrib::from(*array::<32>(sk));
        key.try_decapsulate(&Array(*array::<1120>(ct))).ok().map(|ss| ss.to_vec())
    },
};
