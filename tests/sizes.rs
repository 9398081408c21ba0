//! Every size has one value: the contract's, the header's macro, the size function, the construction's constant, and
//! the length of the arrays that the functions take.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(clippy::arithmetic_side_effects, clippy::integer_division_remainder_used)]

mod common;

use common::Cases;
use pqhybrid::Error;
use pqhybrid::ffi::context::{PQH_CONTEXT_MAX_BYTES, pqh_context_max_bytes};
use pqhybrid::ffi::{mldsa65_ed25519::*, mldsa87_ed448::*, mlkem768_x25519::*, mlkem1024_x448::*};
use pqhybrid::{kem, sig};

#[test]
fn sizes() {
    let mut cases = Cases::new("sizes");
    mlkem768_x25519(&mut cases);
    mlkem768_x25519_lamps(&mut cases);
    mlkem1024_x448(&mut cases);
    mldsa65_ed25519(&mut cases);
    mldsa87_ed448(&mut cases);
    same(&mut cases, [255], &[[PQH_CONTEXT_MAX_BYTES], [pqh_context_max_bytes()], [sig::CONTEXT_MAX_BYTES]]);
    cases.finish(5 + 3 + 5 + 6 + 6 + 1);
}

fn same<const N: usize>(cases: &mut Cases, contract: [usize; N], sources: &[[usize; N]]) {
    for source in sources {
        assert_eq!(source, &contract);
    }
    contract.iter().for_each(|_| cases.ran());
}

fn mlkem768_x25519(cases: &mut Cases) {
    use kem::mlkem768_x25519 as suite;
    let macros = [
        PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES,
        PQH_MLKEM768_X25519_SECRET_KEY_BYTES,
        PQH_MLKEM768_X25519_CIPHERTEXT_BYTES,
        PQH_MLKEM768_X25519_SHARED_SECRET_BYTES,
        PQH_MLKEM768_X25519_ENCAPS_COINS_BYTES,
    ];
    let functions = [
        pqh_mlkem768_x25519_public_key_bytes(),
        pqh_mlkem768_x25519_secret_key_bytes(),
        pqh_mlkem768_x25519_ciphertext_bytes(),
        pqh_mlkem768_x25519_shared_secret_bytes(),
        pqh_mlkem768_x25519_encaps_coins_bytes(),
    ];
    let constants = [
        suite::PUBLIC_KEY_BYTES,
        suite::SECRET_KEY_BYTES,
        suite::CIPHERTEXT_BYTES,
        suite::SHARED_SECRET_BYTES,
        suite::ENCAPS_COINS_BYTES,
    ];
    let arrays = kem_arrays(suite::public_key, suite::encaps, suite::decaps);
    same(cases, [1216, 32, 1120, 32, 64], &[macros, functions, constants, arrays]);
}

fn mlkem768_x25519_lamps(cases: &mut Cases) {
    use kem::mlkem768_x25519 as suite;
    let [public_key, secret_key, ciphertext, ..] =
        kem_arrays(suite::lamps_public_key, suite::encaps, suite::lamps_decaps);
    let macros = [
        PQH_MLKEM768_X25519_PUBLIC_KEY_BYTES,
        PQH_MLKEM768_X25519_LAMPS_SECRET_KEY_BYTES,
        PQH_MLKEM768_X25519_CIPHERTEXT_BYTES,
    ];
    let functions = [
        pqh_mlkem768_x25519_public_key_bytes(),
        pqh_mlkem768_x25519_lamps_secret_key_bytes(),
        pqh_mlkem768_x25519_ciphertext_bytes(),
    ];
    let constants = [suite::PUBLIC_KEY_BYTES, suite::LAMPS_SECRET_KEY_BYTES, suite::CIPHERTEXT_BYTES];
    same(cases, [1216, 96, 1120], &[macros, functions, constants, [public_key, secret_key, ciphertext]]);
}

fn mlkem1024_x448(cases: &mut Cases) {
    use kem::mlkem1024_x448 as suite;
    let macros = [
        PQH_MLKEM1024_X448_PUBLIC_KEY_BYTES,
        PQH_MLKEM1024_X448_SECRET_KEY_BYTES,
        PQH_MLKEM1024_X448_CIPHERTEXT_BYTES,
        PQH_MLKEM1024_X448_SHARED_SECRET_BYTES,
        PQH_MLKEM1024_X448_ENCAPS_COINS_BYTES,
    ];
    let functions = [
        pqh_mlkem1024_x448_public_key_bytes(),
        pqh_mlkem1024_x448_secret_key_bytes(),
        pqh_mlkem1024_x448_ciphertext_bytes(),
        pqh_mlkem1024_x448_shared_secret_bytes(),
        pqh_mlkem1024_x448_encaps_coins_bytes(),
    ];
    let constants = [
        suite::PUBLIC_KEY_BYTES,
        suite::SECRET_KEY_BYTES,
        suite::CIPHERTEXT_BYTES,
        suite::SHARED_SECRET_BYTES,
        suite::ENCAPS_COINS_BYTES,
    ];
    let arrays = kem_arrays(suite::public_key, suite::encaps, suite::decaps);
    same(cases, [1624, 120, 1624, 32, 88], &[macros, functions, constants, arrays]);
}

