//! The halves of the library, each alone behind a C function. Randomness is the caller's.

use pqhybrid::primitives::{ed448, ed25519, mldsa, mlkem, x448, x25519};

macro_rules! mlkem {
    ($set:ident, $ek:expr, $ct:expr, $keygen:ident, $encaps:ident, $decaps:ident,
        [$load_encaps:ident, $encaps_with:ident], [$load_decaps:ident, $decaps_with:ident]) => {
        /// # Safety
        /// Arrays of the types' sizes, as everywhere here.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $keygen(ek: &mut [u8; $ek], seed: &[u8; 64]) {
            mlkem::$set::DecapsKey::from_seed(seed).encaps_key(ek);
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
        pub unsafe extern "C" fn $decaps(ss: &mut [u8; 32], ct: &[u8; $ct], seed: &[u8; 64]) {
            mlkem::$set::DecapsKey::from_seed(seed).decaps(ss, ct);
        }

        /// A key that lives as long as the program, or NULL.
        /// # Safety
        /// An array of the type's size.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $load_encaps(ek: &[u8; $ek]) -> *const mlkem::$set::EncapsKey {
            mlkem::$set::EncapsKey::from_bytes(ek).map_or(std::ptr::null(), |ek| Box::into_raw(Box::new(ek)))
        }

        /// # Safety
        /// Arrays of the types' sizes, and a key of the function before.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $encaps_with(
            ct: &mut [u8; $ct],
            ss: &mut [u8; 32],
            m: &[u8; 32],
            key: &mlkem::$set::EncapsKey,
        ) {
            key.encaps(ct, ss, m);
        }

        /// A key that lives as long as the program.
        /// # Safety
        /// An array of the type's size.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $load_decaps(seed: &[u8; 64]) -> *const mlkem::$set::DecapsKey {
            Box::into_raw(Box::new(mlkem::$set::DecapsKey::from_seed(seed)))
        }

        /// # Safety
        /// Arrays of the types' sizes, and a key of the function before.
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn $decaps_with(ss: &mut [u8; 32], ct: &[u8; $ct], key: &mlkem::$set::DecapsKey) {
            key.decaps(ss, ct);
        }
    };
}

mlkem!(
    mlkem768,
    1184,
    1088,
    half_mlkem768_keygen,
    half_mlkem768_encaps,
    half_mlkem768_decaps,
    [half_mlkem768_load_encaps, half_mlkem768_encaps_with],
    [half_mlkem768_load_decaps, half_mlkem768_decaps_with]
);
mlkem!(
    mlkem1024,
    1568,
    1568,
    half_mlkem1024_keygen,
    half_mlkem1024_encaps,
    half_mlkem1024_decaps,
    [half_mlkem1024_load_encaps, half_mlkem1024_encaps_with],
    [half_mlkem1024_load_decaps, half_mlkem1024_decaps_with]
);

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
