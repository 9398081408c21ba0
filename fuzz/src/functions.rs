//! Every function that returns a status, with what the header says of its arguments: for the target that passes any
//! pointers at all.

use pqhybrid::ffi::status::*;
use pqhybrid::ffi::{memory, mldsa65_ed25519 as c_65, mldsa87_ed448 as c_87};
use pqhybrid::ffi::{mldsa65_ed25519_keys as k_65, mldsa87_ed448_keys as k_87};
use pqhybrid::ffi::{mlkem768_x25519 as c_768, mlkem1024_x448 as c_1024};
use pqhybrid::ffi::{mlkem768_x25519_keys as k_768, mlkem1024_x448_keys as k_1024};

/// What an argument is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Written, of a fixed size.
    Out(usize),
    /// Read, of a fixed size.
    In(usize),
    /// A prehash state, read and written.
    State,
    /// Read, of a size that the caller gives; the context of a signature is the one that has a limit.
    Sized { limit: usize },
    /// Written, of a size that the caller gives.
    SizedOut,
}

pub use Kind::*;

/// A pointer, and the length that goes with it if the caller gives one.
pub type Argument = (*mut u8, usize);

pub struct Function {
    pub name: &'static str,
    pub arguments: &'static [Kind],
    /// What it may return once its arguments are admitted, besides PQH_OK and what the arguments decide.
    pub failures: &'static [i32],
    /// How many random bytes it draws.
    pub draws: usize,
    /// SAFETY: as for the C function.
    pub call: unsafe fn(&[Argument]) -> i32,
}

const TEXT: Kind = Sized { limit: usize::MAX };
const CONTEXT: Kind = Sized { limit: 255 };

macro_rules! function {
    ($module:ident :: $name:ident ($($kind:expr => ($($argument:tt)+)),*), $failures:expr, $draws:expr) => {
        Function {
            name: stringify!($name),
            arguments: &[$($kind),*],
            failures: &$failures,
            draws: $draws,
            call: |given| unsafe { function!(@ $module::$name, given, 0, [] $($($argument)+ ,)*) },
        }
    };
    // Each argument is either a pointer, or a pointer and a length, in the order of the C function.
    (@ $module:ident :: $name:ident, $given:ident, $n:expr, [$($done:expr,)*]) => { $module::$name($($done),*) };
    (@ $module:ident :: $name:ident, $given:ident, $n:expr, [$($done:expr,)*] pointer, $($rest:tt)*) => {
        function!(@ $module::$name, $given, $n + 1, [$($done,)* $given[$n].0.cast(),] $($rest)*)
    };
    (@ $module:ident :: $name:ident, $given:ident, $n:expr, [$($done:expr,)*] pair, $($rest:tt)*) => {
        function!(@ $module::$name, $given, $n + 1, [$($done,)* $given[$n].0.cast(), $given[$n].1,] $($rest)*)
    };
}

macro_rules! kem {
    ($c:ident, $pk:literal, $sk:literal, $ct:literal, $coins:literal, $keygen:ident, $public_key:ident, $encaps:ident,
     $derand:ident, $decaps:ident) => {
        [
            function!($c::$keygen(Out($pk) => (pointer), Out($sk) => (pointer)), [], $sk),
            function!($c::$public_key(Out($pk) => (pointer), In($sk) => (pointer)), [], 0),
            function!(
                $c::$encaps(Out($ct) => (pointer), Out(32) => (pointer), In($pk) => (pointer)),
                [PQH_ERR_PUBLIC_KEY], $coins
            ),
            function!(
                $c::$derand(Out($ct) => (pointer), Out(32) => (pointer), In($coins) => (pointer), In($pk) => (pointer)),
                [PQH_ERR_PUBLIC_KEY], 0
            ),
            function!(
                $c::$decaps(Out(32) => (pointer), In($ct) => (pointer), In($sk) => (pointer)),
                [PQH_ERR_CIPHERTEXT], 0
            ),
        ]
    };
}