fn mldsa65_ed25519(cases: &mut Cases) {
    use sig::mldsa65_ed25519 as suite;
    let macros = [
        PQH_MLDSA65_ED25519_PUBLIC_KEY_BYTES,
        PQH_MLDSA65_ED25519_SECRET_KEY_BYTES,
        PQH_MLDSA65_ED25519_SIGNATURE_BYTES,
        PQH_MLDSA65_ED25519_DIGEST_BYTES,
        PQH_MLDSA65_ED25519_SIGN_RND_BYTES,
    ];
    let functions = [
        pqh_mldsa65_ed25519_public_key_bytes(),
        pqh_mldsa65_ed25519_secret_key_bytes(),
        pqh_mldsa65_ed25519_signature_bytes(),
        pqh_mldsa65_ed25519_digest_bytes(),
        pqh_mldsa65_ed25519_sign_rnd_bytes(),
    ];
    let constants =
        [suite::PUBLIC_KEY_BYTES, suite::SECRET_KEY_BYTES, suite::SIGNATURE_BYTES, sig::DIGEST_BYTES, sig::RND_BYTES];
    let arrays = sig_arrays(suite::public_key, suite::sign, suite::verify);
    same(cases, [1984, 64, 3373, 64, 32], &[macros, functions, constants, arrays]);
    let state = size_of::<pqh_mldsa65_ed25519_prehash>();
    same(cases, [state], &[[PQH_MLDSA65_ED25519_PREHASH_BYTES], [pqh_mldsa65_ed25519_prehash_bytes()]]);
}

fn mldsa87_ed448(cases: &mut Cases) {
    use sig::mldsa87_ed448 as suite;
    let macros = [
        PQH_MLDSA87_ED448_PUBLIC_KEY_BYTES,
        PQH_MLDSA87_ED448_SECRET_KEY_BYTES,
        PQH_MLDSA87_ED448_SIGNATURE_BYTES,
        PQH_MLDSA87_ED448_DIGEST_BYTES,
        PQH_MLDSA87_ED448_SIGN_RND_BYTES,
    ];
    let functions = [
        pqh_mldsa87_ed448_public_key_bytes(),
        pqh_mldsa87_ed448_secret_key_bytes(),
        pqh_mldsa87_ed448_signature_bytes(),
        pqh_mldsa87_ed448_digest_bytes(),
        pqh_mldsa87_ed448_sign_rnd_bytes(),
    ];
    let constants =
        [suite::PUBLIC_KEY_BYTES, suite::SECRET_KEY_BYTES, suite::SIGNATURE_BYTES, sig::DIGEST_BYTES, sig::RND_BYTES];
    let arrays = sig_arrays(suite::public_key, suite::sign, suite::verify);
    same(cases, [2649, 89, 4741, 64, 32], &[macros, functions, constants, arrays]);
    let state = size_of::<pqh_mldsa87_ed448_prehash>();
    same(cases, [state], &[[PQH_MLDSA87_ED448_PREHASH_BYTES], [pqh_mldsa87_ed448_prehash_bytes()]]);
}

type PublicKey<const PK: usize, const SK: usize> = fn(&mut [u8; PK], &[u8; SK]) -> Result<(), Error>;
type Encaps<const CT: usize, const SS: usize, const COINS: usize, const PK: usize> =
    fn(&mut [u8; CT], &mut [u8; SS], &[u8; COINS], &[u8; PK]) -> Result<(), Error>;
type Decaps<const SS: usize, const CT: usize, const SK: usize> =
    fn(&mut [u8; SS], &[u8; CT], &[u8; SK]) -> Result<(), Error>;
type Sign<const SIG: usize, const DIGEST: usize, const RND: usize, const SK: usize> =
    fn(&mut [u8; SIG], &[u8; DIGEST], &[u8], &[u8; RND], &[u8; SK]) -> Result<(), Error>;
type Verify<const SIG: usize, const DIGEST: usize, const PK: usize> =
    fn(&[u8; SIG], &[u8; DIGEST], &[u8], &[u8; PK]) -> Result<(), Error>;

/// The lengths in the types of a suite's functions, in the order public key, secret key, ciphertext, secret, coins.
fn kem_arrays<const PK: usize, const SK: usize, const CT: usize, const SS: usize, const COINS: usize>(
    _: PublicKey<PK, SK>,
    _: Encaps<CT, SS, COINS, PK>,
    _: Decaps<SS, CT, SK>,
) -> [usize; 5] {
    [PK, SK, CT, SS, COINS]
}

/// The same in the order public key, secret key, signature, digest, signing randomness.
fn sig_arrays<const PK: usize, const SK: usize, const SIG: usize, const DIGEST: usize, const RND: usize>(
    _: PublicKey<PK, SK>,
    _: Sign<SIG, DIGEST, RND, SK>,
    _: Verify<SIG, DIGEST, PK>,
) -> [usize; 5] {
    [PK, SK, SIG, DIGEST, RND]
}
