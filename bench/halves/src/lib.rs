//! The halves of the library, each alone behind a C function. Randomness is the caller's.

use pqhybrid::primitives::{ed448, ed25519, mldsa, mlkem, x448, x25519};

macro_rules! mlkem {
    ($set:ident, $keygen:ident, $encaps:ident, $decaps:ident) => {
        mlkem!(
            $set,
            $keygen,
            $encaps,
            $decaps,
            mlkem::$set::ENCAPS_KEY_BYTES,
            mlkem::$set::DECAPS_KEY_BYTES,
            mlkem::$set::CIPHERTEXT_BYTES
        );
    };
    ($set:ident, $keygen:ident, $encaps:ident, $decaps:ident, $ek:expr, $dk:expr, $ct:expr) => {
        /// # Safety
        /// Arrays of the types' sizes, as everywhere here.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $keygen(ek: &mut [u8; $ek], dk: &mut [u8; $dk], seed: &[u8; 64]) {
            let key = mlkem::$set::DecapsKey::from_seed(seed);
            key.encaps_key(ek);
            key.expanded(dk);
        }

        /// # Safety
        /// Arrays of the types' sizes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $encaps(ct: &mut [u8; $ct], ss: &mut [u8; 32], m: &[u8; 32], ek: &[u8; $ek]) -> bool {
            mlkem::$set::EncapsKey::from_bytes(ek).map(|ek| ek.encaps(ct, ss, m)).is_ok()
        }

        /// # Safety
        /// Arrays of the types' sizes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $decaps(ss: &mut [u8; 32], ct: &[u8; $ct], dk: &[u8; $dk]) -> bool {
            mlkem::$set::DecapsKey::from_expanded(dk).map(|dk| dk.decaps(ss, ct)).is_ok()
        }
    };
}

mlkem!(mlkem768, half_mlkem768_keygen, half_mlkem768_encaps, half_mlkem768_decaps);
mlkem!(mlkem1024, half_mlkem1024_keygen, half_mlkem1024_encaps, half_mlkem1024_decaps);

macro_rules! mldsa {
    ($set:ident, $pk:expr, $sk:expr, $sig:expr, $keygen:ident, $sign:ident, $verify:ident) => {
        /// # Safety
        /// Arrays of the types' sizes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $keygen(pk: &mut [u8; $pk], sk: &mut [u8; $sk], seed: &[u8; 32]) {
            *sk = *mldsa::$set::SigningKey::from_seed(pk, seed).as_bytes();
        }

        /// # Safety
        /// Arrays of the types' sizes; `len` readable bytes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $sign(
            sig: &mut [u8; $sig],
            msg: *const u8,
            len: usize,
            rnd: &[u8; 32],
            sk: &[u8; $sk],
        ) -> bool {
            // SAFETY: as the caller promises.
            let msg = unsafe { std::slice::from_raw_parts(msg, len) };
            mldsa::$set::SigningKey::from_expanded(sk).sign(sig, msg, b"", rnd).is_ok()
        }

        /// # Safety
        /// Arrays of the types' sizes; `len` readable bytes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $verify(sig: &[u8; $sig], msg: *const u8, len: usize, pk: &[u8; $pk]) -> bool {
            // SAFETY: as the caller promises.
            let msg = unsafe { std::slice::from_raw_parts(msg, len) };
            mldsa::$set::verify(sig, msg, b"", pk).is_ok()
        }
    };
}

mldsa!(mldsa65, 1952, 4032, 3309, half_mldsa65_keygen, half_mldsa65_sign, half_mldsa65_verify);
mldsa!(mldsa87, 2592, 4896, 4627, half_mldsa87_keygen, half_mldsa87_sign, half_mldsa87_verify);

macro_rules! dh {
    ($curve:ident, $size:literal, $public:ident, $agree:ident) => {
        /// # Safety
        /// Arrays of the types' sizes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $public(pk: &mut [u8; $size], sk: &[u8; $size]) {
            $curve::public_key(pk, sk);
        }

        /// # Safety
        /// Arrays of the types' sizes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $agree(ss: &mut [u8; $size], pk: &[u8; $size], sk: &[u8; $size]) -> bool {
            $curve::diffie_hellman(ss, sk, pk)
        }
    };
}

dh!(x25519, 32, half_x25519_public_key, half_x25519_agree);
dh!(x448, 56, half_x448_public_key, half_x448_agree);

macro_rules! eddsa {
    ($curve:ident, $size:literal, $sig:literal, $public:ident, $sign:ident, $verify:ident) => {
        /// # Safety
        /// Arrays of the types' sizes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $public(pk: &mut [u8; $size], sk: &[u8; $size]) {
            $curve::public_key(pk, sk);
        }

        /// # Safety
        /// Arrays of the types' sizes; `len` readable bytes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $sign(sig: &mut [u8; $sig], msg: *const u8, len: usize, sk: &[u8; $size]) -> bool {
            // SAFETY: as the caller promises.
            $curve::sign(sig, unsafe { std::slice::from_raw_parts(msg, len) }, sk).is_ok()
        }

        /// # Safety
        /// Arrays of the types' sizes; `len` readable bytes.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $verify(sig: &[u8; $sig], msg: *const u8, len: usize, pk: &[u8; $size]) -> bool {
            // SAFETY: as the caller promises.
            $curve::verify(sig, unsafe { std::slice::from_raw_parts(msg, len) }, pk).is_ok()
        }
    };
}

eddsa!(ed25519, 32, 64, half_ed25519_public_key, half_ed25519_sign, half_ed25519_verify);
eddsa!(ed448, 57, 114, half_ed448_public_key, half_ed448_sign, half_ed448_verify);