macro_rules! sig {
    ($c:ident, $pk:literal, $sk:literal, $sig:literal, $keygen:ident, $public_key:ident, $sign:ident, $derand:ident,
     $verify:ident, $sign_ph:ident, $verify_ph:ident, $init:ident, $update:ident, $final:ident) => {
        [
            function!($c::$keygen(Out($pk) => (pointer), Out($sk) => (pointer)), [], $sk),
            function!($c::$public_key(Out($pk) => (pointer), In($sk) => (pointer)), [], 0),
            function!(
                $c::$sign(Out($sig) => (pointer), TEXT => (pair), CONTEXT => (pair), In($sk) => (pointer)), [], 32
            ),
            function!(
                $c::$derand(
                    Out($sig) => (pointer), TEXT => (pair), CONTEXT => (pair), In(32) => (pointer), In($sk) => (pointer)
                ),
                [], 0
            ),
            function!(
                $c::$verify(In($sig) => (pointer), TEXT => (pair), CONTEXT => (pair), In($pk) => (pointer)),
                [PQH_ERR_SIGNATURE, PQH_ERR_PUBLIC_KEY], 0
            ),
            function!(
                $c::$sign_ph(Out($sig) => (pointer), In(64) => (pointer), CONTEXT => (pair), In($sk) => (pointer)),
                [], 32
            ),
            function!(
                $c::$verify_ph(In($sig) => (pointer), In(64) => (pointer), CONTEXT => (pair), In($pk) => (pointer)),
                [PQH_ERR_SIGNATURE, PQH_ERR_PUBLIC_KEY], 0
            ),
            function!($c::$init(Out(256) => (pointer)), [], 0),
            function!($c::$update(State => (pointer), TEXT => (pair)), [PQH_ERR_STATE], 0),
            function!($c::$final(State => (pointer), Out(64) => (pointer)), [PQH_ERR_STATE], 0),
        ]
    };
}

// With prepared keys: those of this target are bytes that nobody prepared.
macro_rules! kem_keys {
    ($k:ident, $pk:literal, $sk:literal, $ct:literal, $coins:literal, $pkey:expr, $skey:expr, $encaps_init:ident,
     $encaps:ident, $derand:ident, $decaps_init:ident, $decaps:ident) => {
        [
            function!($k::$encaps_init(Out($pkey) => (pointer), In($pk) => (pointer)), [PQH_ERR_PUBLIC_KEY], 0),
            function!(
                $k::$encaps(Out($ct) => (pointer), Out(32) => (pointer), In($pkey) => (pointer)),
                [PQH_ERR_STATE], $coins
            ),
            function!(
                $k::$derand(
                    Out($ct) => (pointer), Out(32) => (pointer), In($coins) => (pointer), In($pkey) => (pointer)
                ),
                [PQH_ERR_STATE], 0
            ),
            function!($k::$decaps_init(Out($skey) => (pointer), In($sk) => (pointer)), [], 0),
            function!(
                $k::$decaps(Out(32) => (pointer), In($ct) => (pointer), In($skey) => (pointer)),
                [PQH_ERR_STATE], 0
            ),
        ]
    };
}

macro_rules! sig_keys {
    ($k:ident, $pk:literal, $sk:literal, $sig:literal, $pkey:expr, $skey:expr, $sign_init:ident, $sign:ident,
     $derand:ident, $sign_ph:ident, $verify_init:ident, $verify:ident, $verify_ph:ident) => {
        [
            function!($k::$sign_init(Out($skey) => (pointer), In($sk) => (pointer)), [], 0),
            function!(
                $k::$sign(Out($sig) => (pointer), TEXT => (pair), CONTEXT => (pair), In($skey) => (pointer)),
                [PQH_ERR_STATE], 32
            ),
            function!(
                $k::$derand(
                    Out($sig) => (pointer), TEXT => (pair), CONTEXT => (pair), In(32) => (pointer),
                    In($skey) => (pointer)
                ),
                [PQH_ERR_STATE], 0
            ),
            function!(
                $k::$sign_ph(Out($sig) => (pointer), In(64) => (pointer), CONTEXT => (pair), In($skey) => (pointer)),
                [PQH_ERR_STATE], 32
            ),
            function!($k::$verify_init(Out($pkey) => (pointer), In($pk) => (pointer)), [PQH_ERR_PUBLIC_KEY], 0),
            function!(
                $k::$verify(In($sig) => (pointer), TEXT => (pair), CONTEXT => (pair), In($pkey) => (pointer)),
                [PQH_ERR_STATE], 0
            ),
            function!(
                $k::$verify_ph(In($sig) => (pointer), In(64) => (pointer), CONTEXT => (pair), In($pkey) => (pointer)),
                [PQH_ERR_STATE], 0
            ),
        ]
    };
}

pub static MLKEM768_X25519_KEYS: [Function; 5] = kem_keys!(
    k_768,
    1216,
    32,
    1120,
    64,
    k_768::PQH_MLKEM768_X25519_ENCAPS_KEY_BYTES,
    k_768::PQH_MLKEM768_X25519_DECAPS_KEY_BYTES,
    pqh_mlkem768_x25519_encaps_key_init,
    pqh_mlkem768_x25519_encaps_with,
    pqh_mlkem768_x25519_encaps_derand_with,
    pqh_mlkem768_x25519_decaps_key_init,
    pqh_mlkem768_x25519_decaps_with
);

pub static LAMPS_KEYS: [Function; 1] = [function!(
    k_768::pqh_mlkem768_x25519_lamps_decaps_key_init(
        Out(k_768::PQH_MLKEM768_X25519_DECAPS_KEY_BYTES) => (pointer), In(96) => (pointer)
    ),
    [], 0
)];

pub static MLKEM1024_X448_KEYS: [Function; 5] = kem_keys!(
    k_1024,
    1624,
    120,
    1624,
    88,
    k_1024::PQH_MLKEM1024_X448_ENCAPS_KEY_BYTES,
    k_1024::PQH_MLKEM1024_X448_DECAPS_KEY_BYTES,
    pqh_mlkem1024_x448_encaps_key_init,
    pqh_mlkem1024_x448_encaps_with,
    pqh_mlkem1024_x448_encaps_derand_with,
    pqh_mlkem1024_x448_decaps_key_init,
    pqh_mlkem1024_x448_decaps_with
);

pub static MLDSA65_ED25519_KEYS: [Function; 7] = sig_keys!(
    k_65,
    1984,
    64,
    3373,
    k_65::PQH_MLDSA65_ED25519_VERIFY_KEY_BYTES,
    k_65::PQH_MLDSA65_ED25519_SIGN_KEY_BYTES,
    pqh_mldsa65_ed25519_sign_key_init,
    pqh_mldsa65_ed25519_sign_with,
    pqh_mldsa65_ed25519_sign_derand_with,
    pqh_mldsa65_ed25519_sign_prehashed_with,
    pqh_mldsa65_ed25519_verify_key_init,
    pqh_mldsa65_ed25519_verify_with,
    pqh_mldsa65_ed25519_verify_prehashed_with
);

pub static MLDSA87_ED448_KEYS: [Function; 7] = sig_keys!(
    k_87,
    2649,
    89,
    4741,
    k_87::PQH_MLDSA87_ED448_VERIFY_KEY_BYTES,
    k_87::PQH_MLDSA87_ED448_SIGN_KEY_BYTES,
    pqh_mldsa87_ed448_sign_key_init,
    pqh_mldsa87_ed448_sign_with,
    pqh_mldsa87_ed448_sign_derand_with,
    pqh_mldsa87_ed448_sign_prehashed_with,
    pqh_mldsa87_ed448_verify_key_init,
    pqh_mldsa87_ed448_verify_with,
    pqh_mldsa87_ed448_verify_prehashed_with
);

pub static MLKEM768_X25519: [Function; 5] = kem!(
    c_768,
    1216,
    32,
    1120,
    64,
    pqh_mlkem768_x25519_keygen,
    pqh_mlkem768_x25519_public_key,
    pqh_mlkem768_x25519_encaps,
    pqh_mlkem768_x25519_encaps_derand,
    pqh_mlkem768_x25519_decaps
);

pub static LAMPS: [Function; 2] = [
    function!(c_768::pqh_mlkem768_x25519_lamps_public_key(Out(1216) => (pointer), In(96) => (pointer)), [], 0),
    function!(
        c_768::pqh_mlkem768_x25519_lamps_decaps(Out(32) => (pointer), In(1120) => (pointer), In(96) => (pointer)),
        [PQH_ERR_CIPHERTEXT], 0
    ),
];

pub static MLKEM1024_X448: [Function; 5] = kem!(
    c_1024,
    1624,
    120,
    1624,
    88,
    pqh_mlkem1024_x448_keygen,
    pqh_mlkem1024_x448_public_key,
    pqh_mlkem1024_x448_encaps,
    pqh_mlkem1024_x448_encaps_derand,
    pqh_mlkem1024_x448_decaps
);

pub static MLDSA65_ED25519: [Function; 10] = sig!(
    c_65,
    1984,
    64,
    3373,
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
);

pub static MLDSA87_ED448: [Function; 10] = sig!(
    c_87,
    2649,
    89,
    4741,
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
);

/// pqh_random_bytes draws as many bytes as it is asked for: the target sees to that.
pub static RANDOM: [Function; 1] = [function!(memory::pqh_random_bytes(SizedOut => (pair)), [], 0)];

pub fn all() -> impl Iterator<Item = &'static Function> {
    MLKEM768_X25519
        .iter()
        .chain(&LAMPS)
        .chain(&MLKEM1024_X448)
        .chain(&MLDSA65_ED25519)
        .chain(&MLDSA87_ED448)
        .chain(&RANDOM)
        .chain(&MLKEM768_X25519_KEYS)
        .chain(&LAMPS_KEYS)
        .chain(&MLKEM1024_X448_KEYS)
        .chain(&MLDSA65_ED25519_KEYS)
        .chain(&MLDSA87_ED448_KEYS)
}
